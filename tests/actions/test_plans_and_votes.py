"""Plans that become no act by themselves, votes that are lost, chambers of somebody else, acts that serve several."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.facts import begin, consent, event, on_record, procedure
from tracker.actions import log_transaction, record_events, record_procedure
from tracker.domain.exceptions import ForeignChamber, KeyTaken
from tracker.domain.facts import EventFact, ProcedureFact
from tracker.domain.standing import AccessionStanding
from tracker.domain.vocabulary import Origin, PlanState, Reached, Stage
from tracker.models import Ratification
from tracker.readmodel.clock import read_clock

pytestmark = pytest.mark.django_db

# No clock that the tests may run by has come so far.
AHEAD = date(2099, 3, 2)


def record(*facts: EventFact) -> None:
    with log_transaction(origin=Origin.EDITOR) as log:
        record_events(log, facts)


def standing(day: date) -> AccessionStanding:
    return read_clock({}).record.standing("SWE", day)


def two_thirds(ally: str, seats: int) -> ProcedureFact:
    document = procedure(ally, seats=seats).document()
    document["chambers"][0] |= {"name": "Senate", "majority": {"share": "two_thirds", "of": "present"}}
    document["steps"][1]["body"] = "Senate"
    return ProcedureFact.model_validate({**document, "chambers_that_vote": ["Senate"]})


def vote(ally: str, office: str, **more: Any) -> EventFact:
    return event(f"{ally.lower()}-vote", "chamber_vote", ally, "2024-02-26", office=office, **more)


def test_what_lies_ahead_goes_on_record_as_planned_and_its_day_makes_it_no_act() -> None:
    deposit = event("hu-deposit", "deposited", "HUN", AHEAD.isoformat())
    begin(consent())
    record(deposit)
    record(deposit)

    assert on_record("hu-deposit").planned
    for days in range(3):
        hungary = standing(AHEAD + timedelta(days=days)).ratifications["HUN"]
        assert hungary.by(Stage.DEPOSITED) is Reached.NOT_REACHED
        assert hungary.stage is Stage.APPROVED
    assert Ratification.objects.get(accession="SWE", ally="HUN").stage == Stage.APPROVED


def test_a_plan_is_planned_then_unknown_then_what_is_recorded_next() -> None:
    begin(
        event("plan", "deposited", "HUN", "2024-03-02", planned=True, announced="2024-02-27"),
        event("word", "plan_cancelled", "HUN", "2024-03-05", follows="plan"),
    )
    edition = read_clock({}).record
    plan = edition.event("plan")

    assert plan is not None
    days = {"2024-03-01": PlanState.PLANNED, "2024-03-02": PlanState.UNKNOWN, "2024-03-05": PlanState.CANCELLED}
    assert {day: edition.plan(plan, date.fromisoformat(day)) for day in days} == days
    assert not plan.has_happened_by(date(2024, 3, 4))


def test_sixty_of_a_hundred_senators_leave_the_ally_pending() -> None:
    begin()
    with log_transaction(origin=Origin.EDITOR) as log:
        record_procedure(log, two_thirds("USA", 100))
    record(vote("USA", "Senate", votes={"yes": 60, "no": 40, "abstain": 0}))

    after = standing(date(2024, 2, 27))
    assert "USA" in after.pending
    assert after.ratifications["USA"].by(Stage.APPROVED) is Reached.NOT_REACHED


@pytest.mark.parametrize(("outcome", "where"), [("lost", "pending"), ("carried", "unknown"), (None, "unknown")])
def test_a_vote_of_which_nobody_published_numbers_can_be_lost(outcome: str | None, where: str) -> None:
    begin(vote("HUN", "National Assembly", outcome=outcome))

    assert "HUN" in getattr(standing(date(2024, 2, 27)), where)


def test_the_vote_of_another_allys_chamber_is_refused() -> None:
    begin()
    with log_transaction(origin=Origin.EDITOR) as log:
        record_procedure(log, two_thirds("USA", 100))

    with pytest.raises(ForeignChamber, match="is a chamber of USA"):
        record(vote("HUN", "senate"))
    record(vote("HUN", "Standing committee of both houses"))


def test_one_act_on_two_protocols_is_told_once_and_counts_for_each() -> None:
    begin(
        event("fi-application", "application", "FIN", "2022-05-18", accession="FIN"),
        event("fi-signed", "protocol_signed", "NATO", "2022-07-05", accession="FIN"),
        consent(also=["FIN"]),
    )
    edition = read_clock({}).record

    for code in ("FIN", "SWE"):
        assert edition.standing(code, date(2024, 2, 26)).ratifications["HUN"].approval is Reached.REACHED
        assert Ratification.objects.get(accession=code, ally="HUN").stage == Stage.APPROVED
        assert "se-hun-consent" in {one.key for one in edition.events_by_accession[code]}
    assert [one.key for one in edition.events].count("se-hun-consent") == 1


def test_a_plan_of_one_key_is_no_act_of_another_day() -> None:
    begin()
    record(event("hu-deposit", "deposited", "HUN", AHEAD.isoformat()))

    with pytest.raises(KeyTaken):
        record(event("hu-deposit", "deposited", "HUN", "2024-03-05"))
