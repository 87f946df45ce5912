"""A report as a whole: led to the way that suits it, made as the change that it proposes, or rejected."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tracker.actions import ChangeRequest, accept_change_request, change_request_of, reject_report
from tracker.desk.access.permissions import REVIEW
from tracker.desk.drafts.change_requests import QUEUE
from tracker.desk.drafts.draft_page import DraftPage
from tracker.desk.drafts.parts import Parts
from tracker.desk.drafts.preview import Plan
from tracker.desk.forms.saving import NothingForm, RejectForm, SavingForm
from tracker.desk.page import DeskPage
from tracker.desk.review.in_hand import in_hand
from tracker.desk.review.versions import versions_of
from tracker.domain.exceptions import TrackerError
from tracker.domain.same_act import Match
from tracker.domain.vocabulary import AuditAction, Origin, Proposes, ReportState
from tracker.exchange.dataset.comparing import compare
from tracker.models import Report

# To which way of accepting it a report leads, by how it stands beside the record.
_WAYS: Final[Mapping[Match, str]] = {
    Match.NEW: "event",
    Match.AGREES: "source",
    Match.PERHAPS: "source",
    Match.CONTRADICTS: "rectification",
}


class AsChange(DraftPage):
    """Make a change of the record that somebody else has proposed: just that change, or none."""

    permission = REVIEW
    action = AuditAction.ACCEPTED
    title = "Accept a change"
    save_label: ClassVar[str] = "Accept"
    report: Report
    change_request: ChangeRequest

    def setup(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        super().setup(request, *args, **options)
        waiting = Report.objects.select_related("filed_by", "taken_by").filter(proposes=Proposes.CHANGE)
        self.report = get_object_or_404(waiting, pk=options["pk"])
        self.change_request = change_request_of(self.report.pk)

    def empty(self) -> Parts:
        return {"nothing": NothingForm(label_suffix="")}

    def filled(self, data: Any) -> Parts:
        return {"nothing": NothingForm(data, label_suffix="")}

    def plan(self, parts: Parts, saving: SavingForm) -> Plan:
        note, notify, origin = self.change_request.note, self.change_request.notify, Origin.REPORT
        pk = self.report.pk
        return Plan(lambda log: accept_change_request(log, pk), self.user, note=note, notify=notify, origin=origin)

    def subject(self, parts: Parts) -> str:
        return str(self.report)

    def saved(self, parts: Parts) -> str:
        return reverse(QUEUE)

    def beside(self) -> dict[str, Any]:
        hand = in_hand(self.report, self.user)
        return {"report": self.report, "change_request": self.change_request, "settled": True, "hand": hand}


class ReviewPage(DeskPage):
    """The first page of a report: leads to the way that suits it."""

    permission = REVIEW

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """To the page that the comparison with the record suggests."""
        report = get_object_or_404(Report, pk=pk)
        if report.state != ReportState.FILED:
            messages.info(request, f"Report {pk} has been reviewed already: {ReportState(report.state).label}.")
            return HttpResponseRedirect(reverse("admin:tracker_report_change", args=[pk]))
        if report.proposes == Proposes.CHANGE:
            return HttpResponseRedirect(reverse("admin:tracker_report_change_request", args=[pk]))
        way = _WAYS[compare([report.proposal])[0].match]
        return HttpResponseRedirect(reverse(f"admin:tracker_report_{way}", args=[pk]))


class RejectPage(DeskPage):
    """Leave the record as it is, and say why."""

    permission = REVIEW
    title = "Reject"
    template = "admin/desk/reject.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form for the reason."""
        report = get_object_or_404(Report, pk=pk)
        form = RejectForm(self.sent_before, label_suffix="")
        return self.show({"form": form, "report": report, "versions": versions_of(report)})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Reject, if a reason is given."""
        report = get_object_or_404(Report, pk=pk)
        form = RejectForm(request.POST, label_suffix="")
        if not form.is_valid():
            return self.send_back()
        try:
            with transaction.atomic():
                reject_report(pk, reason=form.cleaned_data["reason"], by=self.user)
                self.audit(AuditAction.REJECTED, str(report), reason=form.cleaned_data["reason"])
        except TrackerError as refusal:
            return self.send_back(str(refusal))
        messages.success(request, f"Rejected: {report}.")
        return HttpResponseRedirect(reverse(QUEUE))
