"""From values to places: scales, ticks, and labels that keep clear of each other."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Scale:
    """A straight line from a domain of values to a range of places."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a value; a domain without extent puts everything at the start."""
        if self.high == self.low:
            return self.start
        return round(self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start), 2)


def signed(count: int) -> str:
    """The number with a minus sign of the width of a plus, not a hyphen, where it is below zero."""
    return f"{count}".replace("-", "\N{MINUS SIGN}")


def nice_step(extent: float, at_most: int) -> int:
    """The smallest step of 1, 2, 5, 10, 20, 50 … that divides the extent into so many parts at most."""
    if extent <= at_most:
        return 1
    raw = extent / at_most
    magnitude = 10 ** math.floor(math.log10(raw))
    return int(next(m * magnitude for m in (1, 2, 5, 10) if m * magnitude >= raw))


def ticks(low: float, high: float, at_most: int) -> list[int]:
    """Round numbers from low to high."""
    step = nice_step(high - low, at_most)
    return list(range(math.ceil(low / step) * step, math.floor(high) + 1, step))


def first_days(earliest: date, latest: date, at_most: int) -> list[date]:
    """The first days of months, quarters, half-years, years … between two days, at most so many."""
    months = (latest.year - earliest.year) * 12 + latest.month - earliest.month + 1
    step = next(n for n in (1, 3, 6, 12, 24, 60, 120, 600, 1200) if months / n <= at_most)
    first = earliest.year * 12 + earliest.month - 1
    starts = range(-(-first // step) * step, latest.year * 12 + latest.month, step)
    return [day for day in (date(n // 12, n % 12 + 1, 1) for n in starts) if day >= earliest]


def spread(wanted: Sequence[float], distance: float) -> list[float]:
    """Places in the same order, each at least the distance after the one before it, as near as that allows."""
    placed: list[float] = []
    for place in wanted:
        placed.append(max(place, placed[-1] + distance) if placed else place)
    return placed


def lanes(intervals: Sequence[tuple[float, float]]) -> list[int]:
    """For each interval, in order, the first lane in which it touches none before it."""
    ends: list[float] = []
    chosen = []
    for start, end in intervals:
        lane = next((i for i, taken in enumerate(ends) if taken < start), len(ends))
        ends[lane:] = [end, *ends[lane + 1 :]]
        chosen.append(lane)
    return chosen
