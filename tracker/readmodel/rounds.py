"""Rounds on one scale: how many days each ally took on each protocol, and its place among the allies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from tracker.domain.standing import AccessionStanding, RatificationStanding
from tracker.domain.vocabulary import Milestone, Reached, Stage


@dataclass(frozen=True)
class Taken:
    """The days one ally took on one protocol, first and last possible; None twice while it has not approved."""

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
    """One round in numbers."""

    standing: AccessionStanding
    required: int
    approved: int
    known: int
    median_days: float | None
    slowest: tuple[str, ...]
    slowest_days: int | None
    days_to_force: int | None


def signed_ordinal(standing: AccessionStanding) -> int | None:
    """The day of signature as an ordinal, where it is one day."""
    return _ordinal(standing, Milestone.SIGNED)


def _ordinal(standing: AccessionStanding, milestone: Milestone) -> int | None:
    found = standing.milestones[milestone]
    if found.by(standing.as_of) is not Reached.REACHED or found.occurred is None or found.occurred.latest is None:
        return None
    return found.occurred.latest.toordinal() if found.occurred.earliest == found.occurred.latest else None


def days_taken(one: RatificationStanding, standing: AccessionStanding) -> tuple[int | None, int | None]:
    """Days from signature to approval, first and last possible; None twice for an ally that had not approved."""
    start, found = signed_ordinal(standing), one.dates[Stage.APPROVED].occurred
    if start is None or found is None or one.approval is Reached.NOT_REACHED:
        return None, None
    first = found.earliest.toordinal() - start if found.earliest else None
    return first, found.latest.toordinal() - start if found.latest else None


def taken_in(standing: AccessionStanding) -> list[Taken]:
    """The days and the rank of every required ally."""
    spans = {one.ally: days_taken(one, standing) for one in standing.required}
    return [Taken(standing.code, ally, *span, rank=_rank(span, spans)) for ally, span in spans.items()]


Span = tuple[int | None, int | None]


def _rank(span: Span, spans: Mapping[str, Span]) -> int | None:
    first, last = span
    if first is None or first != last:
        return None
    others = [one for one in spans.values() if one[0] is not None or one[1] is not None]
    # An ally whose interval reaches over this day may have been before or after it.
    if any(_may_straddle(one, first) for one in others):
        return None
    return 1 + sum(one[1] is not None and one[1] < first for one in others)


def _may_straddle(span: Span, day: int) -> bool:
    first, last = span
    if first == last:
        return False
    return (first is None or first <= day) and (last is None or last >= day)


def figures_of(standing: AccessionStanding) -> RoundFigures:
    """The round in numbers, over the allies whose days are known."""
    taken = taken_in(standing)
    known = [one.exact for one in taken if one.exact is not None]
    slowest = max(known, default=None)
    start, force = signed_ordinal(standing), _ordinal(standing, Milestone.IN_FORCE)
    return RoundFigures(
        standing=standing,
        required=len(standing.required),
        approved=standing.counts[Stage.APPROVED][Reached.REACHED],
        known=len(known),
        median_days=median(known) if _are_enough(known, taken) else None,
        slowest=tuple(one.ally for one in taken if one.exact == slowest) if _are_enough(known, taken) else (),
        slowest_days=slowest,
        days_to_force=force - start if start is not None and force is not None else None,
    )


def _are_enough(known: list[int], taken: list[Taken]) -> bool:
    """Whether the days of half of the allies are known: a middle of fewer would say nothing of the round."""
    return bool(known) and 2 * len(known) >= len(taken)


def signed_rounds(standings: Iterable[AccessionStanding]) -> list[AccessionStanding]:
    """The accessions whose protocol had been signed by the day shown, newest first."""
    signed = [one for one in standings if one.required]
    return sorted(signed, key=lambda one: (-(signed_ordinal(one) or 0), one.code))
