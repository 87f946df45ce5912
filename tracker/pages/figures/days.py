"""How many days each ally took from signature to approval, over all its rounds: one strip an ally, one dot a round."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString

from tracker.pages.figures.elements import element, figure_svg, group, text, written
from tracker.pages.figures.scales import Scale, signed, ticks

WIDTH: Final = 640
LEFT, TOP, RIGHT, ROW = 142, 34, 600, 24
SHORTEST: Final = 6.0


@dataclass(frozen=True)
class DayDot:
    """The days one ally took in one round; `latest` is None while it has not approved yet."""

    earliest: int
    latest: int | None
    title: str
    is_current: bool = False


@dataclass(frozen=True)
class DayStrip:
    """All the rounds of one ally. The short label stands where there is no room for the name."""

    name: str
    short: str
    dots: Sequence[DayDot]
    summary: str = ""


def draw_days(
    strips: Sequence[DayStrip], title: str, desc: str, axis: str, note: str = "", identity: str = "days"
) -> SafeString:
    """A figure with one strip an ally in the order given; rounds behind, the current round in front.

    A day that is not known is a bar over the days it can be; an ally still to approve is a bar with an open end.
    """
    x = scale(strips)
    bottom = TOP + ROW * len(strips)
    drawing = figure_svg(
        identity,
        (WIDTH, bottom + 12),
        title,
        desc,
        grid(x, bottom, axis),
        *(strip(one, x, TOP + ROW * (n + 0.5)) for n, one in enumerate(strips)),
        class_="figure-svg chart days",
    )
    caption = element("figcaption", note) if note else None
    return written(element("figure", drawing, caption, class_="figure figure-chart"))


def scale(strips: Sequence[DayStrip]) -> Scale:
    """Days from the earliest approval before signature, or zero, to the latest."""
    ends = [day for one in strips for dot in one.dots for day in (dot.earliest, dot.latest or dot.earliest)]
    return Scale(min([*ends, 0]), max([*ends, 1]), LEFT, RIGHT)


def grid(x: Scale, bottom: float, axis: str) -> ET.Element:
    """The days, written at the top."""
    lines = [element("line", x1=x(n), x2=x(n), y1=TOP - 6, y2=bottom, class_="grid") for n in ticks(x.low, x.high, 6)]
    numbers = [text(signed(n), x(n), TOP - 12, text_anchor="middle") for n in ticks(x.low, x.high, 6)]
    return group([*lines, *numbers, text(axis, 0, TOP - 12, class_="axis-title")], class_="axes")


def strip(one: DayStrip, x: Scale, y: float) -> ET.Element:
    """The row of one ally."""
    behind = [dot(d, x, y) for d in one.dots if not d.is_current]
    in_front = [dot(d, x, y) for d in one.dots if d.is_current]
    return group(
        [
            text(one.name, 0, y, dominant_baseline="central", class_="wide"),
            text(one.short, 0, y, dominant_baseline="central", class_="narrow"),
            element("line", x1=x(x.low), x2=x(x.high), y1=y, y2=y, class_="strip"),
            *behind,
            *in_front,
        ]
    )


def dot(one: DayDot, x: Scale, y: float) -> ET.Element:
    """One round: a dot, a bar for a day that is not known, or an arrow for one that has not come."""
    class_ = "day-current" if one.is_current else "day-other"
    title = element("title", one.title)
    if one.latest is None:
        return group([title, *waiting(x(0), x(one.earliest), y)], class_=f"{class_} day-waiting")
    if one.latest == one.earliest:
        return element("circle", title, cx=x(one.latest), cy=y, r=5.5 if one.is_current else 3.5, class_=class_)
    start, end = x(one.earliest), x(one.latest)
    # Of a few days it is still a bar, and no hair.
    width = max(end - start, SHORTEST)
    return element("rect", title, x=start, y=y - 3, width=width, height=6, rx=3, class_=f"{class_} day-imprecise")


def waiting(start: float, end: float, y: float) -> list[ET.Element]:
    """A line up to today with an arrowhead: it goes on."""
    return [
        element("path", d=f"M{start:g} {y:g}H{end:g}", class_="waiting-line"),
        element("path", d=f"M{end:g} {y - 6:g}l11 6l-11 6z", class_="waiting-head"),
    ]
