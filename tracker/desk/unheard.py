"""Plans at the desk: those whose day has come without word, and what an editor may now record of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import QueryDict
from django.urls import reverse

from tracker.domain.facts import EventFact
from tracker.domain.vocabulary import EventKind, PlanState
from tracker.models import Event
from tracker.models.facts_of_rows import event_fact
from tracker.readmodel import Edition

# What may have become of a plan: the kind of what is entered (None for its own), and whether that is a plan again.
_WORDS: Final = (
    ("Held", None, False),
    ("Postponed to another day", None, True),
    ("Postponed, no day told", EventKind.PLAN_POSTPONED, False),
    ("Cancelled", EventKind.PLAN_CANCELLED, False),
)

# How many of them the first page shows by itself.
SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Unheard:
    """A plan of which nothing was heard, and the addresses at which the word on it is entered, by what it says."""

    event: Event
    words: tuple[tuple[str, str], ...]


def unheard_plans(edition: Edition, day: date) -> list[Unheard]:
    """The plans whose day has come by that day without word, the longest waiting first; in at most three queries."""
    keys = [event.key for event in edition.events if edition.plan(event, day) is PlanState.UNKNOWN]
    if not keys:
        return []
    rows = Event.objects.standing().filter(key__in=keys).select_related("accession", "actor").with_parts()
    return [Unheard(row, tuple(_words(event_fact(row)))) for row in rows.order_by("latest", "recorded")]


def shown_of(plans: list[Unheard], wanted: str) -> list[Unheard]:
    """Those that the first page shows: so many of the longest waiting, or all where all were asked for."""
    return plans if wanted == "all" else plans[:SHOWN]


def plans_laid_down(edition: Edition, day: date) -> list[str]:
    """The keys of the plans that no longer stand: held, postponed or cancelled by that day."""
    ended = {PlanState.HELD, PlanState.POSTPONED, PlanState.CANCELLED}
    return [event.key for event in edition.events if edition.plan(event, day) in ended]


def _words(plan: EventFact) -> Iterable[tuple[str, str]]:
    """What may be said of the plan, and the form of it. The day is left empty: the source of the word tells it."""
    for word, kind, again in _WORDS:
        given = {
            "accession": plan.accession or "",
            "actor": plan.actor,
            "kind": (kind or plan.kind).value,
            "office": plan.office,
            "also": ", ".join(plan.also),
            "follows": plan.key,
            "planned": "on" if again else "",
            "step": str(plan.step) if plan.step and kind is None else "",
        }
        asked = QueryDict(mutable=True)
        asked.update({name: text for name, text in given.items() if text})
        yield word, f"{reverse('admin:tracker_event_add')}?{asked.urlencode()}"
