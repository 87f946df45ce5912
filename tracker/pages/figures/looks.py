"""The looks that stand for a stage or a status, each told by colour, by pattern and by the shape of its mark."""

import math
from collections.abc import Iterable
from enum import StrEnum
from typing import Final
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString

from tracker.domain.vocabulary import LADDER, Stage
from tracker.pages.figures.elements import element, group, written


class Look(StrEnum):
    """What a place on the map, a chip or a cell can stand for; the first five are the stages, in order."""

    SIGNED = "signed"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    ASSENTED = "assented"
    DEPOSITED = "deposited"
    UNKNOWN = "unknown"
    MEMBER = "member"
    APPLICANT = "applicant"
    INVITED = "invited"
    ASPIRANT = "aspirant"
    WITHDRAWN = "withdrawn"
    LAND = "land"


# How much of the mark's disc is filled: a stage reads as progress in black and white, and without any pattern.
FILLED: Final = {
    **{Look(stage): place / len(LADDER) for place, stage in enumerate(Stage)},
    Look.MEMBER: 1.0,
    Look.INVITED: 0.5,
    Look.ASPIRANT: 0.0,
}

# Side of the repeated tile, and the strokes drawn on it. A look without a tile is a plain surface.
TILES: Final[dict[Look, tuple[int, str]]] = {
    Look.SIGNED: (26, "M0 26L26 0M0 0L26 26"),
    Look.SUBMITTED: (24, "M-6 6L6-6M0 24L24 0M18 30L30 18"),
    Look.APPROVED: (22, "M11 10h.1M0 21h.1M22 21h.1"),
    Look.ASSENTED: (30, "M0 8h30"),
    Look.UNKNOWN: (24, "M6 6h.1M18 18h.1"),
    Look.APPLICANT: (30, "M15 9v12M9 15h12"),
    Look.INVITED: (24, "M6 0v24M12 0v24"),
    Look.ASPIRANT: (26, "M13 0v26"),
    Look.WITHDRAWN: (26, "M0 0L26 26"),
}


def fill_of(identity: str, look: Look) -> str:
    """The paint of a surface: the pattern of its look in this figure."""
    return f"url(#{identity}-{look})"


def patterns(identity: str, looks: Iterable[Look], scale: float = 1.0) -> ET.Element:
    """The definitions behind `fill_of`, one for each look used."""
    return element("defs", *(pattern(identity, look, scale) for look in sorted(set(looks))))


def pattern(identity: str, look: Look, scale: float) -> ET.Element:
    """One tile: the colour of the look, and its strokes in the ink that shows on that colour."""
    side, strokes = TILES.get(look, (10, ""))
    return element(
        "pattern",
        element("rect", width=side, height=side, class_="look-fill"),
        element("path", d=strokes, class_="look-ink") if strokes else None,
        id=f"{identity}-{look}",
        width=side,
        height=side,
        patternUnits="userSpaceOnUse",
        patternTransform=None if scale == 1 else f"scale({scale:g})",
        class_=f"look-{look}",
    )


def wedge(share: float, radius: float) -> str:
    """The path of a slice of the disc around (0, 0), clockwise from the top."""
    angle = 2 * math.pi * share
    x, y = radius * math.sin(angle), -radius * math.cos(angle)
    return f"M0 0V{-radius:g}A{radius:g} {radius:g} 0 {int(share > 0.5)} 1 {x:.2f} {y:.2f}z"


def filling(look: Look) -> ET.Element | None:
    """What is inside the ring of a mark."""
    share = FILLED.get(look, 0.0)
    if share == 1.0:
        return element("circle", r=5.2, class_="mark-fill")
    return element("path", d=wedge(share, 3.6), class_="mark-fill") if share else None


def mark(look: Look, x: float = 0.0, y: float = 0.0, scale: float = 1.0) -> ET.Element:
    """The mark of a look around a place: a disc filled by as much as has been done, a broken ring for unknown."""
    return group(
        [element("circle", r=5.2, class_="mark-ring"), filling(look), cross(look)],
        transform=f"translate({x:g} {y:g}) scale({scale:g})" if (x, y, scale) != (0, 0, 1) else None,
        class_=f"mark look-{look}",
    )


def cross(look: Look) -> ET.Element | None:
    """The sign that tells the applicant and the withdrawn from the stages."""
    strokes = {Look.APPLICANT: "M0-3V3M-3 0H3", Look.WITHDRAWN: "M-3 3L3-3"}.get(look)
    return element("path", d=strokes, class_="mark-line") if strokes else None


def draw_mark(look: Look) -> SafeString:
    """The mark alone, to stand before the word that names the stage."""
    return written(
        element("svg", mark(look), viewBox="-6 -6 12 12", class_="stage-mark", aria_hidden="true", focusable="false")
    )
