"""A feed as JSON Feed 1.1."""

import json
from typing import Any, Final

from django.conf import settings

from tracker.channels.fetched.feeds import Feed
from tracker.channels.items import Item, key_of
from tracker.readmodel.fold import write_moment

CONTENT_TYPE: Final = "application/feed+json; charset=utf-8"


def write_json_feed(feed: Feed) -> str:
    """The feed as a JSON document. What the standard has no word for stands under `_article10`."""
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address(feed.archive),
        "language": feed.language,
        "authors": [{"name": "Article 10", "url": settings.BASE_URL}],
        "items": [_item(item, feed.language) for item in feed.items],
    }
    if feed.previous:
        document["next_url"] = feed.previous
    if feed.hub:
        document["hubs"] = [{"type": "WebSub", "url": feed.hub}]
    return json.dumps(document, ensure_ascii=False, indent=1)


def _item(item: Item, language: str) -> dict[str, Any]:
    moment = write_moment(item.recorded_at)
    return {
        "id": item.key,
        "url": item.url,
        "title": item.title,
        "content_text": item.note or item.title,
        "date_published": moment,
        "date_modified": moment,
        "tags": item.tags,
        "language": language,
        "_article10": {
            "about": f"{settings.BASE_URL}/subscribe/",
            "position": item.position,
            "type": item.type,
            "date": str(item.happened) if item.happened else None,
            "late": item.is_late,
            "replaces": key_of(item.replaces) if item.replaces else None,
            "sources": [url for _publisher, url in item.sources],
        },
    }
