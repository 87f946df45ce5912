"""Rounds on one scale: how many days after signature each ally reached a stage, and its place among the allies.

Pages, figures, API and package take every number of a round from here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from tracker.domain.dates import PartialDate
from tracker.domain.standing import AccessionStanding, RatificationStanding
from tracker.domain.vocabulary import Milestone, Reached, Stage
from tracker.readmodel.edition import Edition

Row = dict[str, Any]
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
    # As of the day: None where the end of what may have happened by then is still to come.
    last_by_day: int | None = None
    inferred: bool = False
    event: str | None = None

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
    dated, (first, last) = standing.ratifications[ally].dates[stage], spans[ally]
    if first is None and last is None:
        return Taken(standing.code, ally, None, None)
    return Taken(
        standing.code,
        ally,
        first,
        last,
        rank=_rank(spans[ally], spans),
        last_by_day=last if dated.by(standing.as_of) is Reached.REACHED else None,
        inferred=dated.inferred,
        event=dated.evidence[0] if dated.evidence else None,
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


def compare_rows(edition: Edition, codes: Iterable[str] | None, stage: Stage, day: date) -> list[Row]:
    """Each accession with a protocol signed by that day, by day of signature; all of them where no codes are given."""
    wanted = None if codes is None else set(codes)
    names = edition.english(day)
    signed = [
        (start, standing)
        for code, standing in edition.standings(day).items()
        if (wanted is None or code in wanted) and (start := signed_ordinal(standing)) is not None
    ]
    return [_row(standing, start, stage, names) for start, standing in sorted(signed, key=lambda pair: pair[0])]


def _row(standing: AccessionStanding, start: int, stage: Stage, names: Mapping[str, str]) -> Row:
    figures = figures_of(standing, stage)
    return {
        "accession": standing.code,
        "name": names.get(standing.code, standing.code),
        "signed": date.fromordinal(start).isoformat(),
        "stage": stage.value,
        "required": figures.required,
        "days_to_in_force": figures.days_to_force,
        "median_days": figures.median_days,
        "days": [_day_row(taken) for taken in sorted(figures.taken, key=_order)],
        "curve": _curve(figures.taken),
    }


def _day_row(taken: Taken) -> Row:
    return {
        "ally": taken.ally,
        "earliest": taken.first,
        "latest": taken.last_by_day,
        "inferred": taken.inferred,
        "rank": taken.rank,
        "event": taken.event,
    }


def _order(taken: Taken) -> tuple[int, int, str]:
    far = 1_000_000
    return (
        far if taken.last_by_day is None else taken.last_by_day,
        far if taken.first is None else taken.first,
        taken.ally,
    )


def _curve(taken: Sequence[Taken]) -> list[Row]:
    """At each turn, how many at least and at most were still missing at the end of that day."""
    spans = [(one.first, one.last_by_day) for one in taken]
    turns = sorted({0, *(day for span in spans for day in span if day is not None)})
    return [
        {
            "day": day,
            "missing_at_least": sum(first is None or first > day for first, _ in spans),
            "missing_at_most": sum(last is None or last > day for _, last in spans),
        }
        for day in turns
    ]
