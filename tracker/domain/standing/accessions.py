"""Where an accession stands: its milestones, the allies it needs, and how many have come how far."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from tracker.domain.dates import PartialDate
from tracker.domain.standing.acts import Act, counting
from tracker.domain.standing.membership import Membership
from tracker.domain.standing.milestones import NO_DATE, StageDate, StageOnDay, date_by
from tracker.domain.standing.ordinals import Limit, limits_by_ordinals
from tracker.domain.standing.procedures import Rules, rules_in_round
from tracker.domain.standing.stages import Bounds, RatificationStanding, date_stages, stand_ratification
from tracker.domain.vocabulary import (
    MILESTONE_OF,
    SHOWS_ASPIRATION,
    STATUS_AFTER,
    AccessionStatus,
    Basis,
    Milestone,
    Reached,
    Stage,
)

# The process has begun with the first of these; an ally's acts on the protocol cannot be older.
_BEGINNINGS: Final = (Milestone.APPLIED, Milestone.INVITED, Milestone.SIGNED)


@dataclass(frozen=True, slots=True)
class Process:
    """One accession, whatever the day: its milestones and the acts of each state in it."""

    code: str
    milestones: Mapping[Milestone, StageDate]
    acts_by_actor: Mapping[str, Sequence[Act]]
    # Since when the wish to join is on record, by an act that says so.
    aspired: StageDate = NO_DATE
    # The milestones passed anew after the last withdrawal, where it was taken up again.
    anew: Mapping[Milestone, StageDate] = field(default_factory=dict)

    @property
    def start(self) -> PartialDate | None:
        """When the process began: the first of application, invitation and signature; None before that."""
        known = [self.milestones[one].occurred for one in _BEGINNINGS]
        dates = [one for one in known if one is not None]
        return min(dates, key=lambda one: one.earliest or date.min) if dates else None

    @property
    def has_ordinals(self) -> bool:
        """Whether a source tells the place of an act in the count, which limits the days of other allies, too."""
        return any(act.ordinal is not None for acts in self.acts_by_actor.values() for act in acts)

    @property
    def in_force(self) -> StageDate:
        """When the protocol entered into force."""
        return self.milestones[Milestone.IN_FORCE]


@dataclass(frozen=True, slots=True)
class AccessionStanding:
    """Where one accession stands on one day."""

    code: str
    as_of: date
    milestones: Mapping[Milestone, StageDate]
    ratifications: Mapping[str, RatificationStanding]
    aspired: StageDate = NO_DATE
    anew: Mapping[Milestone, StageDate] = field(default_factory=dict)

    @property
    def is_on_record(self) -> bool:
        """Whether an act by that day says that the state wanted to join: before it there is no accession."""
        return any(dated.by(self.as_of) is Reached.REACHED for dated in (self.aspired, *self.milestones.values()))

    @property
    def status(self) -> AccessionStatus:
        """The furthest status that is certain on that day."""
        withdrawn = self.by(Milestone.WITHDRAWN) is Reached.REACHED
        passed = self.anew if withdrawn else self.milestones
        reached = [
            status
            for one, status in STATUS_AFTER.items()
            if one in passed and passed[one].by(self.as_of) is Reached.REACHED
        ]
        if reached:
            return reached[-1]
        return AccessionStatus.WITHDRAWN if withdrawn else AccessionStatus.ASPIRANT

    def by(self, milestone: Milestone) -> Reached:
        """Whether the milestone had been passed by the day asked for."""
        return self.milestones[milestone].by(self.as_of)

    def on(self, milestone: Milestone) -> StageOnDay:
        """What could be said of the milestone on the day asked for, and nothing from later."""
        return self.milestones[milestone].on(self.as_of)

    @property
    def required(self) -> tuple[RatificationStanding, ...]:
        """The allies that the protocol needed on that day, by code; none before it was signed."""
        return tuple(one for one in self.ratifications.values() if one.required)

    @property
    def counts(self) -> dict[Stage, dict[Reached, int]]:
        """How many required allies had reached each stage, had not, and of how many we cannot say."""
        required = self.required
        return {stage: _tally(one.by(stage) for one in required) for stage in Stage if stage is not Stage.SIGNED}

    @property
    def pending(self) -> tuple[str, ...]:
        """The required allies whose approval certainly was not complete, by code."""
        return self._approval(Reached.NOT_REACHED)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The required allies whose approval may or may not have been complete, by code."""
        return self._approval(Reached.UNKNOWN)

    @property
    def last_approval(self) -> tuple[date, tuple[str, ...]] | None:
        """The day of the last approval and whose it was, once every ally has approved; None where it is not known."""
        dates = {one.ally: one.dates[Stage.APPROVED].occurred for one in self.required}
        if not dates or self.pending or self.unknown:
            return None
        last = max(occurred.latest or date.max for occurred in dates.values() if occurred)
        whose = [(ally, occurred) for ally, occurred in dates.items() if occurred and occurred.latest == last]
        certain = all(occurred.earliest == last for _, occurred in whose)
        return (last, tuple(ally for ally, _ in whose)) if certain else None

    def _approval(self, answer: Reached) -> tuple[str, ...]:
        return tuple(one.ally for one in self.required if one.approval is answer)

    @property
    def days_since_signature(self) -> int | None:
        """Days from the signature of the protocol to the day asked for; None before it, or if its day is not known."""
        signed = self.milestones[Milestone.SIGNED].occurred
        if signed is None or signed.latest is None or signed.earliest != signed.latest or signed.latest > self.as_of:
            return None
        return (self.as_of - signed.latest).days


