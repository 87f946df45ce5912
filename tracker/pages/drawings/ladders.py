"""The stage ladder of one ally."""

from django.utils.safestring import SafeString

from tracker.domain.standing import RatificationStanding, StageDate
from tracker.domain.vocabulary import Reached, Stage
from tracker.language.sentences import in_turn, labelled, say_date
from tracker.pages.figures.ladder import LadderStep, Rung, draw_ladder
from tracker.pages.figures.looks import Look


def draw_ladder_of(standing: RatificationStanding, name: str) -> SafeString:
    """Every stage as reached, unknown or not reached, with its date in words."""
    steps = [_step(stage, standing.dates[stage], standing) for stage in Stage]
    desc = in_turn(step.title for step in steps)
    return draw_ladder(steps, name, desc, f"ladder-{standing.ally}")


def _step(stage: Stage, found: StageDate, standing: RatificationStanding) -> LadderStep:
    state = found.by(standing.as_of)
    title = _title(stage, found, str(state.label), is_ahead=state is Reached.NOT_REACHED)
    return LadderStep(Look(stage.value), Rung(state.value), title, found.inferred)


def _title(stage: Stage, found: StageDate, state: str, *, is_ahead: bool) -> str:
    parts = [labelled(str(stage.label), state)]
    # What was still to come is not told to a reader who stands before it.
    if is_ahead:
        return parts[0]
    if found.occurred is not None:
        parts.append(say_date(found.occurred))
    if found.inferred:
        parts.append(str(found.basis.label))
    return ", ".join(parts)
