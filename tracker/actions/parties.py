"""Recording states, organisations and other voices, and how the allies ratify; and putting that right."""

from typing import Any

from tracker.actions.changelog import LogTransaction
from tracker.actions.checks import check_parties
from tracker.actions.rectifications import Correction, Justification, check_version
from tracker.actions.settling import settle_again
from tracker.domain.exceptions import NotAnApplicant, NotOnRecord
from tracker.domain.facts import PartyFact, ProcedureFact
from tracker.domain.vocabulary import ChangeType, PartyKind, Subject
from tracker.models import Accession, Chamber, Party, PartyName, Procedure, ProcedureStep, Rectification
from tracker.models.facts_of_rows import party_fact, procedure_fact


def record_party(log: LogTransaction, fact: PartyFact) -> Party:
    """Put a party on record; the one that is there already, if its code is."""
    if known := Party.objects.filter(pk=fact.code).first():
        return known
    party = Party.objects.create(code=fact.code, **log.stamp, **party_columns(fact))
    save_names(party, fact)
    log.append(ChangeType.PARTY_RECORDED, {"party": fact.document()}, ally=fact.code)
    return party


def party_columns(fact: PartyFact) -> dict[str, Any]:
    """The values of a party's own columns."""
    return {
        "kind": fact.kind,
        "alpha2": fact.alpha2,
        "capital": fact.capital,
        "founding_member": fact.founding_member,
        "sources": [source.document() for source in fact.sources],
    }


def save_names(party: Party, fact: PartyFact) -> None:
    """Give the party the names of the fact, and no others."""
    party.names.all().delete()
    PartyName.objects.bulk_create(
        PartyName(party=party, order=order, language=name.language, text=name.text, since=name.since, until=name.until)
        for order, name in enumerate(fact.names)
    )


def correct_party(
    log: LogTransaction, fact: PartyFact, justification: Justification, version: int | None = None
) -> Rectification:
    """Replace what we say of a party. Raises as `correct_commitment`; a founder has no accession: `NotAnApplicant`."""
    check_version(Subject.PARTY, fact.code, version)
    row = Party.objects.for_display().filter(pk=fact.code).first()
    if row is None:
        raise NotOnRecord("state or organisation", fact.code)
    correction = Correction(log, justification, row, party_fact(row), fact)
    if (fact.founding_member or fact.kind != PartyKind.STATE) and Accession.objects.filter(pk=fact.code).exists():
        raise NotAnApplicant(fact.code)
    put_party_right(row, fact)
    return correction.write({"ally": fact.code})


def put_party_right(row: Party, fact: PartyFact) -> None:
    """Give the row what the fact says."""
    Party.objects.filter(pk=row.pk).update(**party_columns(fact))
    save_names(row, fact)


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
        "legal_basis": [provision.document() for provision in fact.legal_basis],
        "earlier": [version.document() for version in fact.earlier],
        "paths_taken": [taken.document() for taken in fact.paths_taken],
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
        "sources": [source.document() for source in fact.sources],
        "conflicts": [conflict.document() for conflict in fact.conflicts],
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
            name=chamber.name,
            native=chamber.native,
            seats=chamber.seats,
            seats_earlier=[size.document() for size in chamber.seats_earlier],
            role=chamber.role,
            majority=chamber.majority.document() if chamber.majority else None,
            quorum=chamber.quorum,
            votes=chamber.name in fact.chambers_that_vote,
        )
        for order, chamber in enumerate(fact.chambers)
    )
    ProcedureStep.objects.bulk_create(
        ProcedureStep(
            procedure=procedure,
            order=step.order,
            kind=step.kind,
            body=step.body,
            note=step.note,
            alternative=step.alternative,
            optional=step.optional,
            group=step.group,
            path=step.path,
        )
        for step in fact.steps
    )


def correct_procedure(
    log: LogTransaction, fact: ProcedureFact, justification: Justification, version: int | None = None
) -> Rectification:
    """Replace what we say of an ally's procedure. Raises as `correct_commitment`."""
    check_version(Subject.PROCEDURE, fact.ally, version)
    row = Procedure.objects.with_parts().filter(pk=fact.ally).first()
    if row is None:
        raise NotOnRecord("procedure", fact.ally)
    correction = Correction(log, justification, row, procedure_fact(row), fact)
    put_procedure_right(row, fact)
    rectification = correction.write({"ally": fact.ally})
    # What every chamber has to vote on decides when approval may be complete.
    settle_again(log, set(Accession.objects.values_list("pk", flat=True)))
    return rectification


def put_procedure_right(row: Procedure, fact: ProcedureFact) -> None:
    """Give the row what the fact says."""
    Procedure.objects.filter(pk=row.pk).update(**procedure_columns(fact))
    save_parts(row, fact)
