"""The shapes of what is on record: events, commitments, procedures, states, sources."""

from typing import Literal

from pydantic import Field

from api.shapes.changelog import (
    AssessmentToldShape,
    ProcedureToldShape,
    RectificationShape,
    SpeakerShape,
    StatementToldShape,
)
from api.shapes.frame import Code, Moment, Shape
from api.shapes.parts import (
    DateShape,
    DifferingShape,
    FirmnessShape,
    NameShape,
    OrdinalShape,
    ReferendumShape,
    SourceShape,
    StemShape,
    TallyShape,
)
from tracker.domain.vocabulary import (
    Claim,
    ClaimBasis,
    ClaimRole,
    CommitmentCategory,
    CommitmentKind,
    Confidence,
    EventKind,
    Outcome,
    PlanState,
    Reached,
    StatementForm,
)


class EventShape(DateShape):
    """One dated act or occurrence, with its sources."""

    key: str
    accession: Code | None
    treaty: str | None
    actor: Code
    others: list[Code] = Field(alias="with")
    office: str | None
    kind: EventKind
    state: Reached
    votes: TallyShape | None
    also: list[Code] = Field(description="The other accessions that the same act served.")
    planned: bool = Field(description="Announced for that day: no act, whatever day it is.")
    announced: str | None
    plan: PlanState | None = Field(description="What had become of a plan by the day.")
    follows: str | None = Field(description="The event that this one continues: a plan, or an act recalled.")
    step: int | None = Field(description="The step of the ally’s procedure that it fills, as an editor says.")
    outcome: Outcome | None = Field(
        description="Of a vote in a chamber: as its source says, or by the tally and the majority needed on that day."
    )
    referendum: ReferendumShape | None
    ordinal: OrdinalShape | None = Field(description="Its place in the count of allies, as a source tells it.")
    title: str
    detail: str | None
    sources: list[SourceShape]
    conflicts: list[DifferingShape]
    confidence: Confidence
    firmness: FirmnessShape
    tags: list[str]
    version: int
    recorded: int
    recorded_at: Moment
    rectifications: list[RectificationShape] | None = Field(
        None,
        description="With `include=rectifications`: those made by the day, or about nothing later; "
        "the others are with `include=later`.",
    )
    later: "EventLaterShape | None" = Field(None, description="With `include=later`.")


class SpokenShape(Shape):
    """By whom a claim was made, in which part, and in which statement."""

    roles: list[ClaimRole] = Field(description="Whether it asks, owes, or is a third party.")
    statement: str | None = Field(description="The statement it was made in; null where that is not on record.")
    form: StatementForm | None
    speakers: list[SpeakerShape] = Field(description="Who spoke; empty where that is not on record.")
    before_text: bool = Field(description="Whether it is older than the text of the commitment.")


class AssessmentShape(SpokenShape, AssessmentToldShape):
    """One party’s dated claim on a commitment."""

    commitment: str
    version: int
    recorded: int
    recorded_at: Moment


class PartyClaimShape(SpokenShape):
    """One party’s last word on a commitment by the day; nobody’s verdict. Voices that speak for no state come last."""

    by: Code
    status: Claim
    basis: ClaimBasis
    since: str
    assessment: str
    earlier: int


class CommitmentShape(Shape):
    """Something asked of or promised by somebody, and what each party says of it."""

    key: str
    accession: Code = Field(description="The applicant; the alliance, `NATO`, where it belongs to no accession.")
    also: list[Code]
    kind: CommitmentKind
    category: CommitmentCategory
    title: str
    detail: str | None
    asked_by: list[Code]
    owed_by: list[Code]
    office: str | None
    stems_from: StemShape
    state: Reached
    sources: list[SourceShape]
    conflicts: list[DifferingShape]
    confidence: Confidence
    answer: str = Field(description="Who asks whom, and each side’s last word, in a sentence.")
    claims: list[PartyClaimShape]
    assessments: list[AssessmentShape]
    recorded: int
    recorded_at: Moment
    later: "CommitmentLaterShape | None" = Field(None, description="With `include=later`.")


class StatementShape(StatementToldShape, DateShape):
    """One utterance: who spoke, where and how, and what hangs from it."""

    state: Reached
    joint: bool = Field(description="Whether it speaks for several.")
    voices: list[Code] = Field(description="The codes under which its claims stand.")
    recorded: int
    recorded_at: Moment


class ProcedureShape(ProcedureToldShape):
    """How an accession protocol becomes binding in one ally."""

    recorded: int
    recorded_at: Moment


class StateShape(Shape):
    """A state, with its names and its membership on that day."""

    code: Code
    alpha2: str | None
    name: str
    names: dict[str, str]
    dated_names: list[NameShape]
    capital: str | None
    founding_member: bool | None
    member: bool
    member_since: DateShape
    accession: Code | None
    sources: list[SourceShape]
    recorded: int
    recorded_at: Moment
    later: "StateLaterShape | None" = Field(None, description="With `include=later`.")


class LaterShape(Shape):
    """What the day could not show: texts that name a later day, and sources published after it."""

    title: str | None = None
    office: str | None = None
    detail: str | None = None
    sources: list[SourceShape] | None = None
    conflicts: list[DifferingShape] | None = None


class EventLaterShape(LaterShape):
    """What the day could not show of an event; its date where it may have happened after the day."""

    occurred: DateShape | None = None
    rectifications: list[RectificationShape] | None = None


class CommitmentLaterShape(LaterShape):
    """What the day could not show of a commitment, and the claims made since."""

    assessments: list[AssessmentShape] | None = None


class StateLaterShape(Shape):
    """What came after the day."""

    member_since: DateShape | None = None
    dated_names: list[NameShape] | None = None
    sources: list[SourceShape] | None = None


class HitShape(Shape):
    """One thing that a search found."""

    key: str
    kind: Literal["page", "state", "accession", "ratification", "event", "commitment"]
    title: str
    page: str = Field(description="The page that shows it.")
    resource: str | None = Field(description="The resource that answers it; null for a page that has none of its own.")
    has_all_words: bool = Field(description="False where nothing on record has all of the words that were typed.")


class CitationShape(SourceShape):
    """A source, with the fact that it supports."""

    key: str
    fact: Literal["event", "commitment", "assessment", "statement"]
    fact_key: str
    accession: Code | None
