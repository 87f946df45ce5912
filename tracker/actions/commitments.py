"""Recording commitments and the parties' claims on them, putting them right, and adding sources to them."""

from collections.abc import Sequence
from typing import Any

from tracker.actions.accessions import open_accessions
from tracker.actions.changelog import About, LogTransaction
from tracker.actions.checks import check_parties, check_sourced
from tracker.actions.citing import citation_rows, conflict_rows, new_sources
from tracker.actions.rectifications import Correction, Justification, check_stands, check_version, last_version
from tracker.domain.exceptions import KeyTaken, NotOnRecord, UnknownCommitment
from tracker.domain.facts import AssessmentFact, CommitmentFact, Source
from tracker.domain.vocabulary import ChangeType, PartyRole, Subject
from tracker.models import Accession, Assessment, Citation, Commitment, CommitmentParty, Conflict, Rectification
from tracker.models.facts_of_rows import assessment_fact, commitment_fact, source_of
from tracker.models.fields import date_columns


def record_commitment(log: LogTransaction, fact: CommitmentFact) -> Commitment:
    """Put a commitment on record, without its claims; the one that is there already, if its key is.

    Raises `Unsourced`, `UnknownParty`, or `AlreadyRectified` where it was taken back.
    """
    if known := Commitment.objects.filter(key=fact.key).first():
        check_stands(Subject.COMMITMENT, fact.key)
        return known
    check_sourced(fact, log.origin)
    check_parties({*fact.asked_by, *fact.owed_by, fact.accession, *fact.also})
    open_accessions(log, {fact.accession, *fact.also})
    commitment = Commitment.objects.create(key=fact.key, **log.stamp, **commitment_columns(fact))
    save_relations(commitment, fact)
    bare = fact.model_copy(update={"assessments": ()})
    about: About = {"accession": fact.accession, "commitment": fact.key}
    position = log.append(ChangeType.COMMITMENT_RECORDED, {"commitment": bare.document()}, **about)
    Citation.objects.bulk_create(citation_rows(fact.sources, position, commitment=commitment))
    Conflict.objects.bulk_create(conflict_rows(fact.conflicts, commitment=commitment))
    return commitment


