"""Numbers over partly known days: each interval holds the number that any choice of the days gives."""

from datetime import date, timedelta
from math import inf
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.dates import PartialDate
from tracker.domain.standing import Act, memberships_in, process_of, stand_accession
from tracker.domain.statistics import (
    Figure,
    Missing,
    Rank,
    Span,
    complete_by,
    curve_of,
    days_taken,
    days_to_force,
    longest_of,
    median_of,
    ranks_in,
    slowest_in,
    span_between,
)
from tracker.domain.vocabulary import EventKind, Stage

ALLIES = ("ESP", "FRA", "HUN", "ITA", "TUR")
SIGNED = date(2022, 7, 5)


Drawn = tuple[dict[str, Span], dict[str, float]]


@st.composite
def spans_and_days(draw: st.DrawFn) -> Drawn:
    """A span for each of some allies, and one choice of the days that the spans allow; infinite for never."""
    spans: dict[str, Span] = {}
    days: dict[str, float] = {}
    for ally in draw(st.lists(st.sampled_from(ALLIES), min_size=1, unique=True)):
        low, more = draw(st.integers(-30, 60)), draw(st.sampled_from((0, 0, 0, 1, 15, None)))
        bounded = draw(st.booleans()) or more == 0
        spans[ally] = Span(low if bounded else None, None if more is None else low + more)
        below = st.integers(low - 40 if not bounded else low, low + (90 if more is None else more))
        days[ally] = draw(below) if more is not None else draw(st.one_of(below, st.just(inf)))
    return spans, days


def holds(figure: Figure | None, number: float) -> bool:
    assert figure is not None
    least = -inf if figure.at_least is None else figure.at_least
    most = inf if figure.at_most is None else figure.at_most
    return least <= number <= most


@given(spans_and_days())
def test_every_interval_holds_what_any_choice_of_the_days_gives(
    drawn: Drawn,
) -> None:
    spans, days = drawn
    longest, ranks = max(days.values()), ranks_in(spans)

    assert holds(median_of(spans.values()), median(days.values()))
    assert holds(longest_of(spans.values()), longest)
    assert {ally for ally, taken in days.items() if taken == longest} <= set(slowest_in(spans))
    for ally, taken in days.items():
        assert ranks[ally].best <= 1 + sum(other < taken for other in days.values()) <= ranks[ally].worst
    for turn in curve_of(spans.values(), 400):
        assert turn.at_least <= sum(taken > turn.day for taken in days.values()) <= turn.at_most


@given(spans_and_days())
def test_a_figure_says_of_how_many_the_days_are_known(drawn: Drawn) -> None:
    spans, _days = drawn

    figure = median_of(spans.values())

    assert figure is not None
    assert figure.required == len(spans)
    assert figure.known == sum(one.at_least == one.at_most and one.at_least is not None for one in spans.values())
    assert figure.known < figure.required or figure.exact is not None


def test_a_middle_of_few_known_days_is_no_number() -> None:
    spans = [Span(1, 1)] * 7 + [Span(0, 400)] * 23

    assert median_of(spans) == Figure(0, 400, 7, 30)


def test_of_an_even_number_the_middle_lies_between_two() -> None:
    assert median_of([Span(1, 1), Span(2, 2)]) == Figure(1.5, 1.5, 2, 2)
    assert median_of([Span(1, 1), Span(3, 3)]) == Figure(2, 2, 2, 2)
    assert median_of([Span(1, 1), Span(2, None)]) == Figure(1.5, None, 1, 2)


def test_nothing_is_counted_of_nobody() -> None:
    assert median_of([]) is None
    assert longest_of([]) is None
    assert slowest_in({}) == ()
    assert curve_of([], 10) == [Missing(0, 0, 0)]


def test_allies_of_one_day_share_a_place_and_the_next_counts_them_all() -> None:
    ranks = ranks_in({"ESP": Span(5, 5), "FRA": Span(5, 5), "HUN": Span(9, 9), "TUR": Span(1, 12)})

    assert ranks["ESP"] == ranks["FRA"] == Rank(1, 2)
    assert ranks["HUN"] == Rank(3, 4)
    assert ranks["TUR"] == Rank(1, 4)
    assert (ranks["HUN"].exact, Rank(3, 3).exact) == (None, 3)


