import gzip
import hashlib
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.fetch.conftest import AGENT, NOW
from tests.fetch.servers import Exchange, HostileServer, bomb, elapsed, endless, packed_bomb, redirect
from tracker.fetch.fetching import Ask, Fetcher
from tracker.fetch.outcomes import Failed, Fetched, Outcome, Reason, Refused, Throttled, Unchanged


def failure(outcome: Outcome) -> tuple[Reason, bool]:
    """Why it failed, and whether waiting may help."""
    assert isinstance(outcome, Failed), outcome
    return outcome.reason, outcome.transient


def test_fetch_of_a_document_returns_all_that_is_kept_as_evidence(server: HostileServer, fetcher: Fetcher) -> None:
    url = server.on(
        "/page",
        lambda exchange: exchange.answer(
            "Ödeme".encode(), Content_Type="Text/HTML; Charset=UTF-8", ETag='"v1"', Last_Modified="yesterday",
            Set_Cookie="session=1",
        ),
    )  # fmt: skip

    outcome = fetcher.fetch(Ask(url), now=NOW)

    assert isinstance(outcome, Fetched)
    assert (outcome.body, outcome.status, outcome.url, outcome.fetched_at) == ("Ödeme".encode(), 200, url, NOW)
    assert (outcome.content_type, outcome.charset) == ("text/html", "utf-8")
    assert (outcome.etag, outcome.last_modified) == ('"v1"', "yesterday")
    assert outcome.sha256 == hashlib.sha256("Ödeme".encode()).hexdigest()
    assert "set-cookie" not in outcome.headers
    assert server.asked[0].headers["user-agent"] == AGENT
    assert server.asked[0].headers["accept-encoding"] == "gzip"


def test_fetch_of_a_packed_document_unpacks_it(server: HostileServer, fetcher: Fetcher) -> None:
    packed = gzip.compress(b"treaty " * 1000)
    url = server.on("/", lambda exchange: exchange.answer(packed, Content_Encoding="gzip"))

    outcome = fetcher.fetch(Ask(url), now=NOW)

    assert isinstance(outcome, Fetched)
    assert outcome.body == b"treaty " * 1000


def test_fetch_with_the_version_we_have_sends_it_and_takes_304(server: HostileServer, fetcher: Fetcher) -> None:
    url = server.on("/", lambda exchange: exchange.send(b"HTTP/1.1 304 Not Modified\r\n\r\n"))

    outcome = fetcher.fetch(Ask(url, etag='"v1"', last_modified="Mon, 26 Feb 2024 10:00:00 GMT"), now=NOW)

    assert outcome == Unchanged(url, NOW)
    assert server.asked[0].headers["if-none-match"] == '"v1"'
    assert server.asked[0].headers["if-modified-since"] == "Mon, 26 Feb 2024 10:00:00 GMT"


def test_fetch_without_a_version_does_not_take_304(server: HostileServer, fetcher: Fetcher) -> None:
    url = server.on("/", lambda exchange: exchange.send(b"HTTP/1.1 304 Not Modified\r\n\r\n"))

    assert failure(fetcher.fetch(Ask(url), now=NOW)) == (Reason.STATUS, False)


@pytest.mark.parametrize("behaviour", ["hang", "drip", "drip_headers"])
def test_fetch_from_a_slow_server_ends_with_the_time_limit(
    behaviour: str, server: HostileServer, hasty: Fetcher
) -> None:
    url = server.on("/", getattr(server, behaviour))
    started = time.monotonic()

    outcome = hasty.fetch(Ask(url), now=NOW)

    assert failure(outcome) == (Reason.TIMEOUT, True)
    assert elapsed(started) < 5


@pytest.mark.parametrize(
    ("status", "transient"),
    [("500 Error", True), ("502 Bad Gateway", True), ("404 Not Found", False), ("410 Gone", False), ("204 None", False),
     ("206 Partial", False), ("451 Blocked", False), ("300 Choose", False)],
)  # fmt: skip
def test_fetch_with_another_status_fails_and_says_whether_to_wait(
    status: str, transient: bool, server: HostileServer, fetcher: Fetcher
) -> None:
    url = server.on("/", lambda exchange: exchange.answer(status=status))

    outcome = fetcher.fetch(Ask(url), now=NOW)

    assert failure(outcome) == (Reason.STATUS, transient)
    assert isinstance(outcome, Failed)
    assert outcome.status == int(status[:3])


