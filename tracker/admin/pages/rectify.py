"""Putting an event right, taking it back, and citing a further source: always from the event itself, in the open."""

from typing import Any, ClassVar, cast

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tracker.actions import file_report
from tracker.actions.events import add_sources
from tracker.actions.rectifications import Ground, correct_event
from tracker.actions.reports import fingerprint_of
from tracker.admin.forms.citations import CitationRows, RowsOfFacts
from tracker.admin.forms.saving import GroundForm, SavingForm
from tracker.admin.pages.base import DraftPage, Parts
from tracker.admin.pages.enter import EventDraft
from tracker.admin.permissions import RECORD, RECTIFY
from tracker.admin.preview import Plan
from tracker.documents import event_fact
from tracker.exceptions import Unsourced
from tracker.facts import EventFact, Source
from tracker.models import Event
from tracker.vocabulary import AuditAction, ReportChannel


def ground_of(parts: Parts) -> Ground:
    """The reason and the credit that the form gives."""
    return Ground(**cast(GroundForm, parts["ground"]).cleaned_data)


def page_of(key: str) -> str:
    """The desk's page of the newest version of the event."""
    return reverse("admin:tracker_event_change", args=[Event.objects.filter(key=key).latest("version").pk])


class OfAnEvent(DraftPage):
    """A page about one event."""

    event: Event
    fact: EventFact

    def setup(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        super().setup(request, *args, **options)
        self.event = get_object_or_404(Event.objects.with_parts(), pk=options["pk"])
        self.fact = event_fact(self.event)

    def subject(self, parts: Parts) -> str:
        return self.event.key

    def saved(self, parts: Parts) -> str:
        return page_of(self.event.key)

    def beside(self) -> dict[str, Any]:
        return {"intro": str(self.event)}


class RectifyPage(EventDraft, OfAnEvent):
    """Say something else, in the open, and why. Waits for a reviewer where nobody may do it alone."""

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

    def plan(self, parts: Parts, saving: SavingForm) -> Plan:
        self.facts = self.read(parts)
        ground, data = ground_of(parts), saving.cleaned_data
        return Plan(
            work=lambda log: correct_event(log, self.event.key, self.facts[0], ground, self.event.version),
            by=self.user,
            note=data["note"],
            notify=not data["minor"],
            doubts=self.doubts(replaces=self.event.key),
        )

    def do(self, plan: Plan, parts: Parts) -> None:
        if not settings.TWO_PAIRS_OF_EYES:
            plan.carry_out()
            return
        fact, ground = self.facts[0], ground_of(parts)
        file_report(
            fact.document(),
            fingerprint=fingerprint_of(fact),
            channel=ReportChannel.FORM,
            by=self.user,
            message=ground.reason,
        )

    def subject(self, parts: Parts) -> str:
        return self.event.key

    def beside(self) -> dict[str, Any]:
        return {**OfAnEvent.beside(self), "only_files": settings.TWO_PAIRS_OF_EYES}


class RetractPage(OfAnEvent):
    """Take an event back, with nothing in its place."""

    permission = RECTIFY
    title = "Take back"
    action = AuditAction.RECTIFIED
    save_label: ClassVar[str] = "Take back"

    def empty(self) -> Parts:
        return {"ground": GroundForm(label_suffix="")}

    def filled(self, data: Any) -> Parts:
        return {"ground": GroundForm(data, label_suffix="")}

    def plan(self, parts: Parts, saving: SavingForm) -> Plan:
        ground, data = ground_of(parts), saving.cleaned_data
        return Plan(
            work=lambda log: correct_event(log, self.event.key, None, ground, self.event.version),
            by=self.user,
            note=data["note"],
            notify=not data["minor"],
        )


class SourcePage(OfAnEvent):
    """Cite further sources for an event as it stands."""

    permission = RECORD
    title = "Add a source"
    action = AuditAction.RECORDED
    save_label: ClassVar[str] = "Add"
    sources: list[Source]

    def empty(self) -> Parts:
        return {"citations": CitationRows(prefix="citations")}

    def filled(self, data: Any) -> Parts:
        return {"citations": CitationRows(data, prefix="citations")}

    def plan(self, parts: Parts, saving: SavingForm) -> Plan:
        self.sources = [row.source() for row in cast(RowsOfFacts, parts["citations"]).filled()]
        if not self.sources:
            raise Unsourced(self.event.key)
        event = get_object_or_404(Event.objects.standing().prefetch_related("citations"), pk=self.event.pk)
        return Plan(work=lambda log: add_sources(log, event, self.sources), by=self.user, notify=False)
