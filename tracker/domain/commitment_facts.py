"""Commitments as documents, what each party says of them, and in which statements. No field in here is a verdict."""

from typing import Annotated, Any, ClassVar, Final, Self

from pydantic import Field, model_validator

from tracker.domain.fact_base import Differing, Fact, GrownFact, Source
from tracker.domain.validators import (
    ClaimKey,
    Code,
    Codes,
    Date,
    DateText,
    Headline,
    Key,
    Line,
    Number,
    Office,
    OwnName,
    Side,
    Text,
    Word,
    at_most,
)
from tracker.domain.vocabulary import (
    ALLIANCE,
    Claim,
    ClaimBasis,
    CommitmentCategory,
    CommitmentKind,
    Confidence,
    FigureBound,
    RelationKind,
    SpeakerKind,
    StatementForm,
)


class DueFact(Fact):
    """By when something is to be done, in the words of whoever says so."""

    by: DateText = ""
    wording: Headline


class FigureFact(Fact):
    """A number that a party gives in a claim: how many of what, and of whom."""

    count: Number
    bound: FigureBound = FigureBound.EXACTLY
    unit: Word
    of: Codes = ()


class AssessmentFact(GrownFact):
    """One party's dated claim on a commitment.

    `about` names those who owe of whom the claim speaks, where it does not speak of all.
    """

    since_then: ClassVar[frozenset[str]] = frozenset({"about", "figures", "due"})

    key: ClaimKey
    occurred: Date = Field(alias="date")
    by: Code
    status: Claim
    basis: ClaimBasis
    office: Office = ""
    note: Text = ""
    confidence: Confidence | None = None
    about: Codes = ()
    figures: tuple[FigureFact, ...] = ()
    due: DueFact | None = None
    sources: tuple[Source, ...] = ()

    def says_the_same_as(self, other: Self) -> bool:
        """Whether both tell the same, whatever their sources."""
        return self.model_copy(update={"sources": ()}) == other.model_copy(update={"sources": ()})


class Stem(Fact):
    """The text that a commitment stems from."""

    text: Headline
    date: DateText
    clause: Annotated[Line, at_most(60)] = ""


# Under which a commitment would never be shown, because another page has that address.
RESERVED_KEYS: Final = frozenset({"extraditions"})


class CommitmentFact(Fact):
    """Something asked of or promised by somebody, and what each party says of it.

    Some conditions belong to no accession, as Ireland's of 1949, which never became one: theirs is the alliance.
    """

    key: Key
    accession: Code
    also: Codes = ()
    kind: CommitmentKind
    category: CommitmentCategory
    title: Headline
    detail: Text = ""
    asked_by: Side
    owed_by: Side
    office: Office = ""
    stems_from: Stem
    sources: tuple[Source, ...] = ()
    conflicts: tuple[Differing, ...] = ()
    confidence: Confidence
    assessments: tuple[AssessmentFact, ...] = ()

    @model_validator(mode="after")
    def _has_an_address_of_its_own(self) -> Self:
        if self.key in RESERVED_KEYS:
            raise ValueError(f"/commitments/{self.key}/ is a page of the site: choose another key")
        return self

    @property
    def accessions(self) -> tuple[str, ...]:
        """The accessions that it belongs to; none for a condition in none."""
        return tuple(code for code in (self.accession, *self.also) if code != ALLIANCE)

    def says_the_same_as(self, other: Self) -> bool:
        """Whether the other tells all that this one does, whatever their sources and the claims on them.

        It may tell of more conflicts: one that was told is not taken back.
        """
        bare: dict[str, Any] = {"sources": (), "assessments": (), "conflicts": ()}
        keeps_conflicts = all(conflict in other.conflicts for conflict in self.conflicts)
        return keeps_conflicts and self.model_copy(update=bare) == other.model_copy(update=bare)


class SpeakerFact(Fact):
    """Who speaks: as what, for or in which state or organisation, and by whom it is told, if not by the speaker.

    `party` is the state or organisation that the speaker speaks for or, for one who speaks for nobody but
    itself, the state that it belongs to.
    """

    party: Code
    kind: SpeakerKind
    office: Office = ""
    person: OwnName = ""
    told_by: Office = ""


class RelationFact(Fact):
    """That one commitment depends on another, or gave way to it, as the speakers of the statement say."""

    kind: RelationKind
    of: Key
    to: Key

    @model_validator(mode="after")
    def _check_two(self) -> Self:
        if self.of == self.to:
            raise ValueError("a relation ties two commitments")
        return self


class StatementFact(Fact):
    """One utterance. A joint one speaks for each of its speakers; a general one names no clause.

    Its own sources are few: most stand with the claims that hang from it.
    """

    key: Key
    occurred: Date = Field(alias="date")
    place: Annotated[Line, at_most(120)] = ""
    form: StatementForm
    title: Headline
    general: bool = False
    speakers: tuple[SpeakerFact, ...]
    claims: tuple[ClaimKey, ...] = ()
    relations: tuple[RelationFact, ...] = ()
    event: Annotated[Line, at_most(120)] = ""
    sources: tuple[Source, ...] = ()
    confidence: Confidence

    @model_validator(mode="after")
    def _check_whole(self) -> Self:
        if not self.speakers:
            raise ValueError("somebody speaks in a statement")
        if len(set(self.claims)) < len(self.claims):
            raise ValueError("a claim hangs from it once")
        if not self.claims and not self.sources:
            raise ValueError("a statement without claims has a source of its own")
        return self

    @property
    def is_joint(self) -> bool:
        """Whether it speaks for several."""
        return len({speaker.party for speaker in self.speakers}) > 1
