"""Commitments on a day: what was asked or promised by then, and each party's claims, side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tracker.domain.dates import PartialDate
from tracker.domain.facts import AssessmentFact, CommitmentFact, Source, SpeakerFact, StatementFact
from tracker.domain.standing import claims_on
from tracker.domain.standing.speaking import VOICES, roles_in, speakers_for
from tracker.domain.vocabulary import ClaimRole, StatementForm
from tracker.language.commitments import Word, say_last_words, say_sides
from tracker.readmodel.commitments.recorded import RecordedClaim, RecordedCommitment
from tracker.readmodel.days.hindsight import later_of


@dataclass(frozen=True)
class ToldClaim:
    """One claim as a day may tell it: what, in which statement, and whether it is older than the text."""

    fact: AssessmentFact
    statement: StatementFact | None
    is_before_text: bool
    day: date

    @property
    def speakers(self) -> tuple[SpeakerFact, ...]:
        """Who spoke; nobody where that is not on record."""
        return speakers_for(self.fact.by, self.statement.speakers) if self.statement else ()

    @property
    def is_report(self) -> bool:
        """Whether it only tells what others are said to have said or done."""
        return self.statement is not None and self.statement.form is StatementForm.REPORT

    @property
    def age(self) -> int:
        """How many days before the day shown it was made, at least."""
        return (self.day - (self.fact.occurred.latest or self.day)).days


@dataclass(frozen=True)
class Voice:
    """One speaker's claims on a commitment, its last word first."""

    by: str
    claims: tuple[ToldClaim, ...]
    roles: frozenset[ClaimRole]

    @property
    def latest(self) -> ToldClaim:
        """Its last word by the day shown."""
        return self.claims[0]

    @property
    def is_below(self) -> bool:
        """Whether it speaks for no state and no organisation, and so stands below those that do."""
        return self.by in VOICES

    @property
    def role(self) -> ClaimRole:
        """In which part it speaks, for the order in which voices stand: who asks comes first."""
        return next(role for role in ClaimRole if role in self.roles)


@dataclass(frozen=True)
class DatedCommitment:
    """A commitment, and who had said what of it by a day."""

    recorded: RecordedCommitment
    fact: CommitmentFact
    voices: tuple[Voice, ...]
    day: date

    @property
    def title(self) -> str:
        """What it is, in a line; only its category, where the title names what came later."""
        return self.fact.title or str(self.fact.category.label)

    @property
    def later_sources(self) -> tuple[Source, ...]:
        """The sources that came later."""
        return later_of(self.recorded.fact.sources, self.fact.sources)

    @property
    def has_text(self) -> bool:
        """Whether its text existed by the day shown."""
        return self.recorded.has_text_by(self.day)

    @property
    def text_date(self) -> PartialDate | None:
        """The date of its text, if it is known and has come."""
        return self.recorded.text_date if self.has_text else None

    @property
    def is_unsourced(self) -> bool:
        """Whether nothing is cited for it."""
        return not self.recorded.document["sources"]

    @cached_property
    def claims(self) -> tuple[ToldClaim, ...]:
        """All that was said of it by the day, newest first."""
        every = [claim for voice in self.voices for claim in voice.claims]
        return tuple(sorted(every, key=lambda claim: (claim.age, claim.fact.key)))

    @property
    def silent(self) -> tuple[str, ...]:
        """Those who owe of whom no word is on record by the day."""
        spoken = {voice.by for voice in self.voices}
        return tuple(code for code in self.fact.owed_by if code not in spoken)


def say_standing(commitment: DatedCommitment, names: Mapping[str, str]) -> str:
    """Where it stands, in a sentence that either side can read: who asks whom, and each one's last word."""
    voices = [voice for voice in commitment.voices if not voice.is_below]
    words = [Word(voice.by, voice.latest.fact.status, voice.latest.fact.occurred) for voice in voices]
    sentences = (say_sides(commitment.fact, names), say_last_words(words, commitment.silent, names))
    return " ".join(filter(None, sentences))


def commitments_by(commitments: Iterable[RecordedCommitment], as_of: date) -> list[DatedCommitment]:
    """Those of the commitments that were spoken of by the day, each with the claims of that day."""
    return [with_voices(commitment, as_of) for commitment in commitments if commitment.exists_by(as_of)]


def of_accession(commitments: Iterable[RecordedCommitment], code: str) -> list[RecordedCommitment]:
    """Those of the commitments that were made in the course of that accession."""
    return [commitment for commitment in commitments if code in commitment.accessions]


def with_voices(commitment: RecordedCommitment, as_of: date) -> DatedCommitment:
    """The commitment with what each party had said of it by that day; those who speak for themselves come last."""
    claims = {claim.assessed.key: claim for claim in commitment.claims}
    voices = [
        Voice(
            said.by,
            tuple(_told(commitment, claims[one.key], as_of) for one in (said.latest, *said.earlier)),
            roles_in(said.by, commitment.document["asked_by"], commitment.document["owed_by"]),
        )
        for said in claims_on((claim.assessed for claim in commitment.claims), as_of)
    ]
    voices.sort(key=lambda voice: voice.is_below)
    return DatedCommitment(commitment, commitment.on(as_of), tuple(voices), as_of)


def _told(commitment: RecordedCommitment, claim: RecordedClaim, as_of: date) -> ToldClaim:
    statement = claim.statement.on(as_of) if claim.statement else None
    return ToldClaim(claim.on(as_of), statement, commitment.is_before_text(claim.assessed), as_of)
