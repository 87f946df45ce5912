"""Parts of a file, as RFC 9110 has them."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from tracker.http.ranges import cut

BODY = bytes(range(100))
TAG = '"file"'


def ask(header: str, **others: str) -> HttpResponse:
    """The answer to a request with that range."""
    request = RequestFactory().get("/", headers={"Range": header, **others})
    return cut(request, HttpResponse(BODY, headers={"ETag": TAG}))


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-9", 0, 9),
        ("bytes=90-", 90, 99),
        ("bytes=99-99", 99, 99),
        ("bytes=50-1000", 50, 99),
        ("bytes=-1", 99, 99),
        ("bytes=-1000", 0, 99),
        ("BYTES = 5 - 6", 5, 6),
    ],
)
def test_part_that_the_file_has_is_given(header: str, first: int, last: int) -> None:
    answer = ask(header)

    assert (answer.status_code, answer.content) == (206, BODY[first : last + 1])
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/100"


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=999999999999999999-"])
def test_part_that_the_file_does_not_have_is_refused(header: str) -> None:
    answer = ask(header)

    assert (answer.status_code, answer.content) == (416, b"")
    assert answer.headers["Content-Range"] == "bytes */100"


@pytest.mark.parametrize("header", ["", "bytes=-", "bytes=9-5", "bytes=1-2,4-5", "lines=1-2", "bytes=a-b", "bytes=1"])
def test_range_that_is_none_or_several_gives_the_whole(header: str) -> None:
    answer = ask(header)

    assert (answer.status_code, answer.content) == (200, BODY)
    assert answer.headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    ("tag", "status"), [(TAG, 206), ('"another"', 200), (f"W/{TAG}", 200), ("Thu, 01 Jan 2026 00:00:00 GMT", 200)]
)
def test_part_of_another_file_is_never_added_to_what_a_client_has(tag: str, status: int) -> None:
    assert ask("bytes=0-9", **{"If-Range": tag}).status_code == status


def test_only_a_read_is_cut() -> None:
    request = RequestFactory().head("/", headers={"Range": "bytes=0-9"})

    assert cut(request, HttpResponse(BODY, headers={"ETag": TAG})).status_code == 200
