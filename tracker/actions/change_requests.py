"""What is done to the record as a document: one person does it, or files it for another to do.

A new event is no change request: it is filed as a report, which a reviewer may complete.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from tracker.actions.changelog import LogTransaction
from tracker.actions.commitments import (
    add_assessment_sources,
    add_commitment_sources,
    correct_assessment,
    correct_commitment,
    correct_statement,
    record_assessments,
    record_commitment,
    record_statement,
    retract_commitment,
)
from tracker.actions.events import add_sources, correct_event
from tracker.actions.parties import correct_party, correct_procedure
from tracker.actions.rectifications import Justification, check_stands
from tracker.domain.exceptions import KeyTaken, NotOnRecord, SourceKnown
from tracker.domain.facts import (
    AssessmentFact,
    CommitmentFact,
    EventFact,
    PartyFact,
    ProcedureFact,
    Source,
    StatementFact,
)
from tracker.domain.vocabulary import Subject, Verb
from tracker.models import Assessment, Commitment, Event, Statement


class ChangeRequest(BaseModel):
    """One thing to be done to the record: to which fact, as it stood when it was looked at, and what it is to say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    verb: Verb
    subject: Subject
    key: str
    title: str
    version: int | None = None
    # The document of the fact that is recorded, or that replaces another.
    fact: dict[str, Any] | None = None
    # The commitment that a new claim is on.
    commitment: str = ""
    # The claims that a new statement brings: the key of the commitment of each, and the document.
    claims: tuple[tuple[str, dict[str, Any]], ...] = ()
    sources: tuple[Source, ...] = ()
    reason: str = ""
    reported_by: str = ""
    note: str = ""
    notify: bool = True
    # What is done with it, to facts that were made together: a vote, and the consent that it completed.
    together: tuple["ChangeRequest", ...] = ()

    @property
    def justification(self) -> Justification:
        """Why something is put right. Raises `ReasonMissing`."""
        return Justification(self.reason, self.reported_by)

    @property
    def all_sources(self) -> list[Source]:
        """Those that are added, or that the new account of a fact rests on."""
        told = [self.fact or {}, *(claim for _, claim in self.claims)]
        documents = [source for document in told for source in document.get("sources") or []]
        return [*self.sources, *(Source.model_validate(document) for document in documents)]

    def document(self) -> dict[str, Any]:
        """The change request as plain JSON data, which `ChangeRequest.model_validate` reads back."""
        return self.model_dump(mode="json", by_alias=True, exclude=self._unsaid)

    @property
    def _unsaid(self) -> set[str]:
        """What is left out where it says nothing: a change that was filed before is still the same."""
        return set() if self.together else {"together"}

    def fingerprint(self) -> str:
        """What makes two filed change requests the same."""
        text = self.model_dump_json(by_alias=True, exclude=self._unsaid)
        return f"change:{hashlib.sha256(text.encode()).hexdigest()}"


def apply_change_request(log: LogTransaction, change_request: ChangeRequest) -> None:
    """Do it, as a part of an action. Raises what the record refuses; then nothing has moved."""
    for one in (change_request, *change_request.together):
        _DOING[one.verb, one.subject](log, one)


def _record_claim(log: LogTransaction, change_request: ChangeRequest) -> None:
    if Assessment.objects.filter(key=change_request.key).exists():
        raise KeyTaken(change_request.key)
    record_assessments(log, [(change_request.commitment, AssessmentFact.model_validate(change_request.fact))])


def _record_commitment(log: LogTransaction, change_request: ChangeRequest) -> None:
    if Commitment.objects.filter(key=change_request.key).exists():
        raise KeyTaken(change_request.key)
    record_commitment(log, CommitmentFact.model_validate(change_request.fact))


def _record_statement(log: LogTransaction, change_request: ChangeRequest) -> None:
    if Statement.objects.filter(key=change_request.key).exists():
        raise KeyTaken(change_request.key)
    claims = [(key, AssessmentFact.model_validate(claim)) for key, claim in change_request.claims]
    if taken := Assessment.objects.filter(key__in=[claim.key for _, claim in claims]).first():
        raise KeyTaken(taken.key)
    record_assessments(log, claims)
    record_statement(log, StatementFact.model_validate(change_request.fact))


