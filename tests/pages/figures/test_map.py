"""The map: who is on it and where, what each state looks like, and how much it weighs."""

import gzip
from itertools import combinations

import pytest

from scripts.prepare_map import EUROPE, NORTH_AMERICA
from tests.pages.figures.gallery import NAMES, gallery_map
from tests.pages.figures.reading import contains, name_of, parse, rings, title_of, with_class, words_of
from tracker.pages.figures.looks import Look
from tracker.pages.figures.map import (
    HALF_LETTER,
    HALF_LETTER_WIDE,
    LINE,
    LINE_WIDE,
    LegendEntry,
    MapMark,
    draw_map,
    labels,
    load_shapes,
)

ALLIES = {*NAMES, "SWE"}
PLACES = {
    "Simferopol": (34.1, 44.95, "UKR"),
    "Moscow": (37.6, 55.75, "RUS"),
    "Skopje": (21.4, 42.0, "MKD"),
    "Ankara": (32.9, 39.9, "TUR"),
    "Istanbul": (28.6, 41.1, "TUR"),
    "Reykjavík": (-21.6, 64.1, "ISL"),
    "Mariehamn": (20.0, 60.2, "FIN"),
    "Tromsø": (20.3, 69.3, "NOR"),
    "Kaliningrad": (21.2, 54.7, "RUS"),
    "Nicosia": (33.4, 35.2, "CYP"),
    "Pristina": (21.1, 42.6, "XKX"),
}


@pytest.mark.parametrize("city", PLACES)
def test_shapes_at_a_city_hold_it_in_its_own_state_and_no_other(city: str) -> None:
    lon, lat, code = PLACES[city]

    holders = {c for c, path in load_shapes().europe.items() if contains(path, EUROPE.project(lon, lat))}

    assert holders == {code}


@pytest.mark.parametrize(("lon", "lat", "code"), [(-77.0, 39.5, "USA"), (-106.0, 57.0, "CAN"), (-150.0, 65.0, "USA")])
def test_inset_at_a_place_holds_it_in_its_own_state(lon: float, lat: float, code: str) -> None:
    inset = load_shapes().inset_paths

    assert {c for c, path in inset.items() if contains(path, NORTH_AMERICA.project(lon, lat))} == {code}


def test_shapes_hold_every_ally() -> None:
    shapes = load_shapes()

    assert {*shapes.europe, *shapes.inset_paths} >= ALLIES


def test_shapes_stay_inside_the_picture_and_its_inset() -> None:
    shapes = load_shapes()

    for paths, (left, top, right, bottom) in (
        (shapes.europe, EUROPE.window),
        (shapes.inset_paths, NORTH_AMERICA.window),
    ):
        points = [point for path in paths.values() for ring in rings(path) for point in ring]
        assert min(x for x, _ in points) >= left
        assert max(x for x, _ in points) <= right
        assert min(y for _, y in points) >= top
        assert max(y for _, y in points) <= bottom


@pytest.mark.parametrize("code", ["LUX", "MNE", "MKD", "SVN", "ALB", "MLT"])
def test_small_state_has_a_marker(code: str) -> None:
    assert code in load_shapes().markers


def test_map_when_sent_weighs_little() -> None:
    assert len(gzip.compress(gallery_map().encode())) < 16_000


def test_map_names_every_state_that_has_a_mark_and_paints_it_by_its_look() -> None:
    root = parse(gallery_map())

    painted = {title_of(one): one.get("fill") for one in with_class(root, "map-state")}

    assert len(painted) == 32
    assert painted["Türkiye: Before parliament"] == "url(#map-submitted)"
    assert painted["Canada: Instrument deposited"] == "url(#map-deposited)"
    assert painted["Sweden: applicant"] == "url(#map-applicant)"


def test_map_defines_each_pattern_it_uses_once() -> None:
    root = parse(gallery_map("second"))

    defined = [one.get("id") for one in root.iter() if name_of(one) == "pattern"]
    used = {(one.get("fill") or "").removeprefix("url(#").removesuffix(")") for one in root.iter() if one.get("fill")}

    assert sorted(set(defined), key=str) == sorted(defined, key=str)
    assert used <= set(defined)


def test_map_without_any_mark_is_all_land() -> None:
    root = parse(draw_map(load_shapes(), {}, "No states", "Nothing is known.", []))

    assert with_class(root, "map-state") == []
    assert with_class(root, "map-marker") == []
    assert with_class(root, "legend") == []


def test_map_with_hostile_words_escapes_them() -> None:
    hostile = '<script>alert("1")</script>\x00&'
    mark = MapMark(Look.UNKNOWN, hostile, hostile)

    drawing = draw_map(load_shapes(), {"TUR": mark}, hostile, hostile, [LegendEntry(Look.UNKNOWN, hostile)])

    assert "<script" not in drawing
    assert set(words_of(parse(drawing))) == {'<script>alert("1")</script>&'}


@pytest.mark.parametrize(("code", "name"), [("GEO", "Georgia"), ("PRT", "Portuguese Republic"), ("BIH", "Bosnia")])
def test_map_writes_a_name_inside_the_picture_on_the_narrowest_screen(code: str, name: str) -> None:
    width, half = load_shapes().size[0], HALF_LETTER * len(name)

    root = parse(draw_map(load_shapes(), {code: MapMark(Look.ASPIRANT, name, name)}, "Map", "One.", []))

    place = float(with_class(root, "map-label")[-1].get("x", ""))
    assert half <= place <= width - half


def test_map_with_an_unknown_code_leaves_it_out() -> None:
    drawing = draw_map(load_shapes(), {"ATL": MapMark(Look.SIGNED, "Atlantis", "Atlantis")}, "Map", "None.", [])

    assert "Atlantis" not in drawing


@pytest.mark.parametrize(("half", "line"), [(HALF_LETTER_WIDE, LINE_WIDE), (HALF_LETTER, LINE)])
def test_map_on_which_all_have_names_writes_none_over_another(half: int, line: int) -> None:
    shapes = load_shapes()
    every = {code: MapMark(Look.ASPIRANT, f"State {code}", f"State {code}") for code in shapes.labels}

    written = list(labels(shapes, every, half, line, "wide"))

    places = [(float(one.get("x", "")), float(one.get("y", "")), half * len(one.text or "")) for one in written]
    over = [
        (one, other)
        for one, other in combinations(places, 2)
        if abs(one[0] - other[0]) < one[2] + other[2] and abs(one[1] - other[1]) < line
    ]
    assert over == []
    assert 5 < len(written) < len(every)
    assert written[0].text == f"State {list(every)[-1]}"
