"""What is doubted, and what is not: the decisive turns, and votes."""

from datetime import date
from typing import Any

import pytest

from tests.facts import begin, consent, event
from tracker.actions import warnings_about
from tracker.domain.facts import EventFact
from tracker.readmodel.record import Record, current_edition

pytestmark = pytest.mark.django_db

TODAY = date(2024, 3, 20)


def vote(**more: Any) -> EventFact:
    """A vote in Budapest, on a Monday."""
    return event("se-vote", "chamber_vote", "HUN", "2024-02-26", **{"office": "National Assembly", **more})


def doubts(fact: EventFact, replaces: str = "") -> list[str]:
    """The sentences."""
    return [warning.text for warning in warnings_about(fact, Record(current_edition()), TODAY, replaces)]


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (vote(office="Riksdag"), "“Riksdag” is no chamber of HUN on record: National Assembly."),
        (vote(votes={"yes": 7, "no": 7}), "The vote is a tie, 7 to 7."),
        (vote(votes={"yes": 6, "no": 7}), "The vote was lost, as it is told: it moves no stage."),
        (
            event("se-signed-2", "protocol_signed", "NATO", "2022-07-06"),
            "“Signature of the protocol” is on record for 2022-07-05 already (se-signed).",
        ),
        (
            event("se-acceded", "acceded", "SWE", "2024-03-07"),
            "“Entry into force of the protocol” comes first, and is not on record.",
        ),
        (
            event("se-invited", "invitation", "NATO", "2022-07-06"),
            "“Signature of the protocol” comes later, and is on record for 2022-07-05.",
        ),
        (
            event("se-in-force", "protocol_in_force", "NATO", "2022-05-01"),
            "“Application for membership” comes first, and is on record for 2022-05-18.",
        ),
        (
            event("se-out", "withdrawn", "SWE", "2024-03-07"),
            "It ends the accession of SWE: no ally’s act after it is expected.",
        ),
        (
            event("se-in-force", "protocol_in_force", "NATO", "2024-03-07"),
            "Not approved, as far as the record knows: Hun, Nor, Tur, Usa.",
        ),
    ],
)
def test_what_decides_much_or_cannot_well_be_is_doubted(fact: EventFact, said: str) -> None:
    begin()

    assert said in doubts(fact)


def test_who_has_approved_is_not_named_and_what_will_be_inferred_is_counted() -> None:
    begin(consent())

    said = doubts(event("se-in-force", "protocol_in_force", "NATO", "2024-03-07"))

    assert said[0] == "Not approved, as far as the record knows: Nor, Tur, Usa."
    assert said[1] == "No deposit is on record of Hun, Nor, Tur, Usa: of 4 it will be inferred, by that day."


def test_a_usual_vote_raises_no_doubt() -> None:
    begin()

    assert doubts(vote(votes={"yes": 188, "no": 6})) == []


def test_putting_a_turn_right_is_no_twin_of_itself() -> None:
    begin()

    assert doubts(event("se-signed", "protocol_signed", "NATO", "2022-07-06"), "se-signed") == [
        "“Invitation” comes first, and is not on record."
    ]


def test_a_plan_decides_nothing() -> None:
    begin()
    plan = event("se-plan", "protocol_in_force", "NATO", "2024-04-01", planned=True)

    assert [text for text in doubts(plan) if "deposit" in text or "comes first" in text] == []
