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
    waited: Span

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
        return Taken(ratification, stage, None, None, span)
    return Taken(ratification, stage, span, rank, span)


def signed_rounds(standings: Iterable[AccessionStanding]) -> list[AccessionStanding]:
    """The accessions whose protocol had been signed by the day shown, newest first."""
    signed = [standing for standing in standings if standing.required]
    return sorted(signed, key=lambda standing: (-(signed_on(standing) or date.min).toordinal(), standing.code))
