"""What is possible and yet unlikely: told before it is recorded, and confirmed by a person with a reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tracker.actions.checks import chamber_of
from tracker.domain.dates import PartialDate, Precision
from tracker.domain.facts import EventFact, ProcedureFact
from tracker.domain.standing import Act, Process
from tracker.domain.vocabulary import ALLY_ACTS, EVIDENCE, LADDER, EventKind, Milestone, Stage
from tracker.domain.votes import seats_on
from tracker.readmodel.record import Record

_SATURDAY: Final = 5
_VOTES: Final = frozenset({EventKind.CHAMBER_VOTE, EventKind.COMMITTEE_VOTE, EventKind.APPLICANT_VOTE})


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
            *_about_seats(fact, record.procedures.get(fact.actor)),
            *(_about_process(fact, processes[fact.accession], replaces) if fact.accession else ()),
        ]
        for fact in facts
    ]


def _about_process(fact: EventFact, process: Process, replaces: str) -> Iterator[ActWarning]:
    acts = [act for act in process.acts_by_actor.get(fact.actor, ()) if act.key != replaces]
    yield from _about_order(fact, process, acts)
    yield from _about_twin(fact, acts)


def _about_day(fact: EventFact, today: date) -> Iterator[ActWarning]:
    day = fact.occurred.earliest
    if day is not None and day > today:
        yield ActWarning("date", f"{fact.occurred} lies ahead: it goes on record as planned, and counts for nothing.")
    if day and fact.kind in _VOTES and fact.occurred.precision is Precision.DAY and day.weekday() >= _SATURDAY:
        yield ActWarning("date", f"{fact.occurred} is a {day:%A}: parliaments rarely vote then.")


def _about_seats(fact: EventFact, procedure: ProcedureFact | None) -> Iterator[ActWarning]:
    chamber = chamber_of(fact, procedure) if fact.votes else None
    if not chamber or not chamber.seats or not fact.votes or seats_on(chamber, fact.occurred) is not None:
        return
    if fact.votes.total > chamber.seats:
        yield ActWarning(
            "votes",
            f"{fact.votes.total} votes are more than the {chamber.seats} seats that the {chamber.name} has today; "
            "how many it had then is not on record.",
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
        if act.kind is fact.kind and fact.kind in ALLY_ACTS and same_body and act.key != fact.key:
            yield ActWarning("kind", f"“{act.kind.label}” is on record for {act.occurred} already ({act.key}).")


def _before(first: PartialDate, second: PartialDate) -> bool:
    return first.latest is not None and second.earliest is not None and first.latest < second.earliest
