"""Recording statements, from which claims and relations hang, and putting them right in the open."""

from collections.abc import Iterable
from typing import Any

from tracker.actions.changelog import About, LogTransaction
from tracker.actions.checks import check_parties
from tracker.actions.rectifications import Correction, Justification, check_version
from tracker.domain.exceptions import AlreadyRectified, ClaimHangsElsewhere, NotOnRecord, UnknownCommitment
from tracker.domain.facts import StatementFact
from tracker.domain.standing.speaking import check_statement
from tracker.domain.vocabulary import ChangeType, Subject
from tracker.models import Assessment, Commitment, Rectification, Statement
from tracker.models.facts_of_rows import assessment_fact, commitment_fact, statement_fact
from tracker.models.fields import date_columns


def record_statement(log: LogTransaction, fact: StatementFact) -> Statement:
    """Put a statement on record, whose claims are there; the one that is there already, if its key is.

    Raises `UnknownParty`, `NotOnRecord`, `UnknownCommitment`, `ClaimHangsElsewhere`, and what `check_statement` raises.
    """
    if known := Statement.objects.filter(key=fact.key).first():
        return known
    about = _check(fact)
    row = Statement.objects.create(key=fact.key, **log.stamp, **statement_columns(fact))
    log.append(ChangeType.STATEMENT_RECORDED, {"statement": fact.document()}, occurred=fact.occurred, **about)
    return row


def statement_columns(fact: StatementFact) -> dict[str, Any]:
    """The values of a statement's own columns."""
    return {
        "title": fact.title,
        "form": fact.form,
        "document": fact.document(),
        "withdrawn": False,
        **date_columns(fact.occurred),
    }


def correct_statement(
    log: LogTransaction,
    key: str,
    fact: StatementFact | None,
    justification: Justification,
    version: int | None = None,
) -> Rectification:
    """Replace what we say of who spoke, or take the statement back: nobody said so. Its claims are put right apart.

    Raises `NotOnRecord`, `AlreadyRectified`, `NothingToRectify`, and what recording it raises.
    """
    check_version(Subject.STATEMENT, key, version)
    row = Statement.objects.filter(key=key).first()
    if row is None:
        raise NotOnRecord("statement", key)
    if row.withdrawn:
        raise AlreadyRectified(
            key, Rectification.objects.filter(subject=Subject.STATEMENT, key=key).latest("number").pk
        )
    now = fact.model_copy(update={"key": key}) if fact else None
    correction = Correction(log, justification, row, statement_fact(row), now)
    about = _check(now) if now else About()
    put_statement_right(row, now)
    return correction.write(about)


def put_statement_right(row: Statement, now: StatementFact | None) -> None:
    """Give the row what the fact says; without one, it no longer stands."""
    columns = statement_columns(now) if now else {"withdrawn": True}
    Statement.objects.filter(pk=row.pk).update(**columns)


def _check(fact: StatementFact) -> About:
    """Refuse what cannot have been said so; what the statement is about."""
    check_parties({speaker.party for speaker in fact.speakers})
    _check_commitments({code for relation in fact.relations for code in (relation.of, relation.to)})
    _check_claims_are_free(fact)
    rows = Assessment.objects.filter(key__in=fact.claims, rectification__isnull=True).with_parts()
    claims = {row.key: row for row in rows.prefetch_related("commitment__also", "commitment__parties")}
    if missing := [key for key in fact.claims if key not in claims]:
        raise NotOnRecord("claim", missing[0])
    told = {key: (assessment_fact(row), commitment_fact(row.commitment)) for key, row in claims.items()}
    check_statement(fact, told)
    accessions = {next(iter(commitment.accessions), "") for _, commitment in told.values()}
    commitments = {commitment.key for _, commitment in told.values()}
    return {"accession": _only(accessions), "commitment": _only(commitments)}


def _only(found: set[str]) -> str:
    """The only one of them; nothing where there are several."""
    return found.pop() if len(found) == 1 else ""


def _check_commitments(keys: Iterable[str]) -> None:
    wanted = set(keys)
    if unknown := sorted(wanted - set(Commitment.objects.filter(key__in=wanted).values_list("key", flat=True))):
        raise UnknownCommitment(unknown[0])


def _check_claims_are_free(fact: StatementFact) -> None:
    for other in Statement.objects.standing().exclude(key=fact.key):
        if taken := sorted(set(other.document["claims"]) & set(fact.claims)):
            raise ClaimHangsElsewhere(taken[0], other.key)
