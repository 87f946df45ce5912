"""Accepting several reports at once: each with its own preview, each on record or refused by itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from pydantic import ValidationError

from tracker.actions import Writing, accept_report
from tracker.actions.reports import take_report
from tracker.admin.forms.fields import Directory
from tracker.admin.pages.base import DeskPage
from tracker.admin.permissions import REVIEW
from tracker.admin.preview import Plan, preview
from tracker.dataset.comparing import Verdict, compare
from tracker.exceptions import TrackerError
from tracker.facts import EventFact
from tracker.models import Report
from tracker.vocabulary import AuditAction, Origin

AT_ONCE = 50


@dataclass(frozen=True)
class Candidate:
    """One report: what accepting it would do, or why it cannot be accepted like this."""

    report: Report
    fact: EventFact | None = None
    lines: Sequence[str] = field(default_factory=tuple)
    refusal: str = ""


class AcceptManyPage(DeskPage):
    """The reports that were ticked in the queue, and what accepting them would do."""

    permission = REVIEW
    title = "Accept reports"
    template = "admin/desk/accept_many.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """What accepting each of them would do."""
        return self.show({"candidates": self._candidates(request.GET.getlist("pk"))})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Accept those that can be, each by itself, and tell of each that cannot."""
        for one in self._candidates(request.POST.getlist("pk")):
            refusal = one.refusal
            if one.fact is not None and not refusal:
                refusal = self._accept(one.report, one.fact)
            if refusal:
                messages.error(request, f"{one.report}: {refusal}")
        return HttpResponseRedirect(reverse("admin:tracker_report_changelist"))

    def _accept(self, report: Report, fact: EventFact) -> str:
        """Accept the report; why not, where it was refused."""
        try:
            accept_report(report.pk, fact, by=self.user)
        except TrackerError as refusal:
            return str(refusal)
        self.audit(AuditAction.ACCEPTED, str(report))
        messages.success(self.request, f"On record: {fact.title}.")
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
    if verdict is not Verdict.NEW:
        return Candidate(report, refusal="The record has such an event already: review it by itself.")
    try:
        fact = EventFact.model_validate(report.proposal)
    except ValidationError:
        return Candidate(report, refusal="Something is missing in it: review it by itself.")

    def work(log: Writing) -> None:
        take_report(log, report.pk, fact)

    try:
        seen = preview(Plan(work, user, origin=Origin.REPORT), directory)
    except TrackerError as refusal:
        return Candidate(report, refusal=str(refusal))
    return Candidate(report, fact, seen.lines)
