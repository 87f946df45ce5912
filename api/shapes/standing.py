"""The shapes of where an accession and a ratification stand."""

from datetime import date
from typing import Literal

from pydantic import Field

from api.shapes.facts import CommitmentShape, EventShape, ProcedureShape
from api.shapes.frame import Code, Moment, Shape
from api.shapes.parts import DateShape
from tracker.domain.vocabulary import AccessionStatus, Basis, Milestone, Reached, Stage, StepKind


class StageDateShape(DateShape):
    """Whether a stage or milestone was reached by the day, when, and which events say so; nothing from later.

    Where it was not reached there is no date; where that is unknown, its first possible day.
    """

    state: Reached
    inferred: bool = Field(description="Whether the date follows from something else than an act of this stage.")
    basis: Basis | None
    event: str | None
    events: list[str]


class MilestonesShape(Shape):
    """The dated turns of an accession."""

    applied: StageDateShape
    invited: StageDateShape
    signed: StageDateShape
    in_force: StageDateShape
    acceded: StageDateShape
    withdrawn: StageDateShape


class StagesShape(Shape):
    """The stages of one ally’s ratification, in order."""

    signed: StageDateShape
    submitted: StageDateShape
    approved: StageDateShape
    assented: StageDateShape
    deposited: StageDateShape


class CountShape(Shape):
    """How many of the required allies had reached a stage, had not, and of how many it is not known."""

    reached: int
    unknown: int
    not_reached: int


class CountsShape(Shape):
    """The counts by stage."""

    submitted: CountShape
    approved: CountShape
    assented: CountShape
    deposited: CountShape


class NextShape(Shape):
    """What has to happen next, and who has to do it."""

    kind: StepKind
    office: str


class StageLaterShape(DateShape):
    """When a stage or milestone was reached after the day, as is known now."""

    inferred: bool
    basis: Basis
    events: list[str]


class RatificationLaterShape(Shape):
    """What came after the day."""

    stages: dict[Stage, StageLaterShape]


class AccessionLaterShape(Shape):
    """What came after the day."""

    milestones: dict[Milestone, StageLaterShape]


class RatificationShape(Shape):
    """Where one ally stood on one protocol."""

    key: str = Field(examples=["SWE/TUR"])
    accession: Code
    ally: Code
    required: bool
    required_from: DateShape
    stage: Stage = Field(description="The last stage certainly reached.")
    stages: StagesShape
    last_checked_at: Moment | None
    next: list[NextShape]
    events: list[EventShape] | None = Field(None, description="With `include=events`.")
    procedure: ProcedureShape | None = Field(None, description="With `include=procedure`.")
    later: RatificationLaterShape | None = Field(None, description="With `include=later`.")


class AccessionShape(Shape):
    """Where one accession stood."""

    code: Code
    applicant: Code
    name: str
    status: AccessionStatus | Literal["not_on_record"] = Field(
        description="`not_on_record` while no act says that the state wanted to join."
    )
    milestones: MilestonesShape
    required: int = Field(description="How many allies the protocol needed on that day.")
    counts: CountsShape
    pending: list[Code] = Field(description="Required allies whose approval certainly was not complete.")
    unknown: list[Code] = Field(description="Required allies whose approval may or may not have been complete.")
    days_since_signature: int | None = Field(description="Up to the accession, where that has come.")
    complete_up_to: str | None = Field(
        description="When the newest fact on record was, of an accession under way whose day lies after it: EDTF level "
        "1. What happened since the record cannot tell. None of an accession that is over, or of a day before."
    )
    answer: str = Field(description="The answer in one sentence.")
    ratifications: list[RatificationShape] | None = Field(None, description="With `include=ratifications`.")
    commitments: list[CommitmentShape] | None = Field(None, description="With `include=commitments`.")
    events: list[EventShape] | None = Field(None, description="With `include=events`.")
    later: AccessionLaterShape | None = Field(None, description="With `include=later`.")


class PlacedStepShape(Shape):
    """A step on the earliest day on which it is possible."""

    kind: StepKind
    office: str
    earliest: date
    ground: Literal["day_after", "step_before", "ally_before", "plan"] = Field(description="Why that day.")
    plan: str = Field(description="The key of the plan that it waits for; empty without one.")


class ActingShape(Shape):
    """One ally that acts in a scenario."""

    ally: Code
    approved: date | None = Field(description="The earliest day of its approval; null where its procedure is unknown.")
    steps: list[PlacedStepShape]


class ScenarioShape(Shape):
    """What would follow if these allies acted in this order, each as early as it could. It is no forecast."""

    accession: Code
    nature: Literal["scenario"]
    answer: str = Field(description="What it comes to, in one sentence that says that it is a scenario.")
    acting: list[ActingShape]
    missing: list[Code] = Field(description="Allies that would still be missing.")
    complete: date | None = Field(description="The earliest day on which every ally would have approved.")
