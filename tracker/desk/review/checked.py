"""“Checked, nothing new”: one click per ally, logged in the open."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from tracker.actions import check_ratification, log_transaction
from tracker.desk.access.permissions import CHECK
from tracker.desk.page import DeskPage
from tracker.domain.exceptions import TrackerError
from tracker.domain.vocabulary import AuditAction
from tracker.models import Ratification


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
            messages.success(request, f"{row}: checked, nothing new.")
        return HttpResponseRedirect(_back(request))


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return target if inside else reverse("admin:index")
