"""The first page of the desk: what waits, what is stale, what is coming, what was last."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone

from tracker.desk.access.permissions import CHECK, FILE_REPORTS, RECORD, REVIEW, has_permission
from tracker.desk.forms.fields import Directory
from tracker.desk.review.versions import changed_in
from tracker.domain.same_act import Match
from tracker.domain.vocabulary import AccessionStatus, ChangeType, Proposes, Stage, Verb
from tracker.exchange.dataset.comparing import compare
from tracker.models import Change, Event, Ratification, Report
from tracker.readmodel import open_newest
from tracker.readmodel.log.entries import LogEntry, tell_entries

ROWS: Final = 10
# Where nobody has looked for so long, somebody should.
CHECK_EVERY: Final = timedelta(days=7)

# What a rule did, or that nothing was found, is no news to an editor.
_QUIET: Final = (ChangeType.SOURCE_CHECKED, ChangeType.REQUIREMENT_ADDED, ChangeType.PARTY_RECORDED)


def board(request: HttpRequest) -> dict[str, Any]:
    """What the first page shows, in a constant number of queries."""
    return {
        "queue": _queue() if has_permission(request, REVIEW) else None,
        "stale": _stale(),
        "coming": _coming(),
        "changes": _last_changes(),
        "may_enter": has_permission(request, FILE_REPORTS),
        "may_record": has_permission(request, RECORD),
        "may_check": has_permission(request, CHECK),
    }


def _queue() -> dict[str, Any]:
    waiting = Report.objects.open().select_related("filed_by").order_by("filed_at")
    shown = list(waiting[:ROWS])
    return {"count": waiting.count(), "rows": list(zip(shown, told_beside(shown), strict=True))}


def told_beside(reports: Sequence[Report]) -> list[str]:
    """What each of the reports is beside the record: a change of it, or an event that it has, or has not."""
    events = [one for one in reports if one.proposes == Proposes.EVENT]
    compared = dict(zip(events, compare(one.proposal for one in events), strict=True))
    return [
        Verb(report.proposal["verb"]).label if report not in compared else _beside(report, compared[report].match)
        for report in reports
    ]


def _beside(report: Report, match: Match) -> str:
    return f"{match.value}; the source has changed what it says" if changed_in(report) else match.value


def _last_changes() -> list[LogEntry]:
    changes = Change.objects.exclude(type__in=_QUIET).select_related("by")[:ROWS]
    return tell_entries(changes, open_newest(), Directory().names, timezone.now().date())


def _stale() -> list[dict[str, Any]]:
    """The ratifications under way: those not yet approved first, and of them those not looked at for longest."""
    rows = (
        Ratification.objects.filter(required=True, accession__status=AccessionStatus.SIGNED)
        .exclude(stage=Stage.DEPOSITED)
        .annotate(settled=Q(stage__in=[Stage.APPROVED, Stage.ASSENTED]))
        .select_related("accession", "ally")
        .order_by("settled", F("last_checked_at").asc(nulls_first=True), "pk")
    )
    return [{"row": row, **_due(row.last_checked_at)} for row in rows[: 4 * ROWS]]


def _due(checked: datetime | None) -> dict[str, Any]:
    """When somebody should look again, and whether that is past."""
    due = checked + CHECK_EVERY if checked else None
    return {"due": due, "overdue": due is None or due < timezone.now()}


def _coming() -> list[Event]:
    """What is on record for days that lie ahead."""
    ahead = Event.objects.standing().filter(earliest__gt=timezone.now().date())
    return list(ahead.select_related("accession", "actor").order_by("earliest")[:ROWS])
