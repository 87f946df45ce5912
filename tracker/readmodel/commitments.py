"""The register of commitments: what was asked or promised by a day, and each party's claims, side by side."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.domain.dates import PartialDate
from tracker.domain.facts import AssessmentFact, CommitmentFact
from tracker.domain.standing import Assessed, claims_on
from tracker.domain.vocabulary import Reached, Subject
from tracker.models import Assessment, Commitment
from tracker.models.facts_of_rows import assessment_fact, commitment_fact
from tracker.readmodel.events import citations_at
from tracker.readmodel.record import Record


@dataclass(frozen=True)
class Voice:
    """One party's claims on a commitment, its last word first."""

    by: str
    claims: tuple[AssessmentFact, ...]

    @property
    def latest(self) -> AssessmentFact:
        """Its last word by the day shown."""
        return self.claims[0]


@dataclass(frozen=True)
class ToldCommitment:
    """A commitment and who says what of it; `date` is that of the text, None where it is not known."""

    fact: CommitmentFact
    date: PartialDate | None
    voices: tuple[Voice, ...]

    @property
    def is_unsourced(self) -> bool:
        """Whether nothing is cited for it."""
        return not self.fact.sources


def commitments_by(record: Record, as_of: date, *, accession: str = "", key: str = "") -> list[ToldCommitment]:
    """The commitments of texts that existed by the day, as that edition told them, in order of the texts' dates."""
    facts = _facts_at(record, accession, key)
    claims = _claims_at(record, facts)
    dated = [(fact, _date_of(fact)) for fact in facts.values()]
    told = [
        ToldCommitment(fact, text_date, _voices(claims[fact.key], as_of))
        for fact, text_date in dated
        if text_date is None or text_date.by(as_of) is not Reached.NOT_REACHED
    ]
    return sorted(told, key=lambda one: (one.date.earliest or date.min if one.date else date.min, one.fact.key))


def _date_of(fact: CommitmentFact) -> PartialDate | None:
    return PartialDate.parse(fact.stems_from.date) if fact.stems_from.date else None


def _facts_at(record: Record, accession: str, key: str) -> dict[str, CommitmentFact]:
    wanted: dict[str, Any] = {"key": key} if key else {}
    citations = citations_at(record.edition)
    rows = Commitment.objects.filter(recorded__lte=record.edition, **wanted)
    corrected = record.rectified_since(Subject.COMMITMENT)
    facts = [
        _as_told(commitment_fact(row), corrected.get(row.key))
        for row in rows.prefetch_related(citations, "also", "parties", "conflicts")
    ]
    return {fact.key: fact for fact in facts if not accession or accession in {fact.accession, *fact.also}}


def _as_told(fact: CommitmentFact, was: dict[str, Any] | None) -> CommitmentFact:
    """The commitment as the edition told it: what a later rectification keeps, with the sources cited by then."""
    if was is None:
        return fact
    return CommitmentFact.model_validate(was).model_copy(update={"sources": fact.sources})


def _claims_at(record: Record, facts: Iterable[str]) -> Mapping[str, list[Assessment]]:
    citations = citations_at(record.edition)
    rows = Assessment.objects.known_at(record.edition).filter(commitment__key__in=list(facts))
    found: dict[str, list[Assessment]] = defaultdict(list)
    for row in rows.select_related("commitment").prefetch_related(citations):
        found[row.commitment.key].append(row)
    return found


def _voices(claims: Iterable[Assessment], as_of: date) -> tuple[Voice, ...]:
    facts = {row.key: assessment_fact(row) for row in claims}
    spoken = claims_on(map(_assessed, claims), as_of)
    return tuple(Voice(one.by, tuple(facts[said.key] for said in (one.latest, *one.earlier))) for one in spoken)


def _assessed(row: Assessment) -> Assessed:
    fact = assessment_fact(row)
    return Assessed(row.key, row.by_id, fact.status, fact.basis, row.occurred, row.recorded)
