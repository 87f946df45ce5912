"""Whether a document holds all that its source has to say, or the first page of it.

One page is asked for, politely, and the sources put the newest first. What is left out must not pass for read.
"""

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import parse_qs, urlsplit

from tracker.domain.vocabulary import ReaderKind
from tracker.fetch.outcomes import Fetched
from tracker.sources.readers.tree import Node, load

# What the Sejm gives where the address does not say how many.
_SEJM_LIMIT: Final = 50


def left_out(reader: str, page: Fetched) -> str:
    """What of its results the document does not hold, for an operator; empty where it holds all.

    For a document that its reader has understood.
    """
    told = _TOLD.get(reader)
    return told(load(page), page) if told else ""


def _of(held: int, all_of_them: int) -> str:
    if held >= all_of_them:
        return ""
    return f"{held} of {all_of_them} results are on this page: ask for more on a page, or for fewer in all"


def _uk_treaties(root: Node, page: Fetched) -> str:
    total = root.get("totalResults")
    return _of(len(list(root.each_at("items"))), total.number()) if total else ""


def _us_congress(root: Node, page: Fetched) -> str:
    paging = root.get("pagination")
    return _of(len(list(root["actions"].each())), paging["count"].number()) if paging else ""


def _riksdag(root: Node, page: Fetched) -> str:
    listing = root.get("dokumentlista")
    return _of(len(list(listing.each_at("dokument"))), int(listing["@traffar"].label())) if listing else ""


def _bundestag(root: Node, page: Fetched) -> str:
    total = root.get("numFound")
    return _of(len(list(root.each_at("documents"))), total.number()) if total else ""


def _sejm(root: Node, page: Fetched) -> str:
    """The Sejm does not say how many there are: a list that is full may have another page."""
    if not isinstance(root.value, list):
        return ""
    asked = parse_qs(urlsplit(page.url).query).get("limit", [""])[0]
    limit = int(asked) if asked.isdecimal() else _SEJM_LIMIT
    is_full = len(root.value) >= limit
    return f"{limit} results fill this page, and there may be more: ask for more on a page" if is_full else ""


_TOLD: Final[Mapping[str, Callable[[Node, Fetched], str]]] = {
    ReaderKind.UK_TREATIES: _uk_treaties,
    ReaderKind.US_CONGRESS: _us_congress,
    ReaderKind.RIKSDAG: _riksdag,
    ReaderKind.BUNDESTAG: _bundestag,
    ReaderKind.SEJM: _sejm,
}