@pytest.mark.parametrize(
    ("status", "header", "expected"),
    [
        ("429 Too Many", "120", NOW + timedelta(seconds=120)),
        ("503 Busy", "Mon, 26 Feb 2024 13:00:00 GMT", datetime(2024, 2, 26, 13, tzinfo=UTC)),
        ("429 Too Many", "Sun, 25 Feb 2024 13:00:00 GMT", NOW),
        ("429 Too Many", "99999999999999999999", NOW + timedelta(days=30)),
        ("429 Too Many", "Fri, 31 Dec 9999 23:59:59 GMT", NOW + timedelta(days=30)),
        ("503 Busy", "soon", None),
    ],
)
def test_fetch_from_a_throttling_server_reports_when_to_come_back(
    status: str, header: str, expected: datetime | None, server: HostileServer, fetcher: Fetcher
) -> None:
    url = server.on("/", lambda exchange: exchange.answer(status=status, Retry_After=header))

    assert fetcher.fetch(Ask(url), now=NOW) == Throttled(int(status[:3]), expected, url)


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this", Reason.TRUNCATED),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nonly this", Reason.TRUNCATED),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"cut" * 500, mtime=0)[:-12],
            Reason.TRUNCATED,
        ),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nplain", Reason.ENCODING),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nwhat", Reason.ENCODING),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"a", mtime=0) + b"more",
            Reason.ENCODING,
        ),
        (b"", Reason.PROTOCOL),
        (b"SSH-2.0-OpenSSH\r\n", Reason.PROTOCOL),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", Reason.PROTOCOL),
        (b"HTTP/1.1 200 OK\r\n" + b"X-A: " + b"y" * 200_000 + b"\r\n\r\n", Reason.PROTOCOL),
    ],
)
def test_fetch_of_a_broken_answer_fails_by_name(
    sent: bytes, reason: Reason, server: HostileServer, fetcher: Fetcher
) -> None:
    url = server.on("/", lambda exchange: exchange.send(sent))

    outcome = fetcher.fetch(Ask(url), now=NOW)

    assert isinstance(outcome, Failed)
    assert outcome.reason is reason


@pytest.mark.parametrize("behaviour", [endless, bomb])
def test_fetch_of_too_much_stops_in_bounded_memory(
    behaviour: Callable[[Exchange], None], server: HostileServer, fetcher: Fetcher
) -> None:
    url = server.on("/", behaviour)
    packed_bomb()
    tracemalloc.start()

    outcome = fetcher.fetch(Ask(url), now=NOW)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert failure(outcome) == (Reason.TOO_LARGE, False)
    assert peak < 3 * fetcher.limits.sizes.unpacked


def test_fetch_of_an_announced_giant_does_not_read_it(server: HostileServer, fetcher: Fetcher) -> None:
    url = server.on("/", lambda exchange: exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n"))

    assert failure(fetcher.fetch(Ask(url), now=NOW)) == (Reason.TOO_LARGE, False)


def test_fetch_follows_redirects_and_names_where_it_ended(server: HostileServer, fetcher: Fetcher) -> None:
    first = server.on("/a", redirect("/b", "301 Moved"))
    server.on("/b", redirect("c?d=e"))
    last = server.on("/c?d=e", lambda exchange: exchange.answer(b"here"))

    outcome = fetcher.fetch(Ask(first), now=NOW)

    assert isinstance(outcome, Fetched)
    assert (outcome.body, outcome.url) == (b"here", last)


def test_fetch_of_endless_redirects_ends_at_the_limit(server: HostileServer, fetcher: Fetcher) -> None:
    url = server.on("/", redirect("/"))

    assert failure(fetcher.fetch(Ask(url), now=NOW)) == (Reason.TOO_MANY_REDIRECTS, False)
    assert len(server.asked) == fetcher.limits.redirects + 1


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data/", Reason.NOT_PUBLIC),
        ("http://[::1]/", Reason.NOT_PUBLIC),
        ("http://[::ffff:10.0.0.1]/", Reason.NOT_PUBLIC),
        ("//0x7f000001/", Reason.NOT_PUBLIC),
        ("file:///etc/passwd", Reason.SCHEME),
        ("http://user@example.org/", Reason.CREDENTIALS),
        ("http://[broken", Reason.NOT_AN_ADDRESS),
        ("http://\x80\xff/", Reason.NOT_AN_ADDRESS),
    ],
)
def test_fetch_redirected_to_a_hostile_address_is_refused(
    location: str, reason: Reason, server: HostileServer, fetcher: Fetcher
) -> None:
    url = server.on("/", redirect(location))

    outcome = fetcher.fetch(Ask(url), now=NOW)

    assert isinstance(outcome, Refused)
    assert outcome.reason is reason


def test_fetch_redirected_to_another_host_leaves_the_key_behind(server: HostileServer, fetcher: Fetcher) -> None:
    stranger = HostileServer()
    url = server.on("/", redirect(f"http://127.0.0.1:{server.port}/same"))
    server.on("/same", redirect(stranger.url("/")))
    stranger.server_close()

    outcome = fetcher.fetch(Ask(url, headers={"X-Api-Key": "secret"}), now=NOW)

    assert failure(outcome) == (Reason.NO_CONNECTION, True)
    assert [exchange.headers.get("x-api-key") for exchange in server.asked] == ["secret", "secret"]


def test_fetch_at_another_host_does_not_carry_the_key(server: HostileServer, fetcher: Fetcher) -> None:
    # The same server by another name is another host.
    url = server.on("/", redirect(server.url("/other", host="localhost")))
    server.on("/other", lambda exchange: exchange.answer(b"no key"))
    named = Fetcher(
        AGENT, type(fetcher.guard)(fetcher.guard.opened, lambda host, seconds: ["127.0.0.1"]), fetcher.limits
    )

    outcome = named.fetch(Ask(url, headers={"X-Api-Key": "secret"}), now=NOW)

    assert isinstance(outcome, Fetched)
    assert [exchange.headers.get("x-api-key") for exchange in server.asked] == ["secret", None]


def test_fetch_ignores_the_proxies_of_its_environment(
    server: HostileServer, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    url = server.on("/", lambda exchange: exchange.answer(b"direct"))

    assert isinstance(fetcher.fetch(Ask(url), now=NOW), Fetched)
