"""Entering one day on which many allies acted, all of it at once: a vote day of eight is one page and one preview."""

from typing import Any, cast

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from tracker.actions import ActWarning, check_waits, file_report, fingerprint_of, record_events, warnings_in
from tracker.desk.access.permissions import FILE_REPORTS, RECORD, has_permission
from tracker.desk.drafts.draft_page import DraftPage
from tracker.desk.drafts.parts import Parts
from tracker.desk.drafts.preview import Plan
from tracker.desk.forms.citations import CitationRows, RowsOfFacts, citation_initial
from tracker.desk.forms.form_errors import complaints_of
from tracker.desk.forms.hosts import remember
from tracker.desk.forms.saving import SavingForm
from tracker.desk.forms.vote_day import AllyRows, DayForm, facts_of_day
from tracker.domain.exceptions import KeyTaken, TrackerError, Unsourced
from tracker.domain.facts import EventFact, Source
from tracker.domain.vocabulary import AuditAction, ReportChannel
from tracker.models import Event
from tracker.readmodel.record import Record, current_edition


class Incomplete(TrackerError):
    """Something in the rows is not right yet; it is told there."""

    field = "allies"


class VoteDayPage(DraftPage):
    """Many allies' acts of one day."""

    permission = FILE_REPORTS
    title = "Enter a vote day"
    action = AuditAction.RECORDED
    facts: list[EventFact]

    @property
    def only_files(self) -> bool:
        """Whether what is entered here waits for a reviewer."""
        return bool(settings.TWO_PAIRS_OF_EYES) or not has_permission(self.request, RECORD)

    def empty(self) -> Parts:
        given = {name: self.request.GET[name][:200] for name in DayForm.base_fields if name in self.request.GET}
        return {
            "draft": DayForm(initial=given, directory=self.directory),
            "citations": CitationRows(prefix="citations"),
            "allies": AllyRows(prefix="allies"),
        }

    def filled(self, data: Any) -> Parts:
        return {
            "draft": DayForm(data, directory=self.directory),
            "citations": CitationRows(data, prefix="citations"),
            "allies": AllyRows(data, prefix="allies"),
        }

    def canonical(self, parts: Parts) -> Parts:
        shared = self._shared(parts)
        return {**parts, "citations": CitationRows(initial=citation_initial(shared), prefix="citations")}

    def _shared(self, parts: Parts) -> list[Source]:
        return [row.source() for row in cast(RowsOfFacts, parts["citations"]).filled()]

    def plan(self, parts: Parts, saving: SavingForm) -> Plan:
        shared, rows = self._shared(parts), cast(RowsOfFacts, parts["allies"])
        if not rows.filled():
            raise Incomplete("Say which allies acted: a row each.")
        if not shared:
            raise Unsourced(f"the day {parts['draft'].data.get('date', '')}")
        self.facts = facts_of_day(cast(DayForm, parts["draft"]), rows.filled(), shared, self.directory)
        if complaints_of([rows]):
            raise Incomplete("Some rows are not right yet; what is wrong stands at each.")
        self._refuse_taken_keys()
        data = saving.cleaned_data
        return Plan(
            # The consents first, as where a single vote completes the procedure.
            work=lambda log: record_events(log, self.facts[::-1]),
            by=self.user,
            note=data["note"],
            notify=not data["minor"],
            warnings=self._warnings,
        )

    def _refuse_taken_keys(self) -> None:
        if taken := Event.objects.filter(key__in=[fact.key for fact in self.facts]).first():
            raise KeyTaken(taken.key)

    def _warnings(self) -> list[ActWarning]:
        doubts = warnings_in(self.facts, Record(current_edition()), timezone.now().date())
        return [
            ActWarning(one.field, f"{fact.title}: {one.text}")
            for fact, of_fact in zip(self.facts, doubts, strict=True)
            for one in of_fact
        ]

    def do_file(self, plan: Plan) -> None:
        for fact in self.facts:
            print_of = fingerprint_of(fact)
            check_waits(
                file_report(
                    fact.document(), fingerprint=print_of, channel=ReportChannel.FORM, by=self.user, message=plan.note
                )
            )

    def after_saving(self, parts: Parts) -> None:
        remember([source for fact in self.facts for source in fact.sources], self.user)

    def subject(self, parts: Parts) -> str:
        return ", ".join(fact.key for fact in self.facts)

    def done_message(self, parts: Parts) -> str:
        where = "Before the reviewers" if self.only_files else "On record"
        return f"{where}: {len(self.facts)} acts of {self.facts[0].occurred}."

    def saved(self, parts: Parts) -> str:
        if self.only_files:
            return reverse("admin:tracker_report_changelist")
        query = urlencode({"accession__applicant__exact": self.facts[0].accession or ""})
        return f"{reverse('admin:tracker_event_changelist')}?{query}"
