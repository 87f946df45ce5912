"""How a stage is dated: the table of evidence, what is inferred, and what is not."""

from dataclasses import replace
from datetime import date

import pytest

from tracker.domain.dates import PartialDate
from tracker.domain.facts import ChamberFact, Tally
from tracker.domain.standing import (
    NO_DATE,
    Act,
    Bounds,
    Chamber,
    Rules,
    StageDate,
    StageOnDay,
    Witness,
    counting,
    date_stages,
)
from tracker.domain.vocabulary import ALLY_ACTS, EVIDENCE, SHOWS_SUBMISSION, Basis, EventKind, Reached, Stage

START = PartialDate.parse("2022-05-18")
SIGNED = PartialDate.parse("2022-07-05")
DAY_IN_FORCE = PartialDate.parse("2024-03-07")
IN_FORCE = StageDate(DAY_IN_FORCE, Basis.ACT, (Witness("in-force", DAY_IN_FORCE),))
OPEN = Bounds(START, SIGNED)
DONE = Bounds(START, SIGNED, IN_FORCE)
TWO_CHAMBERS = Rules("POL", chambers=(Chamber(frozenset({"Sejm"})), Chamber(frozenset({"Senate", "Senat"}))))


def act(kind: EventKind, on: str, office: str = "", carried: bool | None = None) -> Act:
    return Act(f"{kind}-{on}", kind, "POL", PartialDate.parse(on), "SWE", office, carried)


def vote(on: str, office: str, carried: bool | None = True) -> Act:
    return act(EventKind.CHAMBER_VOTE, on, office, carried)


@pytest.mark.parametrize(("kind", "stage"), EVIDENCE.items())
def test_an_act_dates_the_stage_it_is_evidence_for(kind: EventKind, stage: Stage) -> None:
    found = date_stages([act(kind, "2022-09-21")], OPEN)[stage]

    assert str(found.occurred) == "2022-09-21"
    assert found.evidence == (f"{kind}-2022-09-21",)
    assert not found.inferred


@pytest.mark.parametrize("kind", sorted(set(EventKind) - set(EVIDENCE) - SHOWS_SUBMISSION))
def test_any_other_kind_dates_nothing(kind: EventKind) -> None:
    assert set(date_stages([act(kind, "2022-09-21")], OPEN).values()) == {NO_DATE}


def test_every_kind_of_evidence_is_an_act_of_an_ally() -> None:
    assert set(EVIDENCE) | SHOWS_SUBMISSION <= ALLY_ACTS


def test_without_any_act_nothing_is_dated_while_the_protocol_is_open() -> None:
    assert set(date_stages([], OPEN).values()) == {NO_DATE}


def test_once_in_force_every_stage_lies_between_the_start_and_that_day() -> None:
    dates = date_stages([], DONE)

    assert str(dates[Stage.APPROVED].occurred) == "2022-05-18/2024-03-07"
    assert {found.basis for found in dates.values()} == {Basis.IN_FORCE}
    assert all(found.inferred for found in dates.values())


def test_a_deposit_is_not_before_the_signature_though_a_consent_may_be() -> None:
    dates = date_stages([act(EventKind.CONSENT, "2022-06-16")], DONE)

    assert str(dates[Stage.DEPOSITED].occurred) == "2022-07-05/2024-03-07"


def test_a_deposit_without_a_day_lies_between_approval_and_entry_into_force() -> None:
    dates = date_stages([act(EventKind.CONSENT, "2022-09-21")], DONE)

    assert str(dates[Stage.DEPOSITED].occurred) == "2022-09-21/2024-03-07"
    assert dates[Stage.DEPOSITED].by(date(2022, 9, 20)) is Reached.NOT_REACHED
    assert dates[Stage.DEPOSITED].by(date(2023, 10, 30)) is Reached.UNKNOWN
    assert dates[Stage.DEPOSITED].by(date(2024, 3, 7)) is Reached.REACHED


