"""The downloads: everything, and the devices of one technology or place, in four formats.

Text of a cell that a spreadsheet would take for a formula is quoted with an apostrophe (CWE-1236).
"""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import orjson
from flask import Blueprint, Response, abort, render_template

from ..addresses import Address, key
from ..content import Content
from ..published import content
from .columns import DEVICE_COLUMNS, NAMES, Cells, filled, inert, plain
from .models import Device, Technology
from .queries import Registry, longest_kept

T = TypeVar("T")

blueprint = Blueprint("exports", __name__)
route = blueprint.get

NOTICE = {
    "licence": "Words and ids follow DTPR v1, CC BY 4.0, https://github.com/Helpful-Places/dtpr; "
    "descriptions are the publisher's own.",
    "sample_means": "Entries marked sample are invented, to show how the registry works.",
}


@route("/<language:language>/downloads/")
def downloads() -> str:
    """What can be downloaded, and what each field means."""
    return render_template(
        "registry/downloads.html", registry=content().registry, columns=DEVICE_COLUMNS
    )


# --- formats ------------------------------------------------------------------------------------

Body = Callable[[Registry, list[Device]], bytes]
"""What a format writes of a list of devices, without what stands around the list."""


def _csv_rows(registry: Registry, devices: list[Device]) -> bytes:
    stream = io.StringIO()
    columns = inert(_columns(registry, devices))
    csv.writer(stream, lineterminator="\n").writerows(zip(*columns, strict=True))
    return stream.getvalue().encode()


def _json_items(registry: Registry, devices: list[Device]) -> bytes:
    return orjson.dumps(_properties(registry, devices))[1:-1]


def _geojson_items(registry: Registry, devices: list[Device]) -> bytes:
    features = [
        {
            "type": "Feature",
            "id": found["code"],
            "geometry": None
            if found["latitude"] is None
            else {"type": "Point", "coordinates": [found["longitude"], found["latitude"]]},
            "properties": found,
        }
        for found in _properties(registry, devices)
    ]
    return orjson.dumps(features)[1:-1]


def _columns(registry: Registry, devices: list[Device]) -> list[Cells]:
    return _kept("columns", devices, lambda: filled(registry, devices))


def _properties(registry: Registry, devices: list[Device]) -> list[dict[str, Any]]:
    """Each device as names and values."""

    def make() -> list[dict[str, Any]]:
        rows = zip(*_columns(registry, devices), strict=True)
        return [dict(zip(NAMES, row, strict=True)) for row in rows]

    return _kept("properties", devices, make)


def _kept(what: str, devices: list[Device], make: Callable[[], T]) -> T:
    """What ``make`` gives for a list of devices; the last is kept, for the format that follows."""
    fragments = content().fragments
    of: list[Device] | None
    kept: T
    of, kept = fragments.get(what, (None, None))
    if of is not devices:
        kept = make()
        fragments[what] = devices, kept
    return kept


def _of_one(body: Body, technology: Technology) -> list[bytes]:
    """The devices of one technology, if there are any; kept from one freeze to the next."""
    now = content()
    devices = now.registry.devices_of(technology)
    if not devices:
        return []
    name = f"{technology.id}{body.__name__}"
    made_of = _made_of(now, technology)
    return [now.shelf.part(name, made_of, lambda: body(now.registry, devices))]


def _of_all(body: Body) -> list[bytes]:
    technologies = content().registry.technologies.values()
    return [part for technology in technologies for part in _of_one(body, technology)]


def _csv(parts: list[bytes]) -> Response:
    header = ",".join(NAMES).encode() + b"\n"
    return Response(b"".join([header, *parts]), mimetype="text/csv")


def _json(parts: list[bytes], **more: Any) -> Response:
    data = _with_list({**NOTICE, **more}, "devices", parts)
    return Response(data, mimetype="application/json")


def _geojson(parts: list[bytes]) -> Response:
    data = _with_list({"type": "FeatureCollection", **NOTICE}, "features", parts)
    return Response(data, mimetype="application/geo+json")


def _with_list(around: dict[str, Any], name: str, parts: list[bytes]) -> bytes:
    """A JSON object whose last member is the list of all ``parts``, put together but once."""
    head = orjson.dumps({**around, name: []}).removesuffix(b"]}")
    joined = [piece for part in parts for piece in (b",", part)][1:]
    return b"".join([head, *joined, b"]}"])


# --- everything ---------------------------------------------------------------------------------


@route("/downloads/devices.csv")
def all_csv() -> Response:
    """All devices."""
    return _csv(_of_all(_csv_rows))


@route("/downloads/devices.geojson")
def all_geojson() -> Response:
    """All devices as points; one without a point has an empty geometry."""
    return _geojson(_of_all(_geojson_items))


@route("/downloads/registry.json")
def all_json() -> Response:
    """The whole registry, practices and words in all languages included."""
    now = content()
    registry = now.registry
    return _json(
        _of_all(_json_items),
        sources=plain_of(now.sources),
        words={category: plain_of(found) for category, found in registry.words.items()},
        organizations=plain_of(registry.organizations),
        places=plain_of(registry.places),
        technologies=plain_of(registry.technologies),
    )


def plain_of(things: dict[str, Any]) -> dict[str, Any]:
    """A mapping of things of the record as JSON can hold it."""
    return {id_: plain(thing) for id_, thing in things.items()}


