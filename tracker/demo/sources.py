"""The sources of the replay: small servers on loopback, each publishing its facts in a shape that one reader knows."""

import csv
import io
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from lxml import etree

from tracker.domain.facts import EventFact
from tracker.domain.vocabulary import SourceClass
from tracker.models import Watch

_FIELDS: Final = ("id", "title", "date", "url")
_ATOM: Final = "http://www.w3.org/2005/Atom"

Writer = Callable[[Sequence[EventFact], str], bytes]


@dataclass
class Source:
    """One source: whose facts it publishes, in which shape, and what it has published so far."""

    name: str
    reader: str
    takes: Callable[[EventFact], bool]
    accession: str = "SWE"
    ally: str | None = None
    published: list[EventFact] = field(default_factory=list)
    base: str = ""

    def body(self) -> bytes:
        """The document as it stands."""
        return _WRITERS[self.reader](self.published, self.base)

    def watch(self, now: datetime) -> Watch:
        """The watch of this source, not saved yet."""
        return Watch(
            key=f"replay-{self.name}",
            title=self.name,
            publisher=f"Replayed source: {self.name}",
            source_class=SourceClass.GOVERNMENT,
            url=f"{self.base}/{self.name}",
            reader=self.reader,
            options={} if self.reader == "feed" else {"fields": {name: name for name in _FIELDS}},
            accessions=[self.accession],
            ally_id=self.ally,
            language="en",
            interval=24 * 60,
            next_poll_at=now,
        )


def all_sources() -> list[Source]:
    """The sources; each fact is published by the first that takes it."""
    return [
        Source("finland", "json", lambda fact: fact.accession == "FIN", accession="FIN"),
        Source("turkey", "json", lambda fact: fact.actor == "TUR", ally="TUR"),
        Source("hungary", "csv", lambda fact: fact.actor == "HUN", ally="HUN"),
        Source("sweden", "csv", lambda fact: fact.actor == "SWE"),
        Source("alliance", "feed", lambda fact: fact.actor in {"NATO", "USA"}),
        Source("allies", "json", lambda fact: True),
    ]


@contextmanager
def serving(sources: Sequence[Source]) -> Iterator[None]:
    """The sources, each on a port of its own, so that each is a host of its own."""
    with ExitStack() as stack:
        for source in sources:
            server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(source))
            server.daemon_threads = True
            source.base = f"http://127.0.0.1:{server.server_port}"
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
            threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        yield


def _handler_of(source: Source) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Answers with the document, or that it is the one the asker has."""

        def do_GET(self) -> None:
            """One question."""
            if self.path == "/robots.txt":
                self._send(HTTPStatus.NOT_FOUND, b"", "")
                return
            body = source.body()
            version = f'"{sha256(body).hexdigest()}"'
            is_known = self.headers.get("If-None-Match") == version
            self._send(HTTPStatus.NOT_MODIFIED if is_known else HTTPStatus.OK, b"" if is_known else body, version)

        def _send(self, status: HTTPStatus, body: bytes, version: str) -> None:
            self.send_response(status)
            if version:
                self.send_header("ETag", version)
                self.send_header("Content-Type", _TYPES[source.reader])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Not worth a line."""

    return Handler


def _row(fact: EventFact, base: str) -> dict[str, str]:
    return {"id": fact.key, "title": fact.title, "date": str(fact.occurred), "url": f"{base}/facts/{fact.key}"}


def _write_json(facts: Sequence[EventFact], base: str) -> bytes:
    return json.dumps([_row(fact, base) for fact in facts], ensure_ascii=False).encode()


def _write_csv(facts: Sequence[EventFact], base: str) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, _FIELDS)
    writer.writeheader()
    writer.writerows(_row(fact, base) for fact in facts)
    return text.getvalue().encode()


def _write_feed(facts: Sequence[EventFact], base: str) -> bytes:
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    etree.SubElement(feed, f"{{{_ATOM}}}title").text = "News"
    for fact in facts:
        entry = etree.SubElement(feed, f"{{{_ATOM}}}entry")
        etree.SubElement(entry, f"{{{_ATOM}}}id").text = f"{base}/facts/{fact.key}"
        etree.SubElement(entry, f"{{{_ATOM}}}title").text = fact.title
        etree.SubElement(entry, f"{{{_ATOM}}}link", href=f"{base}/facts/{fact.key}")
        etree.SubElement(entry, f"{{{_ATOM}}}updated").text = f"{fact.occurred.latest}T12:00:00Z"
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="utf-8"))


_WRITERS: Final[dict[str, Writer]] = {
    "json": _write_json,
    "csv": _write_csv,
    "feed": _write_feed,
}
_TYPES: Final = {
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "feed": "application/atom+xml; charset=utf-8",
}
