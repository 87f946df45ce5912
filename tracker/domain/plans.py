"""What has become of something that was announced for a day. A plan counts for nothing until an act keeps it.

The calendars and what comes next read plans from here; no stage and no total does.
"""

from collections.abc import Iterable
from datetime import date

from tracker.domain.standing import Act
from tracker.domain.vocabulary import ENDS_A_PLAN, PlanState, Reached


def is_announced(plan: Act, day: date) -> bool:
    """Whether the plan had been announced by the end of that day; where the day is not on record, it had."""
    return plan.announced is None or plan.announced.by(day) is Reached.REACHED


def plan_on(plan: Act, acts: Iterable[Act], day: date) -> PlanState:
    """What had become of the plan by the end of that day, from the acts and plans on record beside it.

    The newest word on it decides. Without one it is unknown from its own day on.
    """
    words = [(_said_on(act), word) for act in acts if (word := _word_on(plan, act)) and _is_said(act, day)]
    if words:
        return max(words, key=lambda pair: pair[0])[1]
    return PlanState.PLANNED if plan.occurred.by(day) is Reached.NOT_REACHED else PlanState.UNKNOWN


def _word_on(plan: Act, act: Act) -> PlanState | None:
    """What the act says of the plan, if anything."""
    if act.key == plan.key:
        return None
    if act.follows == plan.key:
        return PlanState.POSTPONED if act.planned else ENDS_A_PLAN.get(act.kind, PlanState.HELD)
    return PlanState.HELD if keeps(plan, act) else None


def keeps(plan: Act, act: Act) -> bool:
    """Whether the act is what was planned, though nobody linked the two: the same deed on a day it was planned for."""
    same = (act.kind, act.actor, act.accession) == (plan.kind, plan.actor, plan.accession)
    return same and not act.planned and not act.follows and _overlap(plan, act)


def _overlap(plan: Act, act: Act) -> bool:
    first = max(plan.occurred.earliest or date.min, act.occurred.earliest or date.min)
    return first <= min(plan.occurred.latest or date.max, act.occurred.latest or date.max)


def _is_said(act: Act, day: date) -> bool:
    return is_announced(act, day) if act.planned else act.occurred.by(day) is Reached.REACHED


def _said_on(act: Act) -> tuple[date, int]:
    said = act.announced if act.planned else act.occurred
    return (said.latest if said and said.latest else date.min, act.recorded)
