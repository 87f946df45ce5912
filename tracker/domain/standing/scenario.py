"""What would follow if allies acted one after the other, each as early as it could: a scenario, and no forecast.

Nothing in here is likely or unlikely, and no number says so. A step is placed on the first day on which nothing on
record forbids it; where the record has a plan for it, on the first day of the plan.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from tracker.domain.vocabulary import StepKind

# Steps that follow an ally's approval.
_AFTER_APPROVAL: Final = frozenset(
    {StepKind.ASSENTED, StepKind.RATIFIED, StepKind.PUBLISHED, StepKind.DEPOSITED, StepKind.NOTIFIED}
)


class Ground(StrEnum):
    """Why a step is placed on its day."""

    DAY_AFTER = "day_after"
    STEP_BEFORE = "step_before"
    ALLY_BEFORE = "ally_before"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class StepAhead:
    """A step that an ally has still to take, and the first day for which it is planned, if it is."""

    kind: StepKind
    office: str
    planned: date | None = None
    plan: str = ""


@dataclass(frozen=True, slots=True)
class PlacedStep:
    """A step on the earliest day on which it is possible, and why that day."""

    kind: StepKind
    office: str
    earliest: date
    ground: Ground
    plan: str = ""

    def document(self) -> dict[str, str]:
        """The step as plain JSON data."""
        return {
            "kind": self.kind.value,
            "office": self.office,
            "earliest": self.earliest.isoformat(),
            "ground": self.ground.value,
            "plan": self.plan,
        }


@dataclass(frozen=True, slots=True)
class Acting:
    """One ally that acts in the scenario; no steps where its procedure is not on record."""

    ally: str
    steps: tuple[PlacedStep, ...]

    @property
    def approved(self) -> date | None:
        """The earliest day on which its approval is complete; None where its procedure is not on record."""
        before = [step.earliest for step in self.steps if step.kind not in _AFTER_APPROVAL]
        return before[-1] if before else (self.steps[0].earliest if self.steps else None)

    @property
    def ends(self) -> date | None:
        """The earliest day of its last step."""
        return self.steps[-1].earliest if self.steps else None


@dataclass(frozen=True, slots=True)
class Scenario:
    """The allies that act in their order, and those that would still be missing."""

    acting: tuple[Acting, ...]
    missing: tuple[str, ...]

    @property
    def complete(self) -> date | None:
        """The earliest day on which every ally has approved; None while one is missing or cannot be placed."""
        days = [one.approved for one in self.acting]
        known = [day for day in days if day is not None]
        return max(known) if known and len(known) == len(days) and not self.missing else None


def play(order: Iterable[tuple[str, Sequence[StepAhead]]], missing: Iterable[str], as_of: date) -> Scenario:
    """The scenario in which these allies, each with the steps ahead of it, act in this order after the day.

    `missing` are the allies that have not approved; those that act are no longer among them.
    """
    acting: list[Acting] = []
    start, ground = as_of + timedelta(days=1), Ground.DAY_AFTER
    for ally, steps in order:
        placed = _place(steps, start, ground)
        acting.append(Acting(ally, placed))
        if (approved := acting[-1].approved) is not None:
            start, ground = approved, Ground.ALLY_BEFORE
    chosen = {one.ally for one in acting}
    return Scenario(tuple(acting), tuple(ally for ally in missing if ally not in chosen))


def _place(steps: Sequence[StepAhead], start: date, ground: Ground) -> tuple[PlacedStep, ...]:
    """Each step on the first day that is left, or on that of its plan if that is later."""
    placed: list[PlacedStep] = []
    for step in steps:
        if step.planned and step.planned > start:
            start, ground = step.planned, Ground.PLAN
        placed.append(PlacedStep(step.kind, step.office, start, ground, step.plan if ground is Ground.PLAN else ""))
        ground = Ground.STEP_BEFORE
    return tuple(placed)
