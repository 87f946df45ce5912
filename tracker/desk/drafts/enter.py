"""Entering an act: from what a person has read to an event on record, or before the reviewers."""

from typing import Any, cast

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from tracker.actions import ActWarning, check_waits, file_report, fingerprint_of, record_events, warnings_in
from tracker.desk.access.permissions import FILE_REPORTS, RECORD, has_permission
from tracker.desk.drafts.draft_page import DraftPage
from tracker.desk.drafts.parts import Parts, show_refusal
from tracker.desk.drafts.preview import Plan
from tracker.desk.forms.citations import CitationRows, ConflictRows, RowsOfFacts, citation_initial
from tracker.desk.forms.events import EventForm, event_initial
from tracker.desk.forms.hosts import remember
from tracker.desk.forms.saving import SavingForm
from tracker.domain.exceptions import KeyTaken, Unsourced
from tracker.domain.facts import EventFact
from tracker.domain.vocabulary import AuditAction, ReportChannel
from tracker.models import Event
from tracker.models.facts_of_rows import event_fact
from tracker.readmodel.record import Record, current_edition


class EventDraft(DraftPage):
    """A draft of an event: its form, its sources, its conflicting values."""

    # What the draft puts right or completes; None for a new one.
    original: EventFact | None = None
    facts: list[EventFact]

    def parts_for(self, fact: EventFact) -> Parts:
        """The forms with what the fact says."""
        initial = event_initial(fact, self.directory)
        conflicts = [conflict.model_dump(mode="json") for conflict in fact.conflicts]
        return {
            "draft": EventForm(initial=initial, original=self.original, directory=self.directory),
            "citations": CitationRows(initial=citation_initial(fact.sources), prefix="citations"),
            "conflicts": ConflictRows(initial=conflicts, prefix="conflicts"),
        }

    def empty(self) -> Parts:
        given = {name: self.request.GET[name][:200] for name in EventForm.base_fields if name in self.request.GET}
        return {
            "draft": EventForm(initial=given, original=self.original, directory=self.directory),
            "citations": CitationRows(prefix="citations"),
            "conflicts": ConflictRows(prefix="conflicts"),
        }

    def filled(self, data: Any) -> Parts:
        return {
            "draft": EventForm(data, original=self.original, directory=self.directory),
            "citations": CitationRows(data, prefix="citations"),
            "conflicts": ConflictRows(data, prefix="conflicts"),
        }

    def canonical(self, parts: Parts) -> Parts:
        shown = self.parts_for(self.facts[0])
        completes = cast(EventForm, parts["draft"]).cleaned_data.get("completes", False)
        cast(EventForm, shown["draft"]).initial["completes"] = completes
        return shown

    def read(self, parts: Parts) -> list[EventFact]:
        """The facts that the forms amount to. Raises `Unsourced` where no source is given."""
        sources = [row.source() for row in cast(RowsOfFacts, parts["citations"]).filled()]
        conflicts = [row.differing() for row in cast(RowsOfFacts, parts["conflicts"]).filled()]
        facts = cast(EventForm, parts["draft"]).facts(sources, conflicts)
        if not sources:
            raise Unsourced(facts[0].title)
        return facts

    def warnings(self) -> list[ActWarning]:
        """What is unlikely in the facts, each thing told once."""
        replaces = self.original.key if self.original else ""
        warnings = warnings_in(self.facts, Record(current_edition()), timezone.now().date(), replaces)
        return list(dict.fromkeys(warning for of_fact in warnings for warning in of_fact))

    def subject(self, parts: Parts) -> str:
        return self.facts[0].key

    def after_saving(self, parts: Parts) -> None:
        remember([source for fact in self.facts for source in fact.sources], self.user)


class EnterPage(EventDraft):
    """A new event; before the reviewers where the person may not record, or nobody may alone."""

    permission = FILE_REPORTS
    title = "Enter an act"
    offers_another = True
    action = AuditAction.RECORDED

    @property
    def only_files(self) -> bool:
        """Whether what is entered here waits for a reviewer."""
        return settings.TWO_PAIRS_OF_EYES or not has_permission(self.request, RECORD)

    def plan(self, parts: Parts, saving: SavingForm) -> Plan:
        self.facts = self.read(parts)
        self._refuse_taken_keys()
        data = saving.cleaned_data
        return Plan(
            # The consent first: after the vote alone, the log would say that approval may follow, and then that it has.
            work=lambda log: record_events(log, self.facts[::-1]),
            by=self.user,
            note=data["note"],
            notify=not data["minor"],
            warnings=self.warnings,
        )

    def empty(self) -> Parts:
        """The empty form; with the sources of the fact before it, where another of the kind is entered."""
        parts = super().empty()
        before = Event.objects.filter(key=self.request.GET.get("like", "")[:120]).with_parts().last()
        if before:
            sources = citation_initial(event_fact(before).sources)
            parts["citations"] = CitationRows(initial=sources, prefix="citations")
        return parts

    def _read(self, data: QueryDict) -> tuple[Parts, SavingForm]:
        """The forms; a source that is missing is told in the same round as everything else."""
        parts, saving = super()._read(data)
        rows = cast(RowsOfFacts, parts["citations"])
        if rows.is_valid() and not rows.filled():
            show_refusal(Unsourced("this act"), parts)
        return parts, saving

    def another(self, parts: Parts) -> str:
        fact = self.facts[0]
        kept = {"accession": fact.accession or "", "kind": fact.kind.value, "date": str(fact.occurred)}
        return f"{self.request.path}?{urlencode(kept if self.only_files else {**kept, 'like': fact.key})}"

    def _refuse_taken_keys(self) -> None:
        if Event.objects.filter(key=self.facts[0].key).exists():
            raise KeyTaken(self.facts[0].key)

    def do_file(self, plan: Plan) -> None:
        for fact in self.facts:
            self._file(fact, plan.note)

    def _file(self, fact: EventFact, message: str) -> None:
        report = file_report(
            fact.document(),
            fingerprint=fingerprint_of(fact),
            channel=ReportChannel.FORM,
            by=self.user,
            message=message,
        )
        check_waits(report)

    def done_message(self, parts: Parts) -> str:
        title = self.facts[0].title
        return f"Before the reviewers: {title}." if self.only_files else f"On record: {title}."

    def saved(self, parts: Parts) -> str:
        if self.only_files:
            return reverse("admin:tracker_report_changelist")
        event = Event.objects.filter(key=self.facts[0].key).latest("version")
        return reverse("admin:tracker_event_change", args=[event.pk])
