"""The proxy as it is shipped, with TLS of its own and without: what reaches a web behind it, and what readers get."""

import gzip
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.services.own_nginx import LARGE, Proxy, Web, kept, running, webs

pytestmark = [pytest.mark.services("nginx"), pytest.mark.timeout(120)]

LIMIT = 6 * 1024 * 1024
CONNECTIONS = 60


@pytest.fixture(params=["plain", "tls"])
def proxy(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Proxy]:
    """The proxy of either kind, with a static file that is compressed beforehand."""
    static = tmp_path / "static"
    static.mkdir()
    (static / "site.css").write_bytes(LARGE)
    (static / "site.css.gz").write_bytes(gzip.compress(LARGE))
    with running(Proxy(request.param, tmp_path)) as started:
        yield started


@pytest.fixture
def behind(proxy: Proxy) -> Iterator[list[Web]]:
    """The webs behind the proxy."""
    with webs(proxy) as started:
        yield started


def asked(behind: list[Web]) -> list[tuple[str, str]]:
    """Method and path of all that has reached a web."""
    return [(method, path) for one in behind for method, path, _headers in one.asked]


def test_forged_headers_buy_nothing(proxy: Proxy, behind: list[Web]) -> None:
    found = proxy.arrived(
        X_Forwarded_For="192.0.2.7",
        X_Forwarded_Host="elsewhere.example",
        Forwarded="for=192.0.2.7",
        X_Request_ID="mine",
    )

    # Of one hop, the application believes the last.
    assert found["X-Forwarded-For"].split(", ") == ["192.0.2.7", "127.0.0.1"]
    assert found["X-Request-ID"] != "mine"
    assert not {"X-Forwarded-Host", "Forwarded"} & found.keys()


def test_only_who_ends_tls_says_whether_there_was_tls(proxy: Proxy, behind: list[Web]) -> None:
    told = proxy.arrived(X_Forwarded_Proto="gopher")["X-Forwarded-Proto"]

    assert told == ("https" if proxy.kind == "tls" else "gopher")


def test_body_that_is_too_large_is_refused_before_it_is_read(proxy: Proxy, behind: list[Web]) -> None:
    connection = proxy.connection()
    connection.putrequest("POST", "/")
    connection.putheader("Content-Length", str(LIMIT + 1))
    connection.endheaders()

    answer = connection.getresponse()

    assert answer.status == 413
    assert b"at most 6 MB" in answer.read()
    assert asked(behind) == []


def test_body_of_just_the_limit_passes(proxy: Proxy, behind: list[Web]) -> None:
    assert proxy.ask("/", "POST", bytes(LIMIT))[0] == 200
    assert asked(behind) == [("POST", "/")]


def test_header_and_address_beyond_eight_kilobytes_reach_nobody(proxy: Proxy, behind: list[Web]) -> None:
    assert proxy.ask("/", X_Long="x" * 9000)[0] == 400
    assert proxy.ask("/?" + "x" * 9000)[0] == 414
    assert asked(behind) == []
    assert proxy.ask("/", X_Long="x" * 7000)[0] == 200


def test_half_sent_requests_cost_no_web_anything(proxy: Proxy, behind: list[Web]) -> None:
    with ExitStack() as open_ones:
        for number in range(40):
            slow = open_ones.enter_context(socket.create_connection(("127.0.0.1", proxy.port)))
            if proxy.kind == "plain":
                ending = b"" if number % 2 else b"Content-Length: 9\r\n\r\nhalf"
                slow.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\n" + ending)
        began = time.monotonic()

        status = proxy.ask("/")[0]

        assert status == 200
        assert time.monotonic() - began < 5
        assert asked(behind) == [("GET", "/")]


def test_client_that_says_no_more_is_let_go(proxy: Proxy) -> None:
    with socket.create_connection(("127.0.0.1", proxy.ports["http"]), timeout=25) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")

        try:
            assert b"200" not in slow.recv(1000)
        except ConnectionResetError:
            # Let go without a word: reset_timedout_connection.
            return


