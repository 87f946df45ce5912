"""An entry of a list that a site publishes for programs, in whatever dialect, and what it becomes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final
from urllib.parse import urljoin

from lxml import etree, html

from tracker.fetch.outcomes import Fetched
from tracker.sources.addresses import one_spelling
from tracker.sources.days import day_of
from tracker.sources.findings import Finding, fingerprint
from tracker.sources.matching import APPLICANTS, match_first
from tracker.sources.readers.base import NotUnderstood, Options, shorten, source_of
from tracker.sources.readers.suggest import concerns

_TITLE: Final = 200
_QUOTE: Final = 500
_SUMMARY: Final = 1000
# The beginning of an entry says what it is about; its text may come along as a whole.
_MARKUP: Final = 100_000
_URI: Final = re.compile(r"(?:https?://|urn:|tag:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry holds, as it is written; all of it may be missing, and then it is no entry."""

    place: str
    name: str = ""
    title: str = ""
    text: str = ""
    link: str = ""
    published: str = ""
    touched: str = ""
    language: str = ""


def findings_of(entry: Entry, page: Fetched, options: Options) -> Iterator[Finding]:
    """The entry, if it concerns us. Raises `NotUnderstood` for one without any words."""
    text = plain_text(entry.text[:_MARKUP])
    title = plain_text(entry.title[:_MARKUP]) or shorten(text, _TITLE)
    if not title:
        raise NotUnderstood(entry.place, "an entry with a title or a text", entry.link or "neither")
    if concerns(f"{title} {text}", options):
        yield _finding(entry, title, text, page, options)


def _finding(entry: Entry, title: str, text: str, page: Fetched, options: Options) -> Finding:
    language = str(options.get("language") or entry.language)[:2].lower()
    form = str(options.get("date_form", ""))
    published = day_of(entry.published, language, form)
    written = published or day_of(entry.touched, language, form)
    # The headline says what was done; what follows speaks of other acts too, and is asked only where it says nothing.
    about = match_first(
        (title, f"{title}. {text}"),
        language=language,
        ally=options.get("ally"),
        applicants=options.get("applicants", APPLICANTS),
        day=written,
    )
    return Finding(
        fingerprint=fingerprint("feed", _name(entry, title, page, options)),
        title=shorten(title, _TITLE),
        summary=shorten(text, _SUMMARY),
        # A name that is no address passes for one in some feeds.
        url="" if entry.link == entry.name and not _URI.match(entry.link) else entry.link,
        published=written,
        quote=shorten(title, _QUOTE),
        place=entry.place,
        # The day of the report is not the day of the act: the reviewer dates it.
        suggestion=about.suggestion,
        language=language,
        is_stamp=published is None,
    )


def _name(entry: Entry, title: str, page: Fetched, options: Options) -> str:
    """What the entry is known by, whatever happens to its title: its id, its address, or for want of both its title."""
    name = entry.name.strip() or (urljoin(page.url, entry.link) if entry.link else "")
    if not name:
        return f"{source_of(page, options)} {title}"
    # Many a feed calls its entries 1, 2, 3: names within this source and no other.
    return one_spelling(name) if _URI.match(name) else f"{source_of(page, options)} {name}"


def plain_text(markup: str) -> str:
    """The words of a fragment of HTML, or of a text that is none."""
    if "<" not in markup and "&" not in markup:
        return " ".join(markup.split())
    try:
        fragment = html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return " ".join(unescape(markup).split())
    etree.strip_elements(fragment, "script", "style", with_tail=False)
    return " ".join(" ".join(fragment.itertext()).split())
