"""The map: every state in the look of its stage, North America in an inset, the smallest states by a marker."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString

from tracker.pages.figures.elements import element, figure_svg, group, text, written
from tracker.pages.figures.looks import Look, fill_of, patterns

SHAPES_FILE: Final = Path(__file__).with_name("map_shapes.json")
# Too small to be seen on a wide screen either, so their marker never goes.
ALWAYS_MARKED: Final = frozenset({"LUX", "MLT"})
# Half the width of a letter and the height of a line, at the size that names have on the narrowest screens, where they
# are largest, and on all others.
HALF_LETTER, LINE = 20, 76
HALF_LETTER_WIDE, LINE_WIDE = 13, 50
LONGEST: Final = 24


@dataclass(frozen=True)
class MapShapes:
    """The outlines by alpha-3 code, as `scripts/prepare_map.py` has made them."""

    size: tuple[int, int]
    inset: tuple[int, int, int, int]  # left, top, width, height
    europe: Mapping[str, str]
    inset_paths: Mapping[str, str]
    markers: Mapping[str, tuple[int, int]]
    labels: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class MapMark:
    """How one state is drawn. The title is what hovering shows; a label is written on the map itself."""

    look: Look
    title: str
    label: str = ""


@dataclass(frozen=True)
class LegendEntry:
    """What a look means, in words, and how many states have it."""

    look: Look
    label: str
    count: int | None = None


@cache
def load_shapes() -> MapShapes:
    """The outlines that come with the project, read once."""
    data = json.loads(SHAPES_FILE.read_text(encoding="utf-8"))
    return MapShapes(
        size=(data["size"][0], data["size"][1]),
        inset=(data["inset"][0], data["inset"][1], data["inset"][2], data["inset"][3]),
        europe=data["europe"],
        inset_paths=data["inset_paths"],
        markers={code: (x, y) for code, (x, y) in data["markers"].items()},
        labels={code: (x, y) for code, (x, y) in data["labels"].items()},
    )


def draw_map(
    shapes: MapShapes,
    states: Mapping[str, MapMark],
    title: str,
    desc: str,
    legend: Sequence[LegendEntry],
    identity: str = "map",
    note: str = "",
) -> SafeString:
    """A figure of the map, its legend and a note. A state without a mark is land; `identity` is unique on the page."""
    looks = {entry.look for entry in legend} | {mark.look for mark in states.values()}
    drawing = figure_svg(
        identity,
        shapes.size,
        title,
        desc,
        patterns(identity, looks),
        outlines(shapes.europe, states, identity),
        inset(shapes, states, identity),
        group([marker(code, place, states, identity) for code, place in shapes.markers.items()]),
        labels(shapes, states, HALF_LETTER_WIDE, LINE_WIDE, "wide"),
        labels(shapes, states, HALF_LETTER, LINE, "narrow"),
        class_="figure-svg map",
    )
    caption = element("figcaption", note) if note else None
    return written(element("figure", drawing, legend_list(legend, identity), caption, class_="figure figure-map"))


def outlines(paths: Mapping[str, str], states: Mapping[str, MapMark], identity: str) -> ET.Element:
    """All shapes of one view: first the land as one path, then each state that has a mark."""
    land = "".join(path for code, path in paths.items() if code not in states)
    marked = [outline(path, states[code], identity) for code, path in paths.items() if code in states]
    return group([element("path", d=land, class_="map-land"), *marked])


def outline(path: str, mark: MapMark, identity: str) -> ET.Element:
    """One state with its title."""
    return element("path", element("title", mark.title), d=path, fill=fill_of(identity, mark.look), class_="map-state")


def inset(shapes: MapShapes, states: Mapping[str, MapMark], identity: str) -> ET.Element:
    """North America at its own scale, in a frame over the ocean."""
    left, top, width, height = shapes.inset
    frame = {"x": left, "y": top, "width": width, "height": height}
    return group(
        [
            element("rect", **frame, class_="map-sea"),
            outlines(shapes.inset_paths, states, identity),
            element("rect", **frame, class_="map-frame"),
        ]
    )


def marker(code: str, place: tuple[int, int], states: Mapping[str, MapMark], identity: str) -> ET.Element | None:
    """A disc over a state too small to show its look on this screen, if it has one."""
    if code not in states:
        return None
    x, y = place
    kind = "map-marker" if code in ALWAYS_MARKED else "map-marker map-marker-narrow"
    mark = states[code]
    title = element("title", mark.title)
    return element("circle", title, cx=x, cy=y, r=20, fill=fill_of(identity, mark.look), class_=kind)


@dataclass(frozen=True)
class Name:
    """A name on the map: its middle, and half of what it covers each way."""

    words: str
    x: float
    y: float
    half: float
    height: float

    def covers(self, other: "Name") -> bool:
        """Whether the two would stand over each other."""
        return abs(self.x - other.x) < self.half + other.half and abs(self.y - other.y) < self.height


def labels(shapes: MapShapes, states: Mapping[str, MapMark], half: int, line: int, screen: str) -> ET.Element:
    """The names where there is room for them, on one kind of screen; the last state first, which the map is of.

    A name that would cover another is left out; whoever hovers reads it, and so does whoever reads the page.
    """
    placed: list[Name] = []
    for code, mark in reversed(list(states.items())):
        # A long name would take the room of three; only that of the state itself is written.
        if mark.label and code in shapes.labels and not (placed and len(mark.label) > LONGEST):
            name = place_of(mark.label, shapes.labels[code], shapes.size[0], half, line)
            placed += [] if any(name.covers(other) for other in placed) else [name]
    return group([label(one) for one in placed], class_=f"map-labels {screen}")


def place_of(words: str, at: tuple[int, int], width: int, half_letter: int, line: int) -> Name:
    """Where a name stands: at its state, and wholly inside the picture."""
    half = half_letter * len(words)
    return Name(words, max(half, min(at[0], width - half)), at[1], half, line)


def label(name: Name) -> ET.Element:
    """One name."""
    return text(name.words, name.x, name.y, class_="map-label", text_anchor="middle", dominant_baseline="middle")


def legend_list(legend: Sequence[LegendEntry], identity: str) -> ET.Element | None:
    """What the looks mean, as text of the page, so that it can be read at any size."""
    if not legend:
        return None
    return element("ul", *(legend_item(entry, identity) for entry in legend), class_="legend")


def legend_item(entry: LegendEntry, identity: str) -> ET.Element:
    """A swatch, the words, and the number of states."""
    swatch = element(
        "svg",
        element("rect", x=1, y=1, width=70, height=46, rx=6, fill=fill_of(identity, entry.look), class_="swatch-area"),
        viewBox="0 0 72 48",
        class_="swatch",
        aria_hidden="true",
    )
    count = None if entry.count is None else element("span", str(entry.count), class_="legend-count")
    return element("li", swatch, element("span", entry.label), None if count is None else " ", count)
