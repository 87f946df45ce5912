"""Numbers over days that may be known only in part: each an interval that holds the number, whatever the days were.

One place for what is counted over a round: pages, figures, API and package ask here and compute nothing themselves.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from math import inf

from tracker.domain.dates import PartialDate
from tracker.domain.standing import AccessionStanding, StageOnDay
from tracker.domain.vocabulary import Milestone, Reached, Stage


@dataclass(frozen=True, slots=True)
class Span:
    """Days from one day to another: no fewer and no more than this.

    None at the lower end: nothing bounds it; None at the upper end: it may be any number, or not have come at all.
    """

    at_least: int | None
    at_most: int | None

    @property
    def exact(self) -> int | None:
        """The number of days where it is known."""
        return self.at_least if self.at_least == self.at_most else None

    @property
    def least(self) -> float:
        """The lower end as a number that can be compared."""
        return -inf if self.at_least is None else self.at_least

    @property
    def most(self) -> float:
        """The upper end as a number that can be compared."""
        return inf if self.at_most is None else self.at_most


@dataclass(frozen=True, slots=True)
class Figure:
    """A number over the required allies: its bounds, and of how many of them the days are known."""

    at_least: float | None
    at_most: float | None
    known: int
    required: int

    @property
    def exact(self) -> float | None:
        """The number where it is known."""
        return self.at_least if self.at_least == self.at_most else None

    def document(self) -> dict[str, float | int | None]:
        """The figure as plain JSON data."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Rank:
    """An ally's place among the required, 1 for the first; allies of one day share a place."""

    best: int
    worst: int

    @property
    def exact(self) -> int | None:
        """The place where it is known."""
        return self.best if self.best == self.worst else None

    def document(self) -> dict[str, int]:
        """The rank as plain JSON data."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Missing:
    """How many allies had not reached the stage at the end of that day after signature."""

    day: int
    at_least: int
    at_most: int


def span_between(start: PartialDate, end: PartialDate) -> Span:
    """The days from the one to the other."""
    least = (end.earliest - start.latest).days if end.earliest and start.latest else None
    most = (end.latest - start.earliest).days if end.latest and start.earliest else None
    return Span(least, most)


def days_taken(standing: AccessionStanding, stage: Stage = Stage.APPROVED) -> dict[str, Span]:
    """Days from signature to the stage for each required ally, as could be said on the day asked for.

    An ally that had not reached it took more days than had passed. Empty before the signature.
    """
    signed = _signed(standing)
    if signed is None:
        return {}
    return {one.ally: _taken(one.on(stage), signed, standing.as_of) for one in standing.required}


def _signed(standing: AccessionStanding) -> PartialDate | None:
    shown = standing.on(Milestone.SIGNED)
    return shown.occurred if shown.state is Reached.REACHED else None


def _taken(shown: StageOnDay, signed: PartialDate, as_of: date) -> Span:
    if shown.is_seen:
        return span_between(signed, shown.occurred or PartialDate(None, None))
    passed = (as_of - signed.latest).days if signed.latest else None
    return Span(None if passed is None else passed + 1, None)


def days_to_force(standing: AccessionStanding) -> Span | None:
    """Days from signature to entry into force; None where the protocol was not in force by the day asked for."""
    signed, in_force = _signed(standing), standing.on(Milestone.IN_FORCE)
    if signed is None or in_force.state is not Reached.REACHED or in_force.occurred is None:
        return None
    return span_between(signed, in_force.occurred)


def median_of(spans: Collection[Span]) -> Figure | None:
    """The middle of the days: half of the allies took no more. None where there are no allies."""
    if not spans:
        return None
    return _figure(_middle(one.least for one in spans), _middle(one.most for one in spans), spans)


def longest_of(spans: Collection[Span]) -> Figure | None:
    """The days of the ally that took longest. None where there are no allies."""
    if not spans:
        return None
    return _figure(max(one.least for one in spans), max(one.most for one in spans), spans)


def slowest_in(spans: Mapping[str, Span]) -> tuple[str, ...]:
    """The allies of which each may have taken longest; one alone is the slowest."""
    least = max((one.least for one in spans.values()), default=inf)
    return tuple(ally for ally, one in spans.items() if one.most >= least)


def ranks_in(spans: Mapping[str, Span]) -> dict[str, Rank]:
    """The place of each ally, by how many certainly and by how many possibly took fewer days."""
    return {ally: _rank(ally, spans) for ally in spans}


def complete_by(day: int, longest: Collection[Figure | None]) -> Span:
    """Of rounds, each told by the days of its slowest ally, how many were complete by that day after signature."""
    known = [one for one in longest if one is not None]
    certain = sum(one.at_most is not None and one.at_most <= day for one in known)
    return Span(certain, sum(one.at_least is None or one.at_least <= day for one in known))


def _rank(ally: str, spans: Mapping[str, Span]) -> Rank:
    own = spans[ally]
    others = [one for name, one in spans.items() if name != ally]
    return Rank(1 + sum(one.most < own.least for one in others), 1 + sum(one.least < own.most for one in others))


def curve_of(spans: Collection[Span], until: int) -> list[Missing]:
    """On the day of signature and at each turn up to that day, how many at least and at most were still missing."""
    ends = {day for one in spans for day in (one.at_least, one.at_most) if day is not None}
    turns = sorted(day for day in {0, *ends} if day <= until)
    return [Missing(day, sum(one.least > day for one in spans), sum(one.most > day for one in spans)) for day in turns]


def _middle(numbers: Iterable[float]) -> float:
    ordered = sorted(numbers)
    half, odd = divmod(len(ordered), 2)
    if odd or ordered[half - 1] == ordered[half]:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


def _figure(least: float, most: float, spans: Collection[Span]) -> Figure:
    known = sum(one.exact is not None for one in spans)
    return Figure(_finite(least), _finite(most), known, len(spans))


def _finite(number: float) -> float | None:
    """The number, whole where it is; None where nothing bounds it."""
    if number in {inf, -inf}:
        return None
    return int(number) if number == int(number) else number
