"""What is at hand is given before the framework is entered, and is the same as by it; all else goes on to it."""

import gzip
import io
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections, connection
from pytest_django import Settings

from tests.facts import begin, consent, record_event
from tracker.http import heads
from tracker.http.client_address import scheme_of
from tracker.http.front import Front
from tracker.operations.warming import warm
from tracker.readmodel.record import ROOT_OF_HEAD, current_mark

pytestmark = pytest.mark.django_db

PAGE = "/accessions/SWE/"
JSON = "/api/v1/accessions/SWE/"


class Framework:
    """The framework, which counts how often it is asked."""

    def __init__(self) -> None:
        self.handler = WSGIHandler()
        self.asked = 0

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Its answer."""
        self.asked += 1
        return self.handler(environ, start)


class Site:
    """A front with a framework behind it."""

    def __init__(self) -> None:
        self.framework = Framework()
        self.front = Front(self.framework)

    def get(self, path: str, **more: str) -> tuple[str, dict[str, str], bytes]:
        """Status, headers and body."""
        told: list[Any] = []
        body = b"".join(self.front(environ_of(path, **more), lambda *line: told.extend(line)))
        return told[0], dict(told[1]), body


def environ_of(path: str, **more: str) -> dict[str, Any]:
    """A request as the server hands it on."""
    address, _, query = path.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        **more,
    }


@pytest.fixture(autouse=True)
def connection_of_the_test() -> Iterator[None]:
    """The connection of the test, which is within a transaction, is not closed around a request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def site() -> Site:
    """A site whose record has begun."""
    begin()
    return Site()


@pytest.mark.parametrize("path", [PAGE, JSON, "/fr/accessions/SWE/?as_of=2024-02-25"])
def test_kept_answer_is_given_without_the_framework_and_is_the_same(site: Site, path: str) -> None:
    status, headers, body = site.get(path)

    again, same, bytes_again = site.get(path)

    assert site.framework.asked == 1
    assert (again, bytes_again) == (status, body) == ("200 OK", body)
    own = {"X-Request-ID", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "RateLimit-Policy"}
    assert {name: value for name, value in same.items() if name not in own} == {
        name: value for name, value in headers.items() if name not in own
    }
    assert same["X-Request-ID"] != headers["X-Request-ID"]


def test_new_edition_is_shown_with_the_next_request(site: Site) -> None:
    site.get(PAGE)

    record_event(consent(), by=None)

    assert "1 of 4 allies has approved" in gzip.decompress(site.get(PAGE)[2]).decode()
    assert site.framework.asked == 2


def test_who_has_the_answer_is_told_so_without_its_body(site: Site) -> None:
    tag = site.get(JSON)[1]["ETag"]

    status, headers, body = site.get(JSON, HTTP_IF_NONE_MATCH=tag)

    assert (status, body, headers["ETag"], site.framework.asked) == ("304 Not Modified", b"", tag, 1)
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert not {"Content-Length", "Content-Type", "Content-Encoding"} & headers.keys()


@pytest.mark.parametrize(
    "unusual",
    [
        {"REQUEST_METHOD": "HEAD"},
        {"REQUEST_METHOD": "POST"},
        {"CONTENT_LENGTH": "4"},
        {"HTTP_TRANSFER_ENCODING": "chunked"},
        {"HTTP_IF_NONE_MATCH": '"another", "yet-another"'},
        {"HTTP_IF_MATCH": '"another"'},
        {"HTTP_IF_MODIFIED_SINCE": "Sun, 29 Nov 2026 12:00:00 GMT"},
        {"HTTP_ACCEPT": "text/markdown"},
        {"HTTP_HOST": "another.example"},
        {"HTTP_ACCEPT_ENCODING": "br"},
    ],
)
def test_request_that_is_not_plain_goes_on_to_the_framework(site: Site, unusual: dict[str, str]) -> None:
    site.get(PAGE)

    site.get(PAGE, **unusual)

    assert site.framework.asked == 2


def test_program_that_takes_anything_is_given_what_is_kept(site: Site) -> None:
    bodies = {site.get(JSON, HTTP_ACCEPT=accepted)[2] for accepted in ("", "*/*", "application/json")}

    assert len(bodies) == 1
    assert site.framework.asked == 1
    assert b"," in site.get("/api/v1/states/", HTTP_ACCEPT="text/csv", HTTP_ACCEPT_ENCODING="")[2].splitlines()[0]


def test_request_while_the_database_is_away_goes_on_to_who_knows_what_to_say(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = site.get(PAGE)[2]

    def away() -> None:
        raise OperationalError("away")

    monkeypatch.setattr(heads, "current_mark", away)

    status, _, stale = site.get(PAGE)
    assert (status, stale) == ("200 OK", body)
    assert site.get("/accessions/FIN/")[0].startswith("503")
    assert site.framework.asked == 3


@pytest.mark.parametrize("hops", [0, 1])
@pytest.mark.parametrize("told", [None, "https", "http", "https, http", "", "HTTPS"])
def test_transport_is_told_as_the_framework_tells_it(settings: Settings, hops: int, told: str | None) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if hops else None
    environ = environ_of("/", **({} if told is None else {"HTTP_X_FORWARDED_PROTO": told}))

    assert scheme_of(environ) == WSGIRequest(environ).scheme


def test_warming_asks_the_application_and_leaves_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    begin()
    monkeypatch.setattr("tracker.operations.warming.connections.close_all", lambda: closed.append(1))
    closed: list[int] = []
    framework = Framework()

    warm(framework)

    assert framework.asked > 3
    assert closed == [1]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the short way is PostgreSQL's")
def test_short_way_to_the_root_says_what_the_long_one_says() -> None:
    begin()
    root = current_mark().root
    ask: Callable[[str], str | None] = connection.value_of  # type: ignore[attr-defined]

    assert [ask(ROOT_OF_HEAD), ask(ROOT_OF_HEAD)] == [root, root]
    assert ask("SELECT root FROM tracker_loghead WHERE id = 17") is None


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the short way is PostgreSQL's")
@pytest.mark.django_db(transaction=True)
def test_short_way_recovers_from_a_statement_that_is_gone() -> None:
    begin()
    ask: Callable[[str], str | None] = connection.value_of  # type: ignore[attr-defined]
    root = ask(ROOT_OF_HEAD)
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")

    with pytest.raises(OperationalError):
        ask(ROOT_OF_HEAD)

    assert ask(ROOT_OF_HEAD) == root == current_mark().root
    with pytest.raises(OperationalError):
        ask("SELECT nothing FROM nowhere")
    assert heads.root_now() == root
