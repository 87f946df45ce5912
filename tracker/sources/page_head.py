"""What a page says of itself: its title, and the day on which it was published."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from lxml import etree, html

from tracker.fetch.charsets import Undecodable, decode
from tracker.fetch.outcomes import Fetched

_LONGEST_TITLE: Final = 300
_TITLES: Final = (
    "//meta[@property='og:title']/@content",
    "//meta[@name='twitter:title']/@content",
    "//title/text()",
    "//h1//text()",
)
_DAYS: Final = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//meta[@name='DC.date.issued' or @name='dc.date' or @name='dcterms.date' or @name='DC.date']/@content",
    "//meta[@name='date' or @name='pubdate' or @name='publish-date']/@content",
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself; empty where it says nothing that can be read."""

    title: str = ""
    published: str = ""


def head_of(page: Fetched) -> Head:
    """The title and the day of publication, as the page gives them in its head; never guessed from its text."""
    try:
        tree = html.fromstring(decode(page.body, page.charset)) if page.charset else None
    except (Undecodable, ValueError, etree.ParserError):
        tree = None
    return Head() if tree is None else Head(_title(tree), _day(tree))


def _title(tree: Any) -> str:
    texts = (" ".join(str(text).split()) for path in _TITLES for text in tree.xpath(path))
    return next((text for text in texts if text), "")[:_LONGEST_TITLE]


def _day(tree: Any) -> str:
    told = [str(value) for path in _DAYS for value in tree.xpath(path)]
    return next((day for text in [*told, *_linked(tree)] if (day := _iso(text))), "")


def _linked(tree: Any) -> Iterator[str]:
    """The days in what the page says of itself as JSON-LD."""
    for text in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            yield from _published_in(json.loads(text))
        except (ValueError, RecursionError):
            continue


def _published_in(value: Any) -> Iterator[str]:
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, dict):
            yield str(part.get("datePublished", ""))
            yield from _published_in(part.get("@graph", []))


def _iso(text: str) -> str:
    found = _DAY.match(text.strip())
    try:
        return date.fromisoformat(found[0]).isoformat() if found else ""
    except ValueError:
        return ""
