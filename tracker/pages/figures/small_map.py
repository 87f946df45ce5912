"""The map as a small raster, for the picture that goes along when a page is shared: flat colours, without names."""

import re
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Final

from PIL import Image, ImageDraw

from tracker.pages.figures.looks import Look
from tracker.pages.figures.map import MapShapes

SEA, LAND, BORDER = "#e6edf1", "#dcd5c7", "#ffffff"
# The fills of `site.css` on paper; a raster has no style sheet.
FILLS: Final = {
    Look.SIGNED: "#fbe9df",
    Look.SUBMITTED: "#f5c95a",
    Look.APPROVED: "#6193ba",
    Look.ASSENTED: "#35709e",
    Look.DEPOSITED: "#153f63",
    Look.UNKNOWN: "#f5f2ea",
    Look.MEMBER: "#2c6591",
    Look.APPLICANT: "#63304f",
    Look.INVITED: "#d5e3c8",
    Look.ASPIRANT: "#eaf0e4",
    Look.WITHDRAWN: "#ece9e2",
    Look.LAND: LAND,
}
# Drawn larger and made smaller, which smooths the borders.
_OVERSAMPLING: Final = 2
_NUMBER: Final = re.compile(r"-?\d+")

Point = tuple[float, float]


def draw_small_map(shapes: MapShapes, looks: Mapping[str, Look], width: int) -> Image.Image:
    """An image of so many pixels in width, in the proportions of the map."""
    scale = width * _OVERSAMPLING / shapes.size[0]
    height = round(shapes.size[1] * scale)
    image = Image.new("RGB", (width * _OVERSAMPLING, height), SEA)
    draw = ImageDraw.Draw(image)
    _draw_states(draw, shapes.europe, looks, scale)
    left, top, wide, high = (edge * scale for edge in shapes.inset)
    draw.rectangle((left, top, left + wide, top + high), fill=SEA)
    _draw_states(draw, shapes.inset_paths, looks, scale)
    draw.rectangle((left, top, left + wide, top + high), outline="#8b8f94", width=_OVERSAMPLING)
    return image.resize((width, height // _OVERSAMPLING), Image.Resampling.LANCZOS)


def _draw_states(draw: ImageDraw.ImageDraw, paths: Mapping[str, str], looks: Mapping[str, Look], scale: float) -> None:
    """Every state; those with a look over those without, so that their borders are whole."""
    for code in sorted(paths, key=lambda code: code in looks):
        fill = FILLS[looks.get(code, Look.LAND)]
        for ring in rings_in(paths[code]):
            draw.polygon([(x * scale, y * scale) for x, y in ring], fill=fill, outline=BORDER)


def rings_in(path: str) -> Iterator[list[Point]]:
    """The rings of a path of `map_shapes.json`: a start each, and steps from one point to the next."""
    for ring in filter(None, path.split("M")):
        numbers = [float(one) for one in _NUMBER.findall(ring)]
        yield list(accumulate(zip(numbers[::2], numbers[1::2], strict=True), lambda a, b: (a[0] + b[0], a[1] + b[1])))
