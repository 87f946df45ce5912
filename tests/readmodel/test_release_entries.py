"""Documents as bytes: written once, and the same however they are asked for."""

import json
from datetime import date
from typing import Any

import pytest

from tracker.domain.canonical import Row, write_envelope, write_json
from tracker.readmodel import open_edition
from tracker.readmodel.answers.documents import event_rows
from tracker.readmodel.record import current_mark


@pytest.mark.parametrize(
    "data",
    [
        [],
        [Row(key="a", name="Türkiye"), Row(key="b", parts=[None, 1, {"c": True}])],
        [{"key": "a"}, Row(key="b")],
        Row(key="a"),
        {"key": "a"},
        None,
    ],
)
def test_envelope_is_the_same_json_as_if_written_whole(data: Any) -> None:
    envelope = {"data": data, "meta": {"edition": 7}, "links": {"next": None}}

    assert write_envelope(envelope) == write_json(envelope)
    assert json.loads(write_envelope(envelope)) == envelope


def test_row_is_written_once() -> None:
    row = Row(key="a")

    assert row.json is row.json
    assert row.json == b'{"key":"a"}'


@pytest.mark.django_db
@pytest.mark.usefixtures("shipped")
def test_days_on_which_an_event_stood_alike_share_its_row() -> None:
    mark = current_mark()
    edition = open_edition(mark.edition, mark.root)
    key = "se2022-tr-deposited"
    before, after, later = (
        event_rows(edition, date.fromisoformat(day))[key] for day in ("2023-10-30", "2024-03-08", "2025-01-01")
    )

    assert (before["state"], after["state"]) == ("not_reached", "reached")
    assert after is later
    assert before is not after
