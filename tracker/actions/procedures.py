"""Recording procedures."""

from typing import Any

from tracker.actions.changelog import LogTransaction
from tracker.actions.checks import check_parties
from tracker.domain.facts import ProcedureFact
from tracker.domain.vocabulary import ChangeType
from tracker.models import Chamber, Procedure, ProcedureStep


def record_procedure(log: LogTransaction, fact: ProcedureFact) -> Procedure:
    """Put an ally's procedure on record; the one that is there already, if there is one.

    Raises `UnknownParty`.
    """
    if known := Procedure.objects.filter(pk=fact.ally).first():
        return known
    check_parties([fact.ally])
    procedure = Procedure.objects.create(ally_id=fact.ally, **log.stamp, **procedure_columns(fact))
    save_parts(procedure, fact)
    log.append(ChangeType.PROCEDURE_RECORDED, {"procedure": fact.document()}, ally=fact.ally)
    return procedure


def procedure_columns(fact: ProcedureFact) -> dict[str, Any]:
    """The values of a procedure's own columns."""
    return {
        "valid_from": fact.valid_from,
        "valid_until": fact.valid_until,
        "boundary": fact.boundary,
        "legal_basis": [one.document() for one in fact.legal_basis],
        "earlier": [one.document() for one in fact.earlier],
        "paths_taken": [one.document() for one in fact.paths_taken],
        "parliament": fact.parliament.name,
        "parliament_native": fact.parliament.native,
        "website": fact.parliament.website,
        "parliament_votes": fact.parliament_votes,
        "majority": fact.majority,
        "referendum": fact.referendum,
        "advance_consent_possible": fact.advance_consent_possible,
        "tacit_approval_possible": fact.tacit_approval_possible,
        "territorial_scope": fact.territorial_scope,
        "gazette": fact.gazette,
        "open_data": fact.open_data,
        "notes": fact.notes,
        "confidence": fact.confidence,
        "sources": [one.document() for one in fact.sources],
        "conflicts": [one.document() for one in fact.conflicts],
        "unsourced_fields": list(fact.unsourced_fields),
    }


def save_parts(procedure: Procedure, fact: ProcedureFact) -> None:
    """Give the procedure the chambers and steps of the fact, and no others."""
    procedure.chambers.all().delete()
    procedure.steps.all().delete()
    Chamber.objects.bulk_create(
        Chamber(
            procedure=procedure,
            order=order,
            name=one.name,
            native=one.native,
            seats=one.seats,
            seats_earlier=[size.document() for size in one.seats_earlier],
            role=one.role,
            majority=one.majority.document() if one.majority else None,
            quorum=one.quorum,
            votes=one.name in fact.chambers_that_vote,
        )
        for order, one in enumerate(fact.chambers)
    )
    ProcedureStep.objects.bulk_create(
        ProcedureStep(
            procedure=procedure,
            order=one.order,
            kind=one.kind,
            body=one.body,
            note=one.note,
            alternative=one.alternative,
            optional=one.optional,
            group=one.group,
            path=one.path,
        )
        for one in fact.steps
    )
