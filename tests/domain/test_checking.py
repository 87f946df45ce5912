"""A statement is true or false only where every day that the record leaves open says so."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.checking import (
    ANY_TIME,
    Relation,
    Truth,
    Verdict,
    Why,
    absent,
    counted,
    falls_within,
    is_last,
    missing_are,
    number_is,
    place_is,
    turned_round,
    verdict_of,
    window_of,
)
from tracker.domain.checking.together import in_that_order
from tracker.domain.checking.votes import tally_is
from tracker.domain.dates import PartialDate
from tracker.domain.facts import Tally
from tracker.domain.vocabulary import Reached

TODAY = date(2026, 11, 29)
VOTE = date(2024, 1, 23)
days = st.dates(date(2022, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("relation", "day", "value"),
    [
        (Relation.BY, VOTE, True),
        (Relation.BEFORE, VOTE, False),
        (Relation.BEFORE, VOTE + timedelta(days=1), True),
        (Relation.ON, VOTE, True),
        (Relation.ON, VOTE + timedelta(days=1), False),
        (Relation.AFTER, VOTE, False),
        (Relation.AFTER, VOTE - timedelta(days=1), True),
        (Relation.AT, VOTE - timedelta(days=1), False),
    ],
)
def test_by_takes_the_day_in_and_before_does_not(relation: Relation, day: date, value: bool) -> None:
    assert falls_within(PartialDate.on(VOTE), window_of(relation, day), TODAY).value is value


@given(first=days, length=st.integers(0, 60), begin=days, span=st.integers(0, 60))
def test_an_interval_decides_only_where_all_of_its_days_do(first: date, length: int, begin: date, span: int) -> None:
    occurred = PartialDate.between(first, first + timedelta(days=length))
    window = window_of(Relation.WITHIN, begin, begin + timedelta(days=span))

    truth = falls_within(occurred, window, date(2030, 1, 1))

    inside = {begin <= first + timedelta(days=n) <= begin + timedelta(days=span) for n in range(length + 1)}
    assert truth.value is (next(iter(inside)) if len(inside) == 1 else None)


@given(day=days, as_of=days)
def test_what_lies_ahead_of_the_day_asked_about_is_never_decided_against(day: date, as_of: date) -> None:
    truth = falls_within(PartialDate.on(VOTE), window_of(Relation.BY, day), as_of)

    if day > as_of and as_of < VOTE:
        assert truth == Truth(None, Why.FUTURE)
    else:
        assert truth.value is (day >= VOTE)


def test_what_is_missing_contradicts_only_where_the_list_is_complete() -> None:
    window = window_of(Relation.BY, VOTE)

    assert absent(window, TODAY, closed_until=None) == Truth(None, Why.NOT_ON_RECORD)
    assert absent(window, TODAY, closed_until=VOTE - timedelta(days=1)).value is None
    assert absent(window, TODAY, closed_until=VOTE) == Truth(False, Why.NO_SUCH_ACT)
    assert absent(ANY_TIME, TODAY, closed_until=TODAY).value is False


@pytest.mark.parametrize(
    ("values", "verdict", "why"),
    [
        ([True, True, True], Verdict.SUPPORTED, Why.ACT),
        ([False, False], Verdict.CONTRADICTED, Why.LATER),
        ([True, False, False], Verdict.AMBIGUOUS, Why.ACT_WORD),
        ([True, None], Verdict.AMBIGUOUS, Why.ACT_WORD),
        ([False, None], Verdict.UNKNOWN, Why.NOT_ON_RECORD),
        ([None], Verdict.UNKNOWN, Why.NOT_ON_RECORD),
    ],
)
def test_a_word_for_several_acts_is_ambiguous_where_they_differ(
    values: list[bool | None], verdict: Verdict, why: Why
) -> None:
    reasons = {True: Why.ACT, False: Why.LATER, None: Why.NOT_ON_RECORD}

    assert verdict_of([Truth(value, reasons[value]) for value in values]) == (verdict, why)


def test_a_negation_turns_each_reading_round_and_leaves_what_is_open() -> None:
    assert turned_round(Truth(True)) == Truth(False, Why.EARLIER)
    assert turned_round(Truth(False, Why.LATER)) == Truth(True)
    assert turned_round(Truth(None, Why.FUTURE)) == Truth(None, Why.FUTURE)


def test_numbers_are_decided_by_the_least_and_the_most_that_can_be() -> None:
    by = counted({"CAN": Reached.REACHED, "DNK": Reached.REACHED, "ISL": Reached.UNKNOWN, "TUR": Reached.NOT_REACHED})

    assert by.required == 4
    assert [number_is(by, number).value for number in range(5)] == [False, False, None, None, False]
    assert [number_is(by, number, or_more=True).value for number in range(5)] == [True, True, True, None, False]
    assert missing_are(by, ["TUR"]).value is None
    assert missing_are(by, ["CAN", "TUR"]).value is False
    assert missing_are(by, ["ISL"]).value is False


def test_the_last_is_who_nobody_can_have_followed() -> None:
    dates = {
        "CAN": PartialDate.parse("2022-07-05"),
        "SVK": PartialDate.parse("2022-09-27/2024-03-07"),
        "HUN": PartialDate.parse("2024-03-07"),
    }

    assert is_last("HUN", dates).value is True
    assert is_last("CAN", dates) == Truth(False, Why.WRONG_PARTY)
    assert is_last("CAN", dates, first=True).value is True
    assert is_last("HUN", {**dates, "TUR": None}).value is None
    assert is_last("SVK", dates).value is None
    assert [place_is("HUN", place, dates).value for place in (1, 2, 3)] == [False, None, None]
    assert in_that_order(["CAN", "SVK"], dates).value is True
    assert in_that_order(["HUN", "CAN"], dates) == Truth(False, Why.WRONG_ORDER)
    assert in_that_order(["SVK", "HUN"], dates).value is None


@pytest.mark.parametrize(
    ("claimed", "value"),
    [((287, 55), True), ((287, None), True), ((None, 0), False), ((286, 55), False), (None, True)],
)
def test_a_tally_is_compared_by_what_is_claimed_of_it(claimed: tuple[int | None, int | None], value: bool) -> None:
    assert tally_is(Tally(yes=287, no=55), claimed).value is value
    assert tally_is(None, (1, 0)).value is None
    assert tally_is(Tally(yes=287), (287, 0)).value is None
