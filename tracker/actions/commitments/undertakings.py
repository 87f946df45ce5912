"""Recording what was asked or promised, putting it right, and adding sources to it."""

from collections.abc import Sequence
from typing import Any

from tracker.actions.accessions import open_accessions
from tracker.actions.changelog import About, LogTransaction
from tracker.actions.checks import check_parties, check_sourced
from tracker.actions.citing import citation_rows, conflict_rows, new_sources
from tracker.actions.commitments.claims import correct_assessment
from tracker.actions.rectifications import Correction, Justification, check_stands, check_version
from tracker.domain.exceptions import NotOnRecord
from tracker.domain.facts import CommitmentFact, Source
from tracker.domain.vocabulary import ALLIANCE, ChangeType, PartyRole, Subject
from tracker.models import Accession, Citation, Commitment, CommitmentParty, Conflict, Rectification
from tracker.models.facts_of_rows import commitment_fact, source_of


def record_commitment(log: LogTransaction, fact: CommitmentFact) -> Commitment:
    """Put a commitment on record, without its claims; the one that is there already, if its key is.

    Raises `Unsourced`, `UnknownParty`, or `AlreadyRectified` where it was taken back.
    """
    if known := Commitment.objects.filter(key=fact.key).first():
        check_stands(Subject.COMMITMENT, fact.key)
        return known
    check_sourced(fact, log.origin)
    check_parties({*fact.asked_by, *fact.owed_by, *fact.accessions})
    open_accessions(log, set(fact.accessions))
    commitment = Commitment.objects.create(key=fact.key, **log.stamp, **commitment_columns(fact))
    save_relations(commitment, fact)
    bare = fact.model_copy(update={"assessments": ()})
    about = about_commitment(fact)
    position = log.append(ChangeType.COMMITMENT_RECORDED, {"commitment": bare.document()}, **about)
    Citation.objects.bulk_create(citation_rows(fact.sources, position, commitment=commitment))
    Conflict.objects.bulk_create(conflict_rows(fact.conflicts, commitment=commitment))
    return commitment


def about_commitment(fact: CommitmentFact) -> About:
    """What an entry on the commitment concerns."""
    return {"accession": next(iter(fact.accessions), ""), "commitment": fact.key}


def commitment_columns(fact: CommitmentFact) -> dict[str, Any]:
    """The values of a commitment's own columns."""
    return {
        "kind": fact.kind,
        "category": fact.category,
        "accession_id": None if fact.accession == ALLIANCE else fact.accession,
        "title": fact.title,
        "detail": fact.detail,
        "office": fact.office,
        "text": fact.stems_from.text,
        "text_date": fact.stems_from.date,
        "clause": fact.stems_from.clause,
        "confidence": fact.confidence,
    }


def save_relations(commitment: Commitment, fact: CommitmentFact) -> None:
    """Give the commitment the parties and further accessions of the fact, and no others."""
    commitment.also.set(Accession.objects.filter(pk__in=fact.also))
    commitment.parties.all().delete()
    sides = ((PartyRole.ASKS, fact.asked_by), (PartyRole.OWES, fact.owed_by))
    CommitmentParty.objects.bulk_create(
        CommitmentParty(commitment=commitment, party_id=code, role=role, order=order)
        for role, codes in sides
        for order, code in enumerate(codes)
    )


def add_commitment_sources(log: LogTransaction, commitment: Commitment, sources: Sequence[Source]) -> list[Source]:
    """Cite those of the sources that are new to the commitment; which they were. Reads the loaded citations."""
    cited = [source_of(citation) for citation in commitment.citations.all()]
    new = new_sources(sources, cited)
    if new:
        payload = {"commitment": commitment.key, "sources": [source.document() for source in new]}
        about: About = {"accession": commitment.accession_id or "", "commitment": commitment.key}
        position = log.append(ChangeType.COMMITMENT_SOURCED, payload, **about)
        Citation.objects.bulk_create(citation_rows(new, position, len(cited), commitment=commitment))
    return new


def correct_commitment(
    log: LogTransaction,
    fact: CommitmentFact,
    justification: Justification,
    version: int | None = None,
    sources: Sequence[Source] = (),
) -> Rectification:
    """Replace what we say was asked or promised; claims stay, conflicts are added.

    `version` is the account that the editor looked at: if another correction came first, this one is refused.
    `sources` are all on which it rests from now on; none where they stay as they are.
    Raises `NotOnRecord`, `AlreadyRectified`, `NothingToRectify`, `UnknownParty`, and what opening an accession raises.
    """
    check_version(Subject.COMMITMENT, fact.key, version)
    row = Commitment.objects.with_parts().filter(key=fact.key).first()
    if row is None:
        raise NotOnRecord("commitment", fact.key)
    was = commitment_fact(row)
    conflicts = [conflict for conflict in fact.conflicts if conflict not in was.conflicts]
    kept = {"sources": _sources_after(was, sources), "conflicts": (*was.conflicts, *conflicts), "assessments": ()}
    now = fact.model_copy(update=kept)
    correction = Correction(log, justification, row, was, now)
    check_parties({*now.asked_by, *now.owed_by, *now.accessions})
    open_accessions(log, set(now.accessions))
    put_commitment_right(row, was, now, log.position + 1)
    return correction.write(about_commitment(now))


def _sources_after(was: CommitmentFact, given: Sequence[Source]) -> tuple[Source, ...]:
    """Those that stay, in their order, and then those that are new."""
    if not given:
        return was.sources
    return (*(one for one in was.sources if one in given), *(one for one in given if one not in was.sources))


def retract_commitment(
    log: LogTransaction, key: str, justification: Justification, version: int | None = None
) -> Rectification:
    """Take a commitment back, with the claims that stand on it: nothing of the kind was asked or promised.

    Raises `NotOnRecord` and `AlreadyRectified`.
    """
    check_version(Subject.COMMITMENT, key, version)
    row = Commitment.objects.with_parts().filter(key=key).first()
    if row is None:
        raise NotOnRecord("commitment", key)
    for claim in row.assessments.filter(rectification__isnull=True).order_by("-pk"):
        correct_assessment(log, claim.key, None, justification, claim.version)
    was = commitment_fact(row)
    return Correction(log, justification, row, was, None).write(about_commitment(was))


def put_commitment_right(row: Commitment, was: CommitmentFact, now: CommitmentFact, position: int) -> None:
    """Give the row what the fact says, as the entry at the position tells; conflicts are only ever added."""
    cited = list(row.citations.order_by("order"))
    stand = {one.order: source_of(one) for one in cited if one.order not in row.uncited}
    row.uncited = [*row.uncited, *(order for order, source in stand.items() if source not in now.sources)]
    Commitment.objects.filter(pk=row.pk).update(uncited=row.uncited, **commitment_columns(now))
    save_relations(row, now)
    new = [source for source in now.sources if source not in stand.values()]
    Citation.objects.bulk_create(citation_rows(new, position, len(cited), commitment=row))
    added = now.conflicts[len(was.conflicts) :]
    Conflict.objects.bulk_create(conflict_rows(added, len(was.conflicts), commitment=row))
