"""The shapes of what is on record: events, commitments, procedures, states, sources, rectifications."""

from typing import Any, Literal

from pydantic import Field

from api.shapes.frame import Shape
from tracker.dates import Precision
from tracker.vocabulary import (
    Claim,
    ClaimBasis,
    CommitmentCategory,
    CommitmentKind,
    Confidence,
    EventKind,
    Reached,
    SourceClass,
    StepKind,
    Subject,
)


class DateShape(Shape):
    """An interval of days; all null where there is none."""

    date: str | None = Field(description="EDTF level 1: 2022-10-23, 2022-10, 2022, 2022-07-05/2022-09-27.")
    earliest: str | None
    latest: str | None
    precision: Precision | None


class SourceShape(Shape):
    """Who says so, and where."""

    url: str
    title: str
    publisher: str
    source_class: SourceClass = Field(alias="class")
    published: str | None
    quote: str | None
    quote_language: str | None
    archived_url: str | None


class DifferingShape(Shape):
    """What another source says differently."""

    field: str
    value: str
    url: str


class TallyShape(Shape):
    """A counted vote."""

    yes: int
    no: int | None
    abstain: int | None
    absent: int | None


class RectificationShape(Shape):
    """What was wrong, from when to when it stood, what replaces it, and why."""

    number: int
    subject: Subject
    key: str
    was: dict[str, Any]
    now: dict[str, Any] | None = Field(description="Null for a retraction.")
    reason: str
    reported_by: str | None
    stood_from: str
    stood_until: str
    retracts: bool
    recorded: int
    recorded_at: str


class EventShape(DateShape):
    """One dated act or occurrence, with its sources."""

    key: str
    accession: str | None
    treaty: str | None
    actor: str
    others: list[str] = Field(alias="with")
    office: str | None
    kind: EventKind
    state: Reached
    votes: TallyShape | None
    title: str
    detail: str | None
    sources: list[SourceShape]
    conflicts: list[DifferingShape]
    confidence: Confidence
    tags: list[str]
    version: int
    recorded: int
    recorded_at: str
    rectifications: list[RectificationShape] | None = Field(None, description="With `include=rectifications`.")


class AssessmentShape(Shape):
    """One party’s dated claim on a commitment."""

    key: str
    commitment: str
    date: str
    by: str
    status: Claim
    basis: ClaimBasis
    office: str | None
    note: str | None
    confidence: Confidence | None
    sources: list[SourceShape]
    version: int
    recorded: int
    recorded_at: str


class PartyClaimShape(Shape):
    """One party’s last word on a commitment by the day; nobody’s verdict."""

    by: str
    status: Claim
    basis: ClaimBasis
    since: str
    assessment: str
    earlier: int


class StemShape(Shape):
    """The text that a commitment stems from."""

    text: str
    date: str | None
    clause: str | None


class CommitmentShape(Shape):
    """Something asked of or promised by somebody, and what each party says of it."""

    key: str
    accession: str
    also: list[str]
    kind: CommitmentKind
    category: CommitmentCategory
    title: str
    detail: str | None
    asked_by: list[str]
    owed_by: list[str]
    office: str | None
    stems_from: StemShape
    state: Reached
    sources: list[SourceShape]
    conflicts: list[DifferingShape]
    confidence: Confidence
    claims: list[PartyClaimShape]
    assessments: list[AssessmentShape]
    recorded: int
    recorded_at: str


class ParliamentShape(Shape):
    """An ally’s parliament."""

    name: str
    native: str | None
    website: str | None


class EarlierSizeShape(Shape):
    """How many seats a chamber had up to and without a day."""

    until: str | None
    seats: int


class ChamberShape(Shape):
    """One chamber of a parliament."""

    name: str
    native: str | None
    seats: int | None
    seats_earlier: list[EarlierSizeShape]
    role: str


class StepShape(Shape):
    """One step of a procedure."""

    order: int
    kind: StepKind
    body: str
    note: str | None
    alternative: bool
    optional: bool


class ProcedureShape(Shape):
    """How an accession protocol becomes binding in one ally."""

    ally: str
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
    recorded: int
    recorded_at: str


class NameShape(Shape):
    """A name in one language, from `since` up to and without `until`."""

    language: str
    text: str
    since: str | None
    until: str | None


class StateShape(Shape):
    """A state, with its names and its membership on that day."""

    code: str
    alpha2: str | None
    name: str
    names: dict[str, str]
    dated_names: list[NameShape]
    capital: str | None
    founding_member: bool | None
    member: bool
    member_since: DateShape
    accession: str | None
    sources: list[SourceShape]
    recorded: int
    recorded_at: str


class CitationShape(SourceShape):
    """A source, with the fact that it supports."""

    key: str
    fact: Literal["event", "commitment", "assessment"]
    fact_key: str
    accession: str | None