def _rectify_statement(log: LogTransaction, change_request: ChangeRequest) -> None:
    fact = StatementFact.model_validate(change_request.fact) if change_request.fact else None
    correct_statement(log, change_request.key, fact, change_request.justification, change_request.version)


def _rectify_event(log: LogTransaction, change_request: ChangeRequest) -> None:
    fact = EventFact.model_validate(change_request.fact) if change_request.fact else None
    correct_event(log, change_request.key, fact, change_request.justification, change_request.version)


def _rectify_claim(log: LogTransaction, change_request: ChangeRequest) -> None:
    fact = AssessmentFact.model_validate(change_request.fact) if change_request.fact else None
    correct_assessment(log, change_request.key, fact, change_request.justification, change_request.version)


def _rectify_commitment(log: LogTransaction, change_request: ChangeRequest) -> None:
    fact, justification = CommitmentFact.model_validate(change_request.fact), change_request.justification
    correct_commitment(log, fact, justification, change_request.version, change_request.sources)


def _retract_commitment(log: LogTransaction, change_request: ChangeRequest) -> None:
    retract_commitment(log, change_request.key, change_request.justification, change_request.version)


def _rectify_party(log: LogTransaction, change_request: ChangeRequest) -> None:
    correct_party(
        log, PartyFact.model_validate(change_request.fact), change_request.justification, change_request.version
    )


def _rectify_procedure(log: LogTransaction, change_request: ChangeRequest) -> None:
    correct_procedure(
        log, ProcedureFact.model_validate(change_request.fact), change_request.justification, change_request.version
    )


def _cite_for_event(log: LogTransaction, change_request: ChangeRequest) -> None:
    event = Event.objects.standing().filter(key=change_request.key).prefetch_related("citations").first()
    if event is None:
        raise NotOnRecord("event", change_request.key)
    _check_new(change_request, add_sources(log, event, change_request.sources))


def _cite_for_commitment(log: LogTransaction, change_request: ChangeRequest) -> None:
    commitment = Commitment.objects.filter(key=change_request.key).prefetch_related("citations").first()
    if commitment is None:
        raise NotOnRecord("commitment", change_request.key)
    check_stands(Subject.COMMITMENT, change_request.key)
    _check_new(change_request, add_commitment_sources(log, commitment, change_request.sources))


def _cite_for_claim(log: LogTransaction, change_request: ChangeRequest) -> None:
    claim = Assessment.objects.filter(key=change_request.key, rectification__isnull=True).with_parts().first()
    if claim is None:
        raise NotOnRecord("claim", change_request.key)
    _check_new(change_request, add_assessment_sources(log, claim, change_request.sources))


def _check_new(change_request: ChangeRequest, cited: list[Source]) -> None:
    if not cited:
        raise SourceKnown(change_request.key)


_DOING: Final[Mapping[tuple[Verb, Subject], Callable[[LogTransaction, ChangeRequest], None]]] = {
    (Verb.RECORD, Subject.ASSESSMENT): _record_claim,
    (Verb.RECORD, Subject.COMMITMENT): _record_commitment,
    (Verb.RECORD, Subject.STATEMENT): _record_statement,
    (Verb.RECTIFY, Subject.STATEMENT): _rectify_statement,
    (Verb.RETRACT, Subject.STATEMENT): _rectify_statement,
    (Verb.RECTIFY, Subject.EVENT): _rectify_event,
    (Verb.RETRACT, Subject.EVENT): _rectify_event,
    (Verb.RECTIFY, Subject.ASSESSMENT): _rectify_claim,
    (Verb.RETRACT, Subject.ASSESSMENT): _rectify_claim,
    (Verb.RECTIFY, Subject.COMMITMENT): _rectify_commitment,
    (Verb.RETRACT, Subject.COMMITMENT): _retract_commitment,
    (Verb.RECTIFY, Subject.PARTY): _rectify_party,
    (Verb.RECTIFY, Subject.PROCEDURE): _rectify_procedure,
    (Verb.CITE, Subject.EVENT): _cite_for_event,
    (Verb.CITE, Subject.COMMITMENT): _cite_for_commitment,
    (Verb.CITE, Subject.ASSESSMENT): _cite_for_claim,
}
