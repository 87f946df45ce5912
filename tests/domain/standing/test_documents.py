"""Standing as plain data: what the log, the copies and the API hold, key for key."""

from datetime import date

import pytest

from tests.domain.standing.test_accessions import ALL, APPLIED, FOUNDERS, INVITED, SIGNED, act, stand
from tracker.domain.dates import PartialDate
from tracker.domain.standing.documents import (
    accession_document,
    date_document,
    later_document,
    milestones_document,
    ratification_document,
)
from tracker.domain.vocabulary import EventKind, Milestone, Stage

NOTHING = {"date": None, "earliest": None, "latest": None, "precision": None}
CONSENT = act(EventKind.CONSENT, "NOR", "2022-07-12")
LATE = act(EventKind.CONSENT, "USA", "2022-08")


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2022-07-12", "2022-07-12", "2022-07-12", "day"),
        ("2022-08", "2022-08-01", "2022-08-31", "month"),
        ("2022-08-01/..", "2022-08-01", None, "interval"),
        ("../2022-08-01", None, "2022-08-01", "interval"),
    ],
)
def test_date_is_told_by_its_ends(text: str, earliest: str | None, latest: str | None, precision: str) -> None:
    told = {"date": text, "earliest": earliest, "latest": latest, "precision": precision}

    assert date_document(PartialDate.parse(text)) == told
    assert date_document(None) == NOTHING


def test_ratification_tells_each_stage_of_the_day() -> None:
    standing = stand([*FOUNDERS, APPLIED, INVITED, SIGNED, CONSENT, LATE], "2022-08-15")
    norway, america = (ratification_document(one) for one in standing.required)

    assert (norway["required"], norway["stage"]) == (True, "approved")
    assert norway["required_from"] == date_document(PartialDate.parse("2022-07-05"))
    assert list(norway["stages"]) == ["signed", "submitted", "approved", "assented", "deposited"]
    assert norway["stages"]["approved"] == {
        "state": "reached",
        **date_document(PartialDate.parse("2022-07-12")),
        "inferred": False,
        "basis": "act",
        "event": "consent-NOR-2022-07-12",
        "events": ["consent-NOR-2022-07-12"],
    }
    assert norway["stages"]["deposited"] == {
        "state": "not_reached",
        **NOTHING,
        "inferred": False,
        "basis": None,
        "event": None,
        "events": [],
    }
    assert america["stage"] == "signed"
    assert america["stages"]["approved"]["state"] == "unknown"
    assert america["stages"]["approved"]["date"] == "2022-08-01/.."


def test_accession_tells_counts_and_who_is_missing() -> None:
    standing = stand([*FOUNDERS, APPLIED, INVITED, SIGNED, CONSENT, LATE], "2022-08-15")
    document = accession_document(standing)

    assert document["status"] == "signed"
    assert document["required"] == 2
    assert document["counts"]["approved"] == {"reached": 1, "unknown": 1, "not_reached": 0}
    assert list(document["counts"]) == ["submitted", "approved", "assented", "deposited"]
    assert (document["pending"], document["unknown"]) == ([], ["USA"])
    assert document["days_since_signature"] == 41
    assert document["milestones"] == milestones_document(standing.milestones, date(2022, 8, 15))
    assert [name for name, told in document["milestones"].items() if told["state"] == "reached"] == [
        "applied",
        "invited",
        "signed",
    ]


def test_accession_that_nothing_tells_of_is_not_on_record() -> None:
    assert accession_document(stand(FOUNDERS, "2022-05-17"))["status"] == "not_on_record"


@pytest.mark.parametrize(("day", "is_later"), [("2024-03-06", True), ("2024-03-07", False)])
def test_what_is_later_is_told_up_to_its_own_day(day: str, *, is_later: bool) -> None:
    found = stand(ALL, day).milestones[Milestone.IN_FORCE]
    told = {**date_document(PartialDate.parse("2024-03-07")), "inferred": False, "basis": "act"}
    expected = {**told, "events": ["protocol_in_force-NATO-2024-03-07"]} if is_later else None

    assert later_document(found, date.fromisoformat(day)) == expected


def test_nothing_is_later_where_nothing_is_on_record() -> None:
    standing = stand([*FOUNDERS, SIGNED], "2022-08-15")

    assert later_document(standing.required[0].dates[Stage.DEPOSITED], date(2022, 8, 15)) is None


@pytest.mark.parametrize(
    ("second", "last"),
    [
        ("2022-07-12", (date(2022, 7, 12), ("NOR", "USA"))),
        ("2022-07-13", (date(2022, 7, 13), ("USA",))),
        ("2022-07-11", (date(2022, 7, 12), ("NOR",))),
        # In its month it may have been the last or not.
        ("2022-07", None),
        ("2022-08", None),
    ],
)
def test_last_approval_is_known_once_all_have_approved_and_its_day_is(
    second: str, last: tuple[date, tuple[str, ...]] | None
) -> None:
    acts = [*FOUNDERS, APPLIED, INVITED, SIGNED, CONSENT, act(EventKind.CONSENT, "USA", second)]

    assert stand(acts, "2022-09-01").last_approval == last
    assert stand(acts[:-1], "2022-09-01").last_approval is None
    assert stand(acts, "2022-07-10").last_approval is None
