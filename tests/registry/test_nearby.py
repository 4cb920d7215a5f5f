"""The devices next to a device, compared with a plain measurement of all pairs."""

from __future__ import annotations

import math
from copy import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamppost.registry.models import Device
from lamppost.registry.nearby import FARTHEST_M, MOST, Neighbourhood


def metres(a: Device, b: Device) -> float:
    """The great circle between two devices, by haversine."""
    phi, other = math.radians(a.latitude), math.radians(b.latitude)
    half = math.sin((other - phi) / 2) ** 2
    half += (
        math.cos(phi) * math.cos(other) * math.sin(math.radians(b.longitude - a.longitude) / 2) ** 2
    )
    return 2 * 6_371_008.8 * math.asin(math.sqrt(half))


@pytest.fixture(scope="module")
def placed(registry) -> list[Device]:
    return [device for device in registry.devices.values() if device.has_point]


def test_the_nearest_devices_are_those_that_a_plain_measurement_finds(registry, placed):
    for device in placed:
        others = sorted(metres(device, other) for other in placed if other is not device)
        near = [round(d / 10) * 10 for d in others if d <= FARTHEST_M][:MOST]
        assert [found.metres for found in registry.near(device)] == near


def test_every_distance_is_that_of_its_device(registry, placed):
    for device in placed:
        for other, distance in registry.near(device):
            assert abs(metres(device, other) - distance) <= 5.01


@pytest.mark.parametrize(("metres_away", "is_near"), [(399, True), (401, False)])
def test_near_is_what_the_page_says_up_to_400_metres(placed, metres_away, is_near):
    here, there = copy(placed[0]), copy(placed[1])
    there.longitude, there.latitude = here.longitude, here.latitude + metres_away / 111_195
    assert bool(Neighbourhood([here, there]).of(here)) is is_near


def test_no_device_is_near_to_itself(registry, placed):
    assert all(found.device is not d for d in placed for found in registry.near(d))


def test_a_device_without_a_point_has_no_neighbours_and_is_none(registry):
    lost = {device.code for device in registry.devices.values() if not device.has_point}
    assert lost
    assert all(registry.near(registry.devices[code]) == () for code in lost)
    assert not lost & {f.device.code for d in registry.devices.values() for f in registry.near(d)}


@pytest.mark.parametrize("count", [0, 1, 2, 7, 30])
def test_devices_at_one_place_are_told_by_code(placed, count):
    crowd = [copy(placed[0]) for _ in range(count)]
    for n, device in enumerate(crowd):
        device.code = f"{n:07d}"
    neighbourhood = Neighbourhood(reversed(crowd))
    for device in crowd:
        near = [found.device.code for found in neighbourhood.of(device)]
        assert near == [d.code for d in crowd if d is not device][:MOST]


def test_a_devices_digest_changes_with_a_neighbour_and_with_nothing_far_away(placed):
    here, *_ = (d for d in placed if len(Neighbourhood(placed).of(d)) == 2)
    neighbour = Neighbourhood(placed).of(here)[0].device
    far = max(placed, key=lambda d: metres(here, d))

    def digest_after(moved: Device) -> bytes:
        changed = copy(moved)
        changed.digest = bytes(12)
        return Neighbourhood([changed if d is moved else d for d in placed]).digests()[here.code]

    before = Neighbourhood(placed).digests()[here.code]
    assert digest_after(neighbour) != before
    assert digest_after(far) == before


@settings(max_examples=30)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_record_does_not_matter(registry, random):
    devices = list(registry.devices.values())
    random.shuffle(devices)
    shuffled = Neighbourhood(devices)
    assert all(shuffled.of(device) == registry.near(device) for device in devices)
