"""Maps: the devices of the list, where they are, and a bar that tells the scale."""

from __future__ import annotations

import math
import re
from copy import copy
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamppost.i18n import languages, speech_of
from lamppost.registry.kinds import KINDS, kind_of
from lamppost.registry.labels import KINDS as KIND_LABELS
from lamppost.registry.maps import APART, FOOT, HEIGHT, WIDTH, map_of
from lamppost.registry.models import Device
from lamppost.registry.rows import WORLD, Bounds


@pytest.fixture(scope="module")
def devices(registry) -> list[Device]:
    return list(registry.devices.values())


def at(device: Device, latitude: float, longitude: float, code: str = "") -> Device:
    moved = copy(device)
    moved.latitude, moved.longitude = latitude, longitude
    moved.code = code or device.code
    return moved


def within(registry, bounds: Bounds) -> SimpleNamespace:
    """What a map asks of the registry, with other bounds."""
    return SimpleNamespace(kinds=registry.kinds, outlines=(), bounds=bounds)


def test_a_map_shows_each_device_that_has_a_point_and_no_other(devices, registry):
    picture = map_of(devices, registry)
    shown = [device for mark in picture.marks for device in mark.devices]
    placed = [device for device in devices if device.has_point]
    assert sorted(d.code for d in shown) == sorted(d.code for d in placed)
    assert list(picture.spots) == [device.code for device in placed]


def test_devices_without_points_have_no_map(devices, registry):
    assert map_of([d for d in devices if not d.has_point], registry) is None
    assert map_of([], registry) is None


def test_every_mark_stands_within_the_picture_and_above_its_foot(devices, registry):
    for mark in map_of(devices, registry).marks:
        assert APART / 2 <= mark.x <= WIDTH - APART / 2
        assert APART / 2 <= mark.y <= HEIGHT - FOOT - APART / 2


def test_north_is_up_and_east_is_right(devices, registry):
    south_west = at(devices[0], 33.77, -118.19, "A")
    north_east = at(devices[0], 33.78, -118.18, "B")
    spots = map_of([south_west, north_east], registry).spots
    assert spots["A"].x < spots["B"].x
    assert spots["A"].y > spots["B"].y


def test_a_single_device_stands_in_the_middle(devices, registry):
    [mark] = map_of([at(devices[0], 33.77, -118.19)], registry).marks
    assert (mark.x, mark.y) == (WIDTH / 2, (HEIGHT - FOOT) / 2)


# --- the scale ----------------------------------------------------------------------------------


@pytest.mark.parametrize("apart", [0.0001, 0.003, 0.05, 0.3])
def test_the_bar_is_as_long_as_it_says(apart, devices, registry):
    south, north = at(devices[0], 33.7, -118.19, "A"), at(devices[0], 33.7 + apart, -118.19, "B")
    picture = map_of([south, north], registry)
    drawn = picture.scale_width / picture.scale_m * (apart * 111_195)
    assert math.isclose(picture.spots["A"].y - picture.spots["B"].y, drawn, abs_tol=0.6)


@pytest.mark.parametrize("apart", [0, 0.001, 0.02, 0.3])
def test_the_bar_is_a_round_length_that_fits(apart, devices, registry):
    picture = map_of([at(devices[0], 33.7, -118.2), at(devices[0], 33.7 + apart, -118.2)], registry)
    assert str(picture.scale_m).strip("0") in ("1", "2", "5")
    assert WIDTH / 10 <= picture.scale_width <= WIDTH / 4 + 0.1


def test_the_squares_of_the_grid_are_as_wide_as_the_bar(devices, registry):
    picture = map_of(devices, registry)
    down = [float(x) for x in re.findall(r"M([\d.]+) 0v", picture.grid)]
    across = [float(y) for y in re.findall(r"M0 ([\d.]+)h", picture.grid)]
    for lines, size in ((down, WIDTH), (across, HEIGHT)):
        assert lines[0] == picture.scale_width
        assert all(0 < line <= size for line in lines)
        steps = {round(b - a, 1) for a, b in pairwise(lines)}
        assert steps <= {picture.scale_width}


# --- marks that several devices share -----------------------------------------------------------


def test_devices_at_one_crossing_share_a_mark_that_leads_to_the_first_of_them(devices, registry):
    crossing = [at(devices[0], 33.77, -118.19, code) for code in "ABC"]
    far = at(devices[0], 33.79, -118.17, "D")
    picture = map_of([far, *crossing], registry)
    assert [[d.code for d in mark.devices] for mark in picture.marks] == [["D"], ["A", "B", "C"]]
    assert picture.marks[1].device.code == "A"
    assert (picture.marks[1].x, picture.marks[1].y) == picture.spots["A"][1:]


