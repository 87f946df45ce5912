"""What a header likes best, and which form an answer then has."""

import pytest

from tests.api.conftest import Reader
from tracker.http.accept import best_of

FORMS = ("application/json", "text/csv")


@pytest.mark.parametrize(
    ("header", "best"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/*", "text/csv"),
        ("text/csv, application/json", "application/json"),
        ("application/json;q=0.1, text/csv;q=0.9", "text/csv"),
        ("application/json;q=0, */*", "text/csv"),
        ("text/csv;q=0, text/*;q=1, application/*;q=0.5", "application/json"),
        ("TEXT/CSV; header=present; Q=0.7", "text/csv"),
        ("application/json;q=0", ""),
        ("*/*;q=0", ""),
        ("text/html", ""),
        ("application/json;q=nonsense", "application/json"),
        (",;,", "application/json"),
    ],
)
def test_form_that_is_liked_best(header: str, best: str) -> None:
    assert best_of(header, FORMS) == best


@pytest.mark.parametrize(
    ("header", "best"),
    [
        ("gzip, br", "br"),
        ("gzip;q=1, br;q=0.5", "gzip"),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("identity", ""),
        ("zstd", ""),
    ],
)
def test_encoding_that_is_liked_best(header: str, best: str) -> None:
    assert best_of(header, ("br", "gzip")) == best


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "accept", "told"),
    [
        ("states/", "application/json;q=0.5, text/csv", "text/csv; charset=utf-8"),
        ("states/", "application/json;q=0, text/csv;q=0", "application/problem+json"),
        ("states/?format=csv", "application/json", "text/csv; charset=utf-8"),
        ("states/?format=json", "text/csv", "application/json"),
        ("status/", "text/csv", "application/problem+json"),
        ("status/", "text/csv, */*;q=0.1", "application/json"),
    ],
)
def test_answer_has_the_form_that_the_address_or_else_the_header_asks_for(
    reader: Reader, path: str, accept: str, told: str
) -> None:
    assert reader.fetch(path, accept=accept).headers["Content-Type"] == told
