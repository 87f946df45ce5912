"""Recording the parties' claims on commitments, putting them right, and adding sources to them."""

from collections.abc import Sequence
from typing import Any

from tracker.actions.changelog import About, LogTransaction
from tracker.actions.checks import check_parties, check_sourced
from tracker.actions.citing import citation_rows, new_sources
from tracker.actions.rectifications import Correction, Justification, check_stands, last_version
from tracker.domain.exceptions import KeyTaken, UnknownCommitment
from tracker.domain.facts import AssessmentFact, Source
from tracker.domain.standing.speaking import check_word
from tracker.domain.vocabulary import ChangeType, Origin, Subject
from tracker.models import Assessment, Citation, Commitment, Rectification
from tracker.models.facts_of_rows import assessment_fact, commitment_fact, source_of
from tracker.models.fields import date_columns


def record_assessments(log: LogTransaction, claims: Sequence[tuple[str, AssessmentFact]]) -> list[Assessment]:
    """Put on record those of the claims, each with its commitment's key, that are not there yet; the new rows.

    Raises `KeyTaken` for the key of a claim on another commitment, `Unsourced`, `UnknownParty` or
    `UnknownCommitment`; then nothing has moved.
    """
    new = _not_on_record(claims)
    if not new:
        return []
    check_parties({code for _, fact in new for code in (fact.by, *fact.about)})
    commitments = Commitment.objects.with_parts().in_bulk({key for key, _ in new}, field_name="key")
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
        about=list(fact.about),
        figures=[figure.document() for figure in fact.figures],
        due=fact.due.document() if fact.due else None,
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
        about: About = {
            "accession": commitment.accession_id or "",
            "ally": assessment.by_id,
            "commitment": commitment.key,
        }
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
        check_parties([now.by, *now.about])
        _check_word(log, now, assessment.commitment)
        replacement = save_next_assessment(assessment, now, log.stamp)
    commitment = assessment.commitment
    about: About = {"accession": commitment.accession_id or "", "ally": (now or was).by, "commitment": commitment.key}
    return correction.write(about, assessment=assessment, new_assessment=replacement)


def save_next_assessment(assessment: Assessment, now: AssessmentFact, stamp: dict[str, Any]) -> Assessment:
    """Save the claim that takes the place of this one."""
    replacement = assessment_row(assessment.commitment, now, stamp, assessment.version + 1)
    save_assessments([(replacement, now)])
    return replacement


def _enter(log: LogTransaction, commitment: Commitment | None, key: str, fact: AssessmentFact) -> Assessment:
    check_sourced(fact, log.origin)
    if commitment is None:
        raise UnknownCommitment(key)
    check_stands(Subject.COMMITMENT, key)
    _check_word(log, fact, commitment)
    row = assessment_row(commitment, fact, log.stamp, version=1)
    log.append(
        ChangeType.COMMITMENT_ASSESSED,
        {"commitment": key, "version": 1, "assessment": fact.document()},
        occurred=fact.occurred,
        accession=commitment.accession_id or "",
        ally=fact.by,
        commitment=key,
    )
    return row


def _check_word(log: LogTransaction, fact: AssessmentFact, commitment: Commitment) -> None:
    """Refuse a word that is another's to say. The first release of the shipped data had five words, and stays."""
    if log.origin is not Origin.DATASET:
        check_word(fact, commitment_fact(commitment))
