"""Devices near to a device, by a k-d tree over points on the unit sphere."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

# One thread: those of OpenMP do not survive a fork, and a forked worker would wait for them.
os.environ.setdefault("OMP_NUM_THREADS", "1")
from pykdtree.kdtree import KDTree

from .models import Device

MOST = 6
FARTHEST_M = 400.0
_EARTH_M = 6_371_008.8  # mean radius, IUGG


class Near(NamedTuple):
    """A device and how far it is, in metres rounded to ten."""

    device: Device
    metres: int


class Neighbourhood:
    """The nearest devices of every device that has a point.

    Distances are along the chord between two points, which over a few hundred metres is the way on
    the ground to within a millimetre. Equal distances are told apart by code, so that the same
    record always gives the same lists. Everything is kept as arrays, since a registry may hold
    100,000 devices and a freeze asks for few of them: ``_others`` are rows of ``_placed``, or one
    past its end for “none”.
    """

    def __init__(self, devices: Iterable[Device]) -> None:
        self._placed = sorted((d for d in devices if d.has_point), key=lambda d: d.code)
        self._row = {device.code: row for row, device in enumerate(self._placed)}
        count = len(self._placed)
        self._others = np.full((count, MOST), count, dtype=np.int64)
        self._metres = np.zeros((count, MOST), dtype=np.int64)
        if count > 1:
            self._measure(min(MOST + 2, count))

    def _measure(self, most: int) -> None:
        points = _on_sphere(self._placed)
        count = len(points)
        distances, others = KDTree(points).query(
            points, k=most, distance_upper_bound=FARTHEST_M / _EARTH_M
        )
        others = others.astype(np.int64)
        metres = (np.rint(np.minimum(distances, 1) * (_EARTH_M / 10)) * 10).astype(np.int64)
        none = (others == count) | (others == np.arange(count)[:, None])
        order = np.argsort(np.where(none, np.iinfo(np.int64).max, metres * count + others), axis=1)
        order = order[:, :MOST]
        none = np.take_along_axis(none, order, axis=1)
        width = order.shape[1]
        self._others[:, :width] = np.where(none, count, np.take_along_axis(others, order, axis=1))
        self._metres[:, :width] = np.where(none, 0, np.take_along_axis(metres, order, axis=1))

    def of(self, device: Device) -> tuple[Near, ...]:
        """The devices next to one, nearest first; none for a device without a point."""
        row = self._row.get(device.code)
        if row is None:
            return ()
        pairs = zip(self._others[row].tolist(), self._metres[row].tolist(), strict=True)
        count = len(self._placed)
        return tuple(Near(self._placed[other], metres) for other, metres in pairs if other < count)

    def digests(self) -> dict[str, bytes]:
        """For each device that has a point, bytes that change whenever its list does."""
        if not self._placed:
            return {}
        joined = b"".join(device.digest for device in self._placed) + bytes(12)
        rows = np.frombuffer(joined, np.uint8).reshape(-1, 12)
        metres = self._metres.astype(">u4").view(np.uint8).reshape(len(self._placed), -1)
        shown = np.hstack([rows[self._others].reshape(len(self._placed), -1), metres])
        return {d.code: row.tobytes() for d, row in zip(self._placed, shown, strict=True)}


def _on_sphere(devices: list[Device]) -> np.ndarray:
    degrees = np.array([(device.latitude, device.longitude) for device in devices], dtype=float)
    latitude, longitude = np.radians(degrees).T
    return np.column_stack(
        (
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        )
    )


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """How far two points are from each other; each is its latitude and its longitude."""
    a, b = np.radians(one), np.radians(other)
    square = (
        np.sin((a[0] - b[0]) / 2) ** 2
        + np.cos(a[0]) * np.cos(b[0]) * np.sin((a[1] - b[1]) / 2) ** 2
    )
    return float(2 * _EARTH_M * np.arcsin(np.sqrt(square)))
