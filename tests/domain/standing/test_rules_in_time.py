"""Procedures as they were: which one an ally took a protocol up under, what an act ticks, and what nothing does."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.facts import procedure
from tracker.domain.dates import PartialDate
from tracker.domain.facts import ChamberFact, ProcedureFact, ProcedureVersion, Tally
from tracker.domain.standing import (
    Act,
    Chamber,
    Rules,
    StageDate,
    Step,
    StepProgress,
    is_lost,
    next_steps,
    progress,
    rules_in_round,
    rules_of,
)
from tracker.domain.vocabulary import EventKind, Reached, Stage, StepKind, StepState

WAITED, EXTENDED, WAIVED = "s20", "s21", "s22"
GBR = Rules(
    "GBR",
    (
        Step(1, StepKind.LAID, "Secretary of State"),
        Step(2, StepKind.CONSENT, "House of Commons", group="before ratification", path=WAITED),
        Step(3, StepKind.CONSENT, "Minister", group="before ratification", path=EXTENDED),
        Step(4, StepKind.CONSENT, "Secretary of State", group="before ratification", path=WAIVED),
        Step(5, StepKind.RATIFIED, "Secretary of State"),
        Step(6, StepKind.DEPOSITED, "Depositary"),
    ),
    since=date(2010, 11, 11),
    paths={("MNE", "before ratification"): WAITED},
)
PONSONBY = Rules("GBR", (Step(1, StepKind.LAID, "Government"),), since=date(1949, 4, 4), until=date(2010, 11, 10))
IN_TIME = replace(GBR, earlier=(PONSONBY,))
NOTHING = dict.fromkeys(Stage, Reached.NOT_REACHED)
DEPOSITED = dict.fromkeys(Stage, Reached.REACHED)


def act(kind: EventKind, on: str, office: str = "", **more: Any) -> Act:
    return Act(f"{kind}-{on}", kind, "GBR", PartialDate.parse(on), "SWE", office, **more)


def states(
    rules: Rules,
    acts: list[Act],
    day: str = "2022-07-07",
    stages: dict[Stage, Reached] | None = None,
    code: str = "SWE",
) -> dict[int, StepState]:
    steps = progress(rules, acts, stages or NOTHING, date.fromisoformat(day), code)
    return {one.step.order: one.state for one in steps}


LAID = act(EventKind.LAID, "2022-07-06", "Government")


def test_what_an_editor_linked_is_done_and_the_other_paths_are_not_used() -> None:
    waiver = act(EventKind.OTHER, "2022-07-06", "Secretary of State", step=4)

    assert states(GBR, [LAID, waiver]) == {
        1: StepState.DONE,
        2: StepState.NOT_USED,
        3: StepState.NOT_USED,
        4: StepState.DONE,
        5: StepState.OPEN,
        6: StepState.OPEN,
    }


def test_of_several_paths_none_is_ticked_by_an_act_of_another_body() -> None:
    listed = act(EventKind.CONSENT, "2022-07-05", "Parliament")

    found = states(GBR, [listed])

    assert {found[order] for order in (2, 3, 4)} == {StepState.OPEN}


def test_until_a_path_is_taken_each_may_be_the_next() -> None:
    steps = progress(GBR, [LAID], NOTHING, date(2022, 7, 7), "SWE")

    assert [one.office for one in next_steps(steps)] == ["House of Commons", "Minister", "Secretary of State"]


def test_a_deposit_proves_that_it_ended_and_ticks_nothing_but_itself() -> None:
    deposit = act(EventKind.DEPOSITED, "2022-07-06")

    found = states(GBR, [deposit], stages=DEPOSITED)

    assert found.pop(6) is StepState.DONE
    assert set(found.values()) == {StepState.NOT_ON_RECORD}


def test_the_path_on_record_for_a_round_counts_for_that_round_once_it_was_approved() -> None:
    assert states(GBR, [], stages=DEPOSITED, code="MNE")[4] is StepState.NOT_USED
    assert states(GBR, [], stages=DEPOSITED, code="MNE")[2] is StepState.NOT_ON_RECORD
    assert states(GBR, [], stages=NOTHING, code="MNE")[4] is StepState.OPEN
    assert states(GBR, [], stages=DEPOSITED, code="SWE")[4] is StepState.NOT_ON_RECORD


def test_a_plan_a_lost_vote_and_a_recalled_one_do_no_step() -> None:
    usa = Rules("USA", (Step(1, StepKind.CHAMBER_VOTE, "Senate"),), (Chamber(frozenset({"Senate"})),))
    vote = act(EventKind.CHAMBER_VOTE, "2022-07-06", "Senate")
    recall = act(EventKind.RECALLED, "2022-07-06", follows=vote.key)

    assert states(usa, [vote]) == {1: StepState.DONE}
    for acts in ([replace(vote, planned=True)], [replace(vote, carried=False)], [vote, recall]):
        assert states(usa, acts) == {1: StepState.OPEN}


def test_a_committee_is_no_chamber_though_its_name_begins_alike() -> None:
    france = Rules(
        "FRA",
        (Step(1, StepKind.CHAMBER_VOTE, "Senate"), Step(2, StepKind.CHAMBER_VOTE, "National Assembly")),
        (Chamber(frozenset({"Senate"})), Chamber(frozenset({"National Assembly"}))),
    )

    assert states(france, [act(EventKind.COMMITTEE_VOTE, "2022-07-06", "Senate, foreign affairs committee")]) == {
        1: StepState.OPEN,
        2: StepState.OPEN,
    }


def needed(on: str) -> StageDate:
    return StageDate(PartialDate.parse(on))


@pytest.mark.parametrize(
    ("on", "rules"), [("2010-11-10", PONSONBY), ("2010-11-11", IN_TIME), ("2022-07-05", IN_TIME), ("1949-04-03", None)]
)
def test_an_ally_takes_a_protocol_up_under_the_procedure_of_that_day(on: str, rules: Rules | None) -> None:
    assert rules_in_round(IN_TIME, needed(on)) is rules


def test_before_the_signature_it_is_the_procedure_of_today() -> None:
    assert rules_in_round(IN_TIME, None) is IN_TIME
    assert rules_in_round(None, needed("2022-07-05")) is None


def test_the_majority_is_the_one_of_the_day_of_the_vote() -> None:
    def senate(share: str) -> Chamber:
        rule = {"share": share, "of": "voting"}
        return Chamber(
            frozenset({"Senate"}), ChamberFact.model_validate({"name": "Senate", "role": "votes", "majority": rule})
        )

    early = Rules("ITA", chambers=(senate("two_thirds"),), until=date(2018, 3, 22))
    rules = Rules("ITA", chambers=(senate("simple"),), since=date(2018, 3, 23), earlier=(early,))
    vote = act(EventKind.CHAMBER_VOTE, "2018-03-22", "Senate", votes=Tally(yes=60, no=40))

    assert is_lost(vote, rules)
    assert not is_lost(replace(vote, occurred=PartialDate.parse("2018-03-23")), rules)


def in_time(*bounds: tuple[str, str]) -> ProcedureFact:
    """A procedure with these versions, the last one being the newest."""
    bare = {key: value for key, value in procedure("GBR").document().items() if key != "ally"}
    *earlier, newest = ({**bare, "valid_from": first, "valid_until": last} for first, last in bounds)
    return ProcedureFact.model_validate({"ally": "GBR", **newest, "earlier": earlier})


def test_a_fact_keeps_its_versions_and_says_which_was_in_use() -> None:
    fact = in_time(("1949-04-04", "1967-04-20"), ("1974-08-01", "2010-11-10"), ("2010-11-11", ""))

    assert fact.on(date(1950, 1, 1)) == fact.earlier[0]
    assert fact.on(date(1970, 1, 1)) is None
    assert fact.on(date(2010, 11, 10)) == fact.earlier[1]
    assert fact.on(date(2022, 7, 5)) is fact
    assert ProcedureFact.model_validate(fact.document()) == fact
    assert [one.since for one in rules_of(fact).earlier] == [date(1949, 4, 4), date(1974, 8, 1)]


def test_a_procedure_from_before_it_had_a_time_reads_the_same_byte_for_byte() -> None:
    document = procedure("HUN").document()

    assert not {"valid_from", "earlier", "legal_basis", "paths_taken"} & set(document)
    assert not {"group", "path"} & set(document["steps"][0])
    assert next(iter(document)) == "ally"
    assert ProcedureFact.model_validate(document).on(date(1949, 4, 4)) is not None


@pytest.mark.parametrize(
    "bounds",
    [
        (("1949-04-04", ""), ("2010-11-11", "")),
        (("1949-04-04", "2010-11-11"), ("2010-11-11", "")),
        (("2010-11-11", "1949-04-04"), ("2010-11-12", "")),
        (("1949-04-04", "2010-11-10"), ("", "")),
    ],
)
def test_versions_that_overlap_are_refused(bounds: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(ValidationError, match="before"):
        in_time(*bounds)


def test_a_step_of_a_group_names_its_path() -> None:
    document = procedure("HUN").document()
    document["steps"][0]["group"] = "first chamber"

    with pytest.raises(ValidationError, match="of which path it is"):
        ProcedureVersion.model_validate({key: value for key, value in document.items() if key != "ally"})


ACTS = st.lists(
    st.builds(
        act,
        st.sampled_from(sorted(EventKind)),
        st.dates(date(2022, 7, 1), date(2022, 7, 31)).map(str),
        st.sampled_from(("", "Secretary of State", "House of Commons", "Minister", "Parliament")),
        step=st.sampled_from((None, None, 2, 4, 9)),
        planned=st.booleans(),
    ),
    max_size=8,
)


@given(ACTS, st.dates(date(2022, 7, 1), date(2022, 7, 31)), st.booleans())
def test_no_step_is_done_without_an_act_and_of_its_paths_one_at_most_is_taken(
    acts: list[Act], day: date, ended: bool
) -> None:
    steps: tuple[StepProgress, ...] = progress(GBR, acts, DEPOSITED if ended else NOTHING, day, "SWE")

    done = [one for one in steps if one.state is StepState.DONE]
    assert all((one.done_by is not None) == (one.state is StepState.DONE) for one in steps)
    assert all(one.done_by is not None and not one.done_by.planned for one in done)
    assert all(one.done_by is not None and one.done_by.occurred.by(day) is Reached.REACHED for one in done)
    assert len({id(one.done_by) for one in done}) == len(done)
    unused = {one.step.path for one in steps if one.state is StepState.NOT_USED}
    assert not unused or any(one.step.path not in unused for one in done if one.step.group)
