"""Small valid facts, and a record to put them on: what the tests of actions start from."""

from typing import Any

from tracker.actions import log_transaction, record_event, record_party, record_procedure
from tracker.domain.facts import AssessmentFact, CommitmentFact, EventFact, PartyFact, ProcedureFact
from tracker.domain.vocabulary import Origin
from tracker.models import Event

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
