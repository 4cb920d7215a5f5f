"""Maps drawn by the server as SVG: the same devices as the list beside them, each a link."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from .kinds import KINDS
from .models import Device
from .outlines import Drawn, Ring, drawn
from .queries import Registry
from .rows import STATUSES, WORLD, Bounds

WIDTH, HEIGHT, MARGIN, FOOT = 320, 256, 16, 24
"""The picture in its own units; on the narrowest phones one is a little less than a pixel.

No mark stands in the margin, nor in the foot, where the scale's bar is.
"""

APART = 28
"""Marks nearer than this become one: fingers need 24 pixels, and 320 units may be 280 pixels."""

LEAST_DEGREES = 0.003
"""A single crossing is shown with 300 m of city around it, not blown up to the whole picture."""

METRES_PER_DEGREE = 111_195
"""Of latitude, on the mean sphere."""


class Spot(NamedTuple):
    """A device's place in the picture."""

    device: Device
    x: float
    y: float


class Mark(NamedTuple):
    """What stands in the picture for a device, or for several that are too near to each other.

    Its place is that of the first, which is also the first of them in the list.
    """

    devices: tuple[Device, ...]
    x: float
    y: float

    @property
    def device(self) -> Device:
        """The device, or the first of them."""
        return self.devices[0]


class Corner(NamedTuple):
    """The picture's north-western corner in degrees, and how many its units are each way."""

    west: float
    north: float
    across: float
    down: float


class Locator(NamedTuple):
    """Where in the city's bounds a map's excerpt lies: both as rectangles in a small picture."""

    width: float
    height: float
    x: float
    y: float
    across: float
    down: float


class Map(NamedTuple):
    """What a map shows: marks, and a bar that is ``scale_m`` metres long.

    ``spots`` has every device by its code; ``kinds`` and ``statuses`` are those that occur.
    """

    width: int
    height: int
    spots: dict[str, Spot]
    marks: tuple[Mark, ...]
    kinds: tuple[str, ...]
    statuses: tuple[str, ...]
    scale_m: int
    scale_width: float
    outlines: tuple[Drawn, ...]
    locator: Locator | None
    corner: Corner

    @property
    def grid(self) -> str:
        """Lines as far from each other as the bar is long, as a path."""
        step = self.scale_width
        down = [f"M{n * step:g} 0v{self.height}" for n in range(1, int(self.width / step) + 1)]
        across = [f"M0 {n * step:g}h{self.width}" for n in range(1, int(self.height / step) + 1)]
        return "".join(down + across)


class View(NamedTuple):
    """The part of the world in a picture; north is up.

    The projection is equirectangular about the middle, which within a city bends no street visibly.
    """

    longitude: float
    latitude: float
    shrink: float
    unit: float

    @classmethod
    def of(cls, devices: Sequence[Device]) -> View:
        """A view in which all ``devices`` stand; each of them has a point."""
        longitudes = [d.longitude for d in devices if d.longitude is not None]
        latitudes = [d.latitude for d in devices if d.latitude is not None]
        west, east = min(longitudes), max(longitudes)
        south, north = min(latitudes), max(latitudes)
        shrink = math.cos(math.radians((south + north) / 2))
        unit = min(
            (WIDTH - 2 * MARGIN) / max((east - west) * shrink, LEAST_DEGREES),
            (HEIGHT - FOOT - 2 * MARGIN) / max(north - south, LEAST_DEGREES),
        )
        return cls((west + east) / 2, (south + north) / 2, shrink, unit)

    @property
    def corner(self) -> Corner:
        """Where the picture begins, for who has to find a point from its place in the picture."""
        across, down = 1 / self.unit / self.shrink, 1 / self.unit
        west = self.longitude - WIDTH / 2 * across
        return Corner(west, self.latitude + (HEIGHT - FOOT) / 2 * down, across, down)

    def spot(self, device: Device) -> Spot:
        """Where a device that has a point stands."""
        longitude, latitude = device.longitude or 0, device.latitude or 0
        x = WIDTH / 2 + (longitude - self.longitude) * self.shrink * self.unit
        y = (HEIGHT - FOOT) / 2 - (latitude - self.latitude) * self.unit
        return Spot(device, round(x, 1), round(y, 1))

    def project(self, ring: Ring) -> Ring:
        """Where the points of an outline lie."""
        by = (self.shrink * self.unit, -self.unit)
        return (ring - (self.longitude, self.latitude)) * by + (WIDTH / 2, (HEIGHT - FOOT) / 2)


def map_of(devices: Sequence[Device], registry: Registry) -> Map | None:
    """The map of those devices that have a point; None when none has."""
    placed = [device for device in devices if device.has_point]
    if not placed:
        return None
    view = View.of(placed)
    spots = [view.spot(device) for device in placed]
    kinds = {registry.kinds[device.technology] for device in placed}
    statuses = {device.status for device in placed}
    metres_per_unit = METRES_PER_DEGREE / view.unit
    scale_m = _round_length(metres_per_unit * WIDTH / 4)
    return Map(
        WIDTH,
        HEIGHT,
        {spot.device.code: spot for spot in spots},
        tuple(_marks(spots)),
        tuple(kind for kind in KINDS if kind in kinds),
        tuple(status for status in STATUSES if status in statuses),
        scale_m,
        round(scale_m / metres_per_unit, 1),
        drawn(registry.outlines, WIDTH, HEIGHT, view.project),
        None if registry.bounds == WORLD else _locator(view, registry.bounds),
        view.corner,
    )


def _marks(spots: list[Spot]) -> list[Mark]:
    """One mark for each spot that has room; the others go to the nearest mark before them."""
    groups: list[list[Spot]] = []
    for spot in spots:
        nearest, least = None, float(APART**2)
        for group in groups:
            away = (group[0].x - spot.x) ** 2 + (group[0].y - spot.y) ** 2
            if away < least:
                nearest, least = group, away
        if nearest is None:
            groups.append([spot])
        else:
            nearest.append(spot)
    return [Mark(tuple(s.device for s in group), group[0].x, group[0].y) for group in groups]


def _locator(view: View, bounds: Bounds) -> Locator:
    width, height = (bounds.east - bounds.west) * view.shrink, bounds.north - bounds.south
    by = 40 / max(width, height)
    west, north, _, _ = view.corner
    return Locator(
        round(width * by, 1),
        round(height * by, 1),
        round((west - bounds.west) * view.shrink * by, 1),
        round((bounds.north - north) * by, 1),
        round(WIDTH / view.unit * by, 1),
        round(HEIGHT / view.unit * by, 1),
    )


def _round_length(metres: float) -> int:
    power = 10 ** math.floor(math.log10(metres))
    return int(next(step * power for step in (5, 2, 1) if step * power <= metres))
