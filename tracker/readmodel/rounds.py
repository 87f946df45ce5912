"""Rounds on one scale: how many days after signature each ally reached a stage, and its place among the allies.

The numbers are those of `tracker.domain.statistics`, and no others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.domain.standing import AccessionStanding, RatificationStanding, StageOnDay
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
)
from tracker.domain.vocabulary import Milestone, Reached, Stage


@dataclass(frozen=True)
class Taken:
    """How long one ally took to a stage, and its place; neither where it certainly had not reached it."""

    ratification: RatificationStanding
    stage: Stage
    span: Span | None
    rank: Rank | None
    # What can be said even where it had not: it took more days than had passed, and its place comes after all that had.
    waited: Span
    place: Rank

    @property
    def ally(self) -> str:
        """The ally's code."""
        return self.ratification.ally


@dataclass(frozen=True)
class RoundFigures:
    """One round in numbers, to one stage, as could be said on the day asked for."""

    standing: AccessionStanding
    stage: Stage
    taken: tuple[Taken, ...]
    reached: int
    median: Figure | None
    longest: Figure | None
    slowest: tuple[str, ...]
    to_force: Span | None
    curve: tuple[Missing, ...]

    @property
    def required(self) -> int:
        """How many allies the protocol needs."""
        return len(self.standing.required)

    @property
    def signed(self) -> StageOnDay:
        """When the protocol was signed."""
        return self.standing.on(Milestone.SIGNED)

    @property
    def in_force(self) -> StageOnDay:
        """When the protocol entered into force."""
        return self.standing.on(Milestone.IN_FORCE)

    @property
    def slowest_took(self) -> Span:
        """How many days the slowest ally took; one that is still missing leaves the end open."""
        spans = [one.waited for one in self.taken]
        starts = [one.at_least for one in spans if one.at_least is not None]
        ends = [one.at_most for one in spans if one.at_most is not None]
        return Span(max(starts, default=None), max(ends) if len(ends) == len(spans) else None)

    @property
    def until(self) -> int:
        """Up to which day after signature the round has gone: its protocol's entry into force, or the day shown."""
        return days_gone(self.standing)


def signed_on(standing: AccessionStanding) -> date | None:
    """The day of signature, where it is one day and had come."""
    occurred = standing.on(Milestone.SIGNED).occurred
    return occurred.latest if occurred and occurred.earliest == occurred.latest else None


def days_gone(standing: AccessionStanding) -> int:
    """Days from signature to the entry into force of the protocol, or to the day shown."""
    start, force = signed_on(standing), standing.on(Milestone.IN_FORCE).occurred
    end = min(force.latest, standing.as_of) if force and force.latest else standing.as_of
    return max(0, (end - start).days) if start else 0


def figures_of(standing: AccessionStanding, stage: Stage = Stage.APPROVED) -> RoundFigures:
    """The round in numbers."""
    spans = days_taken(standing, stage)
    ranks = ranks_in(spans)
    longest = longest_of(spans.values())
    return RoundFigures(
        standing=standing,
        stage=stage,
        taken=tuple(_taken(one, stage, spans[one.ally], ranks[one.ally]) for one in standing.required if spans),
        reached=sum(one.by(stage) is Reached.REACHED for one in standing.required),
        median=median_of(spans.values()),
        longest=longest,
        slowest=slowest_in(spans) if longest and longest.exact is not None else (),
        to_force=days_to_force(standing),
        curve=tuple(curve_of(spans.values(), days_gone(standing))),
    )


def _taken(ratification: RatificationStanding, stage: Stage, span: Span, rank: Rank) -> Taken:
    if not ratification.on(stage).is_seen:
        return Taken(ratification, stage, None, None, span, rank)
    return Taken(ratification, stage, span, rank, span, rank)


@dataclass(frozen=True)
class Place:
    """Where a round stands among all that had been signed: by the days of its slowest ally, and on its own last day.

    A round that is not complete has taken more days than have passed: its place is the best that is still open to it,
    and the worst that it may come to.
    """

    rank: Rank
    day: int
    others_complete: Span
    others: int

    def document(self) -> dict[str, int | None]:
        """The place as plain JSON data."""
        return {
            **self.rank.document(),
            "day": self.day,
            "others": self.others,
            "others_complete_at_least": self.others_complete.at_least,
            "others_complete_at_most": self.others_complete.at_most,
        }


def places_of(rounds: Iterable[RoundFigures]) -> dict[str, Place]:
    """The place of each round among all those given, by code."""
    figures = {one.standing.code: one for one in rounds if one.longest is not None}
    ranks = ranks_in({code: one.slowest_took for code, one in figures.items()})
    return {code: _place(one, ranks[code], figures) for code, one in figures.items()}


def _place(one: RoundFigures, rank: Rank, figures: dict[str, RoundFigures]) -> Place:
    others = [other.longest for code, other in figures.items() if code != one.standing.code]
    return Place(rank, one.until, complete_by(one.until, others), len(others))


def signed_rounds(standings: Iterable[AccessionStanding]) -> list[AccessionStanding]:
    """The accessions whose protocol had been signed by the day shown, newest first."""
    signed = [standing for standing in standings if standing.required]
    return sorted(signed, key=lambda standing: (-(signed_on(standing) or date.min).toordinal(), standing.code))
