"""The shapes of what an entry of the log tells, one a type, and of what a snapshot keeps of it."""

from collections.abc import Mapping
from typing import Final

from pydantic import Field

from api.shapes.changelog import (
    AssessmentToldShape,
    CommitmentToldShape,
    EventToldShape,
    PartyToldShape,
    ProcedureToldShape,
    StatementToldShape,
    ToldShape,
)
from api.shapes.frame import Code, Moment, Shape
from api.shapes.parts import DateShape, SourceShape
from api.shapes.standing import StageDateShape, StagesShape
from tracker.domain.vocabulary import AccessionStatus, ChangeType, Milestone, Stage, Subject


class PartyRecordedShape(Shape):
    """A party came onto the record."""

    party: PartyToldShape


class ProcedureRecordedShape(Shape):
    """A procedure came onto the record."""

    procedure: ProcedureToldShape


class AccessionOpenedShape(Shape):
    """An accession came onto the record."""

    accession: Code


class AccessionChangedShape(Shape):
    """An accession came further, or a milestone has another date."""

    accession: Code
    before: AccessionStatus = Field(alias="from")
    to: AccessionStatus
    milestones: dict[Milestone, StageDateShape]


class EventRecordedShape(Shape):
    """An event came onto the record."""

    event: EventToldShape
    version: int


class EventSourcedShape(Shape):
    """Further sources of an event."""

    event: str
    version: int
    sources: list[SourceShape]


class RequirementAddedShape(Shape):
    """A protocol needs an ally; where the ally then stood."""

    accession: Code
    ally: Code
    required: bool
    required_from: DateShape
    stage: Stage
    stages: StagesShape


class RequirementRemovedShape(Shape):
    """A protocol does not need an ally after all."""

    accession: Code
    ally: Code
    required: bool | None = None
    required_from: DateShape | None = None
    stage: Stage | None = None
    stages: StagesShape | None = None


class StageChangedShape(RequirementAddedShape):
    """An ally came further, or a stage has another date; `moved` is the stage in question."""

    before: Stage = Field(alias="from")
    to: Stage
    moved: Stage


class CommitmentRecordedShape(Shape):
    """A commitment came onto the record."""

    commitment: CommitmentToldShape


class CommitmentSourcedShape(Shape):
    """Further sources of a commitment, or of the claim on it that `assessment` names."""

    commitment: str
    assessment: str | None = None
    sources: list[SourceShape]


class CommitmentAssessedShape(Shape):
    """A party’s claim on a commitment came onto the record."""

    commitment: str
    version: int
    assessment: AssessmentToldShape


class StatementRecordedShape(Shape):
    """A statement came onto the record; the claims that hang from it stand before it."""

    statement: StatementToldShape


class SourceCheckedShape(Shape):
    """Somebody looked, and found nothing new."""

    accession: Code
    ally: Code
    checked_at: Moment


class CheckRetractedShape(Shape):
    """That somebody had looked was taken back; `checked_at` is of the check before it, and null where there is none."""

    accession: Code
    ally: Code
    checked_at: Moment | None
    retracted: int
    reason: str


class RectifiedShape(Shape):
    """A mistake was put right; `now` is null where it was taken back."""

    rectification: int
    subject: Subject
    key: str
    was: ToldShape
    now: ToldShape | None
    reason: str
    reported_by: str | None
    stood_from: Moment


PAYLOADS: Final[Mapping[ChangeType, type[Shape]]] = {
    ChangeType.PARTY_RECORDED: PartyRecordedShape,
    ChangeType.PROCEDURE_RECORDED: ProcedureRecordedShape,
    ChangeType.ACCESSION_OPENED: AccessionOpenedShape,
    ChangeType.ACCESSION_CHANGED: AccessionChangedShape,
    ChangeType.EVENT_RECORDED: EventRecordedShape,
    ChangeType.EVENT_SOURCED: EventSourcedShape,
    ChangeType.REQUIREMENT_ADDED: RequirementAddedShape,
    ChangeType.REQUIREMENT_REMOVED: RequirementRemovedShape,
    ChangeType.STAGE_CHANGED: StageChangedShape,
    ChangeType.COMMITMENT_RECORDED: CommitmentRecordedShape,
    ChangeType.COMMITMENT_SOURCED: CommitmentSourcedShape,
    ChangeType.COMMITMENT_ASSESSED: CommitmentAssessedShape,
    ChangeType.STATEMENT_RECORDED: StatementRecordedShape,
    ChangeType.SOURCE_CHECKED: SourceCheckedShape,
    ChangeType.CHECK_RETRACTED: CheckRetractedShape,
    **{one: RectifiedShape for one in ChangeType if one.endswith(".rectified")},
}
PayloadShape = (
    StageChangedShape
    | RequirementAddedShape
    | RequirementRemovedShape
    | PartyRecordedShape
    | ProcedureRecordedShape
    | AccessionOpenedShape
    | AccessionChangedShape
    | EventRecordedShape
    | EventSourcedShape
    | CommitmentRecordedShape
    | CommitmentSourcedShape
    | CommitmentAssessedShape
    | StatementRecordedShape
    | CheckRetractedShape
    | SourceCheckedShape
    | RectifiedShape
)


class Stamped(Shape):
    """Where and when the log first said so."""

    recorded: int
    recorded_at: Moment


class PartyKeptShape(PartyToldShape, Stamped):
    """A party in a snapshot."""


class ProcedureKeptShape(ProcedureToldShape, Stamped):
    """A procedure in a snapshot."""


class AccessionKeptShape(Stamped):
    """An accession in a snapshot, as the log had told it by the day of the edition."""

    accession: Code
    status: AccessionStatus
    milestones: dict[Milestone, StageDateShape]


class RatificationKeptShape(RequirementAddedShape, Stamped):
    """A ratification in a snapshot, as the log had told it by the day of the edition."""

    last_checked_at: Moment | None


class EventKeptShape(EventToldShape, Stamped):
    """An event in a snapshot."""

    version: int


class CommitmentKeptShape(CommitmentToldShape, Stamped):
    """A commitment in a snapshot."""


class AssessmentKeptShape(AssessmentToldShape, Stamped):
    """A claim in a snapshot."""

    commitment: str
    version: int


class StatementKeptShape(StatementToldShape, Stamped):
    """A statement in a snapshot."""


class RectificationKeptShape(RectifiedShape, Stamped):
    """A rectification in a snapshot."""
