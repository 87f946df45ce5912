"""Watches for tests, and sources of theirs that behave."""

import json
from datetime import datetime
from typing import Any

from tests.fetch.servers import Behaviour, Exchange, HostileServer
from tests.watch.conftest import NOW
from tracker.domain.vocabulary import SourceClass
from tracker.models import Watch

FIELDS = {"id": "id", "title": "title", "date": "date"}


def make_watch(url: str, key: str = "a-watch", **told: Any) -> Watch:
    """A watch of a JSON list that is due; every column can be told."""
    smallest = {
        "title": "The list",
        "publisher": "A parliament",
        "source_class": SourceClass.PARLIAMENT,
        "reader": "json",
        "options": {"fields": FIELDS},
        "language": "en",
        "next_poll_at": NOW,
    }
    return Watch.objects.create(key=key, url=url, **{**smallest, **told})


def listing(*items: tuple[str, str, str], **headers: str) -> Behaviour:
    """A JSON list of items: id, title, date."""
    body = json.dumps([dict(zip(("id", "title", "date"), item, strict=True)) for item in items]).encode()
    return lambda exchange: exchange.answer(body, Content_Type="application/json", **headers)


def no_robots(server: HostileServer) -> None:
    """Let the host have no robots.txt, which allows everything."""
    server.on("/robots.txt", lambda exchange: exchange.answer(status="404 Not Found"))


def conditional(body: bytes, etag: str, content_type: str = "application/json") -> Behaviour:
    """The body, and 304 to whoever has it."""

    def answer(exchange: Exchange) -> None:
        if exchange.headers.get("if-none-match") == etag:
            exchange.answer(status="304 Not Modified", ETag=etag)
        else:
            exchange.answer(body, Content_Type=content_type, ETag=etag)

    return answer


def asked(server: HostileServer, path: str) -> int:
    """How often the server was asked for the path."""
    return sum(exchange.path == path for exchange in server.asked)


def reload(watch: Watch) -> Watch:
    """The watch as it is in the database."""
    return Watch.objects.get(pk=watch.pk)


def at(watch: Watch) -> datetime:
    """When the turn of the watch comes."""
    return reload(watch).next_poll_at
