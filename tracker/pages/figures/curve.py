"""The ratification curve: how many allies had approved, day by day since signature, all rounds on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString

from tracker.pages.figures.elements import element, figure_svg, group, text, written
from tracker.pages.figures.scales import Scale, signed, ticks

WIDTH: Final = 640
HEIGHT: Final = 394
LEFT, TOP, RIGHT, BOTTOM = 44, 34, 590, 326
# The room of a label of three letters on a wide screen, and how much larger it is on a telephone, where it has its own.
LABEL_WIDTH, LABEL_ASCENT, LABEL_DESCENT = 46.0, 16.0, 4.0
NARROW: Final = 1.35
RING: Final = 4.0


@dataclass(frozen=True)
class Approval:
    """When one ally approved, in days since signature; the two differ where the day is not known."""

    earliest: int
    latest: int


@dataclass(frozen=True)
class Round:
    """One accession: its short label, how many allies had to approve, and up to which day it is drawn."""

    label: str
    title: str
    required: int
    approvals: Sequence[Approval]
    until: int
    is_current: bool = False

    @property
    def is_mostly_known(self) -> bool:
        """Whether at least half of the approvals have a known day: below that a line would mislead."""
        known = sum(approval.earliest == approval.latest for approval in self.approvals)
        return 2 * known >= len(self.approvals)

    @property
    def is_a_line(self) -> bool:
        """Whether the round is drawn from its first day on; of any other only the end is."""
        return self.is_current or self.is_mostly_known

    @property
    def end(self) -> int:
        """How many approvals are certain by the last day drawn."""
        return sum(approval.latest <= self.until for approval in self.approvals)


@dataclass(frozen=True)
class CurveWords:
    """What is written at the axes."""

    days: str
    allies: str


Steps = list[tuple[float, float]]
# Left, top, right, bottom.
Box = tuple[float, float, float, float]


def draw_curve(
    rounds: Sequence[Round], title: str, desc: str, words: CurveWords, note: str = "", identity: str = "curve"
) -> SafeString:
    """A figure with one stepped line a round, the current one in front; a band where days are not known.

    A line counts the approvals that are certain by that day, the upper edge of its band those that are possible.
    Of an earlier round of which less than half is known only the end is drawn, as a ring.
    """
    x, y = scales(rounds)
    behind = [curve(one, x, y) for one in rounds if not one.is_current]
    in_front = [curve(one, x, y) for one in rounds if one.is_current]
    names = [labels(rounds, x, y, class_="wide"), labels(rounds, x, y, NARROW, class_="narrow")]
    drawing = figure_svg(
        identity,
        (WIDTH, HEIGHT),
        title,
        desc,
        axes(x, y, words),
        *behind,
        *in_front,
        *names,
        class_="figure-svg chart curve",
    )
    caption = element("figcaption", note) if note else None
    return written(element("figure", drawing, caption, class_="figure figure-chart"))


def scales(rounds: Sequence[Round]) -> tuple[Scale, Scale]:
    """One scale for days and one for allies, wide enough for every round."""
    days = [a.earliest for one in rounds if one.is_a_line for a in one.approvals] + [0]
    last = max((one.until for one in rounds), default=1)
    most = max((one.required for one in rounds), default=1)
    return Scale(min(days), max(last, 1), LEFT, RIGHT), Scale(0, most, BOTTOM, TOP)


def steps(days: Sequence[int], x: Scale, y: Scale, until: int) -> Steps:
    """The corners of the line that rises by one on each of the days."""
    corners: Steps = [(x(x.low), y(0))]
    for count, day in enumerate(sorted(day for day in days if day <= until), 1):
        corners += [(x(day), y(count - 1)), (x(day), y(count))]
    return [*corners, (x(until), corners[-1][1])]


def path_through(corners: Steps) -> str:
    """The path through the corners, which differ in one direction at a time."""
    (left, top), *rest = corners
    written_steps = [f"M{left:g} {top:g}"]
    for (ax, ay), (bx, by) in zip(corners, rest, strict=False):
        written_steps += [f"H{bx:g}"] if bx != ax else []
        written_steps += [f"V{by:g}"] if by != ay else []
    return "".join(written_steps)


def curve(one: Round, x: Scale, y: Scale) -> ET.Element:
    """The line of one round, over the band of what is possible; or its end alone."""
    certain = steps([a.latest for a in one.approvals], x, y, one.until)
    possible = steps([a.earliest for a in one.approvals], x, y, one.until)
    end_x, end_y = certain[-1]
    if not one.is_a_line:
        ring = element("circle", element("title", one.title), cx=end_x, cy=end_y, r=RING, class_="curve-end-only")
        return group([ring])
    return group(
        [
            element("title", one.title),
            required_line(one, x, y) if one.is_current else None,
            band(certain, possible),
            element("path", d=path_through(certain), class_="curve-line"),
            element("circle", cx=end_x, cy=end_y, r=4 if one.is_current else 2.5, class_="curve-end"),
        ],
        class_="curve-current" if one.is_current else "curve-other",
    )


def required_line(one: Round, x: Scale, y: Scale) -> ET.Element:
    """The number of approvals that the round needs."""
    place = y(one.required)
    return element("line", x1=x.start, x2=x.end, y1=place, y2=place, class_="curve-required")


def band(certain: Steps, possible: Steps) -> ET.Element | None:
    """The surface between what is certain and what is possible, if there is any."""
    if certain == possible:
        return None
    outline = path_through(possible) + "L" + "L".join(f"{px:g} {py:g}" for px, py in reversed(certain)) + "z"
    return element("path", d=outline, class_="curve-band")


def axes(x: Scale, y: Scale, words: CurveWords) -> ET.Element:
    """Grid lines with their numbers, and what the axes count."""
    return group(
        [
            *(level(n, y) for n in ticks(0, y.high, 7)),
            *(day(n, x) for n in ticks(x.low, x.high, 8)),
            text(words.allies, 4, 20, class_="axis-title"),
            text(words.days, WIDTH - 4, HEIGHT - 8, text_anchor="end", class_="axis-title"),
        ],
        class_="axes",
    )


def level(count: int, y: Scale) -> ET.Element:
    """A number of allies."""
    place = y(count)
    line = element("line", x1=LEFT, x2=RIGHT, y1=place, y2=place, class_="grid" if count else "grid-base")
    return group([line, text(str(count), LEFT - 8, place, text_anchor="end", dominant_baseline="central")])


def day(count: int, x: Scale) -> ET.Element:
    """A number of days."""
    place = x(count)
    line = element("line", x1=place, x2=place, y1=BOTTOM, y2=BOTTOM + 5, class_="grid-base")
    return group([line, text(signed(count), place, BOTTOM + 30, text_anchor="middle")])


@dataclass(frozen=True)
class LabelPlace:
    """Where a label may stand: the point of its baseline that it is tied to, by which end, and how large it is."""

    x: float
    y: float
    anchor: str
    size: float = 1

    @property
    def box(self) -> Box:
        """What it covers."""
        width = LABEL_WIDTH * self.size
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.y - LABEL_ASCENT * self.size, left + width, self.y + LABEL_DESCENT * self.size


def labels(rounds: Sequence[Round], x: Scale, y: Scale, size: float = 1, class_: str = "wide") -> ET.Element:
    """The short label at the end of each line, where it covers no other and no end; without room it is left out."""
    ends = {(x(one.until), y(one.end)) for one in rounds}
    taken: list[Box] = [(px - RING, py - RING, px + RING, py + RING) for px, py in ends]
    made: list[ET.Element] = []
    for one in sorted(rounds, key=lambda one: (not one.is_current, -one.until)):
        place = free_place(x(one.until), y(one.end), taken, size)
        if place:
            taken.append(place.box)
            made.append(end_label(one, place))
    return group(made, class_=f"curve-labels {class_}")


def free_place(x: float, y: float, taken: Sequence[Box], size: float = 1) -> LabelPlace | None:
    """The first place beside the end of a line that is inside the picture and not taken."""
    beside = (
        LabelPlace(x, y - 8, "middle", size),
        LabelPlace(x, y + 6 + LABEL_ASCENT * size, "middle", size),
        LabelPlace(x + 7, y + 6, "start", size),
        LabelPlace(x - 7, y + 6, "end", size),
    )
    free = (one for one in beside if one.box[2] <= WIDTH and not any(overlap(one.box, box) for box in taken))
    return next(free, None)


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes have more than an edge in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def end_label(one: Round, place: LabelPlace) -> ET.Element:
    """The label of one line."""
    class_ = "curve-label-current" if one.is_current else "curve-label"
    return text(one.label, place.x, place.y, text_anchor=place.anchor, class_=class_)
