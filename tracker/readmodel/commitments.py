"""The register of commitments: what was asked or promised by a day, and each party's claims, side by side."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tracker.domain.dates import PartialDate
from tracker.domain.facts import AssessmentFact, CommitmentFact, Source
from tracker.domain.standing import Assessed, claims_on
from tracker.domain.vocabulary import Claim, ClaimBasis, Reached
from tracker.readmodel.days.hindsight import Dated, later_of
from tracker.readmodel.fold import STAMP, Document, Table, recorded_on, without


@dataclass(frozen=True, eq=False)
class RecordedClaim:
    """One party's claim on record."""

    document: Document
    assessed: Assessed

    @cached_property
    def fact(self) -> AssessmentFact:
        """The claim as a fact."""
        return AssessmentFact.model_validate(without(self.document, *STAMP, "commitment", "version"))

    @cached_property
    def _dated(self) -> Dated[AssessmentFact]:
        return Dated(self.fact, recorded_on(self.document))

    def on(self, day: date) -> AssessmentFact:
        """The claim without what came after the day."""
        return self._dated.on(day)


@dataclass(frozen=True, eq=False)
class RecordedCommitment:
    """One commitment on record, with all claims on it; `text_date` is None where the day of its text is not known."""

    document: Document
    text_date: PartialDate | None
    claims: Sequence[RecordedClaim]

    @cached_property
    def fact(self) -> CommitmentFact:
        """The commitment as a fact; the claims on it are told apart."""
        return CommitmentFact.model_validate(without(self.document, *STAMP))

    @cached_property
    def _dated(self) -> Dated[CommitmentFact]:
        return Dated(self.fact, recorded_on(self.document))

    def on(self, day: date) -> CommitmentFact:
        """The commitment without what came after the day."""
        return self._dated.on(day)

    @property
    def key(self) -> str:
        """What names it."""
        return str(self.document["key"])

    @property
    def accessions(self) -> tuple[str, ...]:
        """The codes of the accessions in the course of which it was made."""
        return (self.document["accession"], *self.document["also"])

    @property
    def parties(self) -> tuple[str, ...]:
        """The codes of those who ask and those who owe."""
        return (*self.document["asked_by"], *self.document["owed_by"])

    def exists_by(self, day: date) -> bool:
        """Whether its text existed by that day, or may have."""
        return self.text_date is None or self.text_date.by(day) is not Reached.NOT_REACHED


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
class DatedCommitment:
    """A commitment, and who had said what of it by a day."""

    recorded: RecordedCommitment
    fact: CommitmentFact
    voices: tuple[Voice, ...]

    @property
    def title(self) -> str:
        """What it is, in a line; only its category, where the title names what came later."""
        return self.fact.title or str(self.fact.category.label)

    @property
    def later_sources(self) -> tuple[Source, ...]:
        """The sources that came later."""
        return later_of(self.recorded.fact.sources, self.fact.sources)

    @property
    def text_date(self) -> PartialDate | None:
        """The date of its text, if it is known."""
        return self.recorded.text_date

    @property
    def is_unsourced(self) -> bool:
        """Whether nothing is cited for it."""
        return not self.recorded.document["sources"]


def commitments_of(commitments: Table, assessments: Table) -> list[RecordedCommitment]:
    """The commitments of the log with the claims on them, in the order of the texts that they stem from."""
    claims: dict[str, list[RecordedClaim]] = defaultdict(list)
    for document in sorted(assessments.values(), key=_first_said):
        claims[document["commitment"]].append(document.read(_claim_of))
    recorded = [RecordedCommitment(document, _date_of(document), claims[key]) for key, document in commitments.items()]
    return sorted(recorded, key=_by_text)


def commitments_by(commitments: Iterable[RecordedCommitment], as_of: date) -> list[DatedCommitment]:
    """Those of the commitments whose texts existed by the day, each with the claims of that day."""
    return [with_voices(commitment, as_of) for commitment in commitments if commitment.exists_by(as_of)]


def of_accession(commitments: Iterable[RecordedCommitment], code: str) -> list[RecordedCommitment]:
    """Those of the commitments that were made in the course of that accession."""
    return [commitment for commitment in commitments if code in commitment.accessions]


def with_voices(commitment: RecordedCommitment, as_of: date) -> DatedCommitment:
    """The commitment with what each party had said of it by that day."""
    claims = {claim.assessed.key: claim.on(as_of) for claim in commitment.claims}
    spoken = claims_on((claim.assessed for claim in commitment.claims), as_of)
    return DatedCommitment(
        commitment,
        commitment.on(as_of),
        tuple(Voice(party.by, tuple(claims[said.key] for said in (party.latest, *party.earlier))) for party in spoken),
    )


def _claim_of(document: Document) -> RecordedClaim:
    assessed = Assessed(
        key=document["key"],
        by=document["by"],
        status=Claim(document["status"]),
        basis=ClaimBasis(document["basis"]),
        occurred=PartialDate.parse(document["date"]),
        recorded=document["recorded"],
    )
    return RecordedClaim(document, assessed)


def _date_of(document: Document) -> PartialDate | None:
    text_date = document["stems_from"]["date"]
    return PartialDate.parse(text_date) if text_date else None


def _by_text(commitment: RecordedCommitment) -> tuple[date, str]:
    first_day = commitment.text_date.earliest if commitment.text_date else None
    return first_day or date.min, commitment.key


def _first_said(document: Mapping[str, object]) -> int:
    return int(str(document["recorded"]))
