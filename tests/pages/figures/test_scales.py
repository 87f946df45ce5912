"""Scales, ticks and labels that keep clear of each other."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.pages.figures.scales import Scale, first_days, lanes, nice_step, spread, ticks


def test_scale_maps_the_ends_of_its_domain_to_the_ends_of_its_range() -> None:
    x = Scale(-30, 570, 40, 640)

    assert (x(-30), x(570), x(270)) == (40, 640, 340)


def test_scale_without_extent_puts_everything_at_the_start() -> None:
    assert Scale(5, 5, 40, 640)(5) == 40


@pytest.mark.parametrize(
    ("extent", "step"), [(4, 1), (31, 5), (619, 100), (90, 20), (8, 2), (7, 1), (14, 2), (35, 5), (70, 10), (700, 100)]
)
def test_nice_step_is_the_smallest_round_one(extent: float, step: int) -> None:
    assert nice_step(extent, 7) == step


@given(st.floats(1, 1e6), st.integers(1, 20))
def test_ticks_are_never_more_than_asked_for_and_one(extent: float, at_most: int) -> None:
    assert 1 <= len(ticks(0, extent, at_most)) <= at_most + 1


def test_ticks_of_a_domain_below_zero_begin_inside_it() -> None:
    assert ticks(-33, 482, 8) == [0, 100, 200, 300, 400]


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        (date(2022, 5, 13), date(2022, 9, 1), [(2022, 6), (2022, 7), (2022, 8), (2022, 9)]),
        (date(2022, 5, 13), date(2023, 10, 23), [(2022, 7), (2022, 10), (2023, 1), (2023, 4), (2023, 7), (2023, 10)]),
        (date(1949, 4, 4), date(1955, 1, 1), [(year, 1) for year in range(1950, 1956)]),
        (date(2023, 1, 1), date(2023, 1, 1), [(2023, 1)]),
        (date(2023, 1, 1), date(2023, 8, 31), [(2023, month) for month in range(1, 9)]),
    ],
)  # fmt: skip
def test_first_days_fit_the_extent(earliest: date, latest: date, expected: list[tuple[int, int]]) -> None:
    assert [(day.year, day.month) for day in first_days(earliest, latest, 8)] == expected


@given(st.lists(st.floats(0, 600)).map(sorted))
def test_spread_keeps_the_order_and_the_distance(wanted: list[float]) -> None:
    placed = spread(wanted, 24)

    assert all(after - before >= 24 - 1e-6 for before, after in pairwise(placed))
    assert all(at >= place for at, place in zip(placed, wanted, strict=True))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)).map(lambda pair: (pair[0], sum(pair)))).map(sorted))
def test_lanes_never_let_two_intervals_touch(intervals: list[tuple[float, float]]) -> None:
    chosen = lanes(intervals)

    together = [
        (a, b)
        for i, a in enumerate(intervals)
        for j, b in enumerate(intervals[:i])
        if chosen[i] == chosen[j] and a[0] <= b[1] and b[0] <= a[1]
    ]
    assert together == []


@given(st.integers(1, 10**6), st.integers(1, 20))
def test_nice_step_is_the_smallest_that_divides_the_extent_into_so_many_parts(extent: int, at_most: int) -> None:
    nice = [m * 10**power for power in range(7) for m in (1, 2, 5)]

    assert nice_step(extent, at_most) == next(step for step in nice if step * at_most >= extent)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)).map(lambda pair: (pair[0], sum(pair)))).map(sorted))
def test_lanes_are_no_more_than_intervals_that_meet_on_one_place(intervals: list[tuple[float, float]]) -> None:
    crowded = max((sum(start <= place <= end for start, end in intervals) for place in range(60)), default=0)

    assert len(set(lanes(intervals))) == crowded
