"""Reports: filed by anybody with a source, and put on record, or not, by a reviewer."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from tracker.actions.events import add_sources, record_events
from tracker.actions.log import Writing, writing
from tracker.actions.rectifications import Ground, correct_event
from tracker.exceptions import AlreadyReviewed, NotOnRecord, OwnReport, ReasonMissing
from tracker.facts import EventFact, Source
from tracker.models import Event, Report
from tracker.vocabulary import Origin, ReportChannel, ReportState


def file_report(
    proposal: Mapping[str, Any],
    *,
    fingerprint: str,
    channel: ReportChannel,
    by: User | None,
    evidence: Mapping[str, Any] | None = None,
    message: str = "",
) -> Report:
    """Put a proposed event before the reviewers. The same find is filed once: calling again returns the report."""
    report, _ = Report.objects.get_or_create(
        fingerprint=fingerprint,
        defaults={
            "proposal": dict(proposal),
            "channel": channel,
            "evidence": dict(evidence or {}),
            "message": message,
            "filed_at": timezone.now(),
            "filed_by": by,
        },
    )
    return report


def fingerprint_of(fact: EventFact) -> str:
    """What makes two reports the same report: all that they propose."""
    told = json.dumps(fact.document(), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def accept_report(report_id: int, fact: EventFact, *, by: User, note: str = "", notify: bool = True) -> Event:
    """Put on record what the reviewer made of the report: the proposal, completed.

    Of two reviewers the second is refused. Raises `AlreadyReviewed`, `OwnReport`, and what `record_event` raises;
    then nothing has moved.
    """
    with writing(by=by, origin=Origin.REPORT, note=note, notify=notify) as log:
        return take_report(log, report_id, fact)


def take_report(log: Writing, report_id: int, fact: EventFact) -> Event:
    """`accept_report` as a part of an action."""
    report = _lock(report_id, log.by)
    record_events(log, [fact])
    event = Event.objects.filter(key=fact.key).latest("version")
    _close(log, report, ReportState.ACCEPTED, event=event)
    return event


def accept_as_rectification(
    report_id: int, fact: EventFact, *, reason: str, by: User, version: int | None = None
) -> Event:
    """Put the record right with what the report shows: it replaces the event of the same key.

    Raises as `accept_report`, and as `rectify_event`.
    """
    with writing(by=by, origin=Origin.REPORT) as log:
        return take_as_rectification(log, report_id, fact, Ground(reason), version)


def take_as_rectification(
    log: Writing, report_id: int, fact: EventFact, ground: Ground, version: int | None = None
) -> Event:
    """`accept_as_rectification` as a part of an action."""
    report = _lock(report_id, log.by)
    correct_event(log, fact.key, fact, ground, version)
    event = Event.objects.filter(key=fact.key).latest("version")
    _close(log, report, ReportState.ACCEPTED, event=event)
    return event


def take_as_sources(log: Writing, report_id: int, key: str, sources: Sequence[Source]) -> Event:
    """Cite the report's sources for the event that it agrees with. Raises as `accept_report`, and `NotOnRecord`."""
    report = _lock(report_id, log.by)
    event = Event.objects.standing().filter(key=key).prefetch_related("citations").first()
    if event is None:
        raise NotOnRecord("event", key)
    add_sources(log, event, sources)
    _close(log, report, ReportState.ACCEPTED, event=event)
    return event


def reject_report(report_id: int, *, reason: str, by: User) -> Report:
    """Leave the record as it is, and say why. Raises `AlreadyReviewed`, `ReasonMissing`."""
    if not reason.strip():
        raise ReasonMissing
    with writing(by=by, origin=Origin.REPORT) as log:
        report = _lock(report_id, None)
        _close(log, report, ReportState.REJECTED, reason=reason)
    return report


def _lock(report_id: int, by: User | None) -> Report:
    report = Report.objects.select_for_update().filter(pk=report_id).first()
    if report is None:
        raise NotOnRecord("report", str(report_id))
    if report.state != ReportState.FILED:
        raise AlreadyReviewed(report_id, ReportState(report.state))
    if by is not None and settings.TWO_PAIRS_OF_EYES and report.filed_by_id == by.pk:
        raise OwnReport(report_id)
    return report


def _close(log: Writing, report: Report, state: ReportState, *, event: Event | None = None, reason: str = "") -> None:
    report.state, report.event, report.reason = state, event, reason
    report.reviewed_at, report.reviewed_by = log.now, log.by
    report.save(update_fields=["state", "event", "reason", "reviewed_at", "reviewed_by"])
