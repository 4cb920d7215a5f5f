"""The outlines of places, read from the record as GeoJSON and drawn as finely as can be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..fields import At, Key
from ..phrases import phrase
from ..record import Record
from .models import Place
from .rows import Bounds

FILE = "content/registry/outlines.geojson"
MOST_POINTS = 50_000
"""In the whole file; more than that is more than a map of the city can show."""

LEAST_POINTS = 4
"""In a ring, whose last point is its first again."""

Ring = NDArray[np.float64]
"""Points in a row, each longitude and latitude, then, once drawn, x and y."""


class Outline(NamedTuple):
    """A place and the rings that are its border."""

    place: Place
    rings: tuple[Ring, ...]


# --- reading ------------------------------------------------------------------------------------


def load_outlines(
    record: Record, places: Mapping[str, Place], bounds: Bounds
) -> tuple[Outline, ...]:
    """The outlines of the record, which need not have any; problems go to ``record.problems``."""
    if not record.names("content/registry", FILE.rpartition("/")[2]):
        return ()
    raw = record.json(FILE)
    at = At(FILE, record.problems, {"places": places}, (), {})
    if not record.read_well(FILE):
        return ()
    if not isinstance(raw, dict) or raw.get("type") != "FeatureCollection":
        found = raw.get("type") if isinstance(raw, dict) else raw
        return at.problem(found, _object("FeatureCollection")) or ()
    features = raw.get("features")
    if not isinstance(features, list):
        return (at / "features").problem(features, _list("features")) or ()
    outlines = _Reader(bounds).outlines(features, at / "features")
    return tuple(Outline(places[id_], rings) for id_, rings in outlines.items() if id_ in places)


class _Reader:
    def __init__(self, bounds: Bounds) -> None:
        self.bounds, self.points = bounds, 0

    def outlines(self, features: list[Any], at: At) -> dict[str, tuple[Ring, ...]]:
        found: dict[str, tuple[Ring, ...]] = {}
        for n, feature in enumerate(features):
            if not isinstance(feature, dict) or feature.get("type") != "Feature":
                (at / n).problem(feature, _object("Feature"))
                continue
            id_ = self._place(feature, at / n)
            rings = tuple(self._rings(feature.get("geometry"), at / n / "geometry"))
            if id_ in found:
                told = phrase("each place once; several areas are a MultiPolygon")
                (at / n).problem(id_, told)
            elif id_ is not None:
                found[id_] = rings
        if self.points > MOST_POINTS:
            found_ = phrase("the %(count)s points of all outlines", count=f"{self.points:,}")
            expected = phrase("at most %(most)s; simplify the outlines", most=f"{MOST_POINTS:,}")
            at.problem(found_, expected)
        return found

    @staticmethod
    def _place(feature: dict[str, Any], at: At) -> str | None:
        properties = feature.get("properties")
        if isinstance(properties, dict) and "place" in properties:
            return Key(kind="places").read(properties["place"], at / "properties" / "place")
        return Key(kind="places").read(feature.get("id"), at / "id")

    def _rings(self, geometry: Any, at: At) -> Iterator[Ring]:
        kind = geometry.get("type") if isinstance(geometry, dict) else geometry
        if kind not in ("Polygon", "MultiPolygon"):
            at.problem(kind, phrase("a geometry of the type Polygon or MultiPolygon"))
            return
        at /= "coordinates"
        raw = geometry.get("coordinates")
        polygons = [(raw, at)] if kind == "Polygon" else list(_entries(raw, at, "polygons"))
        for polygon, place in polygons:
            for points, here in _entries(polygon, place, "rings"):
                ring = self._ring(points, here)
                if ring is not None:
                    yield ring

    def _ring(self, raw: Any, at: At) -> Ring | None:
        if not isinstance(raw, list) or len(raw) < LEAST_POINTS:
            return at.problem(
                raw, phrase("a ring of at least %(count)s points", count=LEAST_POINTS)
            )
        self.points += len(raw)
        for n, point in enumerate(raw):
            expected = self._mistake(point)
            if expected:
                return (at / n).problem(point, expected)
        if raw[0][:2] != raw[-1][:2]:
            told = phrase("the ring’s first point, %(point)s", point=str(raw[0]))
            return (at / (len(raw) - 1)).problem(raw[-1], told)
        return np.array([point[:2] for point in raw], dtype=np.float64)

    def _mistake(self, point: Any) -> str:
        numbers = isinstance(point, list) and all(type(part) in (int, float) for part in point)
        if not numbers or len(point) < 2:  # noqa: PLR2004 - longitude and latitude
            return phrase("a point: longitude and latitude in degrees")
        if self._holds(point[0], point[1]):
            return ""
        b = self.bounds
        expected = phrase(
            "longitude from %(west)s to %(east)s, then latitude from %(south)s to %(north)s",
            west=b.west, east=b.east, south=b.south, north=b.north,
        )  # fmt: skip
        if self._holds(point[1], point[0]):
            return phrase("%(expected)s; the two look swapped", expected=expected)
        return expected

    def _holds(self, longitude: float, latitude: float) -> bool:
        b = self.bounds
        return b.west <= longitude <= b.east and b.south <= latitude <= b.north


def _object(kind: str) -> str:
    return phrase("a GeoJSON object of the type %(kind)s", kind=kind)


def _list(what: str) -> str:
    return phrase("a list of %(what)s", what=what)


def _entries(raw: Any, at: At, what: str) -> Iterator[tuple[Any, At]]:
    if not isinstance(raw, list) or not raw:
        at.problem(raw, _list(what))
        return
    for n, entry in enumerate(raw):
        yield entry, at / n


def place_at(outlines: tuple[Outline, ...], latitude: float, longitude: float) -> str:
    """The id of the place in whose outline a point lies; empty where it lies in none."""
    for outline in outlines:
        # A point lies inside where a line from it to the east crosses borders an odd number of
        # times, and so in no hole.
        if sum(_crossed(ring, latitude, longitude) for ring in outline.rings) % 2:
            return outline.place.id
    return ""


def _crossed(ring: Ring, latitude: float, longitude: float) -> int:
    (x1, y1), (x2, y2) = ring[:-1].T, ring[1:].T
    spans = (y1 > latitude) != (y2 > latitude)
    x1, y1, x2, y2 = x1[spans], y1[spans], x2[spans], y2[spans]
    crossings = x1 + (latitude - y1) * (x2 - x1) / (y2 - y1)
    return int(np.count_nonzero(crossings > longitude))


# --- drawing ------------------------------------------------------------------------------------


FINE = 2
"""Outlines are drawn to a half of a picture's units."""


