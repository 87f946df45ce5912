"""RSS and Atom, in all their dialects, but well-formed."""

import re
import time
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any, Final
from urllib.parse import urljoin

import feedparser
from lxml import etree, html

from tracker.fetch.outcomes import Fetched
from tracker.sources.addresses import one_spelling
from tracker.sources.findings import Finding, fingerprint
from tracker.sources.matching import APPLICANTS, match_first
from tracker.sources.readers.base import NotUnderstood, Options, shorten, source_of, text_of
from tracker.sources.readers.suggest import concerns
from tracker.sources.readers.xml_safety import check_xml

_ENTRIES: Final = 5000
_TITLE: Final = 200
_QUOTE: Final = 500
_SUMMARY: Final = 1000
# The beginning of an entry says what it is about; its text may come along as a whole.
_MARKUP: Final = 100_000
_URI: Final = re.compile(r"(?:https?://|urn:|tag:)", re.IGNORECASE)


class FeedReader:
    """Each entry of a feed is a find; its words decide whether anything is suggested."""

    key = "feed"

    def read(self, page: Fetched, options: Options) -> list[Finding]:
        """The entries, in the order of the feed."""
        text = text_of(page)
        check_xml(text)
        # A file-like object, because the parser would take a text for an address or a path. The text is decoded
        # already, so a declaration inside it must not be believed again.
        feed = feedparser.parse(
            BytesIO(text.encode()),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            # Of markup only the words are taken; making it safe to show would cost more than reading it.
            sanitize_html=False,
            resolve_relative_uris=False,
        )
        if not feed.version:
            raise NotUnderstood("$", "RSS or Atom", shorten(text))
        language = str(options.get("language") or feed.feed.get("language", ""))[:2].lower()
        if len(feed.entries) > _ENTRIES:
            raise NotUnderstood("$", f"at most {_ENTRIES} entries", f"{len(feed.entries)} of them")
        return [
            finding
            for index, entry in enumerate(feed.entries)
            for finding in _findings(entry, f"entry {index + 1}", page, {**options, "language": language})
        ]


def _findings(entry: Any, place: str, page: Fetched, options: Options) -> Iterator[Finding]:
    """The entry, if it concerns us."""
    if not (entry.get("id") or entry.get("link")) or not entry.get("title"):
        raise NotUnderstood(place, "an entry with a title and an id or a link", ", ".join(sorted(entry)))
    title, summary = plain_text(entry.title), plain_text(entry.get("summary", "")[:_MARKUP])
    if concerns(f"{title} {summary}", options):
        yield _finding(entry, title, summary, place, _name(entry, page, options), options)


def _finding(entry: Any, title: str, summary: str, place: str, name: str, options: Options) -> Finding:
    language = options["language"]
    published = _day(entry.get("published_parsed") or entry.get("updated_parsed"))
    # The headline says what was done; what follows speaks of other acts too, and is asked only where it says nothing.
    about = match_first(
        (title, f"{title}. {summary}"),
        language=language,
        ally=options.get("ally"),
        applicants=options.get("applicants", APPLICANTS),
        day=published,
    )
    return Finding(
        fingerprint=fingerprint("feed", name),
        title=shorten(title, _TITLE),
        summary=shorten(summary, _SUMMARY),
        url=_link(entry),
        published=published,
        quote=shorten(title, _QUOTE),
        place=place,
        # The day of the report is not the day of the act: the reviewer dates it.
        suggestion=about.suggestion,
        language=language,
    )


def _name(entry: Any, page: Fetched, options: Options) -> str:
    """What the entry is known by, whatever happens to its title: its id, or else its address."""
    name = str(entry.get("id") or "").strip() or urljoin(page.url, entry.link)
    # Many a feed calls its entries 1, 2, 3: names within this source and no other.
    return one_spelling(name) if _URI.match(name) else f"{source_of(page, options)} {name}"


def _link(entry: Any) -> str:
    """Its address; a name that is none passes for one unless the feed says that it is not."""
    link = str(entry.get("link") or "")
    return "" if link == entry.get("id") and not _URI.match(link) else link


def plain_text(markup: str) -> str:
    """The words of a fragment of HTML, or of a text that is none."""
    if "<" not in markup and "&" not in markup:
        return " ".join(markup.split())
    fragment = html.fragment_fromstring(markup, create_parent="div")
    etree.strip_elements(fragment, "script", "style", with_tail=False)
    return " ".join(" ".join(fragment.itertext()).split())


def _day(moment: time.struct_time | None) -> str | None:
    try:
        return date(*moment[:3]).isoformat() if moment else None
    except ValueError:
        # Feeds give days that no calendar has; the reviewer dates the act in any case.
        return None
