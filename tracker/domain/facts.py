"""Facts as documents: what a line of the shipped data, an entry of the log and an answer of the API hold.

One class a noun, with the keys of the document in its order. A fact is complete and immutable, it
knows nothing of the database, and `document()` and `model_validate()` are each other's inverse.
"""

from datetime import date
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from tracker.domain.commitment_facts import (
    AssessmentFact,
    CommitmentFact,
    DueFact,
    FigureFact,
    RelationFact,
    SpeakerFact,
    StatementFact,
    Stem,
)
from tracker.domain.dates import in_use
from tracker.domain.fact_base import Differing, Fact, GrownFact, Source
from tracker.domain.procedure_facts import (
    ChamberFact,
    EarlierSize,
    LegalBasis,
    MajorityRule,
    Parliament,
    PathTaken,
    ProcedureFact,
    ProcedureVersion,
    StepFact,
)
from tracker.domain.validators import (
    Alpha2,
    Code,
    Codes,
    Count,
    Date,
    DateText,
    Headline,
    Key,
    Line,
    Number,
    Office,
    ShortName,
    Since,
    Text,
    Title,
    Word,
    at_most,
)
from tracker.domain.vocabulary import Confidence, EventKind, Outcome, PartyKind

__all__ = [
    "AssessmentFact",
    "ChamberFact",
    "CommitmentFact",
    "DatedName",
    "Differing",
    "DueFact",
    "EarlierSize",
    "EventFact",
    "Fact",
    "FigureFact",
    "GrownFact",
    "LegalBasis",
    "MajorityRule",
    "OrdinalFact",
    "Parliament",
    "PartyFact",
    "PathTaken",
    "ProcedureFact",
    "ProcedureVersion",
    "ReferendumFact",
    "RelationFact",
    "Source",
    "SpeakerFact",
    "StatementFact",
    "Stem",
    "StepFact",
    "Tally",
]


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


class ReferendumFact(Fact):
    """What the people were asked, and what came of it."""

    question: Text = ""
    electorate: Number | None = None
    yes: Number | None = None
    no: Number | None = None
    turnout: Annotated[Line, at_most(40)] = ""
    threshold: Text = ""
    valid: bool | None = None
    binding: bool | None = None


class OrdinalFact(Fact):
    """The place that a source gives an act in the count of allies: “the 28th of 30 to deposit”."""

    number: Annotated[Count, Field(ge=1)]
    of: Count | None = None

    @model_validator(mode="after")
    def _check_place(self) -> Self:
        if self.of is not None and self.number > self.of:
            raise ValueError("a place in the count is not beyond its end")
        return self


class EventFact(GrownFact):
    """One dated act or occurrence, with its sources.

    `planned` tells what somebody announced for a day: no act, whatever day it is. `follows` names the event that
    this one continues: the plan that it keeps, postpones or cancels, or the act that it recalls. `step` is the
    place in the ally's procedure of that time which an editor says that this act fills. `ordinal` is the place of
    the act among those of all allies on the protocol, where a source tells it.
    """

    since_then: ClassVar[frozenset[str]] = frozenset(
        {"also", "outcome", "referendum", "planned", "announced", "follows", "step", "ordinal"}
    )

    key: Key
    accession: Code | None = None
    also: Codes = ()
    treaty: Annotated[Line, at_most(20)] = ""
    actor: Code
    others: Codes = Field(default=(), alias="with")
    office: Office = ""
    kind: EventKind
    occurred: Date = Field(alias="date")
    planned: bool = False
    announced: DateText = ""
    follows: Annotated[Line, at_most(120)] = ""
    step: Count | None = None
    votes: Tally | None = None
    outcome: Outcome | None = None
    referendum: ReferendumFact | None = None
    ordinal: OrdinalFact | None = None
    title: Headline
    detail: Text = ""
    sources: tuple[Source, ...] = ()
    conflicts: tuple[Differing, ...] = ()
    confidence: Confidence
    tags: tuple[Word, ...] = ()

    def says_the_same_as(self, other: Self) -> bool:
        """Whether both tell the same, whatever their sources."""
        return self.model_copy(update={"sources": ()}) == other.model_copy(update={"sources": ()})

    def as_known_on(self, today: date) -> Self:
        """The event as it can be told on that day: what lies ahead is planned, whatever was said of it."""
        ahead = self.occurred.earliest is not None and self.occurred.earliest > today
        return self.model_copy(update={"planned": True}) if ahead else self

    @model_validator(mode="after")
    def _check_protocols(self) -> Self:
        if self.also and (self.accession is None or self.accession in self.also):
            raise ValueError("an act on several protocols names one as its own, and the others beside it")
        return self


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
        names = (name.text for name in (*in_language, *in_english) if in_use(day, name.since, name.until))
        return next(names, self.code)
