"""Commitments and statements as documents: what the API answers and what the data package holds."""

from datetime import date
from typing import Any

from tracker.domain.canonical import Row
from tracker.domain.standing import claims_on
from tracker.domain.standing.documents import date_document
from tracker.domain.standing.speaking import VOICES, roles_in, voice_of
from tracker.domain.vocabulary import Reached
from tracker.readmodel.commitments.recorded import RecordedClaim, RecordedCommitment, RecordedStatement
from tracker.readmodel.days.as_of import date_by, shown_on, sources_by


def commitment_row(commitment: RecordedCommitment, day: date) -> Row:
    """One commitment, with what each party had said of it by that day."""
    by_day = [claim for claim in commitment.claims if claim.is_said_by(day)]
    state = _state(commitment, day)
    # One of later days is told whole: it is handed out as hindsight only.
    shown = dict(commitment.document) if state is Reached.NOT_REACHED else shown_on(commitment.document, day)
    if state is not Reached.NOT_REACHED:
        told = commitment.on(day).document()
        shown |= {name: told[name] for name in ("stems_from", "asked_by", "owed_by")}
    last = claims_on((claim.assessed for claim in by_day), day)
    spoken = {claim.assessed.key: claim for claim in by_day}
    return Row(
        **shown,
        state=state.value,
        claims=[
            {
                "by": said.by,
                "status": said.latest.status.value,
                "basis": said.latest.basis.value,
                "since": str(said.latest.occurred),
                "assessment": said.latest.key,
                "earlier": len(said.earlier),
                **_spoken(commitment, spoken[said.latest.key], day),
            }
            for said in sorted(last, key=lambda said: said.by in VOICES)
        ],
        assessments=[claim_row(commitment, claim, day) for claim in by_day],
    )


def claim_row(commitment: RecordedCommitment, claim: RecordedClaim, day: date) -> dict[str, Any]:
    """One claim, with who spoke and in which statement."""
    rare: dict[str, Any] = {"about": [], "figures": [], "due": None}
    return {**rare, **shown_on(claim.document, day), **_spoken(commitment, claim, day)}


def _spoken(commitment: RecordedCommitment, claim: RecordedClaim, day: date) -> dict[str, Any]:
    by, document = claim.assessed.by, commitment.document
    return {
        "roles": sorted(roles_in(by, document["asked_by"], document["owed_by"])),
        "statement": claim.statement.key if claim.statement else None,
        "form": claim.statement.fact.form.value if claim.statement else None,
        "speakers": [speaker.document() for speaker in claim.speakers],
        "before_text": commitment.is_before_text(claim.assessed),
    }


def _state(commitment: RecordedCommitment, day: date) -> Reached:
    if any(claim.is_said_by(day) for claim in commitment.claims):
        return Reached.REACHED
    return commitment.text_date.by(day) if commitment.text_date else Reached.UNKNOWN


def statement_row(statement: RecordedStatement, day: date) -> Row:
    """One statement as that day can tell it; one of later days is told whole, as hindsight."""
    fact, document = statement.fact, statement.document
    state = fact.occurred.by(day)
    is_later = state is Reached.NOT_REACHED
    dated = date_document(fact.occurred if is_later else date_by(fact.occurred, day))
    return Row(
        {
            **document,
            **dated,
            "sources": document["sources"] if is_later else sources_by(document["sources"], day),
            "state": state.value,
            "joint": fact.is_joint,
            "voices": sorted({voice_of(speaker) for speaker in fact.speakers}),
        }
    )