@route("/downloads/registry.sqlite")
def all_sqlite() -> Response:
    """The whole registry as an SQLite file, ready for Datasette."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "registry.sqlite"
        _write_sqlite(path, content())
        return Response(path.read_bytes(), mimetype="application/vnd.sqlite3")


def _write_sqlite(path: Path, now: Content) -> None:
    registry = now.registry
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
        "CREATE TABLE technologies (id TEXT PRIMARY KEY, name TEXT, status TEXT,"
        " identifiability TEXT, kept_longest TEXT, verified_on TEXT, verify_by TEXT,"
        " practices TEXT);"
        "CREATE TABLE places (id TEXT PRIMARY KEY, name TEXT, kind TEXT);"
        "CREATE TABLE device_places (device TEXT REFERENCES devices(code),"
        " place TEXT REFERENCES places(id));"
        f"CREATE TABLE devices ({', '.join(_declared(name) for name in NAMES)});"
    )
    database.execute("BEGIN")
    documents = plain_of(registry.technologies)
    database.executemany(
        "INSERT INTO technologies VALUES (?,?,?,?,?,?,?,?)",
        (
            (id_, str(t.name), t.status, t.identifiability.level, str(longest_kept(t)),
             t.verified_on.isoformat(), t.verify_by.isoformat(),
             orjson.dumps(documents[id_]).decode())
            for id_, t in registry.technologies.items()
        ),
    )  # fmt: skip
    database.executemany(
        "INSERT INTO places VALUES (?,?,?)",
        ((id_, str(place.name), place.kind) for id_, place in registry.places.items()),
    )
    holes = ",".join("?" * len(NAMES))
    listed = [d for t in registry.technologies.values() for d in registry.devices_of(t)]
    rows = zip(*filled(registry, listed), strict=True)
    database.executemany(f"INSERT INTO devices VALUES ({holes})", rows)  # noqa: S608
    database.executemany(
        "INSERT INTO device_places VALUES (?,?)",
        ((d.code, place) for d in listed for place in d.place),
    )
    database.execute("COMMIT")
    database.executescript(
        "CREATE INDEX devices_technology ON devices(technology);"
        "CREATE INDEX device_places_place ON device_places(place);"
    )
    database.close()


def _declared(name: str) -> str:
    if name == "code":
        return "code TEXT PRIMARY KEY"
    if name == "technology":
        return "technology TEXT REFERENCES technologies(id)"
    numbers = {"latitude", "longitude", "height_m"}
    wholes = {"precision_m", "direction_deg", "view_angle_deg", "sign_version", "sample"}
    return f"{name} {'REAL' if name in numbers else 'INTEGER' if name in wholes else 'TEXT'}"


# --- parts --------------------------------------------------------------------------------------


def _technology(id_: str) -> Technology:
    return content().registry.technologies.get(id_) or abort(404)


def _of_place(body: Body, id_: str) -> list[bytes]:
    registry = content().registry
    devices = registry.devices_at(registry.places.get(id_) or abort(404))
    return [body(registry, devices)] if devices else []


@route("/downloads/technologies/<id:technology>.csv")
def technology_csv(technology: str) -> Response:
    """The devices of a technology."""
    return _csv(_of_one(_csv_rows, _technology(technology)))


@route("/downloads/technologies/<id:technology>.geojson")
def technology_geojson(technology: str) -> Response:
    """The devices of a technology as points."""
    return _geojson(_of_one(_geojson_items, _technology(technology)))


@route("/downloads/technologies/<id:technology>.json")
def technology_json(technology: str) -> Response:
    """A technology with its practices and devices."""
    found = _technology(technology)
    return _json(_of_one(_json_items, found), technology=plain(found))


@route("/downloads/places/<id:place>.csv")
def place_csv(place: str) -> Response:
    """The devices in a place."""
    return _csv(_of_place(_csv_rows, place))


@route("/downloads/places/<id:place>.geojson")
def place_geojson(place: str) -> Response:
    """The devices in a place as points."""
    return _geojson(_of_place(_geojson_items, place))


@route("/downloads/places/<id:place>.json")
def place_json(place: str) -> Response:
    """The devices in a place."""
    parts = _of_place(_json_items, place)
    return _json(parts, place=plain(content().registry.places[place]))


def _made_of(now: Content, technology: Technology) -> bytes:
    """A hash of what is downloaded of a technology's devices."""
    technologies = now.digest("content/registry/technologies/")
    return key(technologies, *[d.digest for d in now.registry.devices_of(technology)])


def addresses(content: Content) -> Iterator[Address]:
    """Every download."""
    registry = content.registry
    technologies = content.digest("content/registry/technologies/")
    everything = key(technologies, content.devices_digest)
    yield Address("exports.downloads", {}, key(technologies, registry.places))
    yield Address("exports.all_csv", {}, everything, ("exports.all_sqlite",))
    yield Address("exports.all_geojson", {}, everything, ("exports.all_json",))
    for id_, technology in registry.technologies.items():
        digest = _made_of(content, technology)
        also = ("exports.technology_geojson", "exports.technology_json")
        yield Address("exports.technology_csv", {"technology": id_}, digest, also)
    for id_, place in registry.places.items():
        digest = key(technologies, *[d.digest for d in registry.devices_at(place)])
        also = ("exports.place_geojson", "exports.place_json")
        yield Address("exports.place_csv", {"place": id_}, digest, also)
