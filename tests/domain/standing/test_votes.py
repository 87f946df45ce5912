"""How a vote ended: by its source, or by its tally and the majority of the chamber on that day."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.dates import PartialDate
from tracker.domain.facts import ChamberFact, Tally
from tracker.domain.standing.votes import outcome_of
from tracker.domain.vocabulary import Majority, MajorityBase, Outcome

DAY = PartialDate.parse("2022-08-03")


def chamber(share: str | None = None, of: str = "voting", at_least: int | None = None, **more: Any) -> ChamberFact:
    rule = {"share": share, "of": of, "at_least": at_least} if share else None
    return ChamberFact.model_validate({"name": "Senate", "seats": 100, "role": "votes", "majority": rule, **more})


SENATE = chamber("two_thirds", "present")
ASSEMBLY = chamber("absolute", "present", 75, seats=300)
COUNCIL = chamber("absolute", "members", seats=150)


def ended(where: ChamberFact | None, *counts: int | None, on: PartialDate = DAY) -> Outcome:
    yes, no, abstain = (*counts, None, None)[:3]
    return outcome_of(None, Tally(yes=yes or 0, no=no, abstain=abstain), where, on)


@pytest.mark.parametrize(
    ("where", "counts", "outcome"),
    [
        (None, (60, 40, 0), Outcome.CARRIED),
        (None, (40, 40, 0), Outcome.LOST),
        (None, (40, 39, 200), Outcome.CARRIED),
        (SENATE, (60, 40, 0), Outcome.LOST),
        (SENATE, (66, 34, 0), Outcome.LOST),
        (SENATE, (66, 33, 0), Outcome.CARRIED),
        (SENATE, (95, 1, 1), Outcome.CARRIED),
        (ASSEMBLY, (74, 0, 0), Outcome.LOST),
        (ASSEMBLY, (75, 0, 0), Outcome.CARRIED),
        (ASSEMBLY, (100, 50, 50), Outcome.LOST),
        (ASSEMBLY, (101, 50, 50), Outcome.CARRIED),
        (COUNCIL, (75, 0, 0), Outcome.LOST),
        (COUNCIL, (76, 70, 0), Outcome.CARRIED),
    ],
)
def test_the_majority_of_the_chamber_decides(
    where: ChamberFact | None, counts: tuple[int, ...], outcome: Outcome
) -> None:
    assert ended(where, *counts) is outcome


def test_what_the_source_says_goes_before_the_numbers() -> None:
    tally = Tally(yes=60, no=40, abstain=0)

    assert outcome_of(Outcome.CARRIED, tally, SENATE, DAY) is Outcome.CARRIED
    assert outcome_of(Outcome.LOST, None, None, DAY) is Outcome.LOST
    assert outcome_of(Outcome.NOT_TOLD, tally, SENATE, DAY) is Outcome.LOST
    assert outcome_of(None, None, SENATE, DAY) is Outcome.NOT_TOLD


def test_a_tally_with_a_part_missing_decides_only_what_it_can() -> None:
    # Sixty for and no more on record: of a hundred members the others may have voted against.
    assert ended(SENATE, 60) is Outcome.NOT_TOLD
    assert ended(SENATE, 67) is Outcome.CARRIED
    assert ended(SENATE, 20, 30) is Outcome.LOST


def test_of_all_members_a_majority_needs_the_size_of_that_day() -> None:
    unknown = COUNCIL.model_copy(update={"seats": None})
    larger = COUNCIL.model_copy(
        update={"seats_earlier": chamber(seats_earlier=[{"until": "2023-01-01", "seats": 200}]).seats_earlier}
    )

    assert ended(unknown, 76, 70, 0) is Outcome.NOT_TOLD
    assert ended(larger, 76, 70, 0) is Outcome.LOST
    assert ended(larger, 76, 70, 0, on=PartialDate.parse("2023-02-01")) is Outcome.CARRIED


RULES = st.builds(
    chamber, st.sampled_from(Majority.values), st.sampled_from(MajorityBase.values), st.sampled_from((None, 20, 60))
)


@given(RULES, st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_one_vote_more_for_it_never_loses_what_was_carried(where: ChamberFact, yes: int, no: int, abstain: int) -> None:
    if ended(where, yes, no, abstain) is Outcome.CARRIED:
        assert ended(where, yes + 1, no, abstain) is Outcome.CARRIED
    if ended(where, yes + 1, no, abstain) is Outcome.LOST:
        assert ended(where, yes, no, abstain) is Outcome.LOST


@given(RULES, st.integers(0, 60), st.integers(0, 20), st.integers(0, 20))
def test_what_a_part_of_the_tally_decides_the_whole_of_it_does_not_undo(
    where: ChamberFact, yes: int, no: int, abstain: int
) -> None:
    whole = ended(where, yes, no, abstain)

    for part in (ended(where, yes), ended(where, yes, no), ended(where, yes, None, abstain)):
        assert part in {whole, Outcome.NOT_TOLD}
