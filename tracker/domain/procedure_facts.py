"""Procedures as facts: how an accession protocol becomes binding in one ally, and how it did in earlier times."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, ValidationInfo, field_validator, model_validator

from tracker.domain.dates import PartialDate
from tracker.domain.fact_base import Differing, Fact, GrownFact, Source
from tracker.domain.validators import (
    Code,
    Codes,
    Count,
    Line,
    MaybeAddress,
    Name,
    OwnName,
    ShortName,
    Since,
    Text,
    Title,
    Word,
    at_most,
    check_date_text,
)
from tracker.domain.vocabulary import Confidence, Majority, MajorityBase, StepKind

# The name of a group of alternatives, or of one of them.
Label = Annotated[Line, at_most(60)]


class Parliament(Fact):
    """An ally's parliament."""

    name: ShortName
    native: OwnName = ""
    website: Annotated[MaybeAddress, at_most(300)] = ""


class EarlierSize(Fact):
    """How many seats a chamber had up to and without a day."""

    until: Annotated[Title, AfterValidator(check_date_text)]
    seats: Count


class MajorityRule(Fact):
    """The majority that a chamber needs: how large a part, of whom, and never fewer votes for than `at_least`."""

    share: Majority
    of: MajorityBase
    at_least: Count | None = None
    note: Text = ""


class ChamberFact(GrownFact):
    """One chamber of a parliament, and the part it takes."""

    since_then: ClassVar[frozenset[str]] = frozenset({"majority", "quorum"})

    name: ShortName
    native: OwnName = ""
    seats: Count | None = None
    seats_earlier: tuple[EarlierSize, ...] = ()
    role: Annotated[Title, at_most(160)]
    majority: MajorityRule | None = None
    quorum: Label = ""


class StepFact(GrownFact):
    """One step of a procedure.

    Of the paths of one `group` exactly one is taken in a round; a step that belongs to none is taken in each.
    """

    since_then: ClassVar[frozenset[str]] = frozenset({"group", "path"})

    order: Count
    kind: StepKind
    body: Name
    note: Text = ""
    alternative: bool = False
    optional: bool = False
    group: Label = ""
    path: Label = ""


class LegalBasis(Fact):
    """A provision that the procedure rests on, and what it says."""

    provision: Annotated[Title, at_most(300)]
    says: Text = ""


class PathTaken(Fact):
    """Which path of a group an ally took in the round of these protocols, where no act on record shows it."""

    accessions: Codes
    group: Word
    path: Word
    note: Text = ""
    sources: tuple[Source, ...] = ()
    confidence: Confidence


class ProcedureVersion(GrownFact):
    """The procedure as it was from one day to another, both included; open at an end that is empty."""

    since_then: ClassVar[frozenset[str]] = frozenset(
        {"valid_from", "valid_until", "boundary", "legal_basis", "tacit_approval_possible", "paths_taken"}
    )

    valid_from: Since = ""
    valid_until: Since = ""
    boundary: Text = ""
    legal_basis: tuple[LegalBasis, ...] = ()
    parliament: Parliament
    chambers: tuple[ChamberFact, ...]
    parliament_votes: bool
    chambers_that_vote: tuple[ShortName, ...] = ()
    steps: tuple[StepFact, ...]
    majority: Text = ""
    referendum: Text = ""
    advance_consent_possible: bool
    tacit_approval_possible: bool = False
    territorial_scope: Text = ""
    gazette: Text = ""
    open_data: Text = ""
    notes: Text = ""
    sources: tuple[Source, ...] = ()
    confidence: Confidence
    unsourced_fields: tuple[Name, ...] = ()
    conflicts: tuple[Differing, ...] = ()
    paths_taken: tuple[PathTaken, ...] = ()

    @field_validator("chambers")
    @classmethod
    def _check_chambers(cls, chambers: tuple[ChamberFact, ...]) -> tuple[ChamberFact, ...]:
        if len({one.name for one in chambers}) < len(chambers):
            raise ValueError("two chambers have the same name")
        return chambers

    @field_validator("chambers_that_vote")
    @classmethod
    def _order_as_chambers(cls, names: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        known = [one.name for one in info.data.get("chambers", ())]
        if unknown := sorted(set(names) - set(known)):
            raise ValueError(f"“{unknown[0]}” is none of the chambers")
        return tuple(name for name in known if name in names)

    @field_validator("steps")
    @classmethod
    def _order_steps(cls, steps: tuple[StepFact, ...]) -> tuple[StepFact, ...]:
        if len({one.order for one in steps}) < len(steps):
            raise ValueError("two steps have the same place in the order")
        if any(bool(one.group) != bool(one.path) for one in steps):
            raise ValueError("a step of a group says of which path it is, and the other way round")
        return tuple(sorted(steps, key=lambda one: one.order))

    @model_validator(mode="after")
    def _check_time(self) -> Self:
        first, last = self.first_day, self.last_day
        if first and last and last < first:
            raise ValueError("it ends before it begins")
        return self

    @property
    def begins(self) -> PartialDate | None:
        """When it came into use; None where that is open."""
        return PartialDate.parse(self.valid_from) if self.valid_from else None

    @property
    def first_day(self) -> date | None:
        """The first day on which it was in use; None where that is open."""
        return self.begins.earliest if self.begins else None

    @property
    def last_day(self) -> date | None:
        """The last day on which it was in use; None where that is open."""
        return PartialDate.parse(self.valid_until).latest if self.valid_until else None

    def in_use_on(self, day: date) -> bool:
        """Whether this was the procedure on that day."""
        first, last = self.first_day, self.last_day
        return (first is None or first <= day) and (last is None or day <= last)


class ProcedureFact(ProcedureVersion):
    """How an accession protocol becomes binding in one ally, now and in earlier times, the oldest first."""

    since_then: ClassVar[frozenset[str]] = ProcedureVersion.since_then | {"earlier"}

    ally: Code
    earlier: tuple[ProcedureVersion, ...] = ()

    @model_validator(mode="after")
    def _check_earlier(self) -> Self:
        for before, after in pairwise(self.versions()):
            if before.last_day is None or after.first_day is None or before.last_day >= after.first_day:
                raise ValueError("an earlier procedure ends before the next one begins")
        return self

    def versions(self) -> Iterator[ProcedureVersion]:
        """The procedures of all times on record, the oldest first."""
        yield from self.earlier
        yield self

    def on(self, day: date) -> ProcedureVersion | None:
        """The procedure in use on that day; None where the one of that time is not on record."""
        return next((one for one in self.versions() if one.in_use_on(day)), None)

    def document(self) -> dict[str, Any]:
        """The fact as plain JSON data, the ally first."""
        return {"ally": self.ally, **super().document()}
