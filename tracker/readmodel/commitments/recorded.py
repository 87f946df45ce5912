"""Commitments as the log tells them: with the claims on them, and the statements that the claims were made in."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from tracker.domain.dates import PartialDate
from tracker.domain.facts import AssessmentFact, CommitmentFact, SpeakerFact, StatementFact, Stem
from tracker.domain.standing import Assessed
from tracker.domain.standing.speaking import VOICES, speakers_for
from tracker.domain.vocabulary import ALLIANCE, Claim, ClaimBasis, Reached
from tracker.readmodel.days.hindsight import Dated
from tracker.readmodel.fold import STAMP, Document, Table, recorded_on, without


@dataclass(frozen=True, eq=False)
class RecordedStatement:
    """One utterance on record."""

    document: Document
    fact: StatementFact

    @property
    def key(self) -> str:
        """What names it."""
        return self.fact.key

    @cached_property
    def _dated(self) -> Dated[StatementFact]:
        return Dated(self.fact, recorded_on(self.document))

    def on(self, day: date) -> StatementFact:
        """The statement without what came after the day."""
        return self._dated.on(day)


@dataclass(frozen=True, eq=False)
class RecordedClaim:
    """One party's claim on record, and the statement that it was made in; None where that is not on record."""

    document: Document
    assessed: Assessed
    statement: RecordedStatement | None = None

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

    @property
    def speakers(self) -> tuple[SpeakerFact, ...]:
        """Who spoke; nobody where that is not on record."""
        return speakers_for(self.assessed.by, self.statement.fact.speakers) if self.statement else ()

    def is_said_by(self, day: date) -> bool:
        """Whether it certainly had been made by that day: nobody is quoted too early."""
        return self.assessed.occurred.by(day) is Reached.REACHED


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
        """The commitment without what came after the day.

        Before its text it stems from what was said first, and has the sides that had spoken by then.
        """
        fact = self._dated.on(day)
        said = [claim for claim in self.claims if claim.is_said_by(day)]
        if self.has_text_by(day) or not said:
            return fact
        spoken = {claim.assessed.by for claim in said}
        sides = {
            side: tuple(code for code in getattr(fact, side) if code in spoken) for side in ("asked_by", "owed_by")
        }
        return fact.model_copy(update={"stems_from": _first_words(said), **sides})

    @property
    def key(self) -> str:
        """What names it."""
        return str(self.document["key"])

    @property
    def accessions(self) -> tuple[str, ...]:
        """The codes of the accessions in the course of which it was made; none where it belongs to none."""
        return tuple(code for code in (self.document["accession"], *self.document["also"]) if code != ALLIANCE)

    @property
    def parties(self) -> tuple[str, ...]:
        """The codes of those who ask and those who owe."""
        return (*self.document["asked_by"], *self.document["owed_by"])

    def has_text_by(self, day: date) -> bool:
        """Whether its text existed by that day, or may have."""
        return self.text_date is None or self.text_date.by(day) is not Reached.NOT_REACHED

    def exists_by(self, day: date) -> bool:
        """Whether it was spoken of by that day, in its text or before there was one."""
        return self.has_text_by(day) or any(claim.is_said_by(day) for claim in self.claims)

    @property
    def begun(self) -> date:
        """The first day on which it can have been spoken of."""
        text = (self.text_date and self.text_date.earliest) or date.min
        return min([text, *(claim.assessed.occurred.latest or date.max for claim in self.claims)])

    def is_before_text(self, claim: Assessed) -> bool:
        """Whether a claim is certainly older than the text of the commitment."""
        first, last = self.text_date and self.text_date.earliest, claim.occurred.latest
        return bool(first and last and last < first)


def statements_of(statements: Table) -> dict[str, RecordedStatement]:
    """The statements of the log, by key."""
    return {key: document.read(_statement_of) for key, document in statements.items()}


def commitments_of(
    commitments: Table, assessments: Table, statements: Mapping[str, RecordedStatement]
) -> list[RecordedCommitment]:
    """The commitments of the log with the claims on them, in the order of the texts that they stem from."""
    made_in = {key: statement for statement in statements.values() for key in statement.fact.claims}
    claims: dict[str, list[RecordedClaim]] = defaultdict(list)
    for document in sorted(assessments.values(), key=_first_said):
        claims[document["commitment"]].append(_in_statement(document, made_in.get(document["key"])))
    recorded = [RecordedCommitment(document, _date_of(document), claims[key]) for key, document in commitments.items()]
    return sorted(recorded, key=_by_text)


def _in_statement(document: Document, statement: RecordedStatement | None) -> RecordedClaim:
    bare: RecordedClaim = document.read(_claim_of)
    if statement is None:
        return bare
    claim = replace(bare, statement=statement)
    return replace(claim, assessed=replace(bare.assessed, voice=_voice(claim)))


def _voice(claim: RecordedClaim) -> str:
    """Who of several speaks, where they share the code of a voice."""
    if claim.assessed.by not in VOICES:
        return ""
    return "/".join(f"{speaker.party} {speaker.office or speaker.person}" for speaker in claim.speakers)


def _first_words(said: Sequence[RecordedClaim]) -> Stem:
    """What was said first, in the place of a text that was not there yet."""
    first = min(said, key=lambda claim: (claim.assessed.occurred.latest or date.max, claim.assessed.key))
    title = first.statement.fact.title if first.statement else ""
    words = title or first.fact.note or first.fact.office or str(first.assessed.status.label)
    return Stem(text=words[:300], date=str(first.assessed.occurred))


def _statement_of(document: Document) -> RecordedStatement:
    return RecordedStatement(document, StatementFact.model_validate(without(document, *STAMP)))


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