def test_slowest_are_all_that_may_be() -> None:
    spans = {"ESP": Span(5, 8), "FRA": Span(1, 4), "HUN": Span(8, 8), "TUR": Span(3, None)}

    assert slowest_in(spans) == ("ESP", "HUN", "TUR")
    assert longest_of(spans.values()) == Figure(8, None, 1, 4)


def test_the_curve_ends_with_the_day_asked_for() -> None:
    spans = [Span(-2, -2), Span(3, 5), Span(9, None)]

    assert curve_of(spans, 5) == [Missing(-2, 2, 2), Missing(0, 2, 2), Missing(3, 1, 2), Missing(5, 1, 1)]


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        ("2022-07-05", "2022-07-05", Span(0, 0)),
        ("2022-07-05", "2022-07", Span(-4, 26)),
        ("2022-07", "2022-08-01", Span(1, 31)),
        ("2022-07-05", "2022-08-01/..", Span(27, None)),
        ("../2022-07-05", "2022-07-06", Span(1, None)),
        ("2022-07-05/..", "2022-07-06", Span(None, 1)),
    ],
)
def test_days_between_two_partial_dates(start: str, end: str, span: Span) -> None:
    assert span_between(PartialDate.parse(start), PartialDate.parse(end)) == span


def act(kind: EventKind, actor: str, on: str, accession: str | None = "SWE") -> Act:
    return Act(f"{kind}-{actor}", kind, actor, PartialDate.parse(on), accession)


ON_RECORD = [
    *(act(EventKind.ACCEDED, ally, "1949-08-24", None) for ally in ALLIES),
    act(EventKind.PROTOCOL_SIGNED, "NATO", "2022-07-05"),
    act(EventKind.CONSENT, "ESP", "2022-06-30"),
    act(EventKind.CONSENT, "FRA", "2022-08"),
    act(EventKind.CONSENT, "HUN", "2024-02-26"),
    act(EventKind.PROTOCOL_IN_FORCE, "NATO", "2024-03-07"),
]


def taken_on(day: date, stage: Stage = Stage.APPROVED) -> dict[str, Span]:
    of_sweden = [one for one in ON_RECORD if one.accession]
    return days_taken(stand_accession(process_of("SWE", of_sweden), memberships_in(ON_RECORD), {}, day), stage)


def test_days_are_counted_as_they_could_be_on_the_day_asked_for() -> None:
    assert taken_on(SIGNED - timedelta(1)) == {}
    # Of the day of signature nobody says more than that the others took at least one day.
    assert taken_on(SIGNED)["ESP"] == Span(-5, -5)
    assert taken_on(SIGNED)["FRA"] == taken_on(SIGNED)["HUN"] == Span(1, None)
    # In the middle of the month that is on record, and after it.
    assert taken_on(date(2022, 8, 10))["FRA"] == Span(27, None)
    assert taken_on(date(2022, 9, 1))["FRA"] == Span(27, 57)
    assert taken_on(date(2024, 2, 25))["HUN"] == Span(601, None)
    assert taken_on(date(2024, 2, 26))["HUN"] == Span(601, 601)


def test_an_inferred_day_is_bounded_by_the_entry_into_force() -> None:
    assert taken_on(date(2024, 3, 6))["TUR"] == Span(0, None)
    assert taken_on(date(2024, 3, 7))["TUR"] == Span(0, 611)
    assert taken_on(date(2024, 3, 7), Stage.DEPOSITED)["HUN"] == Span(601, 611)


def test_days_to_force_are_told_once_it_has_come() -> None:
    of_sweden = process_of("SWE", [one for one in ON_RECORD if one.accession])
    memberships = memberships_in(ON_RECORD)

    assert days_to_force(stand_accession(of_sweden, memberships, {}, date(2024, 3, 6))) is None
    assert days_to_force(stand_accession(of_sweden, memberships, {}, date(2024, 3, 7))) == Span(611, 611)


def test_rounds_complete_by_a_day_are_counted_with_those_that_may_be() -> None:
    longest = [
        Figure(121, 121, 12, 12),
        Figure(200, 268, 29, 30),
        Figure(268, None, 1, 2),
        Figure(None, 90, 0, 2),
        None,
    ]

    assert complete_by(120, longest) == Span(1, 1)
    assert complete_by(121, longest) == Span(2, 2)
    assert complete_by(267, longest) == Span(2, 3)
    assert complete_by(268, longest) == Span(3, 4)
