"""Putting right what is said of commitments, parties and procedures.

The row changes; the rectification keeps what it said before.
"""

from tracker.actions.accessions import open_accessions
from tracker.actions.checks import check_parties
from tracker.actions.citing import conflict_rows
from tracker.actions.commitments import commitment_columns, save_relations
from tracker.actions.log import Writing
from tracker.actions.parties import party_columns, save_names
from tracker.actions.procedures import procedure_columns, save_parts
from tracker.actions.rectifications import Correction, Ground, settle_again
from tracker.documents import commitment_fact, party_fact, procedure_fact
from tracker.exceptions import NothingToRectify, NotOnRecord
from tracker.facts import CommitmentFact, PartyFact, ProcedureFact
from tracker.models import Accession, Commitment, Conflict, Party, Procedure, Rectification
from tracker.vocabulary import Subject


def correct_commitment(log: Writing, fact: CommitmentFact, ground: Ground) -> Rectification:
    """Replace what we say was asked or promised; claims and sources stay, conflicts are added.

    Raises `NotOnRecord`, `NothingToRectify`, `UnknownParty`, and what opening an accession raises.
    """
    row = Commitment.objects.with_parts().filter(key=fact.key).first()
    if row is None:
        raise NotOnRecord("commitment", fact.key)
    was = commitment_fact(row)
    conflicts = [one for one in fact.conflicts if one not in was.conflicts]
    kept = {"sources": was.sources, "conflicts": (*was.conflicts, *conflicts), "assessments": ()}
    now = fact.model_copy(update=kept)
    if now == was:
        raise NothingToRectify(fact.key)
    check_parties({*now.asked_by, *now.owed_by, now.accession, *now.also})
    open_accessions(log, {now.accession, *now.also})
    Commitment.objects.filter(pk=row.pk).update(**commitment_columns(now))
    save_relations(row, now)
    Conflict.objects.bulk_create(conflict_rows(conflicts, len(was.conflicts), commitment=row))
    about = {"accession": now.accession, "commitment": now.key}
    told = (was.document(), now.document())
    return Correction(log, ground).write(Subject.COMMITMENT, now.key, row, told, {}, about)


def correct_party(log: Writing, fact: PartyFact, ground: Ground) -> Rectification:
    """Replace what we say of a party. Raises `NotOnRecord`, `NothingToRectify`."""
    row = Party.objects.for_display().filter(pk=fact.code).first()
    if row is None:
        raise NotOnRecord("state or organisation", fact.code)
    was = party_fact(row)
    if fact == was:
        raise NothingToRectify(fact.code)
    Party.objects.filter(pk=row.pk).update(**party_columns(fact))
    save_names(row, fact)
    told = (was.document(), fact.document())
    return Correction(log, ground).write(Subject.PARTY, fact.code, row, told, {}, {"ally": fact.code})


def correct_procedure(log: Writing, fact: ProcedureFact, ground: Ground) -> Rectification:
    """Replace what we say of an ally's procedure. Raises `NotOnRecord`, `NothingToRectify`."""
    row = Procedure.objects.with_parts().filter(pk=fact.ally).first()
    if row is None:
        raise NotOnRecord("procedure", fact.ally)
    was = procedure_fact(row)
    if fact == was:
        raise NothingToRectify(fact.ally)
    Procedure.objects.filter(pk=row.pk).update(**procedure_columns(fact))
    save_parts(row, fact)
    told = (was.document(), fact.document())
    found = Correction(log, ground).write(Subject.PROCEDURE, fact.ally, row, told, {}, {"ally": fact.ally})
    # What every chamber has to vote on decides when approval may be complete.
    settle_again(log, set(Accession.objects.values_list("pk", flat=True)))
    return found
