"""What is refused unread, and what every answer bears."""

import io
from collections.abc import Callable

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from pytest_django import Settings

from tests.facts import begin

pytestmark = pytest.mark.django_db


class Unread(io.RawIOBase):
    """A body that nobody may read."""

    def read(self, size: int = -1) -> bytes:
        """Fails the test."""
        raise AssertionError("the body was read")


def send(path: str, length: str, **more: str) -> tuple[int, dict[str, str]]:
    """Status and headers of the answer to a POST whose body cannot be read."""
    told: list[tuple[str, list[tuple[str, str]]]] = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "CONTENT_LENGTH": length,
        "wsgi.url_scheme": "http",
        "wsgi.input": Unread(),
        **more,
    }

    def start(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Callable[[bytes], object]:
        told.append((status, headers))
        return len

    WSGIHandler()(environ, start)
    return int(told[0][0].split()[0]), dict(told[0][1])


@pytest.mark.parametrize(
    ("path", "length"),
    [
        ("/", "1"),
        ("/accessions/SWE/", "120000000"),
        ("/admin/login/", "65537"),
        ("/admin/tracker/upload/add/", "6000001"),
        ("/subscribe/mail/", "65537"),
        ("/fr/subscribe/mail/", "65537"),
        ("/api/v1/reports/", "131073"),
        ("/mcp/", "131073"),
        ("/data/package/latest/events.csv", "65537"),
        ("/", "9" * 40),
    ],
)
def test_body_larger_than_the_address_takes_is_refused_unread(path: str, length: str) -> None:
    status, headers = send(path, length)

    assert status == 413
    assert headers["Connection"] == "close"
    assert ("problem+json" in headers["Content-Type"]) is path.startswith(("/api/", "/data/package/", "/mcp/"))


@pytest.mark.parametrize(
    ("length", "more", "status"),
    [("-1", {}, 400), ("x", {}, 400), ("", {"HTTP_TRANSFER_ENCODING": "chunked"}, 411)],
)
def test_body_of_no_told_size_is_refused_unread(length: str, more: dict[str, str], status: int) -> None:
    assert send("/admin/login/", length, **more)[0] == status


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("/", "same-origin"),
        ("/admin/login/", "same-origin"),
        ("/accessions/SWE/embed/", "cross-origin"),
        ("/accessions/SWE/badge.svg", "cross-origin"),
        ("/api/v1/states/", "cross-origin"),
    ],
)
def test_every_answer_bears_the_headers_that_guard_it(client: Client, path: str, who: str) -> None:
    begin()

    for _ in range(2):  # made, and kept
        headers = client.get(path).headers

        assert headers["Cross-Origin-Resource-Policy"] == who
        assert "camera=()" in headers["Permissions-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "unsafe" not in headers.get("Content-Security-Policy", "")
        assert headers["X-Request-ID"]


def test_who_has_too_many_pages_made_is_told_to_wait_and_still_has_those_at_hand(
    client: Client, settings: Settings
) -> None:
    begin()
    settings.PAGES_PER_MINUTE = 3
    made = [client.get(f"/accessions/SWE/?as_of=2024-01-0{day}") for day in range(1, 6)]

    at_hand = client.get("/accessions/SWE/?as_of=2024-01-01")
    of_another = client.get("/accessions/SWE/?as_of=2024-01-05", REMOTE_ADDR="203.0.113.5")

    assert [one.status_code for one in made] == [200, 200, 200, 429, 429]
    assert made[-1].headers["Retry-After"] == "60"
    assert "Too many pages at once" in made[-1].text
    assert (at_hand.status_code, of_another.status_code) == (200, 200)
