"""How much of what its source has to say a document holds, and where the next page of it is.

The sources put the newest first. What is left out must not pass for read.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from tracker.domain.vocabulary import ReaderKind
from tracker.fetch.outcomes import Fetched
from tracker.sources.readers.base import NotUnderstood, text_of
from tracker.sources.readers.tree import Node, load

# What the Sejm gives where the address does not say how many.
_SEJM_LIMIT: Final = 50
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


def paging_of(reader: str, page: Fetched, options: Mapping[str, Any]) -> Paging:
    """Where the source goes on after the document, which its reader has understood."""
    if pager := _PAGERS.get(reader):
        return pager(load(page), page)
    if reader == ReaderKind.JSON:
        return Paging(following=_next_in_json(load_or_none(page), options, page) or _in_header(page))
    if reader == ReaderKind.FEED:
        return Paging(following=_next_in_feed(page) or _in_header(page))
    return Paging(following=_in_header(page) if reader == ReaderKind.CSV else "")


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


def _uk_treaties(root: Node, page: Fetched) -> Paging:
    total = root.get("totalResults")
    if total is None:
        return Paging()
    held = len(list(root.each_at("items")))
    skipped = _number(page, "Skip")
    is_last = not held or skipped + held >= total.number()
    return Paging(held, total.number(), "" if is_last else _with(page.url, Skip=str(skipped + held)))


def _us_congress(root: Node, page: Fetched) -> Paging:
    paging = root.get("pagination")
    held = len(list(root["actions"].each()))
    return Paging(held, paging["count"].number(), _joined(page, paging.text_at("next"))) if paging else Paging(held)


def _riksdag(root: Node, page: Fetched) -> Paging:
    listing = root.get("dokumentlista")
    if listing is None:
        return Paging()
    held = len(list(listing.each_at("dokument")))
    return Paging(held, int(listing["@traffar"].label()), _joined(page, listing.text_at("@nasta_sida")))


def _bundestag(root: Node, page: Fetched) -> Paging:
    total = root.get("numFound")
    if total is None:
        return Paging()
    held, cursor = len(list(root.each_at("documents"))), root.text_at("cursor")
    # The last page gives the mark by which it was asked for.
    is_last = not held or held >= total.number() or not cursor or ("cursor", cursor) in _query(page)
    return Paging(held, total.number(), "" if is_last else _with(page.url, cursor=cursor))


def _sejm(root: Node, page: Fetched) -> Paging:
    """The Sejm does not say how many there are: a list that is full may have another page."""
    if not isinstance(root.value, list):
        return Paging()
    limit = _number(page, "limit") or _SEJM_LIMIT
    held = len(root.value)
    return Paging(held, None, _with(page.url, offset=str(_number(page, "offset") + held)) if held >= limit else "")


def _next_in_json(root: Node | None, options: Mapping[str, Any], page: Fetched) -> str:
    """By the member that the operator names, or by that of OData, which has a dot in its name."""
    named = str(options.get("next") or "")
    paths = [named.split(".")] if named else [["@odata.nextLink"], ["odata.nextLink"]]
    return next((_joined(page, address) for path in paths if (address := _text_at(root, path))), "")


def _text_at(node: Node | None, path: list[str]) -> str:
    for name in path:
        node = node.get(name) if node is not None and isinstance(node.value, dict) else None
    return node.value if node is not None and isinstance(node.value, str) else ""


def _next_in_feed(page: Fetched) -> str:
    text = text_of(page).lstrip()
    if text.startswith("{"):
        return _joined(page, load(page).text_at("next_url"))
    head = re.split(r"<(?:entry|item)\b", text[:_HEAD], maxsplit=1)[0]
    links = (link for link in _LINK.findall(head) if _NEXT.search(link))
    address = next((href[1] for link in links if (href := _HREF.search(link))), "")
    return _joined(page, unescape(address))


def _in_header(page: Fetched) -> str:
    header = next((value for name, value in page.headers.items() if name.lower() == "link"), "")
    found = _IN_HEADER.search(header[:5000])
    return _joined(page, found[1]) if found else ""


def _joined(page: Fetched, address: str) -> str:
    try:
        return urljoin(page.url, address) if address else ""
    except ValueError:
        return ""


def _query(page: Fetched) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(page.url).query, keep_blank_values=True)


def _number(page: Fetched, name: str) -> int:
    """The number of a parameter of the address, whatever its capitals."""
    values = [value for key, value in _query(page) if key.lower() == name.lower()]
    return int(values[0]) if values and values[0].isdecimal() and len(values[0]) < 8 else 0


def _with(address: str, **changed: str) -> str:
    """The address with these parameters in place of what it has for them."""
    parts = urlsplit(address)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    replaced = {name.lower() for name in changed}
    kept = [pair for pair in pairs if pair[0].lower() not in replaced]
    return urlunsplit(parts._replace(query=urlencode([*kept, *changed.items()])))


_PAGERS: Final[Mapping[str, Callable[[Node, Fetched], Paging]]] = {
    ReaderKind.UK_TREATIES: _uk_treaties,
    ReaderKind.US_CONGRESS: _us_congress,
    ReaderKind.RIKSDAG: _riksdag,
    ReaderKind.BUNDESTAG: _bundestag,
    ReaderKind.SEJM: _sejm,
}
