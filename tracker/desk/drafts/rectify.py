"""Putting an event right, taking it back, and citing a further source: always from the event itself, in the open."""

from typing import Any, ClassVar, cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tracker.actions import ActWarning, ChangeRequest, new_sources
from tracker.desk.access.permissions import RECORD, RECTIFY
from tracker.desk.drafts.change_requests import ChangeRequestPage, CitePage, TakeBackPage, justification_in, sources_in
from tracker.desk.drafts.enter import EventDraft
from tracker.desk.drafts.pairs import PairForm, fact_of_partner, mirrored
from tracker.desk.drafts.parts import Parts
from tracker.desk.forms.saving import GroundForm
from tracker.domain.facts import EventFact
from tracker.domain.vocabulary import AuditAction, Subject, Verb
from tracker.models import Event
from tracker.models.facts_of_rows import event_fact


def page_of(key: str) -> str:
    """The desk's page of the newest version of the event."""
    return reverse("admin:tracker_event_change", args=[Event.objects.filter(key=key).latest("version").pk])


class OfAnEvent(ChangeRequestPage):
    """A page about one event."""

    event: Event
    fact: EventFact
    # What is offered to be done to the fact that was made with this one.
    pair_label: ClassVar[str] = ""
    partner: tuple[Event, EventFact] | None = None

    def setup(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        super().setup(request, *args, **options)
        self.event = get_object_or_404(Event.objects.with_parts(), pk=options["pk"])
        self.fact = event_fact(self.event)
        self.partner = fact_of_partner(self.event)

    def pair_part(self, data: Any = None) -> Parts:
        """The form that asks about the other one, where there is one."""
        if self.partner is None:
            return {}
        return {"pair": PairForm(data, prefix="pair", partner=self.partner[1], verb=self.pair_label)}

    def together(self, parts: Parts, verb: Verb, **more: Any) -> tuple[ChangeRequest, ...]:
        """The change of the other one, if it is to go the same way."""
        pair = cast("PairForm | None", parts.get("pair"))
        if self.partner is None or pair is None or not pair.cleaned_data["together"]:
            return ()
        row, _ = self.partner
        about = {"key": row.key, "title": row.title, "version": row.version}
        return (ChangeRequest(verb=verb, subject=Subject.EVENT, **about, **more),)

    def of_event(self, verb: Verb, **more: Any) -> ChangeRequest:
        """A change request about the event as it was when the page was asked for."""
        about = {"key": self.event.key, "title": self.event.title, "version": self.event.version}
        return ChangeRequest(verb=verb, subject=Subject.EVENT, **about, **more)

    def done_at(self) -> str:
        return page_of(self.event.key)

    def beside(self) -> dict[str, Any]:
        return {"intro": str(self.event)}


class RectifyPage(EventDraft, OfAnEvent):
    """Say something else, in the open, and why."""

    permission = RECTIFY
    title = "Rectify"
    pair_label = "Put right"
    left_behind: EventFact | None = None
    action = AuditAction.RECTIFIED
    save_label: ClassVar[str] = "Rectify"

    def setup(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        super().setup(request, *args, **options)
        self.original = self.fact

    def parts_for(self, fact: EventFact) -> Parts:
        return {"ground": GroundForm(label_suffix=""), **self.pair_part(), **super().parts_for(fact)}

    def empty(self) -> Parts:
        return self.parts_for(self.fact)

    def filled(self, data: Any) -> Parts:
        return {"ground": GroundForm(data, label_suffix=""), **self.pair_part(data), **super().filled(data)}

    def canonical(self, parts: Parts) -> Parts:
        return {**super().canonical(parts), **{name: parts[name] for name in ("ground", "pair") if name in parts}}

    def compose(self, parts: Parts) -> ChangeRequest:
        self.facts, reasons = self.read(parts), justification_in(parts)
        now = mirrored(self.fact, self.facts[0], self.partner[1]) if self.partner else None
        other = self.together(parts, Verb.RECTIFY, fact=now.document(), **reasons) if now else ()
        self.left_behind = self.partner[1] if self.partner and now and not other else None
        return self.of_event(Verb.RECTIFY, fact=self.facts[0].document(), together=other, **reasons)

    def warnings(self) -> list[ActWarning]:
        """What is unlikely; among it, that the other of two facts stays as it was."""
        left = self.left_behind
        if left is None:
            return super().warnings()
        text = f"“{left.title}” was made with it and stays at {left.occurred}, with its own sources."
        return [*super().warnings(), ActWarning("together", text)]


class RetractPage(OfAnEvent, TakeBackPage):
    """Take an event back, with nothing in its place."""

    permission = RECTIFY
    action = AuditAction.RECTIFIED

    pair_label = "Take back"

    def empty(self) -> Parts:
        return {**super().empty(), **self.pair_part()}

    def filled(self, data: Any) -> Parts:
        return {**super().filled(data), **self.pair_part(data)}

    def compose(self, parts: Parts) -> ChangeRequest:
        reasons = justification_in(parts)
        return self.of_event(Verb.RETRACT, together=self.together(parts, Verb.RETRACT, **reasons), **reasons)


class SourcePage(OfAnEvent, CitePage):
    """Cite further sources for an event as it stands."""

    permission = RECORD
    action = AuditAction.RECORDED
    save_label: ClassVar[str] = "Add"

    pair_label = "Cite for"

    def empty(self) -> Parts:
        return {**super().empty(), **self.pair_part()}

    def filled(self, data: Any) -> Parts:
        return {**super().filled(data), **self.pair_part(data)}

    def compose(self, parts: Parts) -> ChangeRequest:
        sources = tuple(sources_in(parts, self.event.key))
        new = new_sources(sources, self.partner[1].sources) if self.partner else []
        other = self.together(parts, Verb.CITE, sources=tuple(new)) if new else ()
        return self.of_event(Verb.CITE, sources=sources, together=other)