def test_a_later_act_bounds_the_stages_before_it() -> None:
    dates = date_stages([act(EventKind.DEPOSITED, "2022-09-19")], OPEN)

    assert str(dates[Stage.APPROVED].occurred) == "2022-05-18/2022-09-19"
    assert dates[Stage.APPROVED].basis is Basis.LATER_ACT
    assert dates[Stage.APPROVED].evidence == ("deposited-2022-09-19",)


def test_a_vote_shows_that_the_text_had_been_submitted() -> None:
    found = date_stages([vote("2022-07-07", "Sejm")], OPEN)[Stage.SUBMITTED]

    assert found.basis is Basis.LATER_ACT
    assert found.by(date(2022, 7, 7)) is Reached.REACHED


def test_one_chamber_of_two_leaves_approval_undated() -> None:
    assert date_stages([vote("2022-07-07", "Sejm")], OPEN, TWO_CHAMBERS)[Stage.APPROVED] == NO_DATE


def test_both_chambers_leave_approval_unknown_from_the_last_vote_on() -> None:
    acts = [vote("2022-07-07", "Sejm"), vote("2022-07-20", "Senat")]

    found = date_stages(acts, OPEN, TWO_CHAMBERS)[Stage.APPROVED]

    assert found.basis is Basis.VOTES
    assert found.by(date(2022, 7, 19)) is Reached.NOT_REACHED
    assert found.by(date(2022, 7, 20)) is Reached.UNKNOWN
    assert found.by(date(2099, 1, 1)) is Reached.UNKNOWN


def test_a_lost_vote_is_no_vote_for_it() -> None:
    acts = [vote("2022-07-07", "Sejm"), vote("2022-07-20", "Senate", carried=False)]

    assert date_stages(acts, OPEN, TWO_CHAMBERS)[Stage.APPROVED] == NO_DATE


def test_consent_on_record_outweighs_votes() -> None:
    acts = [vote("2022-07-07", "Sejm"), vote("2022-07-20", "Senate"), act(EventKind.CONSENT, "2022-07-22")]

    found = date_stages(acts, OPEN, TWO_CHAMBERS)[Stage.APPROVED]

    assert (str(found.occurred), found.basis) == ("2022-07-22", Basis.ACT)


def test_two_accounts_of_one_act_are_certain_by_the_earlier_end() -> None:
    acts = [act(EventKind.SUBMITTED, "2022-07"), act(EventKind.SUBMITTED, "2022-07-14")]

    found = date_stages(acts, OPEN)[Stage.SUBMITTED]

    assert str(found.occurred) == "2022-07-01/2022-07-14"
    assert found.by(date(2022, 7, 10)) is Reached.UNKNOWN


def test_acts_out_of_order_are_kept_as_they_are() -> None:
    acts = [act(EventKind.DEPOSITED, "2022-09-19"), act(EventKind.CONSENT, "2022-10-01")]

    dates = date_stages(acts, OPEN)

    assert str(dates[Stage.APPROVED].occurred) == "2022-10-01"
    # No day is made of two that contradict each other: what is left is from the beginning to the deposit.
    assert str(dates[Stage.ASSENTED].occurred) == "2022-05-18/2022-09-19"


def test_bounds_travel_over_stages_that_have_no_act() -> None:
    acts = [vote("2022-07-07", "Sejm"), vote("2022-07-20", "Senate"), act(EventKind.DEPOSITED, "2022-08")]

    dates = {stage: str(found.occurred) for stage, found in date_stages(acts, OPEN, TWO_CHAMBERS).items()}

    assert dates == {
        Stage.SUBMITTED: "2022-05-18/2022-07-07",
        Stage.APPROVED: "2022-07-20/2022-08-31",
        Stage.ASSENTED: "2022-07-20/2022-08-31",
        Stage.DEPOSITED: "2022-08",
    }


