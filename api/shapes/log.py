"""The shapes of the log and of what follows from it as a whole, and of reports."""

from typing import Final

from pydantic import Field

from api.shapes.changelog import ProposalShape
from api.shapes.frame import Code, Day, Moment, Root, Shape
from api.shapes.payloads import (
    PAYLOADS,
    AccessionKeptShape,
    AssessmentKeptShape,
    CommitmentKeptShape,
    EventKeptShape,
    PartyKeptShape,
    PayloadShape,
    ProcedureKeptShape,
    RatificationKeptShape,
    RectificationKeptShape,
    StatementKeptShape,
)
from tracker.domain.vocabulary import ChangeType, Light, Origin, Reached, ReportState, Stage, WatchState

_BY_TYPE: Final = ", ".join(f"`{kind}` {shape.__name__.removesuffix('Shape')}" for kind, shape in PAYLOADS.items())


class ChangeShape(Shape):
    """One entry of the log, complete in itself."""

    position: int
    type: ChangeType
    recorded_at: Moment
    earliest: Day | None
    latest: Day | None
    late: bool = Field(description="Recorded after the last day on which it can have happened.")
    origin: Origin
    note: str | None
    accession: Code | None
    ally: Code | None
    event: str | None
    commitment: str | None
    payload: PayloadShape = Field(description=f"What is now true, by type: {_BY_TYPE}.")
    root: Root


class SpanShape(Shape):
    """A number of days: no fewer and no more than this; null where that end is open."""

    at_least: int | None
    at_most: int | None


class FigureShape(Shape):
    """A number over the required allies: it lies between these bounds, whatever the days that are not known were."""

    at_least: float | None
    at_most: float | None
    known: int = Field(description="Of how many allies the days are known.")
    required: int = Field(description="Of how many allies the number is.")


class RankShape(Shape):
    """A place among the required allies, 1 for the first: no better and no worse than this."""

    best: int
    worst: int


class TakenShape(SpanShape):
    """How many days after signature one ally reached the stage. One that had not took more than had passed."""

    ally: Code
    state: Reached
    inferred: bool
    rank: RankShape
    event: str | None


class TurnShape(Shape):
    """How many allies were still missing at the end of a day, counted from signature."""

    day: int
    missing_at_least: int
    missing_at_most: int


class PlaceShape(Shape):
    """A round among the others by the days of its slowest ally; one not complete has taken more than have passed."""

    best: int = Field(description="The place among all rounds, 1 for the fewest days, that is the best possible.")
    worst: int = Field(description="The worst possible.")
    day: int = Field(description="Up to which day after signature the round had gone.")
    others: int = Field(description="How many other rounds had been signed.")
    others_complete_at_least: int = Field(description="How many of them were certainly complete by their own such day.")
    others_complete_at_most: int = Field(description="How many of them may have been.")


class CompareShape(Shape):
    """One round."""

    accession: Code
    name: str
    signed: Day
    stage: Stage
    required: int
    days_to_in_force: SpanShape | None = Field(description="Null while the protocol was not in force.")
    median: FigureShape | None = Field(description="Half of the allies took no more days.")
    longest: FigureShape | None = Field(description="The days of the ally that took longest.")
    slowest: list[Code] = Field(description="The allies of which each may have taken longest.")
    place: PlaceShape | None = Field(description="Where the round stands among all that had been signed by the day.")
    days: list[TakenShape]
    curve: list[TurnShape]


class SnapshotShape(Shape):
    """Everything public at one edition: a table a noun, a document a key."""

    parties: dict[str, PartyKeptShape]
    procedures: dict[str, ProcedureKeptShape]
    accessions: dict[str, AccessionKeptShape]
    ratifications: dict[str, RatificationKeptShape]
    events: dict[str, EventKeptShape]
    commitments: dict[str, CommitmentKeptShape]
    assessments: dict[str, AssessmentKeptShape]
    statements: dict[str, StatementKeptShape]
    rectifications: dict[str, RectificationKeptShape]


class JobShape(Shape):
    """One scheduled job: when it last ran, what came of it, and by when it should have run again."""

    name: str
    light: Light
    every: int = Field(description="Seconds between two runs.")
    started_at: Moment
    finished_at: Moment | None
    succeeded_at: Moment | None
    due_at: Moment | None
    seconds: float | None
    done: int
    failed: bool


class WatchShape(Shape):
    """One watched source: its state, when it answered last, and when it is asked next."""

    key: str
    title: str
    url: str
    publisher: str
    ally: Code | None
    accessions: list[Code]
    state: WatchState
    light: Light
    is_confirmed: bool = Field(description="Whether a person has confirmed the address.")
    polled_at: Moment | None
    answered_at: Moment | None
    changed_at: Moment | None
    next_poll_at: Moment | None


class OpenRatificationShape(Shape):
    """One open ratification: when a source on it was last checked, and when it is due again."""

    accession: Code
    ally: Code
    stage: Stage
    light: Light
    last_checked_at: Moment | None
    next_due_at: Moment | None
    watches: int


class PackageShape(Shape):
    """The files of a data package."""

    edition: int
    files: dict[str, str]


class PublishedShape(Shape):
    """The record of this site beside the published one."""

    edition: int = Field(description="The newest published edition that this site knows of.")
    root: Root
    differs_since: int | None = Field(
        description="The first position at which this site says something else; null where it says nothing else."
    )


class StatusShape(Shape):
    """How fresh this site is."""

    edition: int
    complete_up_to: str | None = Field(
        description="When the newest fact on record was; what has happened since, no answer tells.",
        examples=["2026-03-12"],
    )
    published: PublishedShape
    light: Light = Field(
        description="Amber as soon as one of the lights is, or while an event has no source left that answers."
    )
    counts: dict[str, int]
    jobs: list[JobShape]
    jobs_not_run: list[str] = Field(description="Scheduled jobs that have never run.")
    watches: list[WatchShape]
    ratifications: list[OpenRatificationShape]
    reports_waiting: int
    oldest_report_at: Moment | None
    links_broken: int
    links_checked: int = Field(
        description="Cited addresses that were ever asked; at 0, `links_broken` and `events_unreachable` say nothing."
    )
    events_unreachable: int = Field(
        description="Events whose every cited address no longer answers, and is not archived."
    )


class ReportShape(Shape):
    """A report of one’s own, and what became of it."""

    id: int
    state: ReportState
    filed_at: Moment
    event: ProposalShape
    message: str | None
    reviewed_at: Moment | None
    reason: str | None = Field(description="Why it was not accepted.")
    recorded_event: str | None = Field(description="The key of the event that it became.")
    doubts: list[str] = Field(
        description="What is possible and yet unlikely in it, as it was when it was filed: the reviewer is asked for a"
        " reason. The same rules as for whoever enters it at the desk."
    )
