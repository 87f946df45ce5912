"""Reports: filed by anybody with a source, and put on record, or not, by a reviewer.

Where two pairs of eyes are required, nobody accepts what they have filed or changed themselves.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from pydantic import ValidationError

from tracker.actions.change_requests import ChangeRequest, apply_change_request
from tracker.actions.changelog import LogTransaction, record_lock
from tracker.actions.events import add_sources, correct_event, record_events
from tracker.actions.rectifications import Justification
from tracker.domain.exceptions import AlreadyReviewed, NotAsFiled, NotOnRecord, OwnReport, ReasonMissing
from tracker.domain.facts import Differing, EventFact, Source
from tracker.domain.vocabulary import Proposes, ReportChannel, ReportState
from tracker.models import Capture, Event, Report
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
    report, is_new = Report.objects.get_or_create(
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
    if is_new:
        _hold_captures(report)
    return report


def _hold_captures(report: Report) -> None:
    """Keep the archived copies that the report names, whoever filed it: as its evidence, or beside a source."""
    sources = report.proposal.get("sources")
    rows = [row for row in sources if isinstance(row, dict)] if isinstance(sources, list) else []
    addresses = [str(row.get("archived_url", "")) for row in rows]
    # The address of a copy ends with its hash.
    named = {str(report.evidence.get("capture", "")), *(url.rstrip("/").rpartition("/")[2] for url in addresses)}
    report.captures.set(Capture.objects.filter(pk__in=named - {""}))


def fingerprint_of(fact: EventFact) -> str:
    """What makes two reports the same report: all that they propose."""
    text = json.dumps(fact.document(), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def accept_report(log: LogTransaction, report_id: int, fact: EventFact) -> Event:
    """Put on record what the reviewer made of the report: the proposal, completed.

    Of two reviewers the second is refused. Raises `AlreadyReviewed`, `OwnReport`, `NotAsFiled`, and what
    `record_events` raises; then nothing has moved.
    """
    report = _lock(report_id, log.by)
    _check_as_filed(report, fact, log)
    record_events(log, [fact])
    return _accept(log, report, fact.key)


def accept_as_rectification(
    log: LogTransaction, report_id: int, fact: EventFact, justification: Justification, version: int | None = None
) -> Event:
    """Put the record right with what the report shows: it replaces the event of the same key.

    Raises as `accept_report`, and as `correct_event`.
    """
    report = _lock(report_id, log.by)
    _check_as_filed(report, fact, log)
    correct_event(log, fact.key, fact, justification, version)
    return _accept(log, report, fact.key)


def accept_as_conflicts(
    log: LogTransaction, report_id: int, key: str, conflicts: Sequence[Differing], version: int | None = None
) -> Event:
    """Keep what we say, and tell beside it what the report says differently. Raises as `accept_as_rectification`."""
    report = _lock(report_id, log.by)
    event = Event.objects.standing().with_parts().filter(key=key).first()
    if event is None:
        raise NotOnRecord("event", key)
    fact = event_fact(event)
    new = [conflict for conflict in conflicts if conflict not in fact.conflicts]
    with_conflicts = fact.model_copy(update={"conflicts": (*fact.conflicts, *new)})
    correct_event(log, key, with_conflicts, Justification("Another source tells it differently."), version)
    return _accept(log, report, key)


def accept_as_sources(log: LogTransaction, report_id: int, key: str, sources: Sequence[Source]) -> Event:
    """Cite the report's sources for the event that it agrees with. Raises as `accept_report`, and `NotOnRecord`."""
    report = _lock(report_id, log.by)
    event = Event.objects.standing().filter(key=key).prefetch_related("citations").first()
    if event is None:
        raise NotOnRecord("event", key)
    add_sources(log, event, sources)
    return _accept(log, report, key)


def change_request_of(report_id: int) -> ChangeRequest:
    """The change that the report proposes. Raises `NotOnRecord` where it proposes none."""
    report = Report.objects.filter(pk=report_id, proposes=Proposes.CHANGE).first()
    if report is None:
        raise NotOnRecord("proposed change", str(report_id))
    return ChangeRequest.model_validate(report.proposal)


def accept_change_request(log: LogTransaction, report_id: int) -> Report:
    """Change the record as the report proposes. Raises `AlreadyReviewed`, `OwnReport`, and what the change raises."""
    report = _lock(report_id, log.by)
    apply_change_request(log, change_request_of(report_id))
    _close(report, ReportState.ACCEPTED, log.now, log.by)
    return report


def amend_report(report_id: int, fact: EventFact, *, by: User) -> Report:
    """Complete or correct what was filed, for another reviewer to accept. Raises `AlreadyReviewed`, `NotOnRecord`."""
    with transaction.atomic():
        report = _lock(report_id, None)
        report.proposal, report.amended_by = fact.document(), by
        report.save(update_fields=["proposal", "amended_by"])
        _hold_captures(report)
    return report


def matches_report(report: Report, fact: EventFact) -> bool:
    """Whether the fact says what the report does, and where the report is silent, what the record says."""
    proposed = {name: value for name, value in report.proposal.items() if value not in (None, "", [], {})}
    known = Event.objects.standing().with_parts().filter(key=fact.key).first()
    if known is not None:
        proposed = _laid_over(event_fact(known), proposed)
    try:
        filed = EventFact.model_validate(proposed)
    except ValidationError:
        return False
    # How firmly the sources stand follows from the sources.
    return fact == filed.model_copy(update={"confidence": fact.confidence})


def _laid_over(was: EventFact, proposed: dict[str, Any]) -> dict[str, Any]:
    """What the event says once the report is laid over it: what it rested on stays, and its key and conflicts too."""
    document = was.document()
    cited = [source["url"] for source in document["sources"]]
    given = proposed.get("sources")
    rows = given if isinstance(given, list) else []
    new = [row for row in rows if isinstance(row, dict) and row.get("url") not in cited]
    kept = {"key": was.key, "conflicts": document["conflicts"], "sources": [*document["sources"], *new]}
    return document | proposed | kept


def _check_as_filed(report: Report, fact: EventFact, log: LogTransaction) -> None:
    if settings.TWO_PAIRS_OF_EYES and log.by is not None and not matches_report(report, fact):
        raise NotAsFiled(report.pk)


def reject_report(report_id: int, *, reason: str, by: User) -> Report:
    """Leave the record as it is, and say why. Raises `AlreadyReviewed`, `ReasonMissing`."""
    if not reason.strip():
        raise ReasonMissing
    with record_lock():
        report = _lock(report_id, None)
        _close(report, ReportState.REJECTED, timezone.now(), by, reason=reason)
    return report


def _lock(report_id: int, by: User | None) -> Report:
    report = Report.objects.select_for_update().filter(pk=report_id).first()
    if report is None:
        raise NotOnRecord("report", str(report_id))
    check_waits(report)
    if by is not None and settings.TWO_PAIRS_OF_EYES and by.pk == (report.amended_by_id or report.filed_by_id):
        raise OwnReport(report_id)
    return report


def _accept(log: LogTransaction, report: Report, key: str) -> Event:
    """Mark the report as accepted; the account of the event that stands now."""
    event = Event.objects.filter(key=key).latest("version")
    _close(report, ReportState.ACCEPTED, log.now, log.by, event=event)
    return event


def _close(
    report: Report, state: ReportState, at: datetime, by: User | None, *, event: Event | None = None, reason: str = ""
) -> None:
    report.state, report.event, report.reason = state, event, reason
    report.reviewed_at, report.reviewed_by = at, by
    report.save(update_fields=["state", "event", "reason", "reviewed_at", "reviewed_by"])
