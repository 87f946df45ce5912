"""How far one ally has come with one protocol: a dated interval for each stage, and what it rests on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.domain.dates import PartialDate
from tracker.domain.standing.acts import Act
from tracker.domain.standing.milestones import NO_DATE, StageDate, StageOnDay, Witness, date_by
from tracker.domain.standing.ordinals import Limit
from tracker.domain.standing.procedures import Rules, completing_votes
from tracker.domain.vocabulary import EVIDENCE, LADDER, SHOWS_SUBMISSION, Basis, Reached, Stage


@dataclass(frozen=True, slots=True)
class RatificationStanding:
    """Where one ally stands with one protocol on one day."""

    ally: str
    required_from: StageDate
    as_of: date
    dates: Mapping[Stage, StageDate]

    def by(self, stage: Stage) -> Reached:
        """Whether this ally had reached the stage on the day asked for.

        The acts on a protocol are followed: what is not on record by that day had not been done.
        """
        found = self.dates[stage].by(self.as_of)
        return Reached.NOT_REACHED if found is Reached.NOT_ON_RECORD else found

    def on(self, stage: Stage) -> StageOnDay:
        """What could be said of the stage on the day asked for, and nothing from later."""
        return replace(self.dates[stage].on(self.as_of), state=self.by(stage))

    @property
    def required(self) -> bool:
        """Whether the protocol needed this ally on the day asked for."""
        return self.required_from.by(self.as_of) is Reached.REACHED

    @property
    def stage(self) -> Stage:
        """The last stage certainly reached; `signed` where none of the later ones is."""
        return next((stage for stage in reversed(LADDER) if self.by(stage) is Reached.REACHED), Stage.SIGNED)

    @property
    def last_vote(self) -> PartialDate | None:
        """When the vote was that may have completed the approval, where no act says that it did; None without one."""
        opened_by = self.dates[Stage.APPROVED].opened_by
        votes = [vote.occurred for vote in opened_by if vote.occurred and vote.by(self.as_of)]
        return max(votes, key=lambda occurred: occurred.latest or date.max, default=None)

    @property
    def approval(self) -> Reached:
        """Whether the ally's approval was complete: what most people mean by “has it ratified?”."""
        return self.by(Stage.APPROVED)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What limits a date that is not on record.

    No act is older than the start of the process, nothing can be deposited before the protocol was
    signed, all had deposited when it entered into force, and whoever was the so-manyth had so many before it.
    """

    start: PartialDate | None = None
    signed: PartialDate | None = None
    in_force: StageDate = NO_DATE
    # What the places of acts in the count tell of each stage.
    counted: Mapping[Stage, Limit] = field(default_factory=dict)


def stand_ratification(
    ally: str, required_from: StageDate, dates: Mapping[Stage, StageDate], as_of: date
) -> RatificationStanding:
    """Where the ally stands on that day. `signed` counts from the day the protocol needed this ally."""
    return RatificationStanding(ally, required_from, as_of, {Stage.SIGNED: required_from, **dates})


@dataclass(frozen=True, slots=True)
class _Said:
    """What is on record of one stage by itself: its own date, and what it cannot have preceded or followed."""

    dated: StageDate
    not_before: tuple[date, ...]
    votes: tuple[Act, ...]
    shown_by: tuple[Act, ...]


def date_stages(
    acts: Sequence[Act], bounds: Bounds, rules: Rules | None = None, all_rules: Rules | None = None
) -> dict[Stage, StageDate]:
    """The date of each stage after `signed`, from one ally's own acts on one protocol.

    Acts on record date their stage. What is known of one stage limits all: none is before what limits an
    earlier one, none after what limits a later one, nor after the protocol entered into force. A bound
    that contradicts an act is left aside; both acts are told as their sources tell them.
    """
    votes = completing_votes(acts, rules, all_rules)
    said = {stage: _said_of(stage, acts, bounds, votes) for stage in LADDER}
    return {stage: _close(stage, said, bounds) for stage in LADDER}


def _said_of(stage: Stage, acts: Sequence[Act], bounds: Bounds, completing: tuple[Act, ...]) -> _Said:
    own = date_by([act for act in acts if EVIDENCE.get(act.kind) is stage])
    votes = completing if stage is Stage.APPROVED and own.occurred is None else ()
    before = [own.occurred, bounds.start, *(vote.occurred for vote in votes)]
    if stage is Stage.DEPOSITED:
        before.append(bounds.signed)
    shown_by = [act for act in acts if act.kind in SHOWS_SUBMISSION] if stage is Stage.SUBMITTED else []
    counted = bounds.counted.get(stage, Limit()).not_before
    return _Said(own, (*_first_days(before), *filter(None, [counted])), votes, tuple(shown_by))


def _first_days(dates: Iterable[PartialDate | None]) -> Iterable[date]:
    return (found.earliest for found in dates if found and found.earliest)


def _close(stage: Stage, said: Mapping[Stage, _Said], bounds: Bounds) -> StageDate:
    """The stage with the bounds of all others applied to it."""
    own, upper = said[stage], _not_after(stage, said, bounds)
    if own.dated.occurred is None and upper.occurred is None and not own.votes:
        return NO_DATE
    latest = upper.occurred.latest if upper.occurred else None
    before = (day for one in LADDER[: LADDER.index(stage) + 1] for day in said[one].not_before)
    earliest = max((day for day in before if latest is None or day <= latest), default=None)
    if own.dated.occurred is not None:
        return _narrowed(own.dated, own.dated.occurred, earliest, latest)
    opened_by = tuple(Witness.of(vote) for vote in own.votes)
    occurred = PartialDate.between(earliest, latest)
    if upper.occurred is None:
        return StageDate(occurred, Basis.VOTES, opened_by, opened_by)
    return StageDate(occurred, upper.basis, upper.witnesses, opened_by)


def _narrowed(own: StageDate, occurred: PartialDate, earliest: date | None, latest: date | None) -> StageDate:
    """The act's own date where nothing else is known of it, or its interval as far as the other stages allow it."""
    if (earliest, latest) == (occurred.earliest, occurred.latest):
        return own
    return replace(own, occurred=PartialDate.between(earliest, latest), basis=Basis.NARROWED)


def _not_after(stage: Stage, said: Mapping[Stage, _Said], bounds: Bounds) -> StageDate:
    """What certainly was not before this stage, and by when; `NO_DATE` if nothing is."""
    own = said[stage]
    limits = [own.dated] + [
        replace(said[one].dated, basis=Basis.LATER_ACT) for one in LADDER[LADDER.index(stage) + 1 :]
    ]
    limits += [StageDate(act.occurred, Basis.LATER_ACT, (Witness.of(act),)) for act in own.shown_by]
    limits.append(replace(bounds.in_force, basis=Basis.IN_FORCE))
    limits += [bounds.counted[one].not_after for one in LADDER[LADDER.index(stage) :] if one in bounds.counted]
    # An act of this stage that is later than an act of a later stage is told as it is.
    known = [one for one in limits if one.occurred is not None and _may_follow(one.occurred, own)]
    return min(known, key=_latest, default=NO_DATE)


def _may_follow(occurred: PartialDate, own: _Said) -> bool:
    first = own.dated.occurred.earliest if own.dated.occurred else None
    return first is None or occurred.latest is None or first <= occurred.latest


def _latest(limit: StageDate) -> date:
    return limit.occurred.latest if limit.occurred and limit.occurred.latest else date.max
