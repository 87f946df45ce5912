"""Whom an accession waits for, in sentences."""

from datetime import date

import pytest

from tracker.domain.standing import NextStep
from tracker.domain.vocabulary import StepKind
from tracker.readmodel import open_newest
from tracker.readmodel.answers.waiting import Waiting, waiting_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


def waiting_on(day: date, accession: str = "SWE") -> list[Waiting]:
    """Whom the accession waited for on that day."""
    edition = open_newest()
    return waiting_for(edition, edition.standing(accession, day), edition.names_in("en", day))


def test_accession_with_two_allies_missing_tells_of_each_where_it_stands_and_who_acts_next() -> None:
    hungary, turkiye = waiting_on(date(2023, 10, 30))

    assert (hungary.name, turkiye.name) == ("Hungary", "Türkiye")
    assert turkiye.sentence == (
        "Türkiye has not yet approved Sweden’s accession; the protocol has been before its parliament "
        "since 23 October 2023."
    )
    assert turkiye.event == "se2022-tr-submitted"
    assert turkiye.next == (NextStep(StepKind.COMMITTEE_VOTE, "Committee on Foreign Affairs"),)
    assert hungary.next == (NextStep(StepKind.COMMITTEE_REPORT, "Foreign Affairs and Defence committees"),)


@pytest.mark.parametrize(
    ("day", "accession"),
    [
        # More than a handful, none, no protocol yet, and no application.
        (date(2022, 7, 6), "SWE"),
        (date(2024, 2, 27), "SWE"),
        (date(2022, 6, 30), "SWE"),
        (date(2023, 10, 30), "GEO"),
    ],
)
def test_accession_that_waits_for_many_or_for_nobody_tells_of_none(day: date, accession: str) -> None:
    assert waiting_on(day, accession) == []
