"""What standing needs to know of an event or an assessment, and which of them were known at an edition."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from tracker.domain.dates import PartialDate
from tracker.domain.vocabulary import Claim, ClaimBasis, EventKind


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
    rectification that took it back. `carried` is None where there was no counted vote.
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


R = TypeVar("R", bound=Recorded)


def known(rows: Iterable[R], edition: int) -> list[R]:
    """The rows that this site held to be true at that edition of the log."""
    return [row for row in rows if row.recorded <= edition and (row.ended is None or row.ended > edition)]
