"""How much of what its source has to say a document holds, and where the next page of it is.

The sources put the newest first. What is left out must not pass for read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from tracker.fetch.outcomes import Fetched
from tracker.sources.readers.base import NotUnderstood, text_of
from tracker.sources.readers.tree import Node, load

# Where feeds say it, before their first entry.
_HEAD: Final = 20_000
_LINK: Final = re.compile(r"<(?:\w+:)?link\b[^>]{0,1000}>", re.IGNORECASE)
_NEXT: Final = re.compile(r"\brel\s*=\s*[\"']next[\"']", re.IGNORECASE)
_HREF: Final = re.compile(r"\bhref\s*=\s*[\"']([^\"']{1,2000})[\"']", re.IGNORECASE)
_IN_HEADER: Final = re.compile(r"<([^>]{1,2000})>\s*;[^,]*\brel\s*=\s*\"?next\"?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paging:
    """How many results a document holds, of how many where the source says so, and where it goes on."""

    held: int = 0
    total: int | None = None
    following: str = ""


def in_json(page: Fetched, options: Mapping[str, Any]) -> Paging:
    """Where a document in JSON says that its source goes on."""
    return Paging(following=_next_in_json(load_or_none(page), options, page) or _in_header(page))


def in_feed(page: Fetched) -> Paging:
    """Where a feed says that its source goes on."""
    return Paging(following=_next_in_feed(page) or _in_header(page))


def in_header(page: Fetched) -> Paging:
    """Where the answer itself says that its source goes on, as of a document that cannot."""
    return Paging(following=_in_header(page))


def left_out(read: Paging) -> str:
    """What of its results was not read, for an operator; empty where all was. `read` is the sum of what was."""
    if read.total is not None and read.held < read.total:
        return f"{read.held} of {read.total} results were read: ask for more on a page, or for fewer in all"
    if read.following:
        return "There are more pages than were read: ask for more on a page, or for fewer in all"
    return ""


def load_or_none(page: Fetched) -> Node | None:
    """The document as a tree, unless it is one object a line."""
    try:
        return load(page)
    except NotUnderstood:
        return None


def _next_in_json(root: Node | None, options: Mapping[str, Any], page: Fetched) -> str:
    """By the member that the operator names, or by that of OData, which has a dot in its name."""
    named = str(options.get("next") or "")
    paths = [named.split(".")] if named else [["@odata.nextLink"], ["odata.nextLink"]]
    return next((joined(page, address) for path in paths if (address := _text_at(root, path))), "")


def _text_at(node: Node | None, path: list[str]) -> str:
    for name in path:
        node = node.get(name) if node is not None and isinstance(node.value, dict) else None
    return node.value if node is not None and isinstance(node.value, str) else ""


def _next_in_feed(page: Fetched) -> str:
    text = text_of(page).lstrip()
    if text.startswith("{"):
        return joined(page, load(page).text_at("next_url"))
    head = re.split(r"<(?:entry|item)\b", text[:_HEAD], maxsplit=1)[0]
    links = (link for link in _LINK.findall(head) if _NEXT.search(link))
    address = next((href[1] for link in links if (href := _HREF.search(link))), "")
    return joined(page, unescape(address))


def _in_header(page: Fetched) -> str:
    header = next((value for name, value in page.headers.items() if name.lower() == "link"), "")
    link = _IN_HEADER.search(header[:5000])
    return joined(page, link[1]) if link else ""


def joined(page: Fetched, address: str) -> str:
    """The address as seen from the page; empty where it is none."""
    try:
        return urljoin(page.url, address) if address else ""
    except ValueError:
        return ""


def query_of(page: Fetched) -> list[tuple[str, str]]:
    """The parameters of the page's address."""
    return parse_qsl(urlsplit(page.url).query, keep_blank_values=True)


def number_in(page: Fetched, name: str) -> int:
    """The number of a parameter of the address, whatever its capitals."""
    values = [value for key, value in query_of(page) if key.lower() == name.lower()]
    return int(values[0]) if values and values[0].isdecimal() and len(values[0]) < 8 else 0


def with_parameters(address: str, **changed: str) -> str:
    """The address with these parameters in place of what it has for them."""
    parts = urlsplit(address)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    replaced = {name.lower() for name in changed}
    kept = [pair for pair in pairs if pair[0].lower() not in replaced]
    return urlunsplit(parts._replace(query=urlencode([*kept, *changed.items()])))
