"""The first page of the desk: what waits, which plans nobody has heard of, what is stale, coming, or was last."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone

from tracker.desk.access.permissions import CHECK, FILE_REPORTS, RECORD, REVIEW, has_permission, has_verified_permission
from tracker.desk.drafts.keeping import drafts_of
from tracker.desk.forms.fields import Directory
from tracker.desk.review.beside import told_beside
from tracker.desk.unheard import plans_laid_down, shown_of, unheard_plans
from tracker.domain.vocabulary import AccessionStatus, ChangeType, Stage
from tracker.models import Change, Event, Ratification, Report
from tracker.readmodel import Edition, open_newest
from tracker.readmodel.log.entries import LogEntry, tell_entries

ROWS: Final = 10
# Where nobody has looked for so long, somebody should.
CHECK_EVERY: Final = timedelta(days=7)

# What a rule did, or that nothing was found, is no news to an editor.
_QUIET: Final = (
    ChangeType.SOURCE_CHECKED,
    ChangeType.CHECK_RETRACTED,
    ChangeType.REQUIREMENT_ADDED,
    ChangeType.PARTY_RECORDED,
)


def board(request: HttpRequest) -> dict[str, Any]:
    """What the first page shows, in a constant number of queries."""
    names, record, today = Directory().names, open_newest(), timezone.now().date()
    unheard = unheard_plans(record, today)
    return {
        "queue": _queue() if has_verified_permission(request, REVIEW) else None,
        "stale": _stale(names),
        "drafts": drafts_of(request.user)[:ROWS] if isinstance(request.user, User) else (),
        "unheard": shown_of(unheard, request.GET.get("unheard", "")),
        "unheard_in_all": len(unheard),
        "coming": _coming(record, today),
        "changes": _last_changes(names, record, today),
        "may_enter": has_permission(request, FILE_REPORTS),
        "may_record": has_permission(request, RECORD),
        "may_check": has_permission(request, CHECK),
    }


def _queue() -> dict[str, Any]:
    waiting = Report.objects.open().select_related("filed_by").order_by("filed_at")
    shown = list(waiting[:ROWS])
    return {"count": waiting.count(), "rows": list(zip(shown, told_beside(shown), strict=True))}


def _last_changes(names: Mapping[str, str], record: Edition, today: date) -> list[LogEntry]:
    changes = Change.objects.exclude(type__in=_QUIET).select_related("by")[:ROWS]
    return tell_entries(changes, record, names, today)


def _stale(names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The ratifications under way by the day when somebody should look, then by name; those not yet approved first."""
    rows = (
        Ratification.objects.filter(required=True, accession__status=AccessionStatus.SIGNED)
        .exclude(stage=Stage.DEPOSITED)
        .annotate(settled=Q(stage__in=[Stage.APPROVED, Stage.ASSENTED]))
        .select_related("accession", "ally")
        .order_by("settled", F("last_checked_at").asc(nulls_first=True))
    )
    told = [{"row": row, **_named(row, names), **_due(row.last_checked_at)} for row in rows]
    return sorted(told, key=lambda one: (one["row"].settled, one["day"], one["name"]))[: 4 * ROWS]


def _named(row: Ratification, names: Mapping[str, str]) -> dict[str, Any]:
    """The ally and the accession by name, and the day by which the order goes."""
    checked = row.last_checked_at.date() if row.last_checked_at else date.min
    ally, accession = (names.get(code, code) for code in (row.ally_id, row.accession_id))
    return {"name": ally, "accession": accession, "day": checked}


def _due(checked: datetime | None) -> dict[str, Any]:
    """When somebody should look again, and whether that is past."""
    due = checked + CHECK_EVERY if checked else None
    return {"due": due, "overdue": due is None or due < timezone.now()}


def _coming(record: Edition, today: date) -> list[Event]:
    """What is on record for days that lie ahead; no plan that was postponed or cancelled since."""
    ahead = Event.objects.standing().filter(earliest__gt=today).exclude(key__in=plans_laid_down(record, today))
    return list(ahead.select_related("accession", "actor").order_by("earliest")[:ROWS])
