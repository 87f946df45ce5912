"""Putting an event right, taking it back, and citing a further source: always from the event itself, in the open."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tracker.actions import ChangeRequest
from tracker.desk.access.permissions import RECORD, RECTIFY
from tracker.desk.drafts.change_requests import ChangeRequestPage, CitePage, TakeBackPage, justification_in, sources_in
from tracker.desk.drafts.enter import EventDraft
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

    def setup(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        super().setup(request, *args, **options)
        self.event = get_object_or_404(Event.objects.with_parts(), pk=options["pk"])
        self.fact = event_fact(self.event)

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
    action = AuditAction.RECTIFIED
    save_label: ClassVar[str] = "Rectify"

    def setup(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        super().setup(request, *args, **options)
        self.original = self.fact

    def parts_for(self, fact: EventFact) -> Parts:
        return {"ground": GroundForm(label_suffix=""), **super().parts_for(fact)}

    def empty(self) -> Parts:
        return self.parts_for(self.fact)

    def filled(self, data: Any) -> Parts:
        return {"ground": GroundForm(data, label_suffix=""), **super().filled(data)}

    def canonical(self, parts: Parts) -> Parts:
        return {**super().canonical(parts), "ground": parts["ground"]}

    def compose(self, parts: Parts) -> ChangeRequest:
        self.facts = self.read(parts)
        return self.of_event(Verb.RECTIFY, fact=self.facts[0].document(), **justification_in(parts))


class RetractPage(OfAnEvent, TakeBackPage):
    """Take an event back, with nothing in its place."""

    permission = RECTIFY
    action = AuditAction.RECTIFIED

    def compose(self, parts: Parts) -> ChangeRequest:
        return self.of_event(Verb.RETRACT, **justification_in(parts))


class SourcePage(OfAnEvent, CitePage):
    """Cite further sources for an event as it stands."""

    permission = RECORD
    action = AuditAction.RECORDED
    save_label: ClassVar[str] = "Add"

    def compose(self, parts: Parts) -> ChangeRequest:
        return self.of_event(Verb.CITE, sources=tuple(sources_in(parts, self.event.key)))
