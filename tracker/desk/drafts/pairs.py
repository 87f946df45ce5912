"""Facts that were made together: a vote, and the consent that it completed. They are put right together."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from tracker.domain.facts import EventFact
from tracker.domain.vocabulary import EventKind
from tracker.models import Event
from tracker.models.facts_of_rows import event_fact

_OTHER: Final[Mapping[EventKind, EventKind]] = {
    EventKind.CHAMBER_VOTE: EventKind.CONSENT,
    EventKind.CONSENT: EventKind.CHAMBER_VOTE,
}
# What both say, since both are of one moment in one room.
_SHARED: Final = ("occurred", "actor", "accession", "also", "office", "planned", "announced")


class PairForm(forms.Form):
    """Whether the other one goes the same way."""

    together = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, partner: EventFact, verb: str, **options: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **options})
        self.fields["together"].label = f"{verb}, too: {partner.title} ({partner.occurred})"
        self.fields["together"].help_text = "It was made with this one: the same act, on the same day, by one source."


def partner_of(event: Event) -> Event | None:
    """The vote or consent that stands beside this one: of the same accession, ally and day, resting on one source."""
    other = _OTHER.get(EventKind(event.kind))
    if other is None:
        return None
    beside = Event.objects.standing().filter(accession=event.accession_id, actor=event.actor_id, date=event.date)
    urls = [citation.url for citation in event.citations.all()]
    made = beside.filter(kind=other).with_parts().order_by("pk")
    return next((one for one in made if {citation.url for citation in one.citations.all()} & set(urls)), None)


def mirrored(was: EventFact, now: EventFact, partner: EventFact) -> EventFact | None:
    """The partner with what has changed in what both say; None where nothing of that has."""
    shared = {name: getattr(now, name) for name in _SHARED if getattr(now, name) != getattr(was, name)}
    changed = {name: value for name, value in shared.items() if getattr(partner, name) == getattr(was, name)}
    if now.sources != was.sources:
        gone = [one for one in was.sources if one not in now.sources]
        new = [one for one in now.sources if one not in was.sources]
        changed["sources"] = (*(one for one in partner.sources if one not in gone), *new) or partner.sources
    told = partner.model_copy(update=changed)
    return told if told != partner else None


def fact_of_partner(event: Event) -> tuple[Event, EventFact] | None:
    """The partner's row, and what it says."""
    partner = partner_of(event)
    return (partner, event_fact(partner)) if partner else None
