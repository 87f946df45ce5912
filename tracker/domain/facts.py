"""Facts as documents: what a line of the shipped data, an entry of the log and an answer of the API hold.

One class a noun, with the keys of the document in its order. A fact is complete and immutable, it
knows nothing of the database, and `document()` and `model_validate()` are each other's inverse.
"""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from tracker.domain.dates import in_use
from tracker.domain.validators import (
    Account,
    Address,
    Alpha2,
    Code,
    Codes,
    Count,
    Date,
    DateText,
    Headline,
    Key,
    Line,
    MaybeAddress,
    Name,
    Office,
    OwnName,
    ShortName,
    Side,
    Since,
    Text,
    Title,
    Word,
    at_most,
    check_date_text,
)
from tracker.domain.vocabulary import (
    Claim,
    ClaimBasis,
    CommitmentCategory,
    CommitmentKind,
    Confidence,
    EventKind,
    PartyKind,
    SourceClass,
    StepKind,
)


class Fact(BaseModel):
    """The base of every fact."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True, use_enum_values=False
    )

    def document(self) -> dict[str, Any]:
        """The fact as plain JSON data, keys in their fixed order, every key present."""
        return self.model_dump(mode="json", by_alias=True)


class Source(Fact):
    """Who says so, and where."""

    url: Address
    title: Annotated[Title, at_most(500)]
    publisher: Name
    source_class: SourceClass = Field(alias="class")
    published: DateText = ""
    quote: Text = ""
    quote_language: Annotated[Line, at_most(8)] = ""
    archived_url: MaybeAddress = ""


class Differing(Fact):
    """What another source says differently."""

    field: Word
    value: Account
    url: Address


class Tally(Fact):
    """A counted vote."""

    yes: Count
    no: Count | None = None
    abstain: Count | None = None
    absent: Count | None = None

    @property
    def total(self) -> int:
        """How many members the tally accounts for."""
        return self.yes + (self.no or 0) + (self.abstain or 0) + (self.absent or 0)

    @property
    def carried(self) -> bool:
        """Whether more voted for than against."""
        return self.yes > (self.no or 0)


class EventFact(Fact):
    """One dated act or occurrence, with its sources."""

    key: Key
    accession: Code | None = None
    treaty: Annotated[Line, at_most(20)] = ""
    actor: Code
    others: Codes = Field(default=(), alias="with")
    office: Office = ""
    kind: EventKind
    occurred: Date = Field(alias="date")
    votes: Tally | None = None
    title: Headline
    detail: Text = ""
    sources: tuple[Source, ...] = ()
    conflicts: tuple[Differing, ...] = ()
    confidence: Confidence
    tags: tuple[Word, ...] = ()

    def says_the_same_as(self, other: Self) -> bool:
        """Whether both tell the same, whatever their sources."""
        return self.model_copy(update={"sources": ()}) == other.model_copy(update={"sources": ()})


class AssessmentFact(Fact):
    """One party's dated claim on a commitment."""

    key: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=160)]
    occurred: Date = Field(alias="date")
    by: Code
    status: Claim
    basis: ClaimBasis
    office: Office = ""
    note: Text = ""
    confidence: Confidence | None = None
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
    """Something asked of or promised by somebody, and what each party says of it."""

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

    def says_the_same_as(self, other: Self) -> bool:
        """Whether the other tells all that this one does, whatever their sources and the claims on them.

        It may tell of more conflicts: one that was told is not taken back.
        """
        bare: dict[str, Any] = {"sources": (), "assessments": (), "conflicts": ()}
        told = all(one in other.conflicts for one in self.conflicts)
        return told and self.model_copy(update=bare) == other.model_copy(update=bare)


class DatedName(Fact):
    """What a party is called in one language, from `since` up to and without `until`."""

    language: Annotated[Title, at_most(8)]
    text: ShortName
    since: Since = ""
    until: Since = ""


class PartyFact(Fact):
    """A state, an organisation, or another voice that is quoted."""

    code: Code
    kind: PartyKind
    alpha2: Alpha2 = ""
    capital: Annotated[Line, at_most(80)] = ""
    founding_member: bool | None = None
    names: tuple[DatedName, ...]
    sources: tuple[Source, ...] = ()

    @model_validator(mode="after")
    def _check_code(self) -> Self:
        if self.kind is PartyKind.STATE and len(self.code) != 3:
            raise ValueError("a state is known by its ISO 3166-1 alpha-3 code, such as TUR")
        return self

    def name_on(self, day: date, language: str) -> str:
        """The name in that language on that day; English, then the code, where there is none."""
        in_english = (name for name in self.names if name.language == "en")
        in_language = (name for name in self.names if name.language == language)
        found = (name.text for name in (*in_language, *in_english) if in_use(day, name.since, name.until))
        return next(found, self.code)


class Parliament(Fact):
    """An ally's parliament."""

    name: ShortName
    native: OwnName = ""
    website: Annotated[MaybeAddress, at_most(300)] = ""


class EarlierSize(Fact):
    """How many seats a chamber had up to and without a day."""

    until: Annotated[Title, AfterValidator(check_date_text)]
    seats: Count


class ChamberFact(Fact):
    """One chamber of a parliament, and the part it takes."""

    name: ShortName
    native: OwnName = ""
    seats: Count | None = None
    seats_earlier: tuple[EarlierSize, ...] = ()
    role: Word


class StepFact(Fact):
    """One step of a procedure."""

    order: Count
    kind: StepKind
    body: Name
    note: Text = ""
    alternative: bool = False
    optional: bool = False


class ProcedureFact(Fact):
    """How an accession protocol becomes binding in one ally."""

    ally: Code
    parliament: Parliament
    chambers: tuple[ChamberFact, ...]
    parliament_votes: bool
    chambers_that_vote: tuple[ShortName, ...] = ()
    steps: tuple[StepFact, ...]
    majority: Text = ""
    referendum: Text = ""
    advance_consent_possible: bool
    territorial_scope: Text = ""
    gazette: Text = ""
    open_data: Text = ""
    notes: Text = ""
    sources: tuple[Source, ...] = ()
    confidence: Confidence
    unsourced_fields: tuple[Name, ...] = ()
    conflicts: tuple[Differing, ...] = ()

    @field_validator("chambers")
    @classmethod
    def _check_chambers(cls, chambers: tuple[ChamberFact, ...]) -> tuple[ChamberFact, ...]:
        if len({one.name for one in chambers}) < len(chambers):
            raise ValueError("two chambers have the same name")
        return chambers

    @field_validator("chambers_that_vote")
    @classmethod
    def _order_as_chambers(cls, names: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        known = [one.name for one in info.data.get("chambers", ())]
        if unknown := sorted(set(names) - set(known)):
            raise ValueError(f"“{unknown[0]}” is none of the chambers")
        return tuple(name for name in known if name in names)

    @field_validator("steps")
    @classmethod
    def _order_steps(cls, steps: tuple[StepFact, ...]) -> tuple[StepFact, ...]:
        if len({one.order for one in steps}) < len(steps):
            raise ValueError("two steps have the same place in the order")
        return tuple(sorted(steps, key=lambda one: one.order))
