"""Who is on a report just now, whose it is, and how long it has waited: so that nobody does the work of another."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from tracker.desk.access.permissions import REVIEW
from tracker.desk.page import DeskPage
from tracker.models import Report

# Who has not decided by then has gone to lunch.
HELD: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class InHand:
    """What a reviewer should know of a report before they begin."""

    # Why this reviewer cannot accept it; empty where they can.
    barred: str
    # Who else is on it, and since when.
    held: str
    is_mine: bool
    waited: int


def in_hand(report: Report, user: User) -> InHand:
    """Whose the report is at this moment."""
    now = timezone.now()
    is_held = report.taken_at is not None and now - report.taken_at < HELD
    is_mine = is_held and report.taken_by_id == user.pk
    held = f"{report.taken_by} is on it since {report.taken_at:%H:%M} UTC" if is_held and not is_mine else ""
    author = report.amended_by_id or report.filed_by_id
    own = bool(settings.TWO_PAIRS_OF_EYES) and author == user.pk
    barred = "It is your own: with two pairs of eyes, another reviewer accepts it." if own else ""
    return InHand(barred, held, is_mine, (now - report.filed_at).days)


class TakePage(DeskPage):
    """Takes the click of a reviewer who is on it, or no longer."""

    permission = REVIEW
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Note it, and go on to the report."""
        report = get_object_or_404(Report.objects.open().select_related("taken_by"), pk=pk)
        is_mine = in_hand(report, self.user).is_mine
        taken = (None, None) if is_mine else (self.user, timezone.now())
        Report.objects.filter(pk=pk).update(taken_by=taken[0], taken_at=taken[1])
        messages.info(request, "You have put it down." if is_mine else "The others see that you are on it.")
        return HttpResponseRedirect(reverse("admin:tracker_report_review", args=[pk]))
