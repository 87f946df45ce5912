"""Accepting several reports at once: each with its own preview, each on record or refused by itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from pydantic import ValidationError

from tracker.actions import ActWarning, LogTransaction, accept_report, record_lock, warnings_about
from tracker.desk.access.permissions import REVIEW
from tracker.desk.drafts.preview import NotAgreed, Plan, carry_out, preview
from tracker.desk.forms.fields import Directory
from tracker.desk.page import DeskPage
from tracker.domain.exceptions import TrackerError
from tracker.domain.facts import EventFact
from tracker.domain.same_act import Match
from tracker.domain.vocabulary import AuditAction, Origin, Proposes
from tracker.exchange.dataset.comparing import compare
from tracker.models import Report
from tracker.readmodel.record import Record, current_edition

AT_ONCE: Final = 50


@dataclass(frozen=True)
class Candidate:
    """One report: what accepting it would do, or why it cannot be accepted like this."""

    report: Report
    lines: Sequence[str] = field(default_factory=tuple)
    refusal: str = ""
    # What was shown of it, in short; it comes back with the click.
    digest: str = ""

    @property
    def seen(self) -> tuple[list[str], str, str]:
        """What is shown of it beside the report, as JSON can hold it."""
        return list(self.lines), self.refusal, self.digest


class AcceptManyPage(DeskPage):
    """The reports that were ticked in the queue, and what accepting them would do."""

    permission = REVIEW
    title = "Accept reports"
    template = "admin/desk/accept_many.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Which reports they are; what accepting them would do is tried out only when that is asked for."""
        if (shown := self.handed_over("candidates")) is None:
            return self.show({"reports": _waiting(request.GET.getlist("pk"))})
        reports = {report.pk: report for report in _waiting(str(pk) for pk, *_ in shown)}
        candidates = [Candidate(reports[pk], *rest) for pk, *rest in shown if pk in reports]
        return self.show({"candidates": candidates, "acceptable": sum(not one.refusal for one in candidates)})

    def post(self, request: HttpRequest) -> HttpResponse:
        """What accepting each of them would do; or accept those that can be, and tell of each that cannot."""
        if "save" not in request.POST:
            # The list sends the ticked rows under the name that Django gives them.
            keys = [*request.POST.getlist("pk"), *request.POST.getlist(ACTION_CHECKBOX_NAME)]
            candidates = self._candidates(keys)
            self.hand_over("candidates", [[one.report.pk, *one.seen] for one in candidates])
            query = urlencode([("pk", one.report.pk) for one in candidates])
            return HttpResponseRedirect(f"{request.path}?{query}")
        directory = Directory()
        for report in _waiting(request.POST.getlist("pk")):
            self._accept(report, directory)
        return HttpResponseRedirect(reverse("admin:tracker_report_changelist"))

    def _accept(self, report: Report, directory: Directory) -> None:
        """Accept the report, if that still does what was shown of it; tell what came of it."""
        seen = self.request.POST.get(f"seen-{report.pk}", "")
        try:
            fact = complete_fact(report)
            with record_lock():
                carry_out(_plan(report, fact, self.user), directory, lambda now: now.digest == seen)
                self.audit(AuditAction.ACCEPTED, str(report))
        except NotAgreed as other:
            warnings = other.preview.warnings
            why = warnings[0].text if warnings else "The record has moved since you looked: look again."
            messages.error(self.request, f"{report}: {why}")
        except TrackerError as refusal:
            messages.error(self.request, f"{report}: {refusal}")
        else:
            messages.success(self.request, f"On record: {fact.title}.")

    def _candidates(self, keys: Iterable[str]) -> list[Candidate]:
        """What accepting each would do: each tried out by itself, with the record in hand once for all of them."""
        directory = Directory()
        with record_lock():
            return [_candidate(report, self.user, directory) for report in _waiting(keys)]


def _waiting(keys: Iterable[str]) -> list[Report]:
    """Those of the reports that wait for a reviewer."""
    wanted = [int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 16][:AT_ONCE]
    return list(Report.objects.open().filter(pk__in=wanted).select_related("filed_by").order_by("pk"))


class NotSimple(TrackerError):
    """A report that cannot be accepted without a closer look."""


def complete_fact(report: Report) -> EventFact:
    """The event that the report proposes. Raises `NotSimple` where it proposes none, or an incomplete one."""
    if report.proposes == Proposes.CHANGE:
        raise NotSimple("It changes what is on record.")
    try:
        return EventFact.model_validate(report.proposal)
    except ValidationError:
        raise NotSimple("Something is missing in it.") from None


def _plan(report: Report, fact: EventFact, user: User) -> Plan:
    """To accept the report as it is. Its work raises `NotSimple` for what the record has already."""

    def work(log: LogTransaction) -> None:
        # Asked with the record in hand: two of one batch may tell of one act, and the second then is no longer new.
        if compare([report.proposal])[0].match is not Match.NEW:
            raise NotSimple("The record has such an event already.")
        accept_report(log, report.pk, fact)

    def warnings() -> list[ActWarning]:
        return warnings_about(fact, Record(current_edition()), timezone.now().date())

    return Plan(work, user, warnings=warnings, origin=Origin.REPORT)


def _candidate(report: Report, user: User, directory: Directory) -> Candidate:
    try:
        seen = preview(_plan(report, complete_fact(report), user), directory)
    except TrackerError as refusal:
        return Candidate(report, refusal=str(refusal))
    if seen.warnings:
        return Candidate(report, refusal=seen.warnings[0].text)
    return Candidate(report, seen.lines, digest=seen.digest)
