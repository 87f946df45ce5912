"""Small valid facts, and a record to put them on: what the tests of actions start from."""

from typing import Any

from django.contrib.auth.models import User

from tracker import actions
from tracker.actions import (
    Justification,
    add_sources,
    correct_assessment,
    correct_event,
    log_transaction,
    record_assessments,
    record_events,
    record_party,
    record_procedure,
)
from tracker.domain.facts import AssessmentFact, CommitmentFact, EventFact, PartyFact, ProcedureFact, Source
from tracker.domain.vocabulary import Origin
from tracker.models import Assessment, Event, Ratification, Rectification, Report

SOURCE = {"url": "https://example.org/act", "title": "The act", "publisher": "Gazette", "class": "gazette"}
STATES = ("FIN", "HUN", "NOR", "SWE", "TUR", "USA")


def event(key: str, kind: str, actor: str, date: str, accession: str | None = "SWE", **more: Any) -> EventFact:
    """An event with one source."""
    told = {"title": key, "confidence": "high", "sources": [SOURCE], **more}
    return EventFact.model_validate(
        {"key": key, "kind": kind, "actor": actor, "date": date, "accession": accession, **told}
    )


def party(code: str, kind: str = "state", **more: Any) -> PartyFact:
    """A party named by its code."""
    names = [{"language": "en", "text": code.title()}]
    return PartyFact.model_validate({"code": code, "kind": kind, "names": names, **more})


def procedure(ally: str, seats: int = 199, earlier: tuple[dict[str, Any], ...] = ()) -> ProcedureFact:
    """One chamber that has to vote."""
    return ProcedureFact.model_validate(
        {
            "ally": ally,
            "parliament": {"name": "National Assembly"},
            "chambers": [{"name": "National Assembly", "seats": seats, "seats_earlier": earlier, "role": "votes"}],
            "parliament_votes": True,
            "chambers_that_vote": ["National Assembly"],
            "steps": [
                {"order": 1, "kind": "submitted", "body": "Government"},
                {"order": 2, "kind": "chamber_vote", "body": "National Assembly"},
                {"order": 3, "kind": "assented", "body": "President"},
                {"order": 4, "kind": "deposited", "body": "Depositary"},
            ],
            "advance_consent_possible": False,
            "confidence": "high",
        }
    )


def commitment(key: str = "stop-support", **more: Any) -> CommitmentFact:
    """Something Türkiye asked of Sweden."""
    return CommitmentFact.model_validate(
        {
            "key": key,
            "accession": "SWE",
            "kind": "commitment",
            "category": "other",
            "title": "No support",
            "asked_by": ["TUR"],
            "owed_by": ["SWE"],
            "stems_from": {"text": "Memorandum", "date": "2022-06-28", "clause": "4"},
            "sources": [SOURCE],
            "confidence": "high",
            **more,
        }
    )


def claim(key: str = "stop-support-tur-1", by: str = "TUR", status: str = "disputed", **more: Any) -> AssessmentFact:
    """What one party says of it."""
    return AssessmentFact.model_validate(
        {"key": key, "date": "2022-08-26", "by": by, "status": status, "basis": "stated", "sources": [SOURCE], **more}
    )


BEGINNING = (
    *(
        event(f"{ally.lower()}-acceded", "acceded", ally, "1949-08-24", None, treaty="NAT-1949")
        for ally in ("HUN", "NOR", "TUR", "USA")
    ),
    event("se-application", "application", "SWE", "2022-05-18"),
    event("se-signed", "protocol_signed", "NATO", "2022-07-05"),
)


def begin(*more: EventFact) -> None:
    """Four allies, Sweden’s protocol signed, Hungary’s procedure, and whatever else is given."""
    with log_transaction(origin=Origin.DATASET) as log:
        for code in STATES:
            record_party(log, party(code, founding_member=code == "USA"))
        record_party(log, party("NATO", "organisation"))
        record_procedure(log, procedure("HUN"))
    for fact in (*BEGINNING, *more):
        record_event(fact, by=None)


def consent(ally: str = "HUN", date: str = "2024-02-26", **more: Any) -> EventFact:
    """An ally’s consent to Sweden’s protocol."""
    return event(f"se-{ally.lower()}-consent", "consent", ally, date, **more)


def on_record(key: str) -> Event:
    """The last version of the event."""
    return Event.objects.filter(key=key).latest("version")


# ── One step in a log of its own: what a caller does who has a single thing to say. ──


def record_event(fact: EventFact, *, by: User | None = None, **log_options: Any) -> Event:
    """Put one event on record; the account of it that stands."""
    with log_transaction(by=by, **log_options) as log:
        record_events(log, [fact])
    return on_record(fact.key)


def rectify_event(
    key: str,
    fact: EventFact | None,
    *,
    reason: str,
    by: User | None = None,
    version: int | None = None,
    reported_by: str = "",
    **log_options: Any,
) -> Rectification:
    """Replace one event, or take it back."""
    with log_transaction(by=by, **log_options) as log:
        return correct_event(log, key, fact, Justification(reason, reported_by), version)


def retract_event(key: str, **options: Any) -> Rectification:
    """Take one event back."""
    return rectify_event(key, None, **options)


def assess(commitment: str, fact: AssessmentFact, *, by: User | None = None, **log_options: Any) -> Assessment:
    """Put one claim on record; the account of it that stands."""
    with log_transaction(by=by, **log_options) as log:
        record_assessments(log, [(commitment, fact)])
    return Assessment.objects.filter(key=fact.key).latest("version")


def rectify_assessment(
    key: str, fact: AssessmentFact | None, *, reason: str, by: User | None = None, version: int | None = None
) -> Rectification:
    """Replace one claim, or take it back."""
    with log_transaction(by=by) as log:
        return correct_assessment(log, key, fact, Justification(reason), version)


def retract_assessment(key: str, **options: Any) -> Rectification:
    """Take one claim back."""
    return rectify_assessment(key, None, **options)


def add_source(key: str, source: Source, *, by: User | None = None, **log_options: Any) -> bool:
    """Cite one more source for an event; whether it was new."""
    with log_transaction(by=by, notify=False, **log_options) as log:
        event_row = Event.objects.standing().prefetch_related("citations").get(key=key)
        return bool(add_sources(log, event_row, [source]))


def check_ratification(accession: str, ally: str, *, by: User | None = None) -> Ratification:
    """Say that one ratification was looked at."""
    with log_transaction(by=by, notify=False) as log:
        return actions.check_ratification(log, accession=accession, ally=ally)


def accept_report(report_id: int, fact: EventFact, *, by: User) -> Event:
    """Accept one report as the event that it proposes."""
    with log_transaction(by=by, origin=Origin.REPORT) as log:
        return actions.accept_report(log, report_id, fact)


def accept_change_request(report_id: int, *, by: User) -> Report:
    """Accept one change that somebody has proposed."""
    with log_transaction(by=by, origin=Origin.REPORT) as log:
        return actions.accept_change_request(log, report_id)
