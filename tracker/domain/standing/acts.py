"""What standing needs to know of an event or an assessment, and which of them were known at an edition."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from tracker.domain.dates import PartialDate
from tracker.domain.facts import Tally
from tracker.domain.vocabulary import ENDS_A_PLAN, Claim, ClaimBasis, EventKind


class Recorded(Protocol):
    """Something on record from one position of the log until, perhaps, another."""

    @property
    def recorded(self) -> int: ...
    @property
    def ended(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Act:
    """One event, reduced to what a rule can rest on.

    `recorded` is the position of the log at which we first said so, `ended` the one of the
    rectification that took it back. `carried` is what the source says of a vote, None where it does not;
    `votes` its tally. A `planned` one was announced for its day, and is no act. `follows` names the act that it
    recalls, or the plan that it continues; `step` the step of the procedure that an editor says it fills.
    `ordinal` is its place in the count of allies, as its source tells.
    """

    key: str
    kind: EventKind
    actor: str
    occurred: PartialDate
    accession: str | None = None
    office: str = ""
    carried: bool | None = None
    recorded: int = 0
    ended: int | None = None
    votes: Tally | None = None
    planned: bool = False
    announced: PartialDate | None = None
    follows: str = ""
    step: int | None = None
    ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class Assessed:
    """One party's dated claim on one commitment."""

    key: str
    by: str
    status: Claim
    basis: ClaimBasis
    occurred: PartialDate
    recorded: int = 0
    ended: int | None = None
    # What tells apart those who speak under one code, such as two parties of one parliament.
    voice: str = ""


R = TypeVar("R", bound=Recorded)


def counting(acts: Iterable[Act]) -> list[Act]:
    """The acts that count for a standing: no plan, nor what became of one, and no act that was recalled."""
    everything = list(acts)
    recalled = {act.follows for act in everything if act.kind is EventKind.RECALLED and not act.planned}
    return [
        act for act in everything if not act.planned and act.kind not in ENDS_A_PLAN and act.key not in recalled - {""}
    ]


def known(rows: Iterable[R], edition: int) -> list[R]:
    """The rows that this site held to be true at that edition of the log."""
    return [row for row in rows if row.recorded <= edition and (row.ended is None or row.ended > edition)]
