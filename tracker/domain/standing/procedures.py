"""An ally's own way to consent: which of its steps are done, which are behind it, and who acts next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tracker.domain.standing.acts import Act
from tracker.domain.vocabulary import STEP_BEHIND_AT, STEP_DONE_BY, EventKind, Reached, Stage, StepKind

_DEPOSIT: Final = Stage.DEPOSITED


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a procedure; an alternative may be taken instead of the step before it."""

    order: int
    kind: StepKind
    office: str
    alternative: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """How an accession protocol becomes binding in one ally.

    `chambers` holds, for each chamber that has to vote, the names it goes by.
    """

    ally: str
    steps: tuple[Step, ...] = ()
    chambers: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class StepProgress:
    """A step, the act that did it (None if none is on record), and whether it is behind the ally all the same."""

    step: Step
    done_by: Act | None
    behind: bool

    @property
    def open(self) -> bool:
        """Whether this step still lies ahead."""
        return self.done_by is None and not self.behind


@dataclass(frozen=True, slots=True)
class NextStep:
    """What has to happen next, and who has to do it."""

    kind: StepKind
    office: str


def completing_votes(acts: Iterable[Act], rules: Rules | None) -> tuple[Act, ...]:
    """The votes by which every chamber that has to vote has voted for it; empty while one is missing.

    This shows that approval may be complete, never that it is: a vote may be a first reading, and
    a chamber may be asked twice.
    """
    if rules is None or not rules.chambers:
        return ()
    votes = [act for act in acts if act.kind is EventKind.CHAMBER_VOTE and act.carried is not False]
    by_chamber = [[vote for vote in votes if vote.office in names] for names in rules.chambers]
    return tuple(vote for found in by_chamber for vote in found) if all(by_chamber) else ()


def progress(
    rules: Rules, acts: Sequence[Act], stages: Mapping[Stage, Reached], as_of: date
) -> tuple[StepProgress, ...]:
    """Each step of the procedure, in order, with the act that did it by that day."""
    unused = sorted(
        (act for act in acts if act.occurred.by(as_of) is Reached.REACHED),
        key=lambda act: (act.occurred.latest or date.max, act.recorded),
    )
    found: list[StepProgress] = []
    for step in rules.steps:
        act = next((act for act in unused if _does(act, step, rules)), None)
        if act is not None:
            unused.remove(act)
        found.append(StepProgress(step, act, act is None and _behind(step, rules, stages)))
    return tuple(_pass_over(found))


def next_steps(steps: Sequence[StepProgress]) -> tuple[NextStep, ...]:
    """The first step that is still open, and the alternatives to it; empty when all is done."""
    ahead = [one for one in steps if one.open and not one.step.optional]
    if not ahead:
        return ()
    first = ahead[0]
    chosen = [first]
    for one in steps[steps.index(first) + 1 :]:
        if not one.step.alternative:
            break
        chosen.append(one)
    return tuple(NextStep(one.step.kind, one.step.office) for one in chosen if one.open)


def _does(act: Act, step: Step, rules: Rules) -> bool:
    if act.kind not in STEP_DONE_BY[step.kind]:
        return False
    # Where two chambers vote, each vote belongs to its own; elsewhere the kind decides.
    if step.kind is StepKind.CHAMBER_VOTE and len(rules.chambers) > 1:
        return any(act.office in names and step.office in names for names in rules.chambers)
    return True


def _behind(step: Step, rules: Rules, stages: Mapping[Stage, Reached]) -> bool:
    # A gazette that prints before the deposit has printed; one that prints after it may take years.
    last = _DEPOSIT if step.kind is StepKind.PUBLISHED and _precedes_deposit(step, rules) else None
    stage = STEP_BEHIND_AT.get(step.kind, last)
    return stage is not None and stages[stage] is Reached.REACHED


def _precedes_deposit(step: Step, rules: Rules) -> bool:
    return any(one.order > step.order and STEP_BEHIND_AT.get(one.kind) is _DEPOSIT for one in rules.steps)


def _pass_over(steps: Sequence[StepProgress]) -> list[StepProgress]:
    """Mark as behind what a later step on record leaves behind, and the road not taken of two alternatives."""
    last_done = max((index for index, one in enumerate(steps) if one.done_by), default=-1)
    return [
        one if one.done_by or index > last_done or not _overtaken(steps, index) else StepProgress(one.step, None, True)
        for index, one in enumerate(steps)
    ]


def _overtaken(steps: Sequence[StepProgress], index: int) -> bool:
    # A gazette may print at any time: only a step that the procedure needs is overtaken by a later one.
    later = steps[index + 1 :]
    return any(one.done_by and one.step.kind is not StepKind.PUBLISHED for one in later)
