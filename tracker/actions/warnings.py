"""What is possible and yet unlikely, or decides much: told before it is recorded, confirmed by a person with a reason.

One set of rules, whichever way a fact comes: entered, put right, reported and accepted, alone or with others, imported.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet

from tracker.actions.checks import chamber_of
from tracker.domain.dates import PartialDate, Precision
from tracker.domain.facts import ChamberFact, EventFact, ProcedureFact
from tracker.domain.standing import Act, Process
from tracker.domain.standing.votes import outcome_of, seats_on
from tracker.domain.vocabulary import ALLY_ACTS, EVIDENCE, LADDER, MILESTONE_OF, EventKind, Milestone, Outcome, Stage
from tracker.models import Party, Ratification
from tracker.models.facts_of_rows import party_fact
from tracker.readmodel.record import Record

_SATURDAY: Final = 5
# The turns of an accession in their order: each decides where every ally stands.
_TURNS: Final = (
    EventKind.APPLICATION,
    EventKind.INVITATION,
    EventKind.PROTOCOL_SIGNED,
    EventKind.PROTOCOL_IN_FORCE,
    EventKind.ACCEDED,
)
_APPROVED: Final = LADDER[LADDER.index(Stage.APPROVED) :]
_VOTES: Final = frozenset({EventKind.CHAMBER_VOTE, EventKind.COMMITTEE_VOTE, EventKind.APPLICANT_VOTE})


# What else has a place in the order of an accession: the act that usually comes before it.
_AFTER: Final[Mapping[EventKind, EventKind]] = {
    EventKind.PARTNERSHIP_LEFT: EventKind.PARTNERSHIP_JOINED,
    EventKind.INTENSIFIED_DIALOGUE: EventKind.DIALOGUE_REQUESTED,
    EventKind.MAP_GRANTED: EventKind.MAP_REQUESTED,
    EventKind.ACCESSION_TALKS: EventKind.INVITATION,
    EventKind.LETTER_OF_INTENT: EventKind.INVITATION,
    EventKind.APPLICANT_VOTE: EventKind.PROTOCOL_SIGNED,
    EventKind.APPLICANT_RATIFIED: EventKind.PROTOCOL_SIGNED,
    EventKind.APPLICANT_ASSENTED: EventKind.PROTOCOL_SIGNED,
    EventKind.APPLICANT_PUBLISHED: EventKind.PROTOCOL_SIGNED,
    EventKind.INVITATION_LETTER: EventKind.PROTOCOL_IN_FORCE,
    EventKind.APPLICANT_DEPOSITED: EventKind.PROTOCOL_IN_FORCE,
    EventKind.FLAG_RAISED: EventKind.ACCEDED,
    EventKind.WITHDRAWN: EventKind.APPLICATION,
}
# What may be done any number of times; of anything else a second one is looked at twice.
_REPEATED: Final = frozenset(
    {
        EventKind.STATEMENT,
        EventKind.MEETING,
        EventKind.CALL,
        EventKind.OBJECTION,
        EventKind.CONDITION_RAISED,
        EventKind.APPOINTMENT,
        EventKind.AGREEMENT_SIGNED,
        EventKind.PLAN_POSTPONED,
        EventKind.PLAN_CANCELLED,
        EventKind.RECALLED,
        EventKind.OTHER,
    }
)


@dataclass(frozen=True, slots=True)
class ActWarning:
    """What is unlikely, in a sentence, and which part of the draft it is about."""

    field: str
    text: str


def warnings_about(fact: EventFact, record: Record, today: date, replaces: str = "") -> list[ActWarning]:
    """What an editor should look at twice before recording the fact. `replaces` is the key that it puts right."""
    return warnings_in([fact], record, today, replaces)[0]


def warnings_in(facts: Sequence[EventFact], record: Record, today: date, replaces: str = "") -> list[list[ActWarning]]:
    """The same of each of the facts, in a constant number of queries."""
    processes = record.processes(fact.accession for fact in facts if fact.accession)
    return [
        [
            *_about_day(fact, today),
            *_about_vote(fact, record.procedures.get(fact.actor)),
            *(_about_process(fact, processes[fact.accession], replaces) if fact.accession else ()),
        ]
        for fact in facts
    ]


def _about_process(fact: EventFact, process: Process, replaces: str) -> Iterator[ActWarning]:
    acts = [act for act in process.acts_by_actor.get(fact.actor, ()) if act.key != replaces]
    yield from _about_order(fact, process, acts)
    yield from _about_twin(fact, acts)
    if fact.kind in MILESTONE_OF and not fact.planned:
        yield from _about_turn(fact, process, replaces)
    if fact.kind in _AFTER and not fact.planned:
        yield from _about_place(fact, process)


def _about_place(fact: EventFact, process: Process) -> Iterator[ActWarning]:
    """An act that usually follows on another: that one later on record, or not on record at all."""
    first = _AFTER[fact.kind]
    known = [act for acts in process.acts_by_actor.values() for act in acts if act.kind is first and not act.planned]
    if not known:
        yield ActWarning("kind", f"“{first.label}” usually comes first, and is not on record.")
    elif all(_before(fact.occurred, act.occurred) for act in known):
        yield ActWarning("date", f"“{first.label}” usually comes first, and is on record for {known[0].occurred}.")


def _about_turn(fact: EventFact, process: Process, replaces: str) -> Iterator[ActWarning]:
    """An act that decides for every ally at once: whether it is the only one, in its order, and for whom it decides."""
    others = (act for acts in process.acts_by_actor.values() for act in acts if act.key not in {fact.key, replaces})
    everything = [act for act in others if not act.planned]
    for act in everything:
        if act.kind is fact.kind:
            yield ActWarning("kind", f"“{act.kind.label}” is on record for {act.occurred} already ({act.key}).")
    known = {act.kind: act.occurred for act in everything}
    if fact.kind in _TURNS:
        yield from _about_turns_before(fact, known)
        yield from _about_turns_after(fact, known)
    if fact.kind is EventKind.PROTOCOL_IN_FORCE:
        yield from _about_missing_deposits(fact)
    if fact.kind is EventKind.WITHDRAWN:
        yield ActWarning("kind", f"It ends the accession of {fact.accession}: no ally’s act after it is expected.")


def _about_turns_before(fact: EventFact, known: Mapping[EventKind, PartialDate]) -> Iterator[ActWarning]:
    place = _TURNS.index(fact.kind)
    for kind in _TURNS[:place]:
        if kind in known and _before(fact.occurred, known[kind]):
            yield ActWarning("date", f"“{kind.label}” comes first, and is on record for {known[kind]}.")
    # Some were invited who had not applied in writing.
    if place > 1 and _TURNS[place - 1] not in known:
        yield ActWarning("kind", f"“{_TURNS[place - 1].label}” comes first, and is not on record.")


def _about_turns_after(fact: EventFact, known: Mapping[EventKind, PartialDate]) -> Iterator[ActWarning]:
    for kind in _TURNS[_TURNS.index(fact.kind) + 1 :]:
        if kind in known and _before(known[kind], fact.occurred):
            yield ActWarning("date", f"“{kind.label}” comes later, and is on record for {known[kind]}.")


def _about_missing_deposits(fact: EventFact) -> Iterator[ActWarning]:
    """Which allies have not approved or not deposited, as far as the record knows. Two queries."""
    stages = dict(_required(fact).exclude(stage=Stage.DEPOSITED).values_list("ally", "stage"))
    rows = Party.objects.for_display().filter(pk__in=stages)
    day = fact.occurred.latest or date.max
    names = {row.code: party_fact(row).name_on(day, "en") for row in rows}
    open_ = sorted(names[code] for code, stage in stages.items() if stage not in _APPROVED)
    if open_:
        yield ActWarning("kind", f"Not approved, as far as the record knows: {', '.join(open_)}.")
    if names:
        missing = ", ".join(sorted(names.values()))
        yield ActWarning(
            "kind", f"No deposit is on record of {missing}: of {len(names)} it will be inferred, by that day."
        )


def _required(fact: EventFact) -> QuerySet[Ratification]:
    return Ratification.objects.filter(accession=fact.accession, required=True)


def _about_day(fact: EventFact, today: date) -> Iterator[ActWarning]:
    day = fact.occurred.earliest
    if day is not None and day > today:
        yield ActWarning("date", f"{fact.occurred} lies ahead: it goes on record as planned, and counts for nothing.")
    if day and fact.kind in _VOTES and fact.occurred.precision is Precision.DAY and day.weekday() >= _SATURDAY:
        yield ActWarning("date", f"{fact.occurred} is a {day:%A}: parliaments rarely vote then.")


def _about_vote(fact: EventFact, procedure: ProcedureFact | None) -> Iterator[ActWarning]:
    chamber = chamber_of(fact, procedure)
    if fact.kind is EventKind.CHAMBER_VOTE and procedure and procedure.chambers and chamber is None:
        chambers = " or ".join(one.name for one in procedure.chambers)
        yield ActWarning("office", f"“{fact.office}” is no chamber of {fact.actor} on record: {chambers}.")
    if fact.kind in _VOTES and fact.votes and fact.votes.yes == fact.votes.no:
        yield ActWarning("votes", f"The vote is a tie, {fact.votes.yes} to {fact.votes.no}.")
    elif fact.kind in _VOTES and outcome_of(fact.outcome, fact.votes, chamber, fact.occurred) is Outcome.LOST:
        yield ActWarning("votes", "The vote was lost, as it is told: it moves no stage.")
    yield from _about_seats(fact, chamber)


def _about_seats(fact: EventFact, chamber: ChamberFact | None) -> Iterator[ActWarning]:
    if not chamber or not chamber.seats or not fact.votes or seats_on(chamber, fact.occurred) is not None:
        return
    if fact.votes.total > chamber.seats:
        yield ActWarning(
            "votes",
            f"{fact.votes.total} votes are more than the {chamber.seats} seats on record for the {chamber.name}; "
            "how many it had on that day is not known.",
        )


def _about_order(fact: EventFact, process: Process, acts: Sequence[Act]) -> Iterator[ActWarning]:
    if fact.actor == process.code or fact.kind not in ALLY_ACTS:
        return
    signed = process.milestones[Milestone.SIGNED].occurred
    if signed is None:
        yield ActWarning("date", f"The protocol on {fact.accession} has not been signed, as far as the record knows.")
    elif _before(fact.occurred, signed):
        yield ActWarning("date", f"The protocol was signed only on {signed}.")
    yield from _about_ladder(fact, acts)


def _about_ladder(fact: EventFact, acts: Sequence[Act]) -> Iterator[ActWarning]:
    """The stage that usually comes before this act: later on record, or not on record at all."""
    stage = EVIDENCE.get(fact.kind)
    if stage is None or stage is LADDER[0]:
        return
    earlier = [act for act in acts if (of := EVIDENCE.get(act.kind)) and LADDER.index(of) < LADDER.index(stage)]
    for act in earlier:
        if _before(fact.occurred, act.occurred):
            yield ActWarning("date", f"“{act.kind.label}” usually comes first, and is on record for {act.occurred}.")
    if LADDER.index(stage) > LADDER.index(Stage.APPROVED) and not any(act.kind is EventKind.CONSENT for act in earlier):
        yield ActWarning("kind", f"“{EventKind.CONSENT.label}” usually comes first, and is not on record.")


def _about_twin(fact: EventFact, acts: Sequence[Act]) -> Iterator[ActWarning]:
    for act in acts:
        same_body = fact.kind not in _VOTES or act.office == fact.office
        is_second = act.kind is fact.kind and fact.kind not in _REPEATED and fact.kind not in MILESTONE_OF
        if is_second and same_body and act.key != fact.key:
            yield ActWarning("kind", f"“{act.kind.label}” is on record for {act.occurred} already ({act.key}).")


def _before(first: PartialDate, second: PartialDate) -> bool:
    return first.latest is not None and second.earliest is not None and first.latest < second.earliest
