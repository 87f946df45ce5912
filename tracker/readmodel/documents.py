"""One noun at one edition on one day, as a document: what the API answers and what the data package holds.

Every function takes the edition and the day, and gives rows in a total order that never changes
within that edition: by the position at which the log said it, or by code.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from tracker.domain.facts import ProcedureVersion
from tracker.domain.standing import (
    AccessionStanding,
    PartyClaim,
    RatificationStanding,
    claims_on,
)
from tracker.domain.standing.documents import accession_document, date_document, ratification_document
from tracker.domain.vocabulary import PartyKind, PlanState, Reached, Subject
from tracker.language.sentences import answer
from tracker.readmodel.commitments import RecordedCommitment
from tracker.readmodel.edition import Edition
from tracker.readmodel.events import RecordedEvent
from tracker.readmodel.fold import STAMP, Document, without
from tracker.readmodel.ratifications import steps_ahead
from tracker.readmodel.release_entries import Row


def accession_rows(edition: Edition, day: date) -> Mapping[str, Row]:
    """Where each accession stood, by code."""
    return edition.once("accessions", day, lambda: _accession_rows(edition, day))


def _accession_rows(edition: Edition, day: date) -> dict[str, Row]:
    names = edition.english(day)
    return {code: accession_row(found, names) for code, found in edition.standings(day).items()}


def accession_row(standing: AccessionStanding, names: Mapping[str, str]) -> Row:
    """Where one accession stood, with the answer in one sentence."""
    return Row(
        code=standing.code,
        applicant=standing.code,
        name=names.get(standing.code, standing.code),
        **accession_document(standing),
        answer=answer(standing, names),
    )


def ratification_rows(edition: Edition, day: date, codes: Iterable[str] = ()) -> Mapping[str, Row]:
    """Where each ally stood on each of these protocols, or on all, by `SWE/TUR`; also allies needed only later."""
    wanted = sorted(set(codes)) or list(edition.processes)
    return {key: row for code in wanted for key, row in _rows_of_protocol(edition, code, day).items()}


def _rows_of_protocol(edition: Edition, code: str, day: date) -> dict[str, Row]:
    return edition.once(
        f"ratifications/{code}",
        day,
        lambda: {
            f"{code}/{ally}": _ratification_row(edition, code, found)
            for ally, found in sorted(edition.standing(code, day).ratifications.items())
        },
    )


def _ratification_row(edition: Edition, code: str, standing: RatificationStanding) -> Row:
    kept = edition.state.ratifications.get(f"{code}/{standing.ally}")
    return Row(
        key=f"{code}/{standing.ally}",
        accession=code,
        ally=standing.ally,
        **ratification_document(standing),
        last_checked_at=kept["last_checked_at"] if kept else None,
        next=_next(edition, code, standing),
    )


def _next(edition: Edition, code: str, standing: RatificationStanding) -> list[dict[str, str]]:
    steps = steps_ahead(edition, code, standing) if standing.required else ()
    return [{"kind": step.kind.value, "office": step.office} for step in steps]


def state_rows(edition: Edition, day: date) -> Mapping[str, Row]:
    """Each state, with its names and its membership on that day, by code."""
    return edition.once("states", day, lambda: _state_rows(edition, day))


def _state_rows(edition: Edition, day: date) -> dict[str, Row]:
    states = (party for party in edition.state.parties.values() if party["kind"] == PartyKind.STATE)
    return {one["code"]: _state_row(edition, one, day) for one in sorted(states, key=lambda one: str(one["code"]))}


def _state_row(edition: Edition, party: Document, day: date) -> Row:
    code = party["code"]
    names = edition.names(code, day)
    membership = edition.memberships.get(code)
    member = membership.since.by(day) if membership else Reached.NOT_REACHED
    return Row(
        code=code,
        alpha2=party["alpha2"],
        name=names.get("en", code),
        names=names,
        dated_names=party["names"],
        capital=party["capital"],
        founding_member=party["founding_member"],
        member=member is Reached.REACHED,
        member_since=date_document(membership.since if membership else None),
        accession=code if code in edition.state.accessions else None,
        sources=party["sources"],
        recorded=party["recorded"],
        recorded_at=party["recorded_at"],
    )


def event_rows(edition: Edition, day: date) -> Mapping[str, Row]:
    """Each event, and whether it had happened by that day, by key."""
    return edition.once("events", day, lambda: {event.key: _event_row(edition, event, day) for event in edition.events})


def _event_row(edition: Edition, event: RecordedEvent, day: date) -> Row:
    """One event. All days on which it stood alike share the row."""
    plan, outcome = edition.plan(event, day), edition.outcome(event)
    # A plan is no act: from its day on nobody knows, until something recorded beside it says so.
    state = Reached.NOT_REACHED if event.is_planned and plan is not PlanState.UNKNOWN else event.occurred.by(day)
    state = Reached.UNKNOWN if plan is PlanState.UNKNOWN else state
    more = {
        "outcome": str(outcome) if outcome else None,
        "plan": str(plan) if plan else None,
        "state": state.value,
        **date_document(event.occurred),
    }
    return edition.always(f"event {event.key} {state} {plan}", lambda: Row({**_SINCE_THEN, **event.document, **more}))


# What a document from before a key came does not have.
_SINCE_THEN: Final = {
    "also": [],
    "planned": False,
    "announced": None,
    "follows": None,
    "step": None,
    "referendum": None,
}


def commitment_rows(edition: Edition, day: date) -> Mapping[str, Row]:
    """Each commitment, with what each party had said of it by that day, by key."""
    return edition.once("commitments", day, lambda: _commitment_rows(edition, day))


def _commitment_rows(edition: Edition, day: date) -> dict[str, Row]:
    recorded = sorted(edition.commitments, key=lambda commitment: _first_said(commitment.document))
    return {commitment.key: _commitment_row(commitment, day) for commitment in recorded}


def _commitment_row(commitment: RecordedCommitment, day: date) -> Row:
    by_day = [claim for claim in commitment.claims if claim.assessed.occurred.by(day) is Reached.REACHED]
    made = commitment.text_date
    return Row(
        **commitment.document,
        state=(made.by(day) if made else Reached.UNKNOWN).value,
        claims=[_claim_row(party) for party in claims_on((claim.assessed for claim in by_day), day)],
        assessments=[dict(claim.document) for claim in by_day],
    )


def _claim_row(claim: PartyClaim) -> dict[str, object]:
    return {
        "by": claim.by,
        "status": claim.latest.status.value,
        "basis": claim.latest.basis.value,
        "since": str(claim.latest.occurred),
        "assessment": claim.latest.key,
        "earlier": len(claim.earlier),
    }


def procedure_rows(edition: Edition, day: date) -> Mapping[str, Row]:
    """Each ally's procedure in use on that day, by code, with those before it; nothing where it is not on record."""
    return edition.once("procedures", day, lambda: _procedure_rows(edition, day))


