"""Events as readers are shown them: what had happened by a day, and what this site knew of it at an edition."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from tracker.domain.vocabulary import ALLY_ACTS, MILESTONE_OF, EventKind
from tracker.models import Citation, Conflict, Event
from tracker.readmodel.record import Record

# What moves an accession on; everything else happened around it.
PROCEDURE = ALLY_ACTS | frozenset(MILESTONE_OF) | {EventKind.APPLICANT_RATIFIED, EventKind.APPLICANT_DEPOSITED}


def citations_at(edition: int) -> Prefetch[Any, Any, Any]:
    """The sources that the edition had."""
    return Prefetch("citations", Citation.objects.filter(recorded__lte=edition))


def parts_at(events: QuerySet[Event], edition: int) -> QuerySet[Event]:
    """The events with their sources as that edition had them, and all else that a page shows of them."""
    return events.prefetch_related(citations_at(edition), Prefetch("conflicts", Conflict.objects.all()), "others")


def events_by(record: Record, as_of: date) -> QuerySet[Event]:
    """The events that had happened by the day, or may have, in order of date."""
    happened = Q(earliest__lte=as_of) | Q(earliest__isnull=True)
    return record.events().filter(happened).order_by("latest", "recorded")


def by_key(events: Iterable[Event]) -> dict[str, Event]:
    """The events by their key."""
    return {event.key: event for event in events}


def split_by_part(events: Sequence[Event]) -> tuple[list[Event], list[Event]]:
    """The acts of the procedure, and what happened around it."""
    acts = [event for event in events if event.kind in PROCEDURE]
    return acts, [event for event in events if event.kind not in PROCEDURE]