class Drawn(NamedTuple):
    """An outline in a picture: its path in half units, and where its name fits, if it does."""

    place: Place
    path: str
    name_at: tuple[int, int] | None


def drawn(
    outlines: tuple[Outline, ...], width: int, height: int, project: Callable[[Ring], Ring]
) -> tuple[Drawn, ...]:
    """What of the outlines lies in a picture, each point where ``project`` puts it.

    Points are rounded before any are left out: what two places share stays the same for both.
    """
    found = []
    for outline in outlines:
        rings = [
            _within(_rounded(project(ring) * FINE), width * FINE, height * FINE)
            for ring in outline.rings
        ]
        rings = [ring for ring in rings if len(ring) >= LEAST_POINTS - 1]
        if rings:
            largest = max(rings, key=lambda ring: abs(_area(ring)))
            path = "".join(_path(ring) for ring in rings)
            found.append(Drawn(outline.place, path, _name_at(largest)))
    return tuple(found)


Points = list[tuple[int, int]]


def _rounded(ring: Ring) -> NDArray[np.int64]:
    """A ring's points in whole steps; of those that fall together or lie in a row, the ends."""
    whole = np.rint(ring[:-1]).astype(np.int64)
    whole = whole[np.any(whole != np.roll(whole, 1, axis=0), axis=1)]
    before, after = whole - np.roll(whole, 1, axis=0), np.roll(whole, -1, axis=0) - whole
    turns: NDArray[np.bool_] = before[:, 0] * after[:, 1] != before[:, 1] * after[:, 0]
    return whole[turns]


def _within(ring: NDArray[np.int64], width: int, height: int) -> Points:
    """The part of a ring within the picture, closed along lines just outside of it."""
    points: Points = [(x, y) for x, y in ring.tolist()]
    for axis, edge, sign in ((0, -4, 1), (0, width + 4, -1), (1, -4, 1), (1, height + 4, -1)):
        points = _cut(points, axis, edge, sign)
    return points


def _cut(points: Points, axis: int, edge: int, sign: int) -> Points:
    """The points on the inner side of one edge, and those where the ring crosses it."""
    kept: Points = []
    for n, point in enumerate(points):
        before = points[n - 1]
        inside, was_inside = ((p[axis] - edge) * sign >= 0 for p in (point, before))
        if inside != was_inside:
            share = (edge - before[axis]) / (point[axis] - before[axis])
            other = round(before[1 - axis] + share * (point[1 - axis] - before[1 - axis]))
            kept.append((edge, other) if axis == 0 else (other, edge))
        if inside:
            kept.append(point)
    return kept


def _path(points: Points) -> str:
    (x, y), *rest = points
    steps = [f"M{x} {y}"]
    for next_x, next_y in rest:
        steps.append(f"l{next_x - x} {next_y - y}")
        x, y = next_x, next_y
    return "".join(steps).replace(" -", "-") + "z"


def _area(points: Points) -> float:
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs) / 2


ROOM = 90 * FINE, 18 * FINE
"""As much of a place must be seen for its name to be written there."""


def _name_at(points: Points) -> tuple[int, int] | None:
    """The middle of an area, if there is room for a name."""
    area = _area(points)
    (left, right), (top, bottom) = ((min(c), max(c)) for c in zip(*points, strict=True))
    if right - left < ROOM[0] or bottom - top < ROOM[1] or abs(area) < ROOM[0] * ROOM[1]:
        return None
    pairs = zip(points, points[1:] + points[:1], strict=True)
    x = y = 0.0
    for (ax, ay), (bx, by) in pairs:
        cross = ax * by - bx * ay
        x, y = x + (ax + bx) * cross, y + (ay + by) * cross
    return round(x / (6 * area * FINE)), round(y / (6 * area * FINE))
