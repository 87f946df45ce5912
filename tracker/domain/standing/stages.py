"""How far one ally has come with one protocol: a dated interval for each stage, and what it rests on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tracker.domain.dates import PartialDate, first_of
from tracker.domain.standing.acts import Act
from tracker.domain.standing.procedures import Rules, completing_votes
from tracker.domain.vocabulary import EVIDENCE, SHOWS_SUBMISSION, Basis, Reached, Stage

# The stages an act of the ally can date, first to last; `signed` is dated by the protocol itself.
_LADDER: Final = (Stage.SUBMITTED, Stage.APPROVED, Stage.ASSENTED, Stage.DEPOSITED)


@dataclass(frozen=True, slots=True)
class StageDate:
    """When a stage was reached, why we say so, and the keys of the events that this rests on.

    Without an interval nothing on record says that the stage was ever reached.
    """

    occurred: PartialDate | None
    basis: Basis = Basis.ACT
    evidence: tuple[str, ...] = ()

    @property
    def inferred(self) -> bool:
        """Whether the date follows from something else than an act of this stage."""
        return self.occurred is not None and self.basis is not Basis.ACT

    def by(self, day: date) -> Reached:
        """Whether the stage had been reached by the end of that day."""
        return Reached.NOT_REACHED if self.occurred is None else self.occurred.by(day)


NO_DATE: Final = StageDate(None)


@dataclass(frozen=True, slots=True)
class RatificationStanding:
    """Where one ally stands with one protocol on one day."""

    ally: str
    required_from: StageDate
    as_of: date
    dates: Mapping[Stage, StageDate]

    def by(self, stage: Stage) -> Reached:
        """Whether this ally had reached the stage on the day asked for."""
        return self.dates[stage].by(self.as_of)

    @property
    def required(self) -> bool:
        """Whether the protocol needed this ally on the day asked for."""
        return self.required_from.by(self.as_of) is Reached.REACHED

    @property
    def stage(self) -> Stage:
        """The last stage certainly reached; `signed` where none of the later ones is."""
        return next((stage for stage in reversed(_LADDER) if self.by(stage) is Reached.REACHED), Stage.SIGNED)

    @property
    def approval(self) -> Reached:
        """Whether the ally's approval was complete: what most people mean by “has it ratified?”."""
        return self.by(Stage.APPROVED)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What limits a date that is not on record.

    No act is older than the start of the process, nothing can be deposited before the protocol was
    signed, and all had deposited when it entered into force.
    """

    start: PartialDate | None = None
    signed: PartialDate | None = None
    in_force: StageDate = NO_DATE


def stand_ratification(
    ally: str, required_from: StageDate, dates: Mapping[Stage, StageDate], as_of: date
) -> RatificationStanding:
    """Where the ally stands on that day. `signed` counts from the day the protocol needed this ally."""
    return RatificationStanding(ally, required_from, as_of, {Stage.SIGNED: required_from, **dates})


def date_stages(acts: Sequence[Act], bounds: Bounds, rules: Rules | None = None) -> dict[Stage, StageDate]:
    """The date of each stage after `signed`, from one ally's own acts on one protocol.

    Acts on record date their stage. A stage without an act of its own gets an interval from what is
    known: it was not after a later stage, nor after the protocol entered into force, and not before
    the earlier stages or the beginning of the process.
    """
    dates = {stage: _from_acts(stage, acts) for stage in _LADDER}
    for stage in reversed(_LADDER):
        if dates[stage].occurred is None:
            dates[stage] = _infer(stage, dates, acts, bounds, rules)
    return dates


def _from_acts(stage: Stage, acts: Iterable[Act]) -> StageDate:
    found = [act for act in acts if EVIDENCE.get(act.kind) is stage]
    if not found:
        return NO_DATE
    occurred = first_of(act.occurred for act in found)
    return StageDate(occurred, Basis.ACT, tuple(act.key for act in found))


def _infer(
    stage: Stage, dates: Mapping[Stage, StageDate], acts: Sequence[Act], bounds: Bounds, rules: Rules | None
) -> StageDate:
    upper = _not_after(stage, dates, acts, bounds)
    votes = completing_votes(acts, rules) if stage is Stage.APPROVED else ()
    if upper.occurred is None and not votes:
        return NO_DATE
    latest = upper.occurred.latest if upper.occurred else None
    lower = _not_before(stage, dates, votes, bounds)
    # Acts may contradict the usual order; the later bound is the one that the record proves.
    earliest = lower if lower is None or latest is None else min(lower, latest)
    evidence = upper.evidence or tuple(vote.key for vote in votes)
    return StageDate(PartialDate.between(earliest, latest), upper.basis if upper.occurred else Basis.VOTES, evidence)


def _not_after(stage: Stage, dates: Mapping[Stage, StageDate], acts: Sequence[Act], bounds: Bounds) -> StageDate:
    """What is known to have come later, and by when; `NO_DATE` if nothing is."""
    later = [
        StageDate(
            date_.occurred, Basis.LATER_ACT if date_.basis is not Basis.IN_FORCE else Basis.IN_FORCE, date_.evidence
        )
        for date_ in (dates[one] for one in _after(stage))
        if date_.occurred is not None and date_.occurred.latest is not None
    ]
    if bounds.in_force.occurred is not None:
        later.append(StageDate(bounds.in_force.occurred, Basis.IN_FORCE, bounds.in_force.evidence))
    if stage is Stage.SUBMITTED:
        later += [StageDate(act.occurred, Basis.LATER_ACT, (act.key,)) for act in acts if act.kind in SHOWS_SUBMISSION]
    return min(later, key=_latest, default=NO_DATE)


def _latest(found: StageDate) -> date:
    return found.occurred.latest if found.occurred and found.occurred.latest else date.max


def _not_before(stage: Stage, dates: Mapping[Stage, StageDate], votes: Sequence[Act], bounds: Bounds) -> date | None:
    """The earliest day that what came before allows; None if nothing is known of it."""
    before = [dates[one].occurred for one in _LADDER[: _LADDER.index(stage)] if dates[one].basis is Basis.ACT]
    before += [bounds.start, *(vote.occurred for vote in votes)]
    if stage is Stage.DEPOSITED:
        before.append(bounds.signed)
    return max((one.earliest for one in before if one and one.earliest), default=None)


def _after(stage: Stage) -> tuple[Stage, ...]:
    return _LADDER[_LADDER.index(stage) + 1 :]