def process_of(code: str, acts: Iterable[Act]) -> Process:
    """What the acts on this accession amount to, whatever the day."""
    by_milestone: dict[Milestone, list[Act]] = defaultdict(list)
    by_actor: dict[str, list[Act]] = defaultdict(list)
    for act in counting(acts):
        by_actor[act.actor].append(act)
        if act.kind in MILESTONE_OF:
            by_milestone[MILESTONE_OF[act.kind]].append(act)
    milestones = {one: date_by(by_milestone[one]) for one in Milestone}
    aspired = date_by([act for actor in by_actor.values() for act in actor if act.kind in SHOWS_ASPIRATION])
    return Process(code, milestones, by_actor, aspired, _anew(by_milestone))


def _anew(acts: Mapping[Milestone, Sequence[Act]]) -> dict[Milestone, StageDate]:
    """The milestones passed after the last withdrawal; none where nobody withdrew, or nothing followed."""
    withdrawn = [act.occurred.latest or date.max for act in acts.get(Milestone.WITHDRAWN, ())]
    if not withdrawn:
        return {}
    later = {
        one: [act for act in acts.get(one, ()) if (act.occurred.earliest or date.min) > max(withdrawn)]
        for one in STATUS_AFTER
    }
    return {one: date_by(again) for one, again in later.items() if again}


def required_allies(process: Process, memberships: Mapping[str, Membership]) -> dict[str, StageDate]:
    """From when the protocol needs which ally, by code.

    Those that were allies on the day of signature, and every state that became one before the protocol
    entered into force (North Atlantic Treaty, Article 10, and Article II of each accession protocol).
    """
    signed, in_force = process.milestones[Milestone.SIGNED], process.in_force
    if signed.occurred is None or signed.occurred.latest is None:
        return {}
    needed: dict[str, StageDate] = {}
    for ally, membership in memberships.items():
        if ally == process.code:
            continue
        if membership.on(signed.occurred.latest):
            needed[ally] = signed
        elif _joined_before(membership, in_force):
            needed[ally] = StageDate(membership.since, Basis.ACT, membership.witnesses)
    return needed


def _joined_before(membership: Membership, in_force: StageDate) -> bool:
    if in_force.occurred is None or in_force.occurred.latest is None:
        return True
    return membership.since.latest is not None and membership.since.latest < in_force.occurred.latest


def stand_accession(
    process: Process, memberships: Mapping[str, Membership], rules: Mapping[str, Rules], as_of: date
) -> AccessionStanding:
    """Where the accession and each of its ratifications stand on that day."""
    return stand_dated(process, date_allies(process, memberships, rules), as_of)


def date_allies(
    process: Process, memberships: Mapping[str, Membership], rules: Mapping[str, Rules]
) -> dict[str, tuple[StageDate, Mapping[Stage, StageDate]]]:
    """For each ally that the protocol needs, from when, and the date of each stage; the same for any day."""
    required = required_allies(process, memberships)
    counted = counted_in(process, required, rules)
    return {
        ally: (needed, date_ally(process, ally, rules.get(ally), needed, counted.get(ally)))
        for ally, needed in required.items()
    }


def counted_in(
    process: Process, required: Mapping[str, StageDate], rules: Mapping[str, Rules]
) -> dict[str, dict[Stage, Limit]]:
    """What the places of acts in the count limit, by ally and stage; nothing where no act has one."""
    if not process.has_ordinals:
        return {}
    alone = {ally: date_ally(process, ally, rules.get(ally), needed) for ally, needed in required.items()}
    return limits_by_ordinals(alone, process.acts_by_actor)


def stand_dated(
    process: Process, dated: Mapping[str, tuple[StageDate, Mapping[Stage, StageDate]]], as_of: date
) -> AccessionStanding:
    """Where the accession stands on that day, from dates already worked out by `date_allies`."""
    ratifications = {ally: stand_ratification(ally, needed, dates, as_of) for ally, (needed, dates) in dated.items()}
    aspired, anew = process.aspired, process.anew
    return AccessionStanding(process.code, as_of, process.milestones, ratifications, aspired, anew)


def date_ally(
    process: Process,
    ally: str,
    rules: Rules | None,
    needed: StageDate | None = None,
    counted: Mapping[Stage, Limit] | None = None,
) -> dict[Stage, StageDate]:
    """The date of each stage for one ally on this protocol, from the day on which the protocol needed it.

    `counted` is what the places in the count limit; without it, the ally is looked at alone.
    """
    acts = process.acts_by_actor.get(ally, ())
    signed = process.milestones[Milestone.SIGNED].occurred
    bounds = Bounds(process.start, signed, process.in_force, counted or {})
    return date_stages(acts, bounds, rules_in_round(rules, needed), rules)


def _tally(answers: Iterable[Reached]) -> dict[Reached, int]:
    counted = Counter(answers)
    return {answer: counted[answer] for answer in (Reached.REACHED, Reached.UNKNOWN, Reached.NOT_REACHED)}
