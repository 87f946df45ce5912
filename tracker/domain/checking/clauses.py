"""One statement as a form: who is said to have done what, in the course of which accession, and by which day."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from tracker.domain.vocabulary import Milestone, Stage


class Matter(StrEnum):
    """What is said to have happened. `ratified` is no act: it is tried as approval, assent and deposit."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    ASSENTED = "assented"
    DEPOSITED = "deposited"
    RATIFIED = "ratified"
    APPLIED = "applied"
    INVITED = "invited"
    SIGNED = "signed"
    IN_FORCE = "in_force"
    ACCEDED = "acceded"
    WITHDRAWN = "withdrawn"
    MEMBER = "member"
    MEMBERS = "members"
    REQUIRED = "required"
    VOTE = "vote"
    APPLICANT_VOTE = "applicant_vote"
    REFERENDUM = "referendum"
    RENAMED = "renamed"
    CLAIM = "claim"
    COMMITMENT = "commitment"
    CAUSE = "cause"


# What “ratified” can mean, each an act of its own with a day of its own.
READINGS: Final = (Matter.APPROVED, Matter.ASSENTED, Matter.DEPOSITED)
STAGE_OF: Final = {
    Matter.SUBMITTED: Stage.SUBMITTED,
    Matter.APPROVED: Stage.APPROVED,
    Matter.ASSENTED: Stage.ASSENTED,
    Matter.DEPOSITED: Stage.DEPOSITED,
}
MILESTONE_OF: Final = {
    Matter.APPLIED: Milestone.APPLIED,
    Matter.INVITED: Milestone.INVITED,
    Matter.SIGNED: Milestone.SIGNED,
    Matter.IN_FORCE: Milestone.IN_FORCE,
    Matter.ACCEDED: Milestone.ACCEDED,
    Matter.WITHDRAWN: Milestone.WITHDRAWN,
}


class Relation(StrEnum):
    """How the day claimed stands to the act. `at` says that it stood so on the day, whenever the act was."""

    BY = "by"
    BEFORE = "before"
    ON = "on"
    AFTER = "after"
    AT = "at"
    WITHIN = "within"


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which the act is said to have been, both included; None where that side is open."""

    relation: Relation | None = None
    first: date | None = None
    last: date | None = None

    @property
    def is_one_day(self) -> bool:
        """Whether one day is named, and not a time."""
        return self.first is not None and self.first == self.last


ANY_TIME: Final = Window()


def window_of(relation: Relation, first: date, last: date | None = None) -> Window:
    """The days that these words leave open: “by” includes the day, “before” and “after” do not."""
    last = last or first
    match relation:
        case Relation.BEFORE:
            return Window(relation, None, first - timedelta(days=1))
        case Relation.AFTER:
            return Window(relation, last + timedelta(days=1), None)
        case Relation.BY | Relation.AT:
            return Window(relation, None, last)
    return Window(relation, first, last)


@dataclass(frozen=True, slots=True)
class Clause:
    """One statement. `ally` is who acts on the accession; `together` says it of all allies; else it is the applicant.

    `tally` holds votes for and against, None for what is not claimed; `since` and `days` claim how long it took.
    """

    act: Matter
    accession: str = ""
    ally: str = ""
    together: bool = False
    window: Window = ANY_TIME
    negated: bool = False
    n: int | None = None
    at_least: int | None = None
    of: int | None = None
    signed: int | None = None
    missing: tuple[str, ...] | None = None
    first: bool = False
    last: bool = False
    rank: int | None = None
    order: tuple[str, ...] = ()
    tally: tuple[int | None, int | None] | None = None
    chamber: str = ""
    outcome: str = ""
    commitment: str = ""
    status: str = ""
    party: str = ""
    since: Matter | None = None
    days: int | None = None
    more_than: int | None = None
