"""Where one answer ends and another begins: cursors, lifetimes, cells that a spreadsheet would run, filters."""

import csv
import io
from urllib.parse import parse_qs, urlsplit

import pytest

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
