"""What is said of commitments: who said what can be looked up; whether it was kept is nobody's to say here."""

from collections.abc import Iterator, Mapping
from typing import Any

from tracker.domain.checking import Truth, Why, falls_within
from tracker.domain.checking.clauses import Matter
from tracker.domain.vocabulary import Reached
from tracker.readmodel.answers.documents import commitment_rows
from tracker.readmodel.checking import sentences
from tracker.readmodel.checking.finding import Asked, Finding, undecided
from tracker.readmodel.commitments import RecordedClaim


def of_claim(asked: Asked) -> Finding:
    """Whether that party said so. That it said so on another day, too, contradicts nothing."""
    claims = [claim for claim in _claims(asked) if claim.assessed.occurred.by(asked.as_of) is Reached.REACHED]
    told = sentences.of_claims(asked, [attribution(claim) for claim in claims])
    fits = [claim for claim in claims if _fits(asked, claim)]
    attributed = tuple(attribution(claim) for claim in (fits or claims))
    truth = Truth(True) if fits else Truth(None, Why.NOT_ON_RECORD)
    return Finding({Matter.CLAIM: truth}, told, attributed=attributed)


def _claims(asked: Asked) -> Iterator[RecordedClaim]:
    clause = asked.clause
    for commitment in asked.edition.commitments:
        of_it = commitment.key == clause.commitment if clause.commitment else clause.accession in commitment.accessions
        yield from (claim for claim in commitment.claims if of_it and clause.party in {"", claim.assessed.by})


def _fits(asked: Asked, claim: RecordedClaim) -> bool:
    clause = asked.clause
    if clause.status and claim.assessed.status.value != clause.status:
        return False
    return falls_within(claim.assessed.occurred, clause.window, asked.as_of).value is True


def attribution(claim: RecordedClaim) -> Mapping[str, Any]:
    """Who said what of which commitment, and when, with the first of its sources."""
    document = claim.document
    sources = document["sources"]
    return {
        "commitment": document["commitment"],
        "by": document["by"],
        "status": document["status"],
        "since": document["date"],
        "source": sources[0]["url"] if sources else None,
    }


def of_judgement(asked: Asked) -> Finding:
    """Whether something was kept, or why something was done: told is what each party says of it, and no verdict."""
    why = Why.CAUSE if asked.clause.act is Matter.CAUSE else Why.JUDGEMENT
    rows = commitment_rows(asked.edition, asked.as_of)
    wanted = asked.clause.commitment
    last_words = {claim["assessment"] for row in rows.values() if row["key"] == wanted for claim in row["claims"]}
    claims = [claim for claim in _claims(asked) if claim.assessed.key in last_words]
    attributed = tuple(attribution(claim) for claim in claims)
    return undecided(why, sentences.of_judgement(asked, attributed), attributed=attributed)
