"""What is done to the record as a document: one person does it, or files it for another to do.

A new event is no deed: it is filed as a report, which a reviewer may complete.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from tracker.actions.commitments import (
    add_assessment_sources,
    add_commitment_sources,
    record_assessments,
    record_commitment,
)
from tracker.actions.events import add_sources
from tracker.actions.log import Writing
from tracker.actions.rectifications import Ground, correct_assessment, correct_event
from tracker.actions.reference import correct_commitment, correct_party, correct_procedure
from tracker.exceptions import KeyTaken, NotOnRecord, SourceKnown
from tracker.facts import AssessmentFact, CommitmentFact, EventFact, PartyFact, ProcedureFact, Source
from tracker.models import Assessment, Commitment, Event
from tracker.vocabulary import Subject, Verb


class Deed(BaseModel):
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
    sources: tuple[Source, ...] = ()
    reason: str = ""
    reported_by: str = ""
    note: str = ""
    notify: bool = True

    @property
    def ground(self) -> Ground:
        """Why something is put right. Raises `ReasonMissing`."""
        return Ground(self.reason, self.reported_by)

    @property
    def all_sources(self) -> list[Source]:
        """Those that are added, or that the new account of a fact rests on."""
        told = (self.fact or {}).get("sources") or []
        return [*self.sources, *(Source.model_validate(one) for one in told)]

    def document(self) -> dict[str, Any]:
        """The deed as plain JSON data, which `Deed.model_validate` reads back."""
        return self.model_dump(mode="json", by_alias=True)

    def fingerprint(self) -> str:
        """What makes two filed deeds the same."""
        return f"deed:{hashlib.sha256(self.model_dump_json(by_alias=True).encode()).hexdigest()}"


def perform(log: Writing, deed: Deed) -> None:
    """Do it, as a part of an action. Raises what the record refuses; then nothing has moved."""
    _DOING[deed.verb, deed.subject](log, deed)


def _record_claim(log: Writing, deed: Deed) -> None:
    if Assessment.objects.filter(key=deed.key).exists():
        raise KeyTaken(deed.key)
    record_assessments(log, [(deed.commitment, AssessmentFact.model_validate(deed.fact))])


def _record_commitment(log: Writing, deed: Deed) -> None:
    if Commitment.objects.filter(key=deed.key).exists():
        raise KeyTaken(deed.key)
    record_commitment(log, CommitmentFact.model_validate(deed.fact))


def _rectify_event(log: Writing, deed: Deed) -> None:
    fact = EventFact.model_validate(deed.fact) if deed.fact else None
    correct_event(log, deed.key, fact, deed.ground, deed.version)


def _rectify_claim(log: Writing, deed: Deed) -> None:
    fact = AssessmentFact.model_validate(deed.fact) if deed.fact else None
    correct_assessment(log, deed.key, fact, deed.ground, deed.version)


def _rectify_commitment(log: Writing, deed: Deed) -> None:
    correct_commitment(log, CommitmentFact.model_validate(deed.fact), deed.ground, deed.version)


def _rectify_party(log: Writing, deed: Deed) -> None:
    correct_party(log, PartyFact.model_validate(deed.fact), deed.ground, deed.version)


def _rectify_procedure(log: Writing, deed: Deed) -> None:
    correct_procedure(log, ProcedureFact.model_validate(deed.fact), deed.ground, deed.version)


def _cite_for_event(log: Writing, deed: Deed) -> None:
    event = Event.objects.standing().filter(key=deed.key).prefetch_related("citations").first()
    if event is None:
        raise NotOnRecord("event", deed.key)
    _check_new(deed, add_sources(log, event, deed.sources))


def _cite_for_commitment(log: Writing, deed: Deed) -> None:
    commitment = Commitment.objects.filter(key=deed.key).prefetch_related("citations").first()
    if commitment is None:
        raise NotOnRecord("commitment", deed.key)
    _check_new(deed, add_commitment_sources(log, commitment, deed.sources))


def _cite_for_claim(log: Writing, deed: Deed) -> None:
    claim = Assessment.objects.filter(key=deed.key, rectification__isnull=True).with_parts().first()
    if claim is None:
        raise NotOnRecord("claim", deed.key)
    _check_new(deed, add_assessment_sources(log, claim, deed.sources))


def _check_new(deed: Deed, cited: list[Source]) -> None:
    if not cited:
        raise SourceKnown(deed.key)


_DOING: Final[Mapping[tuple[Verb, Subject], Callable[[Writing, Deed], None]]] = {
    (Verb.RECORD, Subject.ASSESSMENT): _record_claim,
    (Verb.RECORD, Subject.COMMITMENT): _record_commitment,
    (Verb.RECTIFY, Subject.EVENT): _rectify_event,
    (Verb.RETRACT, Subject.EVENT): _rectify_event,
    (Verb.RECTIFY, Subject.ASSESSMENT): _rectify_claim,
    (Verb.RETRACT, Subject.ASSESSMENT): _rectify_claim,
    (Verb.RECTIFY, Subject.COMMITMENT): _rectify_commitment,
    (Verb.RECTIFY, Subject.PARTY): _rectify_party,
    (Verb.RECTIFY, Subject.PROCEDURE): _rectify_procedure,
    (Verb.CITE, Subject.EVENT): _cite_for_event,
    (Verb.CITE, Subject.COMMITMENT): _cite_for_commitment,
    (Verb.CITE, Subject.ASSESSMENT): _cite_for_claim,
}
