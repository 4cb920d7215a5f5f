"""Maps: the devices of the list, where they are, and a bar that tells the scale."""

from __future__ import annotations

import math
from copy import copy

import pytest

from lamppost.registry.maps import HEIGHT, WIDTH, map_of
from lamppost.registry.models import Device


@pytest.fixture(scope="module")
def devices(registry) -> list[Device]:
    return list(registry.devices.values())


def at(device: Device, latitude: float, longitude: float) -> Device:
    moved = copy(device)
    moved.latitude, moved.longitude = latitude, longitude
    return moved


def test_a_map_shows_each_device_that_has_a_point_and_no_other(devices):
    shown = [mark.device for mark in map_of(devices).marks]
    assert shown == [device for device in devices if device.has_point]


def test_devices_without_points_have_no_map(devices):
    assert map_of([d for d in devices if not d.has_point]) is None
    assert map_of([]) is None


def test_every_mark_stands_within_the_picture(devices):
    for mark in map_of(devices).marks:
        assert 0 < mark.x < WIDTH
        assert 0 < mark.y < HEIGHT


def test_north_is_up_and_east_is_right(devices):
    south_west, north_east = at(devices[0], 33.77, -118.19), at(devices[0], 33.78, -118.18)
    low, high = map_of([south_west, north_east]).marks
    assert low.x < high.x
    assert low.y > high.y


def test_a_single_device_stands_in_the_middle(devices):
    [mark] = map_of([at(devices[0], 33.77, -118.19)]).marks
    assert (mark.x, mark.y) == (WIDTH / 2, HEIGHT / 2)


@pytest.mark.parametrize("apart", [0.0001, 0.003, 0.05, 0.3])
def test_the_bar_is_as_long_as_it_says(devices, apart):
    south, north = at(devices[0], 33.70, -118.19), at(devices[0], 33.70 + apart, -118.19)
    picture = map_of([south, north])
    low, high = picture.marks
    drawn = picture.scale_width / picture.scale_m * (apart * 111_195)
    assert math.isclose(low.y - high.y, drawn, abs_tol=0.6)


@pytest.mark.parametrize("apart", [0, 0.001, 0.02, 0.3])
def test_the_bar_is_a_round_length_that_fits(devices, apart):
    picture = map_of([at(devices[0], 33.7, -118.2), at(devices[0], 33.7 + apart, -118.2)])
    assert str(picture.scale_m).strip("0") in ("1", "2", "5")
    assert WIDTH / 10 <= picture.scale_width <= WIDTH / 4 + 0.1
