"""Which form an answer has: as the address says, or else as the header likes best."""

import pytest

from tests.api.conftest import Reader

pytestmark = pytest.mark.django_db

JSON = "application/json"
CSV = "text/csv; charset=utf-8"
PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("path", "accept", "form"),
    [
        ("states/", "", JSON),
        ("states/", "*/*", JSON),
        ("states/", ",", JSON),
        ("states/", "text/*", CSV),
        ("states/", "text/csv, application/json", CSV),
        ("states/", "application/json;q=0.5, text/csv", CSV),
        ("states/", "application/json;q=0.1, TEXT/CSV;Q=0.9", CSV),
        ("states/", "application/json;q=0, text/csv;q=0", PROBLEM),
        ("states/", "application/json; charset=utf-8", JSON),
        ("states/", "text/csv; charset=utf-8, application/json;q=0.9", CSV),
        ("states/", "application/json;q=nonsense", JSON),
        ("states/", "text/html", PROBLEM),
        ("states/?format=csv", "application/json", CSV),
        ("states/?format=json", "text/csv", JSON),
        ("status/", "text/csv", PROBLEM),
        ("status/", "text/csv, */*;q=0.1", JSON),
        ("status/?format=csv", "*/*", PROBLEM),
    ],
)
def test_answer_has_the_form_that_the_address_or_else_the_header_asks_for(
    reader: Reader, path: str, accept: str, form: str
) -> None:
    assert reader.fetch(path, accept=accept).headers["Content-Type"] == form


def test_two_ways_to_ask_for_one_form_get_one_entity_tag(reader: Reader) -> None:
    tags = {reader.fetch("states/", accept=accept).headers["ETag"] for accept in ("", "*/*", JSON, f"{JSON}, text/csv")}

    assert len(tags) == 1
    assert reader.fetch("states/", accept="text/csv").headers["ETag"] not in tags