def test_an_act_known_to_the_month_is_narrowed_by_its_neighbours_and_says_so() -> None:
    acts = [act(EventKind.CONSENT, "2022-09"), act(EventKind.DEPOSITED, "2022-09-19")]

    found = date_stages(acts, OPEN)[Stage.APPROVED]

    assert (str(found.occurred), found.basis, found.inferred) == ("2022-09-01/2022-09-19", Basis.NARROWED, True)
    assert found.evidence == ("consent-2022-09",)


def test_an_open_end_of_a_later_act_is_the_open_end_of_the_stages_before_it() -> None:
    dates = date_stages([act(EventKind.DEPOSITED, "2022-09-19/..")], OPEN)

    assert str(dates[Stage.APPROVED].occurred) == "2022-05-18/.."
    assert dates[Stage.APPROVED].by(date(2022, 5, 17)) is Reached.NOT_REACHED


def test_without_evidence_a_stage_is_not_on_record_and_no_day_is_shown() -> None:
    assert NO_DATE.by(date(2022, 9, 21)) is Reached.NOT_ON_RECORD
    assert NO_DATE.on(date(2022, 9, 21)) == StageOnDay(Reached.NOT_ON_RECORD)


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("2022-07-19", StageOnDay(Reached.NOT_REACHED)),
        (
            "2022-07-20",
            StageOnDay(
                Reached.UNKNOWN,
                PartialDate.parse("2022-07-20/.."),
                Basis.VOTES,
                ("chamber_vote-2022-07-07", "chamber_vote-2022-07-20"),
            ),
        ),
        (
            "2022-08-31",
            StageOnDay(
                Reached.REACHED, PartialDate.parse("2022-07-20/2022-08-31"), Basis.LATER_ACT, ("deposited-2022-08",)
            ),
        ),
    ],
)
def test_an_inferred_stage_shows_its_end_and_its_reason_only_once_they_have_come(day: str, shown: StageOnDay) -> None:
    acts = [vote("2022-07-07", "Sejm"), vote("2022-07-20", "Senate"), act(EventKind.DEPOSITED, "2022-08")]

    assert date_stages(acts, OPEN, TWO_CHAMBERS)[Stage.APPROVED].on(date.fromisoformat(day)) == shown


def test_an_account_from_later_is_no_evidence_yet() -> None:
    acts = [act(EventKind.SUBMITTED, "2022-07"), act(EventKind.SUBMITTED, "2022-07-14")]
    found = date_stages(acts, OPEN)[Stage.SUBMITTED]

    assert found.on(date(2022, 7, 10)).evidence == ("submitted-2022-07",)
    assert str(found.on(date(2022, 7, 10)).occurred) == "2022-07-01/.."
    assert found.on(date(2022, 7, 14)).evidence == ("submitted-2022-07", "submitted-2022-07-14")


def test_a_vote_without_the_majority_of_its_chamber_completes_nothing() -> None:
    senate = Chamber(
        frozenset({"Senate"}),
        ChamberFact.model_validate(
            {"name": "Senate", "seats": 100, "role": "votes", "majority": {"share": "two_thirds", "of": "present"}}
        ),
    )
    usa = Rules("USA", chambers=(senate,))

    def approved(yes: int, no: int) -> StageDate:
        vote_of = replace(vote("2026-10-20", "Senate", None), votes=Tally(yes=yes, no=no, abstain=0))
        return date_stages([vote_of], OPEN, usa)[Stage.APPROVED]

    assert approved(60, 40) == NO_DATE
    assert approved(67, 33).basis is Basis.VOTES


def test_an_act_that_was_recalled_counts_for_nothing() -> None:
    voice_vote, roll_call = vote("2022-07-07", "Sejm"), vote("2022-07-20", "Sejm")
    recalled = replace(act(EventKind.RECALLED, "2022-07-08"), follows=voice_vote.key)

    assert counting([voice_vote, recalled, roll_call]) == [recalled, roll_call]
    assert counting([voice_vote, replace(recalled, planned=True)]) == [voice_vote]