POINTS = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=1, max_size=50)


@given(POINTS)
def test_no_two_marks_are_too_near_for_a_finger(devices, registry, points):
    placed = [
        at(devices[0], 33.7 + y / 5000, -118.2 + x / 5000, f"D{n}")
        for n, (x, y) in enumerate(points)
    ]
    picture = map_of(placed, registry)
    marks = picture.marks
    for n, mark in enumerate(marks):
        for other in marks[:n]:
            assert math.hypot(mark.x - other.x, mark.y - other.y) >= APART
        for device in mark.devices:
            _, x, y = picture.spots[device.code]
            assert math.hypot(mark.x - x, mark.y - y) < APART
    assert sorted(d.code for mark in marks for d in mark.devices) == sorted(picture.spots)
    assert map_of(placed, registry) == picture


def test_no_language_has_another_form_from_two_devices_on():
    forms = ("%(num)s device at %(place)s", "%(num)s devices at %(place)s")
    for code in languages():
        assert len({speech_of(code).ngettext(*forms, number) for number in range(2, 51)}) == 1


# --- kinds --------------------------------------------------------------------------------------


def test_each_kind_is_made_of_words_of_the_record(registry):
    words = set().union(*KINDS.values())
    assert words <= registry.words["technology_type"].keys()
    assert sum(len(made) for made in KINDS.values()) == len(words)


@pytest.mark.parametrize(
    ("technology", "kind"),
    [
        ("police-plate-readers", "plate_reader"),
        ("speed-cameras", "camera"),
        ("police-camera-hub", "camera"),
        ("signal-loops", "sensor"),
        ("public-wifi", "network"),
        ("parking-kiosks", "meter"),
        ("bike-share", "other"),
    ],
)
def test_the_type_of_a_technology_tells_the_kind_of_its_devices(technology, kind, registry):
    assert kind_of(registry.technologies[technology]) == kind


def test_the_legend_names_what_occurs_and_nothing_else(devices, registry):
    shown = [d for d in devices if d.technology in ("signal-loops", "public-wifi") and d.has_point]
    picture = map_of(shown, registry)
    assert picture.kinds == ("network", "sensor")
    assert set(picture.statuses) == {device.status for device in shown}
    assert KIND_LABELS.keys() == KINDS.keys()


# --- where it lies ------------------------------------------------------------------------------


def test_the_locator_shows_where_in_the_city_the_map_lies(devices, registry):
    city = within(registry, Bounds(33.0, -118.0, 34.0, -117.0))
    south_west = [at(devices[0], 33.2, -117.9, "A"), at(devices[0], 33.3, -117.7, "B")]
    where = map_of(south_west, city).locator
    assert 0 < where.x < where.x + where.across < where.width / 2
    assert where.height / 2 < where.y < where.y + where.down < where.height
    assert math.isclose(where.width / where.height, math.cos(math.radians(33.25)), abs_tol=0.01)


def test_without_a_city_s_bounds_there_is_no_locator(devices, registry):
    assert map_of(devices, within(registry, WORLD)).locator is None


# --- on the page --------------------------------------------------------------------------------


def marks_on(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<a class="map__mark[^"]*" href="([^"]+)"[^>]*><title>([^<]*)</title>', page)


@pytest.mark.parametrize("path", ["/en/places/district-1/", "/km/technologies/signal-loops/"])
def test_every_mark_leads_to_a_device_or_into_the_list_and_has_a_name(path, client):
    page = client.get(path).text
    listed = re.findall(r'<li class="devices__item" id="(\w{7})"', page)
    marks = marks_on(page)
    assert len(marks) > 5
    assert [href for href, _ in marks if href.startswith("#")]
    for href, name in marks:
        assert len(name) > 5
        assert "%(" not in name
        assert (href[1:] if href[0] == "#" else href[-8:-1]) in listed


def test_a_mark_of_several_devices_says_how_many_and_where(client):
    page = client.get("/en/technologies/signal-loops/").text
    names = [name for href, name in marks_on(page) if href.startswith("#")]
    assert all(re.fullmatch(r"\d+ devices (at|around) \S.*", name) for name in names)


def test_a_mark_says_when_a_device_is_not_in_use(client):
    names = dict(marks_on(client.get("/en/technologies/street-sensor-pilot/").text)).values()
    assert [name for name in names if name.endswith(", Removed")]


def test_a_page_without_a_map_needs_no_script_for_one(client):
    page = client.get("/en/technologies/police-plate-readers/").text
    assert "map__picture" not in page
    assert "/registry.js" not in page
    assert "/registry.js" in client.get("/en/technologies/signal-loops/").text
