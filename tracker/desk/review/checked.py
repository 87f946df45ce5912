"""“Checked, nothing new”: one click per ally, logged in the open; and taken back in the open where it was a mistake."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme

from tracker.actions import check_ratification, checks_standing, log_transaction, retract_check
from tracker.desk.access.permissions import CHECK
from tracker.desk.page import DeskPage
from tracker.desk.review.taking_back import TakeBackForm
from tracker.domain.exceptions import TrackerError
from tracker.domain.vocabulary import AuditAction
from tracker.models import Change, Ratification


class CheckedPage(DeskPage):
    """Takes the click; shows nothing of its own."""

    permission = CHECK
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say so in the log, and go back to where the click was."""
        row = get_object_or_404(Ratification, pk=pk)
        try:
            with log_transaction(by=self.user, notify=False) as log:
                check_ratification(log, accession=row.accession_id, ally=row.ally_id)
                self.audit(AuditAction.CHECKED, str(row))
        except TrackerError as refusal:
            messages.error(request, str(refusal))
        else:
            way = reverse("admin:tracker_ratification_change", args=[pk])
            words = '{}: checked, nothing new. A mistake? <a href="{}#checks">Take it back</a>.'
            messages.success(request, format_html(words, row, way))
        return HttpResponseRedirect(_back(request))


class UncheckPage(DeskPage):
    """Takes one “checked, nothing new” back, in the open."""

    permission = CHECK
    title = "Take a check back"
    template = "admin/desk/uncheck.html"

    def get(self, request: HttpRequest, pk: int, position: int) -> HttpResponse:
        """The form for the reason."""
        row = get_object_or_404(Ratification.objects.select_related("accession", "ally"), pk=pk)
        check = next((one for one in checks_of(row) if one.position == position), None)
        if check is None:
            messages.info(request, "That check does not stand any more.")
            return HttpResponseRedirect(reverse("admin:tracker_ratification_change", args=[pk]))
        form = TakeBackForm(self.sent_before, label_suffix="")
        return self.show({"form": form, "ratification": row, "check": check})

    def post(self, request: HttpRequest, pk: int, position: int) -> HttpResponse:
        """Take it back, if a reason is given."""
        form = TakeBackForm(request.POST, label_suffix="")
        if not form.is_valid():
            return self.send_back()
        row, reason = get_object_or_404(Ratification, pk=pk), form.cleaned_data["reason"]
        try:
            with log_transaction(by=self.user, notify=False) as log:
                retract_check(log, position, reason)
                self.audit(AuditAction.UNCHECKED, str(row), reason=reason)
        except TrackerError as refusal:
            return self.send_back(str(refusal))
        messages.success(request, f"{row}: check taken back.")
        return HttpResponseRedirect(reverse("admin:tracker_ratification_change", args=[pk]))


def checks_of(row: Ratification) -> list[Change]:
    """The checks of the ratification that stand, the newest first."""
    return checks_standing(row.accession_id, row.ally_id)


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return target if inside else reverse("admin:index")
