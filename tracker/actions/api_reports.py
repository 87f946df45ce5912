"""Reports that come as a whole event: refused at once if the record could never take them."""

import hashlib
from datetime import timedelta
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from tracker.actions.changelog import LogTransaction, dry_run
from tracker.actions.events import correct_event, record_events
from tracker.actions.rectifications import Justification
from tracker.actions.reports import file_report
from tracker.actions.warnings import warnings_about
from tracker.domain.exceptions import TrackerError
from tracker.domain.facts import EventFact
from tracker.domain.vocabulary import Origin, ReportChannel
from tracker.models import Event, IdempotentResponse, Report, Token
from tracker.readmodel.record import Record, current_edition

# Under which name the doubts stand in the evidence of a report.
DOUBTS: Final = "doubts"
_KEPT_FOR: Final = timedelta(days=1)


class KeyUsedOtherwise(TrackerError):
    """An idempotency key comes again with another request."""

    field = "Idempotency-Key"

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"The idempotency key “{key}” was used for another report within a day: take a new one.")


def propose_event(fact: EventFact, *, message: str, by: User) -> tuple[Report, bool]:
    """Put a whole event before the reviewers; the report, and whether it is new.

    The record is asked first whether it could take the event, or the correction if its key is on record.
    Raises what `record_events` and `correct_event` raise; then nothing is filed.
    """
    dry_run(lambda log: _record_or_correct(log, fact), by=by, origin=Origin.REPORT)
    identity = f"{by.pk}\n{fact.model_dump_json(by_alias=True)}"
    fingerprint = f"api:{hashlib.sha256(identity.encode()).hexdigest()}"
    known = Report.objects.filter(fingerprint=fingerprint).exists()
    doubts = [one.text for one in warnings_about(fact, Record(current_edition()), timezone.now().date(), fact.key)]
    report = file_report(
        fact.document(),
        fingerprint=fingerprint,
        channel=ReportChannel.API,
        by=by,
        evidence={DOUBTS: doubts} if doubts else {},
        message=message,
    )
    return report, not known


def propose_once(fact: EventFact, *, message: str, token: Token, key: str, digest: str) -> tuple[Report, bool]:
    """As `propose_event`; the same key within a day gives the report that it gave before.

    Raises `KeyUsedOtherwise` where the request, known by its digest, is not the same.
    """
    with transaction.atomic():
        # Of two requests with one key the second waits here, and then finds the answer of the first.
        Token.objects.select_for_update().get(pk=token.pk)
        IdempotentResponse.objects.filter(kept_at__lt=timezone.now() - _KEPT_FOR).delete()
        kept = IdempotentResponse.objects.select_related("report").filter(token=token, key=key).first()
        if kept is not None:
            if kept.digest != digest:
                raise KeyUsedOtherwise(key)
            return kept.report, False
        report, new = propose_event(fact, message=message, by=token.owner)
        IdempotentResponse.objects.create(token=token, key=key, digest=digest, report=report, kept_at=timezone.now())
        return report, new


def _record_or_correct(log: LogTransaction, fact: EventFact) -> None:
    if Event.objects.filter(key=fact.key).exists():
        correct_event(log, fact.key, fact, Justification("What the report shows."))
    else:
        record_events(log, [fact])