def commitment_columns(fact: CommitmentFact) -> dict[str, Any]:
    """The values of a commitment's own columns."""
    return {
        "kind": fact.kind,
        "category": fact.category,
        "accession_id": fact.accession,
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


def record_assessments(log: LogTransaction, claims: Sequence[tuple[str, AssessmentFact]]) -> list[Assessment]:
    """Put on record those of the claims, each with its commitment's key, that are not there yet; the new rows.

    Raises `KeyTaken` for the key of a claim on another commitment, `Unsourced`, `UnknownParty` or
    `UnknownCommitment`; then nothing has moved.
    """
    new = _not_on_record(claims)
    if not new:
        return []
    check_parties({fact.by for _, fact in new})
    commitments = Commitment.objects.in_bulk({key for key, _ in new}, field_name="key")
    rows = [_enter(log, commitments.get(key), key, fact) for key, fact in new]
    save_assessments([(row, fact) for row, (_, fact) in zip(rows, new, strict=True)])
    return rows


def _not_on_record(claims: Sequence[tuple[str, AssessmentFact]]) -> list[tuple[str, AssessmentFact]]:
    """Those of the claims whose key no claim has, each key once. Raises `KeyTaken`."""
    rows = Assessment.objects.filter(key__in=[fact.key for _, fact in claims])
    owners = dict(rows.values_list("key", "commitment__key"))
    new = []
    for commitment, fact in claims:
        if fact.key not in owners:
            new.append((commitment, fact))
        if owners.setdefault(fact.key, commitment) != commitment:
            raise KeyTaken(fact.key)
    return new


def assessment_row(commitment: Commitment, fact: AssessmentFact, stamp: dict[str, Any], version: int) -> Assessment:
    """The claim as a row, not saved yet."""
    return Assessment(
        key=fact.key,
        version=version,
        commitment=commitment,
        by_id=fact.by,
        status=fact.status,
        basis=fact.basis,
        office=fact.office,
        note=fact.note,
        confidence=fact.confidence or "",
        **date_columns(fact.occurred),
        **stamp,
    )


def save_assessments(pairs: Sequence[tuple[Assessment, AssessmentFact]]) -> None:
    """Save the rows with their sources. Two queries, however many."""
    Assessment.objects.bulk_create([row for row, _ in pairs], batch_size=200)
    Citation.objects.bulk_create(
        [citation for row, fact in pairs for citation in citation_rows(fact.sources, row.recorded, assessment=row)],
        batch_size=200,
    )


def add_commitment_sources(log: LogTransaction, commitment: Commitment, sources: Sequence[Source]) -> list[Source]:
    """Cite those of the sources that are new to the commitment; which they were. Reads the loaded citations."""
    cited = [source_of(citation) for citation in commitment.citations.all()]
    new = new_sources(sources, cited)
    if new:
        payload = {"commitment": commitment.key, "sources": [source.document() for source in new]}
        about: About = {"accession": commitment.accession_id, "commitment": commitment.key}
        position = log.append(ChangeType.COMMITMENT_SOURCED, payload, **about)
        Citation.objects.bulk_create(citation_rows(new, position, len(cited), commitment=commitment))
    return new


def add_assessment_sources(log: LogTransaction, assessment: Assessment, sources: Sequence[Source]) -> list[Source]:
    """Cite those of the sources that are new to the claim; which they were. Reads the loaded parts."""
    cited = [source_of(citation) for citation in assessment.citations.all()]
    new = new_sources(sources, cited)
    if new:
        commitment = assessment.commitment
        payload = {
            "commitment": commitment.key,
            "assessment": assessment.key,
            "sources": [source.document() for source in new],
        }
        about: About = {"accession": commitment.accession_id, "ally": assessment.by_id, "commitment": commitment.key}
        position = log.append(ChangeType.COMMITMENT_SOURCED, payload, **about)
        Citation.objects.bulk_create(citation_rows(new, position, len(cited), assessment=assessment))
    return new


def correct_assessment(
    log: LogTransaction, key: str, fact: AssessmentFact | None, justification: Justification, version: int | None = None
) -> Rectification:
    """Replace what we say that a party claimed, or take it back: the party did not say so.

    Raises as `correct_event` does.
    """
    assessment = last_version(Assessment.objects.with_parts(), key, version)
    was = assessment_fact(assessment)
    now = fact.model_copy(update={"key": key}) if fact else None
    correction = Correction(log, justification, assessment, was, now)
    replacement = None
    if now:
        check_sourced(now, log.origin)
        check_parties([now.by])
        replacement = save_next_assessment(assessment, now, log.stamp)
    commitment = assessment.commitment
    about: About = {"accession": commitment.accession_id, "ally": (now or was).by, "commitment": commitment.key}
    return correction.write(about, assessment=assessment, new_assessment=replacement)


def save_next_assessment(assessment: Assessment, now: AssessmentFact, stamp: dict[str, Any]) -> Assessment:
    """Save the claim that takes the place of this one."""
    replacement = assessment_row(assessment.commitment, now, stamp, assessment.version + 1)
    save_assessments([(replacement, now)])
    return replacement


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
    correction = Correction(log, justification, row, commitment_fact(row), None)
    return correction.write({"accession": row.accession_id, "commitment": key})


def put_commitment_right(row: Commitment, was: CommitmentFact, now: CommitmentFact) -> None:
    """Give the row what the fact says; conflicts are only ever added."""
    Commitment.objects.filter(pk=row.pk).update(**commitment_columns(now))
    save_relations(row, now)
    added = now.conflicts[len(was.conflicts) :]
    Conflict.objects.bulk_create(conflict_rows(added, len(was.conflicts), commitment=row))


def _enter(log: LogTransaction, commitment: Commitment | None, key: str, fact: AssessmentFact) -> Assessment:
    check_sourced(fact, log.origin)
    if commitment is None:
        raise UnknownCommitment(key)
    check_stands(Subject.COMMITMENT, key)
    row = assessment_row(commitment, fact, log.stamp, version=1)
    log.append(
        ChangeType.COMMITMENT_ASSESSED,
        {"commitment": key, "version": 1, "assessment": fact.document()},
        occurred=fact.occurred,
        accession=commitment.accession_id,
        ally=fact.by,
        commitment=key,
    )
    return row
