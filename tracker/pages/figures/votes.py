"""How a chamber voted: one bar of its seats, in the words of Popolo (yes, no, abstain, absent)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString

from tracker.language.words import labelled
from tracker.pages.figures.elements import element, figure_svg, group, written
from tracker.pages.figures.scales import Scale

WIDTH, HEIGHT = 640, 44
TILES: Final = {"no": "M0 12L12 0", "abstain": "M6 0v12"}


class Option(StrEnum):
    """What a member of a chamber can do. `not_voting` is whoever is left of the seats."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    NOT_VOTING = "not_voting"


@dataclass(frozen=True)
class Share:
    """How many did so, and the words for it."""

    option: Option
    count: int
    label: str


@dataclass(frozen=True)
class Needed:
    """The votes a majority takes, where that is a fixed number, and the words for it."""

    count: int
    label: str


def draw_votes(
    shares: Sequence[Share], title: str, desc: str, needed: Needed | None = None, identity: str = "votes"
) -> SafeString:
    """A figure of the bar and its numbers; shares without anybody are named but not drawn."""
    total = max(sum(share.count for share in shares), needed.count if needed else 0, 1)
    x = Scale(0, total, 0, WIDTH)
    drawing = figure_svg(
        identity,
        (WIDTH, HEIGHT),
        title,
        desc,
        element("defs", *(tile(identity, option) for option in Option)),
        *segments(shares, x, identity),
        element("line", x1=x(needed.count), x2=x(needed.count), y1=0, y2=HEIGHT, class_="needed") if needed else None,
        class_="figure-svg votes",
    )
    return written(element("figure", drawing, key(shares, needed, identity), class_="figure figure-votes"))


def tile(identity: str, option: Option) -> ET.Element:
    """The pattern of one option, so that the bar can be read without colour."""
    strokes = TILES.get(option)
    return element(
        "pattern",
        element("rect", width=12, height=12, class_="vote-fill"),
        element("path", d=strokes, class_="vote-ink") if strokes else None,
        id=f"{identity}-{option}",
        width=12,
        height=12,
        patternUnits="userSpaceOnUse",
        class_=f"vote-{option}",
    )


def segments(shares: Sequence[Share], x: Scale, identity: str) -> list[ET.Element]:
    """The parts of the bar, side by side."""
    made, before = [], 0
    for share in shares:
        if share.count:
            made.append(segment(share, x(before), x(before + share.count), identity))
        before += share.count
    return made


def segment(share: Share, start: float, end: float, identity: str) -> ET.Element:
    """One part of the bar."""
    title = element("title", labelled(share.label, str(share.count)))
    fill = f"url(#{identity}-{share.option})"
    return element("rect", title, x=start, y=6, width=end - start, height=32, fill=fill, class_="vote-segment")


def key(shares: Sequence[Share], needed: Needed | None, identity: str) -> ET.Element:
    """The numbers as text of the page."""
    items = [item(share, identity) for share in shares]
    line = element("li", sign_of_needed(), f"{needed.label} ", count_of(needed.count)) if needed else None
    return element("ul", *items, line, class_="legend")


def item(share: Share, identity: str) -> ET.Element:
    """One option: its swatch, its word, its number."""
    area = element("rect", x=1, y=1, width=34, height=22, rx=3, fill=f"url(#{identity}-{share.option})")
    area.set("class", "swatch-area")
    swatch = element("svg", area, viewBox="0 0 36 24", class_="swatch", aria_hidden="true")
    return element("li", swatch, f"{share.label} ", count_of(share.count))


def count_of(count: int) -> ET.Element:
    """The number, set so that numbers stand under each other."""
    return element("strong", str(count), class_="number")


def sign_of_needed() -> ET.Element:
    """The line of the majority, as its own swatch."""
    line = group([element("line", x1=18, x2=18, y1=0, y2=24, class_="needed")])
    return element("svg", line, viewBox="0 0 36 24", class_="swatch", aria_hidden="true")
