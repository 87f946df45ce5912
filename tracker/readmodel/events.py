"""Events as an edition tells them, and what of them had happened by a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final

from tracker.domain.dates import PartialDate, Precision
from tracker.domain.facts import EventFact, Source, Tally
from tracker.domain.standing import Act, said_to_be_carried
from tracker.domain.vocabulary import ALLY_ACTS, MILESTONE_OF, EventKind, Reached
from tracker.readmodel.days.hindsight import Dated, later_of
from tracker.readmodel.fold import STAMP, Document, without

# What moves an accession on; everything else happened around it.
PROCEDURE: Final = ALLY_ACTS | frozenset(MILESTONE_OF) | {EventKind.APPLICANT_RATIFIED, EventKind.APPLICANT_DEPOSITED}


@dataclass(frozen=True, eq=False)
class RecordedEvent:
    """One event on record. What standing needs of it is at hand; the whole fact is read when it is asked for."""

    document: Document
    act: Act

    @cached_property
    def fact(self) -> EventFact:
        """The event as a fact."""
        return EventFact.model_validate(without(self.document, *STAMP, "version"))

    @property
    def key(self) -> str:
        """What names it."""
        return self.act.key

    @property
    def kind(self) -> EventKind:
        """What kind of event it is."""
        return self.act.kind

    @property
    def actor(self) -> str:
        """The code of who acted."""
        return self.act.actor

    @property
    def accession(self) -> str | None:
        """The code of the accession that it belongs to, if it belongs to one."""
        return self.act.accession

    @property
    def accessions(self) -> tuple[str, ...]:
        """The codes of all accessions that it served."""
        return tuple(filter(None, (self.act.accession, *(self.document.get("also") or ()))))

    @property
    def is_planned(self) -> bool:
        """Whether it was only announced for its day."""
        return self.act.planned

    @property
    def occurred(self) -> PartialDate:
        """When it took place."""
        return self.act.occurred

    @property
    def title(self) -> str:
        """What happened, in a line."""
        return str(self.document["title"])

    @property
    def sources(self) -> tuple[Source, ...]:
        """Who says so."""
        return self.fact.sources

    @property
    def is_unsourced(self) -> bool:
        """Whether nothing is cited for it."""
        return not self.document["sources"]

    @property
    def recorded(self) -> int:
        """The position at which the log told of this version."""
        return self.act.recorded

    @property
    def recorded_at(self) -> datetime:
        """When this version was recorded."""
        return datetime.fromisoformat(self.document["recorded_at"])

    @property
    def version(self) -> int:
        """How often the log has told the event anew."""
        return int(self.document["version"])

    @cached_property
    def _dated(self) -> Dated[EventFact]:
        return Dated(self.fact, self.recorded_at.date())

    def on(self, day: date) -> "EventOnDay":
        """The event as it may be told on that day, by which it had happened or may have."""
        return EventOnDay(self, self._dated.on(day), _date_on(self.occurred, day))

    def has_happened_by(self, day: date) -> bool:
        """Whether it had happened by the end of that day, or may have. What is only planned never has."""
        return not self.is_planned and self.occurred.by(day) is not Reached.NOT_REACHED


@dataclass(frozen=True)
class EventOnDay:
    """An event as it may be told on a day: no source, no text and no end of an interval from later."""

    recorded: RecordedEvent
    fact: EventFact
    occurred: PartialDate

    @property
    def key(self) -> str:
        """What names it."""
        return self.recorded.key

    @property
    def kind(self) -> EventKind:
        """What kind of event it is."""
        return self.recorded.kind

    @property
    def actor(self) -> str:
        """The code of who acted."""
        return self.recorded.actor

    @property
    def title(self) -> str:
        """What happened, in a line; only its kind, where the title names what came later."""
        return self.fact.title or str(self.kind.label)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Who had said so by then."""
        return self.fact.sources

    @property
    def later_sources(self) -> tuple[Source, ...]:
        """The sources that came later."""
        return later_of(self.recorded.sources, self.sources)

    @property
    def is_unsourced(self) -> bool:
        """Whether nothing is cited for it, on any day."""
        return self.recorded.is_unsourced


def _date_on(occurred: PartialDate, day: date) -> PartialDate:
    """The date as it may be told on the day: an interval that reaches beyond it is still open."""
    if occurred.precision is not Precision.INTERVAL or (occurred.latest is not None and occurred.latest <= day):
        return occurred
    return PartialDate(occurred.earliest, None)


def event_of(document: Document) -> RecordedEvent:
    """The event of a document of the log."""
    votes, announced, ordinal = document["votes"], document.get("announced"), document.get("ordinal")
    act = Act(
        key=document["key"],
        kind=EventKind(document["kind"]),
        actor=document["actor"],
        occurred=PartialDate.parse(document["date"]),
        accession=document["accession"],
        office=document["office"] or "",
        carried=said_to_be_carried(document.get("outcome") or ""),
        recorded=document["recorded"],
        votes=Tally(**votes) if votes else None,
        planned=document.get("planned") or False,
        announced=PartialDate.parse(announced) if announced else None,
        follows=document.get("follows") or "",
        step=document.get("step"),
        ordinal=ordinal["number"] if ordinal else None,
    )
    return RecordedEvent(document, act)


def events_by(events: Iterable[RecordedEvent], as_of: date) -> list[EventOnDay]:
    """Those of the events that had happened by the day, or may have, in order of date."""
    happened = sorted((event for event in events if event.has_happened_by(as_of)), key=by_date)
    return [event.on(as_of) for event in happened]


def by_date(event: RecordedEvent) -> tuple[date, int]:
    """The order of events in time: by the last day on which they may have happened, then as they were recorded."""
    return event.occurred.latest or date.max, event.recorded


def split_by_part(events: Sequence[EventOnDay]) -> tuple[list[EventOnDay], list[EventOnDay]]:
    """The acts of the procedure, and what happened around it."""
    acts = [event for event in events if event.kind in PROCEDURE]
    return acts, [event for event in events if event.kind not in PROCEDURE]
