"""The stage ladder of one ally."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.domain.dates import PartialDate
from tracker.domain.standing import RatificationStanding, StageOnDay
from tracker.domain.vocabulary import Stage
from tracker.language.words import in_turn, labelled, say_date
from tracker.pages.figures.ladder import LadderStep, Rung, draw_ladder
from tracker.pages.figures.looks import Look


def draw_ladder_of(standing: RatificationStanding, name: str, signed: PartialDate | None) -> SafeString:
    """Every stage as reached, unknown or not reached, with its date in words; `signed` is when the protocol was."""
    joined_later = standing.dates[Stage.SIGNED].occurred != signed
    words = {stage: str(stage.label) for stage in Stage}
    # Who became an ally afterwards has signed nothing.
    words |= {Stage.SIGNED: _("Approval became required")} if joined_later else {}
    steps = [_step(stage, words[stage], standing.on(stage)) for stage in Stage]
    desc = in_turn(step.title for step in steps)
    return draw_ladder(steps, name, desc, f"ladder-{standing.ally}")


def draw_shapes() -> list[tuple[SafeString, str]]:
    """Each shape that a step may have, with what it means."""
    shapes = [
        ("reached", Rung.REACHED, False, _("reached")),
        ("inferred", Rung.REACHED, True, _("reached; its day is inferred")),
        ("unknown", Rung.UNKNOWN, False, _("unknown")),
        ("open", Rung.NOT_REACHED, False, _("not reached")),
    ]
    return [
        (draw_ladder([LadderStep(Look.DEPOSITED, rung, words, inferred)], words, words, f"shape-{name}"), words)
        for name, rung, inferred, words in shapes
    ]


def _step(stage: Stage, word: str, shown: StageOnDay) -> LadderStep:
    return LadderStep(Look(stage.value), Rung(shown.state.value), _title(word, shown), shown.inferred)


def _title(word: str, shown: StageOnDay) -> str:
    parts = [labelled(word, str(shown.state.label))]
    if shown.occurred is not None:
        parts.append(say_date(shown.occurred))
    if shown.inferred and shown.basis:
        parts.append(str(shown.basis.label))
    return ", ".join(parts)
