"""Reading figures back: the elements by class, and the rings of the map's paths."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
Point = tuple[float, float]


def parse(drawing: str) -> ET.Element:
    """The figure as a tree; a figure that is not well-formed fails here."""
    return ET.fromstring(drawing)  # noqa: S314 - our own figures, and being well-formed is what is tested


def name_of(one: ET.Element) -> str:
    """The tag without its namespace."""
    return one.tag.removeprefix(SVG)


def with_class(root: ET.Element, wanted: str) -> list[ET.Element]:
    """The elements that have the class, in order."""
    return [one for one in root.iter() if wanted in one.get("class", "").split()]


def title_of(one: ET.Element) -> str:
    """What hovering over the element says."""
    return next((child.text or "" for child in one if name_of(child) == "title"), "")


def words_of(root: ET.Element) -> list[str]:
    """Every text that is drawn."""
    return ["".join(one.itertext()) for one in root.iter() if name_of(one) == "text"]


def corners(path: str) -> list[Point]:
    """The points of a path of M, H and V, as the stepped lines are."""
    x = y = 0.0
    points: list[Point] = []
    for letter, values in re.findall(r"([MHV])([^MHV]*)", path):
        numbers = [float(n) for n in values.split()]
        x = numbers[0] if letter in "MH" else x
        y = numbers[-1] if letter in "MV" else y
        points.append((x, y))
    return points


def rings(path: str) -> list[list[Point]]:
    """The rings of a path of the map."""
    return [ring(part) for part in path.split("z") if part]


def ring(part: str) -> list[Point]:
    """One ring of relative steps."""
    numbers = [float(n) for n in re.findall(r"-?\d+", part)]
    points = [(numbers[0], numbers[1])]
    for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
        points.append((points[-1][0] + dx, points[-1][1] + dy))
    return points


def contains(path: str, place: Point) -> bool:
    """Whether the place lies inside the shape, by counting the borders to its right."""
    x, y = place
    crossings = 0
    for outline in rings(path):
        for (ax, ay), (bx, by) in pairwise([*outline, outline[0]]):
            if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                crossings += 1
    return crossings % 2 == 1
