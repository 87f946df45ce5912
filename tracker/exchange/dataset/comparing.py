"""Proposed events beside the record: which of them it has already, and what they tell differently."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.domain.facts import EventFact
from tracker.domain.same_act import Comparison, compare_with
from tracker.models import Event
from tracker.models.facts_of_rows import event_fact

Proposal = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OnRecord(Comparison):
    """A proposal beside the event that it seems to be about, and the row of it."""

    event: Event | None = None


def compare(proposals: Iterable[Proposal]) -> list[OnRecord]:
    """Each proposal beside the record, in their order. Four queries, however many."""
    proposals = list(proposals)
    rows = {fact.key: (row, fact) for row, fact in _events_near(proposals)}
    by_actor: dict[str, list[EventFact]] = defaultdict(list)
    for _, fact in rows.values():
        by_actor[fact.actor].append(fact)
    return [_beside(proposal, rows, by_actor) for proposal in proposals]


def _beside(
    proposal: Proposal, rows: Mapping[str, tuple[Event, EventFact]], by_actor: Mapping[str, list[EventFact]]
) -> OnRecord:
    named = rows.get(str(proposal.get("key")))
    found = compare_with(proposal, [named[1]] if named else by_actor.get(str(proposal.get("actor")), ()))
    event = rows[found.fact.key][0] if found.fact else None
    return OnRecord(found.match, found.fact, found.differences, event)


def _events_near(proposals: Iterable[Proposal]) -> list[tuple[Event, EventFact]]:
    keys = {str(proposal.get("key")) for proposal in proposals}
    actors = {str(proposal.get("actor")) for proposal in proposals}
    standing = Event.objects.standing().with_parts().order_by("recorded")
    # A database takes only so many parameters; past that, reading all events is cheaper than asking often.
    if len(keys) + len(actors) <= 500:
        standing = standing.filter(key__in=keys) | standing.filter(actor__in=actors)
    return [(row, event_fact(row)) for row in standing]