def test_one_address_has_so_many_connections_and_another_its_own(proxy: Proxy, behind: list[Web]) -> None:
    with ExitStack() as open_ones:
        for _ in range(CONNECTIONS):
            slow = proxy.connection()
            open_ones.callback(slow.close)
            slow.putrequest("POST", "/")
            slow.putheader("Content-Length", "9")
            slow.endheaders()
        # The heads may be on their way still.
        time.sleep(0.5)
        other = proxy.connection("127.0.0.2")
        open_ones.callback(other.close)
        other.request("GET", "/")

        assert proxy.ask("/")[0] == 429
        assert other.getresponse().status == 200


def test_large_answers_are_compressed_for_who_asks(proxy: Proxy, behind: list[Web]) -> None:
    _, headers, body = proxy.ask("/large/", Accept_Encoding="gzip")

    assert headers["Content-Encoding"] == "gzip"
    assert headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(body) == LARGE
    assert proxy.ask("/large/")[2] == LARGE


def test_static_files_ask_no_web_and_stay_for_a_year(proxy: Proxy, behind: list[Web]) -> None:
    status, headers, body = proxy.ask("/static/site.css", Accept_Encoding="gzip")

    assert status == 200
    assert gzip.decompress(body) == LARGE
    assert headers.get_all("Cache-Control") == ["max-age=31536000", "public, immutable"]
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert proxy.ask("/static/site.css")[2] == LARGE
    assert proxy.ask("/static/none.css")[0] == 404
    assert asked(behind) == []


@pytest.mark.parametrize(
    "path", ["/static/..%2fnginx/site.conf", "/static../nginx/site.conf", "/static/../nginx/site.conf"]
)
def test_no_file_beside_the_static_ones_is_shown(proxy: Proxy, behind: list[Web], path: str) -> None:
    assert b"client_max_body_size" not in proxy.ask(path)[2]


@pytest.mark.parametrize("path", ["/metrics/", "/readyz", "//metrics/", "/./readyz", "/metrics%2f", "/metrics/?x"])
def test_what_is_for_machines_is_not_found(proxy: Proxy, behind: list[Web], path: str) -> None:
    assert proxy.ask(path)[0] == 404
    assert asked(behind) == []


def test_page_is_shown_while_no_web_answers(proxy: Proxy) -> None:
    with webs(proxy):
        kept(proxy, "/large/")
        assert "Warning" not in proxy.ask("/large/")[1]

    status, headers, body = proxy.ask("/large/")

    assert (status, body) == (200, LARGE)
    assert headers["Warning"].startswith("111 ")


def test_page_that_was_not_kept_says_nothing_of_being_kept(proxy: Proxy) -> None:
    status, headers, _ = proxy.ask("/never/")

    assert status == 502
    assert "Warning" not in headers


def test_what_is_personal_is_never_kept(proxy: Proxy) -> None:
    with webs(proxy):
        for _ in range(100):
            proxy.ask("/mine/")
            time.sleep(0.01)

    assert proxy.ask("/mine/")[0] == 502


def test_web_that_is_away_is_passed_over(proxy: Proxy) -> None:
    with webs(proxy) as [first, second]:
        first.shutdown()
        first.server_close()

        assert {proxy.ask("/")[0] for _ in range(6)} == {200}
        assert {proxy.ask("/", "POST", b"x")[0] for _ in range(6)} == {200}
        assert len(second.asked) == 12


def test_what_was_sent_already_is_not_sent_twice(proxy: Proxy, behind: list[Web]) -> None:
    assert proxy.ask("/dies/", "POST", b"x")[0] == 502
    assert asked(behind) == [("POST", "/dies/")]


@pytest.mark.parametrize("proxy", ["tls"], indirect=True)
def test_without_tls_there_is_only_the_way_to_it(proxy: Proxy, behind: list[Web]) -> None:
    plain = Proxy("plain", proxy.folder, proxy.ports)

    status, headers, _ = plain.ask("/accessions/?a=1", Host="example.org")

    assert (status, headers["Location"]) == (308, "https://example.org/accessions/?a=1")
    assert asked(behind) == []
