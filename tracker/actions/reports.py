"""Reports: filed by anybody with a source, and put on record, or not, by a reviewer.

Where two pairs of eyes are required, nobody accepts what they have filed or changed themselves.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from pydantic import ValidationError

from tracker.actions.change_requests import ChangeRequest, apply_change_request
from tracker.actions.changelog import LogTransaction, log_transaction
from tracker.actions.events import add_sources, record_events
from tracker.actions.rectifications import Justification, correct_event
from tracker.domain.exceptions import AlreadyReviewed, NotAsFiled, NotOnRecord, OwnReport, ReasonMissing
from tracker.domain.facts import Differing, EventFact, Source
from tracker.domain.vocabulary import Origin, Proposes, ReportChannel, ReportState
from tracker.models import Event, Report
from tracker.models.facts_of_rows import event_fact


def file_report(
    proposal: Mapping[str, Any],
    *,
    fingerprint: str,
    channel: ReportChannel,
    by: User | None,
    evidence: Mapping[str, Any] | None = None,
    message: str = "",
    find: str = "",
) -> Report:
    """Put a proposed event before the reviewers. The same find is filed once: calling again returns the report.

    `find` is what a watch calls it, where what it says may change under that name.
    """
    return _file(fingerprint, dict(proposal), Proposes.EVENT, channel, by, dict(evidence or {}), message, find)


def file_change_request(change_request: ChangeRequest, *, by: User) -> Report:
    """Put a change of the record before the reviewers. The same change is filed once, as long as it waits.

    Raises `AlreadyReviewed` for one that a reviewer has decided on.
    """
    report = _file(
        change_request.fingerprint(),
        change_request.document(),
        Proposes.CHANGE,
        ReportChannel.FORM,
        by,
        {},
        change_request.reason,
    )
    return check_waits(report)


def check_waits(report: Report) -> Report:
    """The report, if it still waits. Raises `AlreadyReviewed`."""
    if report.state != ReportState.FILED:
        raise AlreadyReviewed(report.pk, ReportState(report.state))
    return report


def _file(
    fingerprint: str,
    proposal: dict[str, Any],
    proposes: Proposes,
    channel: ReportChannel,
    by: User | None,
    evidence: dict[str, Any],
    message: str,
    find: str = "",
) -> Report:
    report, _ = Report.objects.get_or_create(
        fingerprint=fingerprint,
        defaults={
            "proposal": proposal,
            "proposes": proposes,
            "channel": channel,
            "evidence": evidence,
            "message": message,
            "filed_at": timezone.now(),
            "filed_by": by,
            "find": find,
        },
    )
    return report


def fingerprint_of(fact: EventFact) -> str:
    """What makes two reports the same report: all that they propose."""
    told = json.dumps(fact.document(), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def accept_report(report_id: int, fact: EventFact, *, by: User, note: str = "", notify: bool = True) -> Event:
    """Put on record what the reviewer made of the report: the proposal, completed.

    Of two reviewers the second is refused. Raises `AlreadyReviewed`, `OwnReport`, `NotAsFiled`, and what
    `record_event` raises; then nothing has moved.
    """
    with log_transaction(by=by, origin=Origin.REPORT, note=note, notify=notify) as log:
        return take_report(log, report_id, fact)


def take_report(log: LogTransaction, report_id: int, fact: EventFact) -> Event:
    """`accept_report` as a part of an action."""
    report = _lock(report_id, log.by)
    _check_as_filed(report, fact, log)
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
    with log_transaction(by=by, origin=Origin.REPORT) as log:
        return take_as_rectification(log, report_id, fact, Justification(reason), version)


def take_as_rectification(
    log: LogTransaction, report_id: int, fact: EventFact, justification: Justification, version: int | None = None
) -> Event:
    """`accept_as_rectification` as a part of an action."""
    report = _lock(report_id, log.by)
    _check_as_filed(report, fact, log)
    correct_event(log, fact.key, fact, justification, version)
    event = Event.objects.filter(key=fact.key).latest("version")
    _close(log, report, ReportState.ACCEPTED, event=event)
    return event


def take_as_conflicts(
    log: LogTransaction, report_id: int, key: str, conflicts: Sequence[Differing], version: int | None = None
) -> Event:
    """Keep what we say, and tell beside it what the report says differently. Raises as `accept_as_rectification`."""
    report = _lock(report_id, log.by)
    event = Event.objects.standing().with_parts().filter(key=key).first()
    if event is None:
        raise NotOnRecord("event", key)
    fact = event_fact(event)
    new = [one for one in conflicts if one not in fact.conflicts]
    told = fact.model_copy(update={"conflicts": (*fact.conflicts, *new)})
    correct_event(log, key, told, Justification("Another source tells it differently."), version)
    event = Event.objects.filter(key=key).latest("version")
    _close(log, report, ReportState.ACCEPTED, event=event)
    return event


def take_as_sources(log: LogTransaction, report_id: int, key: str, sources: Sequence[Source]) -> Event:
    """Cite the report's sources for the event that it agrees with. Raises as `accept_report`, and `NotOnRecord`."""
    report = _lock(report_id, log.by)
    event = Event.objects.standing().filter(key=key).prefetch_related("citations").first()
    if event is None:
        raise NotOnRecord("event", key)
    add_sources(log, event, sources)
    _close(log, report, ReportState.ACCEPTED, event=event)
    return event


