"""Commitments as documents, and what each party says of them. There is no field in here for a verdict."""

from typing import Annotated, Any, ClassVar, Self

from pydantic import Field

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
