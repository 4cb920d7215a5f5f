"""Outlines of places: each fault of the file is told with its place, and what is drawn fits."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamppost import create_app
from lamppost.content import read_content
from lamppost.fields import Problem
from lamppost.record import Record
from lamppost.registry.outlines import FILE, MOST_POINTS, Outline, drawn, load_outlines
from lamppost.registry.rows import Bounds

BOUNDS = Bounds(33.60, -118.40, 34.00, -117.95)
SQUARE = [[-118.2, 33.7], [-118.1, 33.7], [-118.1, 33.8], [-118.2, 33.8], [-118.2, 33.7]]
SOUND: dict[str, Any] = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"place": "district-1"},
            "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
        },
        {
            "type": "Feature",
            "id": "downtown",
            "properties": None,
            "geometry": {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE, SQUARE]]},
        },
    ],
}
NOTHING = object()


@pytest.fixture
def read(small: Path, registry) -> Callable[[Any], tuple[tuple[Outline, ...], list[Problem]]]:
    """A function that writes the file of outlines, reads it and gives its problems."""

    def outlines(raw: Any) -> tuple[tuple[Outline, ...], list[Problem]]:
        words = raw if isinstance(raw, str) else json.dumps(raw)
        (small / FILE).write_text(words, "utf-8")
        record = Record(small)
        return load_outlines(record, registry.places, BOUNDS), record.problems

    return outlines


def changed(key: str, value: Any) -> dict[str, Any]:
    whole = part = json.loads(json.dumps(SOUND))
    *above, last = [int(step) if step.isdigit() else step for step in key.split(".")]
    for step in above:
        part = part[step]
    if value is NOTHING:
        del part[last]
    else:
        part[last] = value
    return whole


def test_a_record_needs_no_outlines(small, registry):
    record = Record(small)
    assert load_outlines(record, registry.places, BOUNDS) == ()
    assert record.problems == []
    assert FILE not in record.digests


def test_polygons_of_one_and_of_several_parts_are_read(read):
    outlines, problems = read(SOUND)
    assert problems == []
    found = {outline.place.id: len(outline.rings) for outline in outlines}
    assert found == {"district-1": 1, "downtown": 3}
    assert outlines[0].rings[0].tolist() == SQUARE


RING = "features.0.geometry.coordinates.0"


@pytest.mark.parametrize(
    ("key", "value", "told", "found", "expected"),
    [
        ("type", "Feature", "(file)", "'Feature'", "type FeatureCollection"),
        ("features", {}, "features", "{}", "a list of features"),
        ("features.0", [], "features[0]", "[]", "of the type Feature"),
        ("features.0.properties.place", "distrct-1", "features[0].properties.place",
         "'distrct-1'", "(did you mean 'district-1'?)"),
        ("features.0.properties", {}, "features[0].id", "nothing", "ids in places"),
        ("features.1.id", "district-1", "features[1]", "'district-1'", "each place once;"),
        ("features.0.geometry", None, "features[0].geometry", "nothing",
         "type Polygon or MultiPolygon"),
        ("features.0.geometry.type", "Point", "features[0].geometry", "'Point'",
         "type Polygon or MultiPolygon"),
        ("features.0.geometry.coordinates", [], "features[0].geometry.coordinates", "[]",
         "a list of rings"),
        ("features.1.geometry.coordinates", 7, "features[1].geometry.coordinates", "7",
         "a list of polygons"),
        (RING, SQUARE[:3], "features[0].geometry.coordinates[0]", "[[", "at least 4 points"),
        (f"{RING}.1", "east", "features[0].geometry.coordinates[0][1]", "'east'",
         "a point: longitude and latitude"),
        (f"{RING}.1", [True, 33.7], "features[0].geometry.coordinates[0][1]", "[True",
         "a point: longitude and latitude"),
        (f"{RING}.1", [-118.1], "features[0].geometry.coordinates[0][1]", "[-118.1]",
         "a point: longitude and latitude"),
        (f"{RING}.1", [-118.1, 35], "features[0].geometry.coordinates[0][1]", "[-118.1, 35]",
         "longitude from -118.4 to -117.95, then latitude from 33.6 to 34.0"),
        (f"{RING}.1", [33.7, -118.1], "features[0].geometry.coordinates[0][1]", "[33.7",
         "the two look swapped"),
        (f"{RING}.4", [-118.2, 33.71], "features[0].geometry.coordinates[0][4]", "[-118.2, 33.71]",
         "the ring’s first point"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(key, value, told, found, expected, read):
    _, [problem] = read(changed(key, value))
    assert (problem.file, problem.key) == (FILE, told)
    assert problem.found.startswith(found)
    assert expected in problem.expected


@pytest.mark.parametrize(
    ("words", "key"),
    [("", "line 1, column 1"), ('{"type":\n x}', "line 2, column 2"), ("[NaN]", "line 1, column 2"),
     ("[" * 100_000, "line 1, column")],
)  # fmt: skip
def test_what_is_no_json_is_told_with_its_line(words, key, read):
    outlines, [problem] = read(words)
    assert outlines == ()
    assert problem.key.startswith(key)
    assert problem.expected == "JSON"


def test_more_points_than_a_map_can_show_are_told(read):
    line = [[-118.2 + n / 10**6, 33.7] for n in range(MOST_POINTS)]
    outlines, [problem] = read(changed(RING, [*line, line[0]]))
    assert outlines
    assert (problem.key, problem.found) == ("features", "the 50,016 points of all outlines")
    assert problem.expected == "at most 50,000; simplify the outlines"


def test_all_mistakes_are_told_at_once(read):
    raw = changed(f"{RING}.1", [0, 0])
    raw["features"][1]["id"] = "atlantis"
    assert len(read(raw)[1]) == 2


KEYS = st.sampled_from(["type", "features", "geometry", "coordinates", "id"])
ANY = st.recursive(
    st.none() | st.integers() | st.text(max_size=3) | st.sampled_from(["Feature", "Polygon"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner),
)


@given(ANY)
def test_any_json_is_read_or_refused(tmp_path_factory, registry, raw):
    root = tmp_path_factory.mktemp("outlines")
    (root / FILE).parent.mkdir(parents=True)
    (root / FILE).write_text(json.dumps({"type": "FeatureCollection", "features": [raw]}), "utf-8")
    record = Record(root)
    load_outlines(record, registry.places, BOUNDS)
    assert record.problems


# --- drawing ------------------------------------------------------------------------------------


def points_of(path: str) -> list[tuple[int, int]]:
    """The points that a path goes through."""
    x = y = 0
    points = []
    for sign, numbers in re.findall(r"([Ml])([-\d ]+)", path):
        dx, dy = map(int, re.findall(r"-?\d+", numbers))
        x, y = (dx, dy) if sign == "M" else (x + dx, y + dy)
        points.append((x, y))
    return points


def draw(rings: list[list[list[float]]], registry):
    outline = Outline(registry.places["district-1"], tuple(np.array(ring) for ring in rings))
    return drawn((outline,), 320, 256, lambda ring: ring)


def test_an_outline_is_drawn_to_a_half_unit_and_no_finer(registry):
    fine = [[10 + n / 50, 10.0] for n in range(5000)] + [[110, 100.2], [10, 100.5], [10, 10]]
    [found] = draw([fine], registry)
    assert sorted(points_of(found.path)) == [(20, 20), (20, 201), (220, 20), (220, 200)]
    assert found.path.endswith("z")


def test_what_two_places_share_is_drawn_alike(registry):
    border = [[100 + (n * 37 % 11) / 3, n * 0.7] for n in range(200)]
    west = [[0, 0], *border, [0, 140], [0, 0]]
    east = [[200, 0], *border, [200, 140], [200, 0]]
    [[left], [right]] = draw([west], registry), draw([east], registry)
    inner = [{p for p in points_of(one.path) if 180 < p[0] < 220} for one in (left, right)]
    assert len(inner[0]) > 20
    assert len(inner[0] ^ inner[1]) <= 4


def test_an_outline_far_away_is_left_out(registry):
    assert draw([[[500, 0], [600, 0], [600, 100], [500, 0]]], registry) == ()


RINGS = st.lists(st.tuples(st.integers(-999, 999), st.integers(-999, 999)), min_size=3, max_size=30)


@given(RINGS)
def test_nothing_is_drawn_far_outside_of_the_picture(registry, ring):
    for found in draw([[*map(list, ring), list(ring[0])]], registry):
        for x, y in points_of(found.path):
            assert -4 <= x <= 644
            assert -4 <= y <= 516


def test_the_whole_picture_within_a_place_has_its_border_outside(registry):
    [found] = draw([[[-900, -900], [900, -900], [900, 900], [-900, 900], [-900, -900]]], registry)
    assert sorted(points_of(found.path)) == [(-4, -4), (-4, 516), (644, -4), (644, 516)]
    assert found.name_at == (160, 128)


def test_a_place_of_which_little_is_seen_has_no_name(registry):
    [found] = draw([[[-900, 20], [30, 20], [30, 60], [-900, 60], [-900, 20]]], registry)
    assert found.name_at is None


# --- on the page --------------------------------------------------------------------------------


def test_outlines_of_the_record_stand_on_the_maps_with_their_names(record, config):
    page = create_app(config).test_client().get("/es/places/district-1/").text
    assert "map__outline" not in page
    (record / FILE).write_text(json.dumps(SOUND), "utf-8")
    content = read_content(config)
    assert content.problems == []
    page = create_app(config).test_client().get("/es/places/district-1/").text
    assert 'class="map__outline map__outline--district"' in page
    assert ">Distrito 1 del Concejo</text>" in page


def test_new_outlines_make_every_map_anew(record, config):
    before = read_content(config).shared_digest
    (record / FILE).write_text(json.dumps(SOUND), "utf-8")
    assert read_content(config).shared_digest != before