def accept_change_request(report_id: int, *, by: User) -> Report:
    """Change the record as the report proposes. Raises `AlreadyReviewed`, `OwnReport`, and what the change raises."""
    change_request = change_request_of(report_id)
    with log_transaction(by=by, origin=Origin.REPORT, note=change_request.note, notify=change_request.notify) as log:
        return take_change_request(log, report_id)


def change_request_of(report_id: int) -> ChangeRequest:
    """The change that the report proposes. Raises `NotOnRecord` where it proposes none."""
    report = Report.objects.filter(pk=report_id, proposes=Proposes.CHANGE).first()
    if report is None:
        raise NotOnRecord("proposed change", str(report_id))
    return ChangeRequest.model_validate(report.proposal)


def take_change_request(log: LogTransaction, report_id: int) -> Report:
    """`accept_change_request` as a part of an action."""
    report = _lock(report_id, log.by)
    apply_change_request(log, ChangeRequest.model_validate(report.proposal))
    _close(log, report, ReportState.ACCEPTED)
    return report


def amend_report(report_id: int, fact: EventFact, *, by: User) -> Report:
    """Complete or correct what was filed, for another reviewer to accept. Raises `AlreadyReviewed`, `NotOnRecord`."""
    with transaction.atomic():
        report = _lock(report_id, None)
        report.proposal, report.amended_by = fact.document(), by
        report.save(update_fields=["proposal", "amended_by"])
    return report


def matches_report(report: Report, fact: EventFact) -> bool:
    """Whether the fact says what the report does, and where the report is silent, what the record says."""
    told = {name: value for name, value in report.proposal.items() if value not in (None, "", [], {})}
    known = Event.objects.standing().with_parts().filter(key=fact.key).first()
    if known is not None:
        told = _over(event_fact(known), told)
    try:
        filed = EventFact.model_validate(told)
    except ValidationError:
        return False
    # How firmly the sources stand follows from the sources.
    return fact == filed.model_copy(update={"confidence": fact.confidence})


def _over(was: EventFact, told: dict[str, Any]) -> dict[str, Any]:
    """What the event says once the report is laid over it: what it rested on stays, and its key and conflicts too."""
    document = was.document()
    cited = [one["url"] for one in document["sources"]]
    given = told.get("sources")
    rows = given if isinstance(given, list) else []
    new = [one for one in rows if isinstance(one, dict) and one.get("url") not in cited]
    kept = {"key": was.key, "conflicts": document["conflicts"], "sources": [*document["sources"], *new]}
    return document | told | kept


def _check_as_filed(report: Report, fact: EventFact, log: LogTransaction) -> None:
    if settings.TWO_PAIRS_OF_EYES and log.by is not None and not matches_report(report, fact):
        raise NotAsFiled(report.pk)


def reject_report(report_id: int, *, reason: str, by: User) -> Report:
    """Leave the record as it is, and say why. Raises `AlreadyReviewed`, `ReasonMissing`."""
    if not reason.strip():
        raise ReasonMissing
    with log_transaction(by=by, origin=Origin.REPORT) as log:
        report = _lock(report_id, None)
        _close(log, report, ReportState.REJECTED, reason=reason)
    return report


def _lock(report_id: int, by: User | None) -> Report:
    report = Report.objects.select_for_update().filter(pk=report_id).first()
    if report is None:
        raise NotOnRecord("report", str(report_id))
    check_waits(report)
    if by is not None and settings.TWO_PAIRS_OF_EYES and by.pk == (report.amended_by_id or report.filed_by_id):
        raise OwnReport(report_id)
    return report


def _close(
    log: LogTransaction, report: Report, state: ReportState, *, event: Event | None = None, reason: str = ""
) -> None:
    report.state, report.event, report.reason = state, event, reason
    report.reviewed_at, report.reviewed_by = log.now, log.by
    report.save(update_fields=["state", "event", "reason", "reviewed_at", "reviewed_by"])
