"""An ally's own way to consent, as it was at the time: which of its steps are done, by which act, and who acts next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from tracker.domain.facts import ChamberFact
from tracker.domain.standing.acts import Act, counting
from tracker.domain.standing.milestones import StageDate
from tracker.domain.standing.votes import outcome_of
from tracker.domain.vocabulary import (
    STEP_BEHIND_AT,
    STEP_DONE_BY,
    EventKind,
    Outcome,
    Reached,
    Stage,
    StepKind,
    StepState,
)

_DEPOSIT: Final = Stage.DEPOSITED
_VOTES: Final = frozenset({StepKind.CHAMBER_VOTE, StepKind.JOINT_SITTING_VOTE})


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a procedure.

    Of the paths of one group exactly one is taken. An `alternative` may be taken instead of the step before it:
    the two are paths of a group that has no name.
    """

    order: int
    kind: StepKind
    office: str
    alternative: bool = False
    optional: bool = False
    group: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Chamber:
    """A chamber that has to vote: the names it goes by, and what is on record of its size and majority."""

    names: frozenset[str]
    fact: ChamberFact | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """How an accession protocol becomes binding in one ally, from one day to another; `earlier` how it did before.

    `paths` says which path of a group was taken, by accession and group.
    """

    ally: str
    steps: tuple[Step, ...] = ()
    chambers: tuple[Chamber, ...] = ()
    since: date | None = None
    until: date | None = None
    earlier: tuple["Rules", ...] = ()
    paths: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def on(self, day: date) -> "Rules | None":
        """The rules of that day; None where the procedure of that time is not on record."""
        return next((rules for rules in (*self.earlier, self) if rules._in_use(day)), None)

    def _in_use(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def chamber_of(self, act: Act) -> Chamber | None:
        """The chamber of that day whose vote this is."""
        rules = self.on(act.occurred.earliest or date.max) or self
        return next((chamber for chamber in rules.chambers if act.office in chamber.names), None)


@dataclass(frozen=True, slots=True)
class StepProgress:
    """A step, the act that did it (None if none is on record), and how it stands."""

    step: Step
    done_by: Act | None
    state: StepState

    @property
    def open(self) -> bool:
        """Whether this step still lies ahead."""
        return self.state is StepState.OPEN


@dataclass(frozen=True, slots=True)
class NextStep:
    """What has to happen next, and who has to do it."""

    kind: StepKind
    office: str


def rules_in_round(rules: Rules | None, needed: StageDate | None) -> Rules | None:
    """The procedure under which the ally took up the protocol: that of the day from which it was needed.

    None where the procedure of that time is not on record. Before the protocol is signed, today's.
    """
    if rules is None:
        return None
    day = needed.occurred.latest if needed and needed.occurred else None
    return rules.on(day or date.max)


def completing_votes(acts: Iterable[Act], rules: Rules | None, all_rules: Rules | None = None) -> tuple[Act, ...]:
    """The votes by which every chamber that has to vote has voted for it; empty while one is missing.

    This shows that approval may be complete, never that it is: a vote may be a first reading, and
    a chamber may be asked twice. The majority is the one that the chamber needed on the day of the vote.
    """
    if rules is None or not rules.chambers:
        return ()
    votes = [act for act in acts if act.kind is EventKind.CHAMBER_VOTE and not is_lost(act, all_rules or rules)]
    by_chamber = [[vote for vote in votes if vote.office in chamber.names] for chamber in rules.chambers]
    return tuple(vote for votes_of in by_chamber for vote in votes_of) if all(by_chamber) else ()


def is_lost(act: Act, rules: Rules | None) -> bool:
    """Whether the vote certainly failed, by the majority that was needed on its day."""
    return outcome_of_act(act, rules) is Outcome.LOST


def outcome_of_act(act: Act, rules: Rules | None) -> Outcome:
    """How the vote ended."""
    said = None if act.carried is None else Outcome.CARRIED if act.carried else Outcome.LOST
    chamber = rules.chamber_of(act) if rules else None
    return outcome_of(said, act.votes, chamber.fact if chamber else None, act.occurred)


def progress(
    rules: Rules,
    acts: Sequence[Act],
    stages: Mapping[Stage, Reached],
    as_of: date,
    accession: str = "",
    all_rules: Rules | None = None,
) -> tuple[StepProgress, ...]:
    """Each step of the procedure, in order, with the act that did it by that day.

    An act does a step that it fits, by kind, body and chamber, or that an editor says it fills. Of the paths of
    a group the one taken is done, and the others are not used. What the ally has left behind without an act on
    record is not called done.
    """
    steps = _grouped(rules.steps)
    done = _done_by(steps, rules, _available(acts, as_of, all_rules or rules))
    taken = {step.group: step.path for step in steps if step.order in done and step.group}
    if stages[Stage.APPROVED] is Reached.REACHED:
        taken = {group: path for (code, group), path in rules.paths.items() if code == accession} | taken
    overtaking = [number for number, step in enumerate(steps) if _overtakes(step, done)]
    return tuple(
        StepProgress(
            step,
            done.get(step.order),
            _state(
                step, done, taken, is_behind=_is_passed(number, steps, overtaking) or _is_behind(step, rules, stages)
            ),
        )
        for number, step in enumerate(steps)
    )


def _is_passed(number: int, steps: Sequence[Step], overtaking: Sequence[int]) -> bool:
    """Whether a later step was done. One chamber's vote passes by no other chamber's: either may vote first."""
    voting = steps[number].kind in _VOTES
    return any(later > number and not (voting and steps[later].kind in _VOTES) for later in overtaking)


def next_steps(steps: Sequence[StepProgress]) -> tuple[NextStep, ...]:
    """The first step that is still open, and the first of each other path that may be taken; empty when all is done."""
    ahead = [one for one in steps if one.open and not one.step.optional]
    if not ahead:
        return ()
    group = ahead[0].step.group
    beside = {one.step.path: one for one in reversed(steps) if group and one.step.group == group and one.open}
    chosen = [one for one in steps if one in beside.values()] or ahead[:1]
    return tuple(NextStep(one.step.kind, one.step.office) for one in chosen)


def _available(acts: Sequence[Act], as_of: date, rules: Rules) -> list[Act]:
    happened = (act for act in counting(acts) if act.occurred.by(as_of) is Reached.REACHED)
    return sorted(
        (act for act in happened if not is_lost(act, rules)),
        key=lambda act: (act.occurred.latest or date.max, act.recorded),
    )


def _grouped(steps: Sequence[Step]) -> list[Step]:
    """The steps with a group of their own for each step that another may be taken instead of."""
    grouped: list[Step] = []
    for number, step in enumerate(steps):
        follows = number + 1 < len(steps) and steps[number + 1].alternative
        if step.group or not (step.alternative or follows):
            grouped.append(step)
            continue
        first = grouped[-1].group if step.alternative and grouped else f"instead of {step.order}"
        grouped.append(replace(step, group=first or f"instead of {step.order}", path=str(step.order)))
    return grouped


def _done_by(steps: Sequence[Step], rules: Rules, acts: list[Act]) -> dict[int, Act]:
    """Which act did which step, by the step's place: first what editors say, then what fits."""
    places = {step.order for step in steps}
    done = {act.step: act for act in reversed(acts) if act.step in places and act.step is not None}
    unused = [act for act in acts if act.step is None]
    for step in steps:
        if step.order in done:
            continue
        fitting = next((act for act in unused if _fits(act, step, steps, rules)), None)
        if fitting is not None:
            unused.remove(fitting)
            done[step.order] = fitting
    return done


def _fits(act: Act, step: Step, steps: Sequence[Step], rules: Rules) -> bool:
    if act.kind not in STEP_DONE_BY[step.kind]:
        return False
    if step.kind in _VOTES:
        return _is_of_chamber(act, step, rules)
    # Of several paths, and of several steps that the act could do, its body says which.
    others = [one for one in steps if one is not step and act.kind in STEP_DONE_BY[one.kind]]
    if step.group or (others and act.office):
        return _same_body(act.office, step.office)
    return True


def _is_of_chamber(act: Act, step: Step, rules: Rules) -> bool:
    if not act.office:
        return len(rules.chambers) == 1
    if chamber := next((chamber for chamber in rules.chambers if act.office in chamber.names), None):
        return step.office in chamber.names or len(rules.chambers) == 1
    return _same_body(act.office, step.office)


def _same_body(office: str, body: str) -> bool:
    """Whether two names are of one body: one may say more than the other (“Speaker” and “Speaker of the Assembly”)."""
    first, second = office.casefold(), body.casefold()
    return bool(first and second) and (first in second or second in first)


def _state(step: Step, done: Mapping[int, Act], taken: Mapping[str, str], *, is_behind: bool) -> StepState:
    if step.order in done:
        return StepState.DONE
    if step.group and taken.get(step.group, step.path) != step.path:
        return StepState.NOT_USED
    return StepState.NOT_ON_RECORD if is_behind else StepState.OPEN


def _overtakes(step: Step, done: Mapping[int, Act]) -> bool:
    # A gazette may print at any time: it leaves no step behind.
    return step.order in done and step.kind is not StepKind.PUBLISHED


def _is_behind(step: Step, rules: Rules, stages: Mapping[Stage, Reached]) -> bool:
    # A gazette that prints before the deposit has printed; one that prints after it may take years.
    last = _DEPOSIT if step.kind is StepKind.PUBLISHED and _precedes_deposit(step, rules) else None
    stage = STEP_BEHIND_AT.get(step.kind, last)
    return stage is not None and stages[stage] is Reached.REACHED


def _precedes_deposit(step: Step, rules: Rules) -> bool:
    return any(one.order > step.order and STEP_BEHIND_AT.get(one.kind) is _DEPOSIT for one in rules.steps)
