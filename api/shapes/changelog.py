"""The shapes of facts as the log tells them, and of what puts them right."""

from pydantic import Field

from api.shapes.frame import Code, Moment, Shape
from api.shapes.parts import (
    EDTF,
    ChamberShape,
    DifferingShape,
    LegalBasisShape,
    NameShape,
    OrdinalShape,
    ParliamentShape,
    PathTakenShape,
    ReferendumShape,
    SourceShape,
    StemShape,
    StepShape,
    TallyShape,
)
from tracker.domain.vocabulary import (
    Claim,
    ClaimBasis,
    CommitmentCategory,
    CommitmentKind,
    Confidence,
    EventKind,
    FigureBound,
    Outcome,
    PartyKind,
    RelationKind,
    SpeakerKind,
    StatementForm,
    Subject,
)


class ProcedureVersionShape(Shape):
    """A procedure as it was from one day to another, both included; null or missing where an end is open."""

    valid_from: str | None = None
    valid_until: str | None = None
    boundary: str | None = Field(None, description="What began it.")
    legal_basis: list[LegalBasisShape] | None = None
    parliament: ParliamentShape
    chambers: list[ChamberShape]
    parliament_votes: bool
    chambers_that_vote: list[str]
    steps: list[StepShape]
    majority: str | None
    referendum: str | None
    advance_consent_possible: bool
    territorial_scope: str | None
    gazette: str | None
    open_data: str | None
    notes: str | None
    sources: list[SourceShape]
    confidence: Confidence
    unsourced_fields: list[str]
    conflicts: list[DifferingShape]
    tacit_approval_possible: bool | None = None
    paths_taken: list[PathTakenShape] | None = None


class ProcedureToldShape(ProcedureVersionShape):
    """How an accession protocol becomes binding in one ally, as the log tells it."""

    ally: Code
    earlier: list[ProcedureVersionShape] | None = None


class PartyToldShape(Shape):
    """A state, an organisation or another voice, as the log tells it."""

    code: Code
    kind: PartyKind
    alpha2: str | None
    capital: str | None
    founding_member: bool | None
    names: list[NameShape]
    sources: list[SourceShape]


class EventToldShape(Shape):
    """An event, as the log tells it."""

    key: str
    accession: Code | None
    treaty: str | None
    actor: Code
    others: list[Code] = Field(alias="with")
    office: str | None
    kind: EventKind
    date: str = Field(description=EDTF)
    votes: TallyShape | None
    also: list[Code] | None = Field(None, description="The other accessions that the same act served.")
    planned: bool | None = Field(None, description="Announced for that day: no act, whatever day it is.")
    announced: str | None = Field(None, description=EDTF)
    follows: str | None = Field(None, description="The event that this one continues: a plan, or an act recalled.")
    step: int | None = Field(None, description="The step of the ally’s procedure that it fills, as an editor says.")
    outcome: Outcome | None = None
    referendum: ReferendumShape | None = None
    ordinal: OrdinalShape | None = None
    title: str
    detail: str | None
    sources: list[SourceShape]
    conflicts: list[DifferingShape]
    confidence: Confidence
    tags: list[str]


class FigureToldShape(Shape):
    """A number that a party gives: how many of what, and of whom."""

    count: int
    bound: FigureBound
    unit: str
    of: list[Code]


class DueToldShape(Shape):
    """By when something is to be done, in the words of whoever says so."""

    by: str | None = Field(description=EDTF)
    wording: str


class SpeakerShape(Shape):
    """Who speaks, as what, and by whom it is told."""

    party: Code = Field(description="The state or organisation spoken for; of one who speaks for itself, its state.")
    kind: SpeakerKind = Field(description="Only the organs of a state (the first five) speak for it.")
    office: str | None
    person: str | None
    told_by: str | None = Field(description="Who tells what the speaker said, where that is not the speaker.")


class RelationShape(Shape):
    """That one commitment depends on another, or gave way to it, as the speakers of the statement say."""

    kind: RelationKind
    of: str
    to: str


class StatementToldShape(Shape):
    """One utterance, as the log tells it; the claims that hang from it come in entries of their own."""

    key: str
    date: str = Field(description=EDTF)
    place: str | None
    form: StatementForm
    title: str
    general: bool = Field(description="Said of the whole; no clause is named.")
    speakers: list[SpeakerShape]
    claims: list[str] = Field(description="The claims made in it, by key.")
    relations: list[RelationShape]
    event: str | None
    sources: list[SourceShape] = Field(description="Its own; most stand with the claims.")
    confidence: Confidence


class AssessmentToldShape(Shape):
    """One party’s claim on a commitment, as the log tells it."""

    key: str
    date: str = Field(description=EDTF)
    by: Code
    status: Claim
    basis: ClaimBasis
    office: str | None
    note: str | None
    confidence: Confidence | None
    about: list[Code] | None = Field(None, description="Of whose undertaking it speaks; of all who owe, if not told.")
    figures: list[FigureToldShape] | None = None
    due: DueToldShape | None = None
    sources: list[SourceShape]


class CommitmentToldShape(Shape):
    """A commitment, as the log tells it; the claims on it come in entries of their own."""

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
    sources: list[SourceShape]
    conflicts: list[DifferingShape]
    confidence: Confidence
    assessments: list[AssessmentToldShape] | None = None


class ProposalShape(Shape):
    """An event as a report proposes it; what nobody could fill in yet is missing or null."""

    key: str | None = None
    accession: Code | None = None
    treaty: str | None = None
    actor: Code | None = None
    others: list[Code] | None = Field(None, alias="with")
    office: str | None = None
    kind: EventKind | None = None
    date: str | None = Field(None, description=EDTF)
    votes: TallyShape | None = None
    also: list[Code] | None = Field(None, description="The other accessions that the same act served.")
    planned: bool | None = Field(None, description="Announced for that day: no act, whatever day it is.")
    announced: str | None = Field(None, description=EDTF)
    follows: str | None = Field(None, description="The event that this one continues: a plan, or an act recalled.")
    step: int | None = Field(None, description="The step of the ally’s procedure that it fills, as an editor says.")
    outcome: Outcome | None = None
    referendum: ReferendumShape | None = None
    ordinal: OrdinalShape | None = None
    title: str | None = None
    detail: str | None = None
    sources: list[SourceShape] | None = None
    conflicts: list[DifferingShape] | None = None
    confidence: Confidence | None = None
    tags: list[str] | None = None


# What a rectification can put right; its `subject` says which of these it is.
ToldShape = (
    EventToldShape
    | AssessmentToldShape
    | CommitmentToldShape
    | StatementToldShape
    | ProcedureToldShape
    | PartyToldShape
)


class RectificationShape(Shape):
    """What was wrong, from when to when it stood, what replaces it, and why."""

    number: int
    subject: Subject
    key: str
    was: ToldShape
    now: ToldShape | None = Field(description="Null for a retraction.")
    reason: str
    reported_by: str | None
    stood_from: Moment
    stood_until: Moment
    retracts: bool
    recorded: int
    recorded_at: Moment
