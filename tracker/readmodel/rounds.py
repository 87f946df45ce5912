"""Rounds on one scale: how many days after signature each ally reached a stage, and its place among the allies.

Pages and figures take the numbers of a round from here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from tracker.domain.dates import PartialDate
from tracker.domain.standing import AccessionStanding, RatificationStanding
from tracker.domain.vocabulary import Milestone, Reached, Stage

Span = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Taken:
    """The days that one ally took to a stage, first and last possible; negative where it was before the signature.

    `first` and `last` are both None while the stage is not reached; `last` alone where an end is not known.
    """

    accession: str
    ally: str
    first: int | None
    last: int | None
    rank: int | None = None

    @property
    def exact(self) -> int | None:
        """The number of days where it is known."""
        return self.last if self.first == self.last else None


@dataclass(frozen=True)
class RoundFigures:
    """One round in numbers, to one stage."""

    standing: AccessionStanding
    stage: Stage
    taken: tuple[Taken, ...]
    reached: int
    known: int
    median_days: float | None
    slowest: tuple[str, ...]
    slowest_days: int | None
    days_to_force: int | None

    @property
    def required(self) -> int:
        """How many allies the protocol needs."""
        return len(self.taken)


def signed_ordinal(standing: AccessionStanding) -> int | None:
    """The day of signature as an ordinal, where it is one day."""
    return _ordinal(standing, Milestone.SIGNED)


def _ordinal(standing: AccessionStanding, milestone: Milestone) -> int | None:
    dated = standing.milestones[milestone]
    if dated.by(standing.as_of) is not Reached.REACHED or dated.occurred is None or dated.occurred.latest is None:
        return None
    return dated.occurred.latest.toordinal() if dated.occurred.earliest == dated.occurred.latest else None


def days_taken(ratification: RatificationStanding, standing: AccessionStanding, stage: Stage = Stage.APPROVED) -> Span:
    """Days from signature to the stage, first and last possible; None twice for an ally that had not reached it."""
    start, occurred = signed_ordinal(standing), ratification.dates[stage].occurred
    if start is None or occurred is None or ratification.by(stage) is Reached.NOT_REACHED:
        return None, None
    return _days(occurred, start)


def _days(occurred: PartialDate, start: int) -> Span:
    first = occurred.earliest.toordinal() - start if occurred.earliest else None
    return first, occurred.latest.toordinal() - start if occurred.latest else None


def taken_in(standing: AccessionStanding, stage: Stage = Stage.APPROVED) -> list[Taken]:
    """The days and the rank of every required ally."""
    spans = {one.ally: days_taken(one, standing, stage) for one in standing.required}
    return [_taken(standing, stage, ally, spans) for ally in spans]


def _taken(standing: AccessionStanding, stage: Stage, ally: str, spans: Mapping[str, Span]) -> Taken:
    first, last = spans[ally]
    if first is None and last is None:
        return Taken(standing.code, ally, None, None)
    return Taken(
        standing.code,
        ally,
        first,
        last,
        rank=_rank(spans[ally], spans),
    )


def _rank(span: Span, spans: Mapping[str, Span]) -> int | None:
    first, last = span
    if first is None or first != last:
        return None
    others = [other for other in spans.values() if other != (None, None)]
    # An ally whose interval reaches over this day may have been before or after it.
    if any(_may_straddle(other, first) for other in others):
        return None
    return 1 + sum(other[1] is not None and other[1] < first for other in others)


def _may_straddle(span: Span, day: int) -> bool:
    first, last = span
    if first == last:
        return False
    return (first is None or first <= day) and (last is None or last >= day)


def figures_of(standing: AccessionStanding, stage: Stage = Stage.APPROVED) -> RoundFigures:
    """The round in numbers, over the allies whose days are known."""
    taken = tuple(taken_in(standing, stage))
    known = [days for one in taken if (days := one.exact) is not None]
    slowest = max(known, default=None)
    start, force = signed_ordinal(standing), _ordinal(standing, Milestone.IN_FORCE)
    return RoundFigures(
        standing=standing,
        stage=stage,
        taken=taken,
        reached=sum(one.by(stage) is Reached.REACHED for one in standing.required),
        known=len(known),
        median_days=median(known) if _are_enough(known, taken) else None,
        slowest=tuple(one.ally for one in taken if one.exact == slowest) if _are_enough(known, taken) else (),
        slowest_days=slowest,
        days_to_force=force - start if start is not None and force is not None else None,
    )


def _are_enough(known: Sequence[int], taken: Sequence[Taken]) -> bool:
    """Whether the days of half of the allies are known: a middle of fewer would say nothing of the round."""
    return bool(known) and 2 * len(known) >= len(taken)


def signed_rounds(standings: Iterable[AccessionStanding]) -> list[AccessionStanding]:
    """The accessions whose protocol had been signed by the day shown, newest first."""
    signed = [standing for standing in standings if standing.required]
    return sorted(signed, key=lambda standing: (-(signed_ordinal(standing) or 0), standing.code))
