from typing import Any

import pytest

from tests.sources.conftest import PageOf
from tracker.sources.readers.base import NotUnderstood
from tracker.sources.registry import READERS

CSV = "text/csv"
COLUMNS: dict[str, Any] = {
    "delimiter": ";",
    "language": "en",
    "fields": {"title": "what", "date": "day", "url": "address"},
}
MEMBERS: dict[str, Any] = {
    "items": "result.acts",
    "language": "en",
    "ally": "GBR",
    "fields": {"id": "no", "title": "what.en", "date": "day"},
}


def columns(**changes: Any) -> dict[str, Any]:
    """The options for the sample, with some of them changed."""
    return {**COLUMNS, "fields": {**COLUMNS["fields"], "id": "id"}, **changes}


def test_csv_rows_become_finds_with_their_line(page_of: PageOf) -> None:
    first, second = READERS["csv"].read(page_of("acts.csv", CSV), columns(ally="HUN"))

    assert (first.suggestion.accession, first.suggestion.ally, first.suggestion.date) == ("SWE", "HUN", "2022-07-05")
    assert (first.place, first.url) == ("line 2", "https://example.org/1")
    assert (second.suggestion.accession, second.suggestion.date) == (None, "2022-09")


def test_json_elements_become_finds_with_their_path(page_of: PageOf) -> None:
    (found,) = READERS["json"].read(page_of("acts.json"), MEMBERS)

    assert (found.title, found.place) == ("Protocol on Sweden’s accession to NATO laid", "$.result.acts[0]")
    assert (found.suggestion.accession, found.suggestion.kind, found.suggestion.date) == ("SWE", None, "2022-07-06")


@pytest.mark.parametrize(
    ("body", "changes"),
    [
        (b"id;what;address\n1;x;y\n", {}),
        (b"id;day;what;address\n1;2022;x\n", {}),
        (b"id;day;what;address\n1;2022;x;y;z\n", {}),
        (b"id;day;what;address\n1;2023-02-30;x;y\n", {}),
        (b'id;day;what;address\n1;2022;"x;y\n', {}),
        (b"", {}),
        (b"<html></html>", {}),
        (b"id;day;what;address\n1;2022;" + b"x" * 200_000 + b";y\n", {}),
        (b"id;day;what;address\n", {"fields": {"id": "id"}}),
        (b"id;day;what;address\n", {"fields": {"id": "id", "title": "what", "colour": "day"}}),
        (b"id;day;what;address\n1;2022;x;y\n", {"language": None}),
    ],
    ids=range(11),
)
def test_csv_that_does_not_fit_its_mapping_is_not_understood(
    body: bytes, changes: dict[str, Any], page_of: PageOf
) -> None:
    with pytest.raises(NotUnderstood):
        READERS["csv"].read(page_of(body, CSV), columns(**changes))


@pytest.mark.parametrize("items", ["result", "result.none", "acts", ""])
def test_json_without_the_list_is_not_understood(items: str, page_of: PageOf) -> None:
    with pytest.raises(NotUnderstood):
        READERS["json"].read(page_of("acts.json"), {**MEMBERS, "items": items})


def test_every_reader_stands_under_its_own_key() -> None:
    assert {key: reader.key for key, reader in READERS.items()} == {key: key for key in READERS}
