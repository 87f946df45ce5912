"""Putting right what is said of commitments, parties and procedures.

The row changes; the rectification keeps what it said before.
"""

from tracker.actions.accessions import open_accessions
from tracker.actions.changelog import LogTransaction
from tracker.actions.checks import check_parties
from tracker.actions.citing import conflict_rows
from tracker.actions.commitments import commitment_columns, save_relations
from tracker.actions.parties import party_columns, save_names
from tracker.actions.procedures import procedure_columns, save_parts
from tracker.actions.rectifications import Correction, Justification, check_version, settle_again
from tracker.domain.exceptions import NotAnApplicant, NotOnRecord
from tracker.domain.facts import CommitmentFact, PartyFact, ProcedureFact
from tracker.domain.vocabulary import PartyKind, Subject
from tracker.models import Accession, Commitment, Conflict, Party, Procedure, Rectification
from tracker.models.facts_of_rows import commitment_fact, party_fact, procedure_fact


def correct_commitment(
    log: LogTransaction, fact: CommitmentFact, justification: Justification, version: int | None = None
) -> Rectification:
    """Replace what we say was asked or promised; claims and sources stay, conflicts are added.

    `version` is the account that the editor looked at: if another correction came first, this one is refused.
    Raises `NotOnRecord`, `AlreadyRectified`, `NothingToRectify`, `UnknownParty`, and what opening an accession raises.
    """
    check_version(Subject.COMMITMENT, fact.key, version)
    row = Commitment.objects.with_parts().filter(key=fact.key).first()
    if row is None:
        raise NotOnRecord("commitment", fact.key)
    was = commitment_fact(row)
    conflicts = [conflict for conflict in fact.conflicts if conflict not in was.conflicts]
    kept = {"sources": was.sources, "conflicts": (*was.conflicts, *conflicts), "assessments": ()}
    now = fact.model_copy(update=kept)
    correction = Correction(log, justification, row, was, now)
    check_parties({*now.asked_by, *now.owed_by, now.accession, *now.also})
    open_accessions(log, {now.accession, *now.also})
    put_commitment_right(row, was, now)
    return correction.write({"accession": now.accession, "commitment": now.key})


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


def put_commitment_right(row: Commitment, was: CommitmentFact, now: CommitmentFact) -> None:
    """Give the row what the fact says; conflicts are only ever added."""
    Commitment.objects.filter(pk=row.pk).update(**commitment_columns(now))
    save_relations(row, now)
    added = now.conflicts[len(was.conflicts) :]
    Conflict.objects.bulk_create(conflict_rows(added, len(was.conflicts), commitment=row))


def put_party_right(row: Party, fact: PartyFact) -> None:
    """Give the row what the fact says."""
    Party.objects.filter(pk=row.pk).update(**party_columns(fact))
    save_names(row, fact)


def put_procedure_right(row: Procedure, fact: ProcedureFact) -> None:
    """Give the row what the fact says."""
    Procedure.objects.filter(pk=row.pk).update(**procedure_columns(fact))
    save_parts(row, fact)
