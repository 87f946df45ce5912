"""The stages of one ally side by side: reached, not reached, or not known; a date that is only inferred says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString

from tracker.pages.figures.elements import element, figure_svg, group, written
from tracker.pages.figures.looks import Look

STEP: Final = 22
RADIUS: Final = 6


class Rung(StrEnum):
    """The three values of a stage as of a day."""

    REACHED = "reached"
    UNKNOWN = "unknown"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True)
class LadderStep:
    """One stage: its look, whether it has been reached, and what hovering says."""

    look: Look
    state: Rung
    title: str
    is_inferred: bool = False


def draw_ladder(steps: Sequence[LadderStep], title: str, desc: str, identity: str = "ladder") -> SafeString:
    """The rungs in order, joined by a line as far as the ally has certainly come."""
    width = STEP * len(steps)
    places = [STEP * (n + 0.5) for n in range(len(steps))]
    rails = [rail(a, b, step.state) for a, b, step in zip(places, places[1:], steps[1:], strict=False)]
    rungs = [rung(step, x) for step, x in zip(steps, places, strict=True)]
    return written(figure_svg(identity, (width, 18), title, desc, *rails, *rungs, class_="ladder"))


def rail(start: float, end: float, state: Rung) -> ET.Element:
    """The way to the next rung."""
    return element("line", x1=start + RADIUS, x2=end - RADIUS, y1=9, y2=9, class_=f"rail rail-{state}")


def rung(step: LadderStep, x: float) -> ET.Element:
    """A full disc, a ring, or a broken ring with a question mark; what is inferred is a disc in a broken ring."""
    kind = "inferred" if step.is_inferred and step.state == Rung.REACHED else step.state
    inside = {
        "reached": [element("circle", cx=x, cy=9, r=RADIUS)],
        "inferred": [element("circle", cx=x, cy=9, r=RADIUS), element("circle", cx=x, cy=9, r=2.5, class_="core")],
        "unknown": [element("circle", cx=x, cy=9, r=RADIUS), question_mark(x)],
        "not_reached": [element("circle", cx=x, cy=9, r=RADIUS - 1.5)],
    }[kind]
    return group([element("title", step.title), *inside], class_=f"rung rung-{kind} look-{step.look}")


def question_mark(x: float) -> ET.Element:
    """The sign of what is not known, drawn, so that no font decides how it looks."""
    return element("path", d=f"M{x - 1.8:g} 7.2a1.9 1.9 0 1 1 2.6 1.8q-.8.4-.8 1.3M{x:g} 12.4v.1", class_="query")
