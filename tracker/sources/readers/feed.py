"""What sites publish for programs to follow: RSS and Atom in all their dialects, JSON Feed, and (news) sitemaps."""

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import feedparser
from lxml import etree

from tracker.fetch.outcomes import Fetched
from tracker.sources.readers.base import Findings, NotUnderstood, Options, read_each, shorten, text_of
from tracker.sources.readers.entries import Entry, findings_of
from tracker.sources.readers.paging import Paging, in_feed
from tracker.sources.readers.tree import Node, load
from tracker.sources.readers.xml_safety import sound_xml

_JSON_FEED: Final = ("https://jsonfeed.org/version/", "http://jsonfeed.org/version/")
_NEWS: Final = "{*}news/{*}"

# The rows of a list, and what makes an entry of one: a row that is none is refused alone.
Listing = tuple[Iterable[Any], Callable[[Any], Entry]]


class FeedReader:
    """Each entry is a find; its words decide whether anything is suggested. The dialect is told by the content."""

    key = "feed"
    label = "Feed (RSS, Atom, JSON Feed) or sitemap"

    def read(self, page: Fetched, options: Options) -> Findings:
        """The entries, in the order of the list."""
        text = text_of(page).strip()
        rows, entry_of = _json_feed(load(page)) if text.startswith("{") else _xml(text)
        return read_each(rows, lambda row: findings_of(entry_of(row), page, options))

    def paging(self, page: Fetched, options: Options) -> Paging:
        """Where the source goes on."""
        return in_feed(page)


def _xml(text: str) -> Listing:
    sound = sound_xml(text)
    # The parser goes by the text that it is given: a declaration inside it must not be believed again.
    root = etree.fromstring(sound.encode(), etree.XMLParser(resolve_entities=False, no_network=True, encoding="utf-8"))
    match etree.QName(root).localname.lower():
        case "urlset":
            return enumerate(root.iterfind("{*}url"), 1), _page_of_sitemap
        case "sitemapindex":
            raise NotUnderstood("$", "a feed, or a sitemap of pages", "an index of sitemaps: watch one of those in it")
        case _:
            return _feed(sound)


def _feed(text: str) -> Listing:
    # A file-like object, because the parser would take a text for an address or a path.
    feed = feedparser.parse(
        BytesIO(text.encode()),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        # Of markup only the words are taken; making it safe to show would cost more than reading it.
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not feed.version:
        raise NotUnderstood("$", "RSS or Atom", shorten(text))
    language = str(feed.feed.get("language", ""))
    return enumerate(feed.entries, 1), lambda row: _entry(row[0], row[1], language)


def _entry(number: int, entry: Any, language: str) -> Entry:
    content = entry.get("content") or [{}]
    return Entry(
        place=f"entry {number}",
        name=str(entry.get("id") or ""),
        title=str(entry.get("title") or ""),
        text=str(entry.get("summary") or content[0].get("value") or ""),
        link=str(entry.get("link") or ""),
        published=str(entry.get("published") or ""),
        # Asked for what it has not, the parser gives the other moment.
        touched=str(dict.get(entry, "updated") or ""),
        language=language,
    )


def _json_feed(feed: Node) -> Listing:
    if not feed.text_at("version").startswith(_JSON_FEED):
        raise NotUnderstood("$.version", "the version of a JSON Feed", feed.described())
    language = feed.text_at("language")
    return feed["items"].each(), lambda item: _item(item, language)


def _item(item: Node, language: str) -> Entry:
    return Entry(
        place=item.where,
        name=item.words_at("id"),
        title=item.words_at("title"),
        text=next(filter(None, map(item.words_at, ("summary", "content_text", "content_html"))), ""),
        link=item.words_at("url") or item.words_at("external_url"),
        published=item.words_at("date_published"),
        touched=item.words_at("date_modified"),
        language=item.words_at("language") or language,
    )


def _page_of_sitemap(row: tuple[int, Any]) -> Entry:
    number, url = row
    address = _text(url, "{*}loc")
    return Entry(
        place=f"url {number}",
        name=address,
        # A sitemap without news has no titles, and what it calls the page says what it is about.
        title=_text(url, f"{_NEWS}title") or (_words_in(address) if url.find("{*}news") is None else ""),
        text=_text(url, f"{_NEWS}keywords"),
        link=address,
        published=_text(url, f"{_NEWS}publication_date"),
        touched=_text(url, "{*}lastmod"),
        language=_text(url, "{*}news/{*}publication/{*}language"),
    )


def _text(element: Any, path: str) -> str:
    return str(element.findtext(path) or "").strip()


def _words_in(address: str) -> str:
    """The last part of an address as words, if it has any."""
    try:
        name = unquote(urlsplit(address).path).rstrip("/").rpartition("/")[2]
    except ValueError:
        return ""
    words = name.rpartition(".")[0] or name
    return words.replace("-", " ").replace("_", " ").strip().capitalize()
