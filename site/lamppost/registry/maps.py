"""Maps drawn by the server as SVG: the same devices as the list beside them, each a link."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from .models import Device

WIDTH, HEIGHT, MARGIN = 640, 420, 24


class Mark(NamedTuple):
    """A device and where its mark stands, in the units of the map's view box."""

    device: Device
    x: float
    y: float


class Map(NamedTuple):
    """What a map shows: marks, and a bar that is ``scale_m`` metres long."""

    width: int
    height: int
    marks: tuple[Mark, ...]
    scale_m: int
    scale_width: float


def map_of(devices: Sequence[Device]) -> Map | None:
    """The map of those devices that have a point; None when none has.

    North is up. The projection is equirectangular about the middle of the devices, which within a
    city bends no street visibly.
    """
    placed = [
        (d, d.longitude, d.latitude)
        for d in devices
        if d.longitude is not None and d.latitude is not None
    ]
    if not placed:
        return None
    west, east = min(p[1] for p in placed), max(p[1] for p in placed)
    south, north = min(p[2] for p in placed), max(p[2] for p in placed)
    shrink = math.cos(math.radians((south + north) / 2))
    # A single crossing is shown with 300 m of city around it, not blown up to the whole picture.
    across = max((east - west) * shrink, north - south, 0.003)
    unit = min((WIDTH - 2 * MARGIN) / across, (HEIGHT - 2 * MARGIN) / max(north - south, 0.003))
    middle = ((west + east) / 2, (south + north) / 2)
    marks = tuple(
        Mark(
            device,
            round(WIDTH / 2 + (longitude - middle[0]) * shrink * unit, 1),
            round(HEIGHT / 2 - (latitude - middle[1]) * unit, 1),
        )
        for device, longitude, latitude in placed
    )
    metres_per_unit = 111_195 / unit  # a degree of latitude on the mean sphere
    scale_m = _round_length(metres_per_unit * WIDTH / 4)
    return Map(WIDTH, HEIGHT, marks, scale_m, round(scale_m / metres_per_unit, 1))


def _round_length(metres: float) -> int:
    power = 10 ** math.floor(math.log10(metres))
    return int(next(step * power for step in (5, 2, 1) if step * power <= metres))
