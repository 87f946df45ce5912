"""RSS and Atom, in all their dialects, but well-formed."""

import time
from datetime import date
from io import BytesIO
from typing import Any, Final

import feedparser
from lxml import etree, html

from tracker.watching.findings import Finding, Suggestion, fingerprint
from tracker.watching.matching import APPLICANTS, match
from tracker.watching.outcomes import Fetched
from tracker.watching.readers.base import NotUnderstood, Options, shorten, text_of
from tracker.watching.readers.suggest import concerns
from tracker.watching.readers.xml_safety import check_xml

_ENTRIES: Final = 500
_SUMMARY: Final = 1000


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
            BytesIO(text.encode()), response_headers={"content-type": "application/xml; charset=utf-8"}
        )
        if not feed.version:
            raise NotUnderstood("$", "RSS or Atom", shorten(text))
        language = str(options.get("language") or feed.feed.get("language", ""))[:2].lower()
        found = [_finding(entry, index, language, options) for index, entry in enumerate(feed.entries[:_ENTRIES])]
        return [finding for finding in found if concerns(f"{finding.title} {finding.summary}", options)]


def _finding(entry: Any, index: int, language: str, options: Options) -> Finding:
    place = f"entry {index + 1}"
    name = entry.get("id") or entry.get("link")
    if not name or not entry.get("title"):
        raise NotUnderstood(place, "an entry with a title and an id or a link", ", ".join(sorted(entry)))
    title, summary = plain_text(entry.title), plain_text(entry.get("summary", ""))
    about = match(
        f"{title}. {summary}",
        language=language,
        ally=options.get("ally"),
        applicants=options.get("applicants", APPLICANTS),
    )
    published = _day(entry.get("published_parsed") or entry.get("updated_parsed"))
    return Finding(
        fingerprint=fingerprint("feed", name),
        title=title,
        summary=shorten(summary, _SUMMARY),
        url=entry.get("link") or "",
        published=published,
        quote=title,
        place=place,
        # The day of the report is not the day of the act: the reviewer dates it.
        suggestion=Suggestion(about.accession, about.ally, about.kind),
        language=language,
    )


def plain_text(markup: str) -> str:
    """The words of a fragment of HTML, or of a text that is none."""
    if "<" not in markup and "&" not in markup:
        return " ".join(markup.split())
    fragment = html.fragment_fromstring(markup, create_parent="div")
    etree.strip_elements(fragment, "script", "style", with_tail=False)
    return " ".join(" ".join(fragment.itertext()).split())


def _day(moment: time.struct_time | None) -> str | None:
    return date(*moment[:3]).isoformat() if moment else None
