"""What became of what was announced, day by day."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.dates import PartialDate
from tracker.domain.plans import is_announced, plan_on
from tracker.domain.standing import Act, memberships_in, process_of, stand_accession
from tracker.domain.vocabulary import EventKind, PlanState, Reached, Stage


def act(key: str, on: str, kind: EventKind = EventKind.DEPOSITED, **more: Any) -> Act:
    return Act(key, kind, more.pop("actor", "ROU"), PartialDate.parse(on), more.pop("accession", "UKR"), **more)


PLAN = act("plan", "2026-12-10", planned=True, announced=PartialDate.parse("2026-12-01"))
LATER = act("later", "2027-01-15", planned=True, announced=PartialDate.parse("2026-12-08"), follows="plan")
CANCELLED = act("cancelled", "2026-12-09", EventKind.PLAN_CANCELLED, follows="plan")
PUT_OFF = act("put-off", "2026-12-09", EventKind.PLAN_POSTPONED, follows="plan")
DONE = act("deposit", "2026-12-10")
DONE_LATE = act("deposit", "2026-12-12", follows="plan")


@pytest.mark.parametrize(
    ("beside", "day", "state"),
    [
        ([], "2026-12-09", PlanState.PLANNED),
        ([], "2026-12-10", PlanState.UNKNOWN),
        ([], "2027-12-10", PlanState.UNKNOWN),
        ([LATER], "2026-12-07", PlanState.PLANNED),
        ([LATER], "2026-12-08", PlanState.POSTPONED),
        ([LATER], "2026-12-11", PlanState.POSTPONED),
        ([PUT_OFF], "2026-12-09", PlanState.POSTPONED),
        ([CANCELLED], "2026-12-08", PlanState.PLANNED),
        ([CANCELLED], "2026-12-10", PlanState.CANCELLED),
        ([LATER, CANCELLED], "2026-12-08", PlanState.POSTPONED),
        ([LATER, CANCELLED], "2026-12-09", PlanState.CANCELLED),
        ([DONE], "2026-12-09", PlanState.PLANNED),
        ([DONE], "2026-12-10", PlanState.HELD),
        ([DONE_LATE], "2026-12-11", PlanState.UNKNOWN),
        ([DONE_LATE], "2026-12-12", PlanState.HELD),
        ([act("deposit", "2026-12-12")], "2026-12-12", PlanState.UNKNOWN),
        ([act("deposit", "2026-12-10", actor="ITA")], "2026-12-10", PlanState.UNKNOWN),
        ([act("deposit", "2026-12-10", accession="MDA")], "2026-12-10", PlanState.UNKNOWN),
    ],
)
def test_the_newest_word_on_a_plan_decides(beside: list[Act], day: str, state: PlanState) -> None:
    assert plan_on(PLAN, [PLAN, *beside], date.fromisoformat(day)) is state


def test_a_plan_is_told_from_the_day_on_which_it_was_announced() -> None:
    assert not is_announced(PLAN, date(2026, 11, 30))
    assert is_announced(PLAN, date(2026, 12, 1))
    assert is_announced(act("plan", "2026-12-10", planned=True), date(2026, 1, 1))


KINDS = st.sampled_from(sorted(EventKind))
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


@given(
    st.lists(st.tuples(KINDS, st.dates(FIRST, LAST), st.sampled_from(("NATO", "ROU", "UKR"))), max_size=6),
    st.lists(st.tuples(KINDS, st.dates(FIRST, LAST), st.sampled_from(("NATO", "ROU", "UKR"))), max_size=6),
    st.dates(FIRST, LAST),
)
def test_no_plan_moves_anything_whatever_its_day(
    acts: list[tuple[EventKind, date, str]], plans: list[tuple[EventKind, date, str]], day: date
) -> None:
    def written(rows: list[tuple[EventKind, date, str]], *, planned: bool) -> list[Act]:
        return [
            act(f"{planned}-{number}", on.isoformat(), kind, actor=who, planned=planned)
            for number, (kind, on, who) in enumerate(rows)
        ]

    joined = [
        act(f"joined-{ally}", "1949-08-24", EventKind.ACCEDED, actor=ally, accession=None) for ally in ("ITA", "ROU")
    ]
    signed = act("signed", "2026-01-02", EventKind.PROTOCOL_SIGNED, actor="NATO")
    bare, with_plans = (
        [*joined, signed, *written(acts, planned=False), *more] for more in ([], written(plans, planned=True))
    )

    first, second = (
        stand_accession(process_of("UKR", [one for one in some if one.accession]), memberships_in(some), {}, day)
        for some in (bare, with_plans)
    )
    assert first == second


def test_a_planned_deposit_is_no_deposit_on_its_day_or_after_it() -> None:
    joined = act("joined", "2004-03-29", EventKind.ACCEDED, accession=None)
    signed = act("signed", "2026-07-08", EventKind.PROTOCOL_SIGNED, actor="NATO")

    for day in (date(2026, 12, 9), date(2026, 12, 10), date(2026, 12, 11), date(2099, 1, 1)):
        standing = stand_accession(process_of("UKR", [signed, PLAN]), memberships_in([joined]), {}, day)
        assert standing.ratifications["ROU"].by(Stage.DEPOSITED) is Reached.NOT_REACHED
        assert standing.pending == ("ROU",)
