"""Where one answer ends and another begins: cursors, lifetimes, cells that a spreadsheet would run, filters."""

import csv
import io
import json
from urllib.parse import parse_qs, urlsplit

import pytest

from api import messages
from api.description.schema import FILE
from api.framework.renderers import write_csv
from tests.api.conftest import Reader
from tracker.readmodel.filters import RATIFICATIONS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

WEEK = "public, max-age=604800"


def test_cursor_of_a_list_with_other_filters_is_refused_though_its_row_stands_in_both(reader: Reader) -> None:
    following = reader.fetch("ratifications/?accession=SWE&limit=1").json()["links"]["next"]
    [cursor] = parse_qs(urlsplit(following).query)["cursor"]

    same = reader.fetch(f"ratifications/?accession=SWE&limit=1&cursor={cursor}")
    wider = reader.fetch(f"ratifications/?limit=1&cursor={cursor}")
    other = reader.fetch(f"accessions/SWE/ratifications/?limit=1&cursor={cursor}")

    assert [answer.status_code for answer in (same, wider, other)] == [200, 400, 400]
    assert [error["parameter"] for error in wider.json()["errors"]] == ["cursor"]


@pytest.mark.parametrize(
    ("query", "is_for_a_week"),
    [
        ("as_of=2023-10-30&known_at=2000", True),
        ("as_of=2023-10-30", False),
        ("known_at=2000", False),
        ("", False),
    ],
)
def test_answer_may_be_kept_for_long_only_when_both_clocks_are_given(
    reader: Reader, query: str, is_for_a_week: bool
) -> None:
    answer = reader.fetch(f"accessions/?{query}")

    assert (answer.headers["Cache-Control"] == WEEK) is is_for_a_week


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_cell_that_a_spreadsheet_would_run_begins_with_an_apostrophe(sign: str) -> None:
    text = f"{sign}HYPERLINK(1)"

    written = write_csv(
        [{"title": text, "codes": [text], "nested": {"a": text}}], [("title",), ("codes",), ("nested", "a")]
    )

    [_names, cells] = csv.reader(io.StringIO(written, newline=""))
    assert cells == [f"'{text}"] * 3


def test_ratifications_are_those_that_the_protocol_needs_or_those_that_it_does_not(reader: Reader) -> None:
    asked = {query: len(reader.walk(f"accessions/FIN/ratifications/?{query}")) for query in ("", "required=true")}

    # The shipped record has none that the protocol did not need, so the filter is asked for them by itself.
    assert asked == {"": 30, "required=true": 30}
    rows = [{"required": True, "ally": "TUR"}, {"required": False, "ally": "FIN"}]
    chosen = {
        wanted: [row["ally"] for row in rows if RATIFICATIONS["required"](wanted)(row)] for wanted in (True, False)
    }
    assert chosen == {True: ["TUR"], False: ["FIN"]}


def patterns(part: object) -> set[str]:
    """Every pattern in a part of the description."""
    if isinstance(part, dict):
        own = {part["pattern"]} if isinstance(part.get("pattern"), str) else set()
        return own.union(*map(patterns, part.values()))
    return set().union(*map(patterns, part)) if isinstance(part, list) else set()


def test_no_refusal_of_a_parameter_shows_a_pattern_in_place_of_words() -> None:
    described = json.loads(FILE.read_text())["paths"].values()
    queries = [one for methods in described for one in methods["get"]["parameters"] if one["in"] == "query"]

    assert patterns(queries) - messages._EXAMPLES.keys() == set()


@pytest.mark.parametrize(
    ("path", "parameter", "told"),
    [
        ("changes/?cursor=abc", "cursor", "there is no such parameter"),
        ("sources/?fact_key=Not A Key!", "fact_key", "write a key such as"),
        ("events/?sort=Day!", "sort", "write a field"),
    ],
)
def test_refusal_says_what_would_be_right(reader: Reader, path: str, parameter: str, told: str) -> None:
    [error] = reader.fetch(path).json()["errors"]

    assert error["parameter"] == parameter
    assert told in error["detail"]


@pytest.mark.parametrize("path", ["/api", "/api/"])
def test_the_root_without_its_version_leads_to_the_api(reader: Reader, path: str) -> None:
    assert reader.get(path).headers["Location"] == "/api/v1/"
