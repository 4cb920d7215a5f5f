"""Devices near to a device, by a k-d tree over points on the unit sphere."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.spatial import KDTree

from .models import Device

MOST = 6
FARTHEST_M = 400.0
_EARTH_M = 6_371_008.8  # mean radius, IUGG


class Near(NamedTuple):
    """A device and how far it is, in metres rounded to ten."""

    device: Device
    metres: int


def neighbours(devices: Sequence[Device]) -> dict[str, tuple[Near, ...]]:
    """For each device that has a point, the devices next to it, nearest first.

    Distances are along the chord between the points, which over a few hundred metres is the way
    on the ground to within a millimetre. Equal distances are told apart by code, so that the same
    record always gives the same list.
    """
    placed = [device for device in devices if device.has_point]
    if len(placed) < 2:  # noqa: PLR2004 - a neighbour takes two
        return {}
    points = _on_sphere(placed)
    count = min(MOST * 2 + 1, len(placed))
    distances, indices = KDTree(points).query(
        points, k=count, distance_upper_bound=FARTHEST_M / _EARTH_M
    )
    rounded = np.rint(distances * (_EARTH_M / 10)).clip(max=1e9).astype(int) * 10
    found = {}
    for device, metres, others in zip(placed, rounded.tolist(), indices.tolist(), strict=True):
        near = [
            Near(placed[other], distance)
            for distance, other in zip(metres, others, strict=True)
            if other < len(placed) and placed[other] is not device
        ]
        near.sort(key=lambda n: (n.metres, n.device.code))
        found[device.code] = tuple(near[:MOST])
    return found


def _on_sphere(devices: Sequence[Device]) -> np.ndarray:
    degrees = np.array([(device.latitude, device.longitude) for device in devices], dtype=float)
    latitude, longitude = np.radians(degrees).T
    return np.column_stack(
        (
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        )
    )


def metres_between(a: Device, b: Device) -> float:
    """The distance of two devices that have points, in metres."""
    first, second = _on_sphere([a, b])
    return math.dist(first, second) * _EARTH_M