def _procedure_rows(edition: Edition, day: date) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for ally, fact in sorted(edition.procedures.items()):
        if version := fact.on(day):
            earlier = [one.document() for one in fact.earlier if one.last_day and one.last_day < day]
            stamp = {name: edition.state.procedures[ally][name] for name in STAMP}
            rows[ally] = Row(ally=ally, **_whole(version), earlier=earlier, **stamp)
    return rows


def _whole(version: ProcedureVersion) -> dict[str, Any]:
    """The version with every key, also those that say nothing, and without what is told beside it."""
    bare: dict[str, Any] = {"valid_from": None, "valid_until": None, "boundary": None, "legal_basis": []}
    bare |= {"tacit_approval_possible": False, "paths_taken": []}
    return {**bare, **without(version.document(), "ally", "earlier")}


def rectification_rows(edition: Edition, day: date) -> Mapping[str, Row]:
    """Each rectification, by number; ours is the only clock that it has."""
    return edition.always("rectifications", lambda: {str(row["number"]): row for row in _rectification_rows(edition)})


def rectifications_of(edition: Edition, subject: Subject, key: str) -> list[Row]:
    """The rectifications of one fact, by number."""
    rows = rectification_rows(edition, date.max).values()
    return [row for row in rows if row["subject"] == subject and row["key"] == key]


def _rectification_rows(edition: Edition) -> list[Row]:
    return [_rectification(one) for one in sorted(edition.state.rectifications.values(), key=_first_said)]


def _rectification(document: Document) -> Row:
    stood = {"stood_until": document["recorded_at"], "retracts": document["now"] is None}
    return Row(number=document["rectification"], **without(document, "rectification"), **stood)


def source_rows(edition: Edition, day: date) -> Mapping[str, Row]:
    """Each citation with the fact that it supports, by a key made of both."""
    return edition.always("sources", lambda: {row["key"]: row for row in _source_rows(edition)})


def _source_rows(edition: Edition) -> list[Row]:
    cited = [
        *(("event", event.key, event.accession, event.document) for event in edition.events),
        *(("commitment", one["key"], one["accession"], one) for one in edition.state.commitments.values()),
        *(("assessment", one["key"], _accession_of(edition, one), one) for one in edition.state.assessments.values()),
    ]
    cited.sort(key=lambda found: _first_said(found[3]))
    return [
        Row(key=f"{fact}~{key}~{number}", fact=fact, fact_key=key, accession=accession, **source)
        for fact, key, accession, document in cited
        for number, source in enumerate(document["sources"])
    ]


def _accession_of(edition: Edition, claim: Document) -> str | None:
    commitment = edition.state.commitments.get(claim["commitment"])
    return commitment["accession"] if commitment else None


def _first_said(document: Document) -> int:
    return int(document["recorded"])
