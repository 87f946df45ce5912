"""How far states have come that are on the way in, step by step, each dated by an act; and what one day has seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from tracker.domain.dates import Precision
from tracker.domain.vocabulary import EventKind, PlanState
from tracker.readmodel.edition import Edition
from tracker.readmodel.events import EventOnDay, RecordedEvent, by_date

# The steps towards a protocol, in the order in which states usually take them; some leave one out.
STEPS: Final = (
    EventKind.PARTNERSHIP_JOINED,
    EventKind.INTENSIFIED_DIALOGUE,
    EventKind.MAP_GRANTED,
    EventKind.APPLICATION,
    EventKind.INVITATION,
    EventKind.PROTOCOL_SIGNED,
)
# What a day is remembered for: turns of an accession, and the acts that complete an ally's approval.
_REMEMBERED: Final = frozenset(
    {
        EventKind.APPLICATION,
        EventKind.INVITATION,
        EventKind.PROTOCOL_SIGNED,
        EventKind.PROTOCOL_IN_FORCE,
        EventKind.ACCEDED,
        EventKind.WITHDRAWN,
        EventKind.CONSENT,
        EventKind.DEPOSITED,
    }
)


# Days after which a front page says that an event came late.
_LATE: Final = 7


@dataclass(frozen=True, slots=True)
class Way:
    """One state on its way: for each of `STEPS` the first act of that kind by the day, or None."""

    code: str
    steps: tuple[EventOnDay | None, ...]


def way_of(record: Edition, code: str, day: date) -> Way:
    """How far the state had come by the day. A step that no act tells of is left open, not inferred."""
    own = [event for event in record.events_by_accession.get(code, ()) if event.has_happened_by(day)]
    first = {event.kind: event for event in sorted(own, key=by_date, reverse=True)}
    return Way(code, tuple(first[kind].on(day) if kind in first else None for kind in STEPS))


def on_this_day(events: Iterable[RecordedEvent], day: date, most: int) -> list[EventOnDay]:
    """What had happened on that day of another year, the newest first."""
    found = [event for event in events if event.kind in _REMEMBERED and _is_anniversary(event, day)]
    return [event.on(day) for event in sorted(found, key=by_date, reverse=True)[:most]]


def _is_anniversary(event: RecordedEvent, day: date) -> bool:
    occurred = event.occurred.latest
    is_day = occurred is not None and event.occurred.precision is Precision.DAY and not event.is_planned
    return is_day and occurred is not None and occurred < day and (occurred.month, occurred.day) == (day.month, day.day)


def plans_ahead(record: Edition, codes: Iterable[str], day: date) -> list[RecordedEvent]:
    """What was announced for a later day in these accessions and still stood on the day shown, soonest first."""
    events = [event for code in codes for event in record.events_by_accession.get(code, ()) if event.is_planned]
    standing = [event for event in events if record.plan(event, day) is PlanState.PLANNED]
    announced = [
        event for event in standing if event.act.announced is None or event.act.announced.by(day).value == "reached"
    ]
    return sorted(announced, key=by_date)


def newest(events: Iterable[RecordedEvent], day: date, most: int) -> list[EventOnDay]:
    """What had happened last by the day, in the order of the days on which it happened."""
    happened = (event for event in events if event.has_happened_by(day) and event.occurred.precision is Precision.DAY)
    return [event.on(day) for event in sorted(happened, key=by_date, reverse=True)[:most]]


def late(record: Edition, events: Iterable[EventOnDay]) -> set[str]:
    """The keys of those that were recorded more than a week after their day; what a site begins with does not count."""
    began = record.always("began", lambda: min((one.recorded_at.date() for one in record.events), default=date.max))
    return {event.key for event in events if event.recorded.recorded_at.date() > began and _weeks_late(event.recorded)}


def _weeks_late(event: RecordedEvent) -> bool:
    latest = event.occurred.latest
    return latest is not None and (event.recorded_at.date() - latest).days > _LATE
