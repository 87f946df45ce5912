"""The timeline of an accession: acts of the procedure above the line, what happened around it below."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString

from tracker.pages.figures.elements import element, figure_svg, group, text, written
from tracker.pages.figures.scales import Scale, first_days, lanes, spread

WIDTH: Final = 640
# The last date at the axis is written to the right of its day, so the days end before the picture does.
LEFT, RIGHT, EDGE = 14, 584, 632
DOT: Final = 7.0
TALLEST: Final = 150.0
# Dots nearer to each other than this cannot be told apart by a pointer, so that their titles would only weigh.
NEAREST: Final = 4.0
HEAD: Final = 58
AXIS: Final = 34


@dataclass(frozen=True)
class Moment:
    """One event; the two days differ where its date is not known to the day. `mark` names it in the key below."""

    earliest: date
    latest: date
    title: str
    mark: str = ""


@dataclass(frozen=True)
class TimelineWords:
    """The names of the two lanes, and how a date is written at the axis."""

    procedure: str
    context: str
    month_names: Sequence[str]


@dataclass(frozen=True)
class Place:
    """Where one event stands: its extent in time, and how many stand between it and the line."""

    moment: Moment
    start: float
    end: float
    lane: int

    @property
    def middle(self) -> float:
        """The middle of the extent."""
        return (self.start + self.end) / 2


def draw_timeline(
    procedure: Sequence[Moment],
    context: Sequence[Moment],
    title: str,
    desc: str,
    words: TimelineWords,
    identity: str = "timeline",
) -> SafeString:
    """A figure of both lanes and, as a numbered list, the moments that have a `mark`."""
    x = scale([*procedure, *context])
    above, below = settle(procedure, x), settle(context, x)
    line = HEAD + extent(above)
    height = line + AXIS + extent(below) + 26
    marked = [place for place in above if place.moment.mark]
    drawing = figure_svg(
        identity,
        (WIDTH, height),
        title,
        desc,
        axis(x, line),
        text(words.procedure, 0, 14, class_="axis-title"),
        text(words.context, 0, height - 6, class_="axis-title"),
        years_and_months(x, line, words.month_names),
        *flags(marked, line, above),
        group([dot(place, line, -rise(above)) for place in above], class_="timeline-procedure"),
        group([dot(place, line + AXIS, rise(below)) for place in below], class_="timeline-context"),
        class_="figure-svg chart timeline",
    )
    return written(element("figure", drawing, key(marked), class_="figure figure-chart"))


def scale(moments: Sequence[Moment]) -> Scale:
    """From the first day to the last of all moments."""
    days = [day.toordinal() for moment in moments for day in (moment.earliest, moment.latest)] or [0, 1]
    return Scale(min(days), max(days), LEFT, RIGHT)


def settle(moments: Sequence[Moment], x: Scale) -> list[Place]:
    """Every moment at its time, stacked where there are several."""
    ordered = sorted(moments, key=lambda moment: (moment.earliest, moment.latest))
    extents = [(x(m.earliest.toordinal()), x(m.latest.toordinal())) for m in ordered]
    rows = lanes([(start - DOT / 2, end + DOT / 2) for start, end in extents])
    return [Place(m, start, end, row) for m, (start, end), row in zip(ordered, extents, rows, strict=True)]


def rise(places: Sequence[Place]) -> float:
    """From one lane to the next: a dot's width, or less where the stack would be too tall."""
    most = max((place.lane for place in places), default=0) + 1
    return min(DOT, TALLEST / most)


def extent(places: Sequence[Place]) -> float:
    """The height of the tallest stack."""
    most = max((place.lane for place in places), default=0) + 1
    return round(most * rise(places) + DOT, 2)


def dot(place: Place, base: float, step: float) -> ET.Element:
    """One event: a dot, or a bar over the days it can have happened on."""
    y = round(base + step * (place.lane + 0.75), 2)
    radius = min(3.2, abs(step) / 2)
    is_told = abs(step) >= NEAREST or bool(place.moment.mark)
    title = element("title", place.moment.title) if is_told else None
    class_ = "moment moment-marked" if place.moment.mark else "moment"
    if place.start == place.end:
        return element("circle", title, cx=place.start, cy=y, r=radius, class_=class_)
    width, height = place.end - place.start, radius * 1.4
    return element("rect", title, x=place.start, y=y - height / 2, width=width, height=height, rx=2, class_=class_)


def axis(x: Scale, line: float) -> ET.Element:
    """The two lines between which the dates stand."""
    ends = {"x1": x.start, "x2": EDGE}
    return group([element("line", **ends, y1=y, y2=y, class_="grid-base") for y in (line, line + AXIS)])


def years_and_months(x: Scale, line: float, month_names: Sequence[str]) -> ET.Element:
    """The dates between the lines, at the first days of years or months."""
    days = first_days(date.fromordinal(max(int(x.low), 1)), date.fromordinal(max(int(x.high), 1)), 8)
    return group([tick(day, x, line, month_names) for day in days], class_="axes")


def tick(day: date, x: Scale, line: float, month_names: Sequence[str]) -> ET.Element:
    """One date: the year in January, else the month."""
    place = x(day.toordinal())
    name = str(day.year) if day.month == 1 else month_names[day.month - 1]
    words = text(
        name, place + 4, line + AXIS / 2, dominant_baseline="central", class_="year" if day.month == 1 else None
    )
    return group([element("line", x1=place, x2=place, y1=line, y2=line + AXIS, class_="grid-base"), words])


def flags(marked: Sequence[Place], line: float, above: Sequence[Place]) -> list[ET.Element]:
    """A number over each marked moment, kept apart from its neighbours, with a line down to it."""
    wanted = spread([place.middle for place in marked], 34)
    # What the last one lacks on the right is taken from all, so that the row ends inside the picture.
    excess = max([0.0, *(place - (EDGE - 12) for place in wanted[-1:])])
    step = rise(above)
    return [
        flag(n, at - excess, place.middle, line - step * (place.lane + 0.75))
        for n, (at, place) in enumerate(zip(wanted, marked, strict=True), 1)
    ]


def flag(number: int, at: float, over: float, down_to: float) -> ET.Element:
    """One number."""
    return group(
        [
            element("path", d=f"M{at:g} 44L{over:g} 56V{down_to:g}", class_="flag-line"),
            element("circle", cx=at, cy=35, r=10, class_="flag"),
            text(str(number), at, 35, text_anchor="middle", dominant_baseline="central", class_="flag-number"),
        ]
    )


def key(marked: Sequence[Place]) -> ET.Element | None:
    """What the numbers stand for."""
    if not marked:
        return None
    return element("ol", *(element("li", place.moment.mark) for place in marked), class_="timeline-key")
