"""Accepting several reports at once: each with its own preview, each on record or refused by itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from pydantic import ValidationError

from tracker.actions import LogTransaction, accept_report
from tracker.actions.reports import take_report
from tracker.actions.warnings import warnings_about
from tracker.desk.access.permissions import REVIEW
from tracker.desk.drafts.draft_page import DeskPage
from tracker.desk.drafts.preview import Plan, preview
from tracker.desk.forms.fields import Directory
from tracker.domain.exceptions import TrackerError
from tracker.domain.facts import EventFact
from tracker.domain.vocabulary import AuditAction, Origin, Proposes
from tracker.exchange.dataset.comparing import Verdict, compare
from tracker.models import Report
from tracker.readmodel.record import Record, current_edition

AT_ONCE = 50
_KNOWN: Final = "The record has such an event already."


@dataclass(frozen=True)
class Candidate:
    """One report: what accepting it would do, or why it cannot be accepted like this."""

    report: Report
    fact: EventFact | None = None
    lines: Sequence[str] = field(default_factory=tuple)
    refusal: str = ""
    # What was shown of it, in short; it comes back with the click.
    digest: str = ""


class AcceptManyPage(DeskPage):
    """The reports that were ticked in the queue, and what accepting them would do."""

    permission = REVIEW
    title = "Accept reports"
    template = "admin/desk/accept_many.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """What accepting each of them would do."""
        candidates = self._candidates(request.GET.getlist("pk"))
        return self.show({"candidates": candidates, "acceptable": sum(one.fact is not None for one in candidates)})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Accept those that can be, each by itself, and tell of each that cannot."""
        for one in self._candidates(request.POST.getlist("pk")):
            if refusal := one.refusal or self._accept(one):
                messages.error(request, f"{one.report}: {refusal}")
        return HttpResponseRedirect(reverse("admin:tracker_report_changelist"))

    def _accept(self, one: Candidate) -> str:
        """Accept the report; why not, where it was refused."""
        if one.fact is None or self.request.POST.get(f"seen-{one.report.pk}") != one.digest:
            return "The record has moved since you looked: look again."
        # Two of the same batch may tell of one act; the second then is no longer new.
        if compare([one.report.proposal])[0].verdict is not Verdict.NEW:
            return _KNOWN
        try:
            accept_report(one.report.pk, one.fact, by=self.user)
        except TrackerError as refusal:
            return str(refusal)
        self.audit(AuditAction.ACCEPTED, str(one.report))
        messages.success(self.request, f"On record: {one.fact.title}.")
        return ""

    def _candidates(self, keys: Iterable[str]) -> list[Candidate]:
        wanted = [int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 16][:AT_ONCE]
        reports = list(Report.objects.open().filter(pk__in=wanted).select_related("filed_by").order_by("pk"))
        directory = Directory()
        compared = compare(report.proposal for report in reports)
        return [
            _candidate(report, one.verdict, self.user, directory) for report, one in zip(reports, compared, strict=True)
        ]


def _candidate(report: Report, verdict: Verdict, user: User, directory: Directory) -> Candidate:
    if report.proposes == Proposes.CHANGE:
        return Candidate(report, refusal="It changes what is on record.")
    if verdict is not Verdict.NEW:
        return Candidate(report, refusal=_KNOWN)
    try:
        fact = EventFact.model_validate(report.proposal)
    except ValidationError:
        return Candidate(report, refusal="Something is missing in it.")

    if warnings := warnings_about(fact, Record(current_edition()), timezone.now().date()):
        return Candidate(report, refusal=warnings[0].text)
    return _foreseen(report, fact, user, directory)


def _foreseen(report: Report, fact: EventFact, user: User, directory: Directory) -> Candidate:
    def work(log: LogTransaction) -> None:
        take_report(log, report.pk, fact)

    try:
        seen = preview(Plan(work, user, origin=Origin.REPORT), directory)
    except TrackerError as refusal:
        return Candidate(report, refusal=str(refusal))
    return Candidate(report, fact, seen.lines, digest=seen.digest)
