"""A feed as Atom (RFC 4287), with archives (RFC 5005) and tombstones (RFC 6721)."""

from datetime import datetime
from typing import Any, Final
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.html import format_html_join
from django.utils.xmlutils import SimplerXMLGenerator

from tracker.channels.fetched.feeds import Feed
from tracker.channels.items import Item, key_of

CONTENT_TYPE: Final = "application/atom+xml; charset=utf-8"
_HISTORY: Final = "http://purl.org/syndication/history/1.0"
_TOMBSTONES: Final = "http://purl.org/atompub/tombstones/1.0"


def write_atom(feed: Feed) -> str:
    """The feed as an Atom document."""
    document = _Document(
        title=feed.title,
        link=feed.page,
        description=None,
        language=feed.language,
        feed_url=feed.address(feed.archive),
        # The newest document's address names the feed, in its archives too; each language is a feed of its own.
        feed_guid=feed.address(None),
        author_name="Article 10",
        feed_copyright="CC BY 4.0",
        feed=feed,
    )
    for item in feed.items:
        document.add_item(
            title=item.title,
            link=item.url,
            description=_content(item),
            unique_id=item.key,
            # Both are when it was told; the day of the act stands in the title.
            pubdate=item.recorded_at,
            updateddate=item.recorded_at,
            categories=item.tags,
            item=item,
        )
    return str(document.writeString("utf-8"))


def _content(item: Item) -> str:
    """What there is to add, as the HTML that Django says it is."""
    link = format_html_join(", ", '<a href="{}">{}</a>', ((url, publisher or url) for publisher, url in item.sources))
    parts = [(text,) for text in (item.note, link) if text] or [(item.title,)]
    return format_html_join("\n", "<p>{}</p>", parts)


class _Document(Atom1Feed):
    """Django's Atom feed, with the elements of the two other standards."""

    content_type = CONTENT_TYPE

    def root_attributes(self) -> dict[str, Any]:
        return {**super().root_attributes(), "xmlns:fh": _HISTORY, "xmlns:at": _TOMBSTONES}

    def latest_post_date(self) -> datetime:
        feed: Feed = self.feed["feed"]
        return feed.changed or super().latest_post_date()

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        feed: Feed = self.feed["feed"]
        if feed.archive is not None:
            handler.addQuickElement("fh:archive", "")
            _link(handler, "current", feed.address(None))
        if feed.previous:
            _link(handler, "prev-archive", feed.previous)
        if feed.hub:
            _link(handler, "hub", feed.hub)

    def write_items(self, handler: SimplerXMLGenerator) -> None:
        for item in self.items:
            _write_tombstone(handler, item["item"])
        super().write_items(handler)


def _write_tombstone(handler: SimplerXMLGenerator, item: Item) -> None:
    """That an earlier entry does not hold any more, for a reader who keeps what it has read."""
    if item.replaces is None:
        return
    attributes = {"ref": key_of(item.replaces), "when": rfc3339_date(item.recorded_at)}
    handler.startElement("at:deleted-entry", AttributesImpl(attributes))
    handler.addQuickElement("at:comment", item.note)
    _link(handler, "related", item.url)
    handler.endElement("at:deleted-entry")


def _link(handler: SimplerXMLGenerator, relation: str, address: str) -> None:
    handler.addQuickElement("link", "", {"rel": relation, "href": address})
