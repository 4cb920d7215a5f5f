"""The downloads: every format holds the same devices, and nothing in them runs."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from lamppost.config import PROJECT
from lamppost.registry.columns import NAMES

TECHNOLOGIES = sorted(p.stem for p in PROJECT.glob("content/registry/technologies/*.yaml"))
DEVICES = "devices/public-wifi.csv"


def table(client: FlaskClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


@pytest.fixture
def database(client: FlaskClient, tmp_path: Path):
    """The SQLite download, opened."""
    path = tmp_path / "registry.sqlite"
    path.write_bytes(client.get("/downloads/registry.sqlite").data)
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as opened:
        yield opened


# --- everything ---------------------------------------------------------------------------------


def test_the_table_of_all_devices_holds_every_device_once(client, registry):
    rows = table(client, "/downloads/devices.csv")
    assert sorted(row["code"] for row in rows) == sorted(registry.devices)
    assert tuple(rows[0]) == NAMES


def test_every_device_is_a_feature_with_or_without_a_point(client, registry):
    collection = client.get("/downloads/devices.geojson").json
    assert collection["type"] == "FeatureCollection"
    points = {feature["id"]: feature["geometry"] for feature in collection["features"]}
    assert points == {
        code: {"type": "Point", "coordinates": [device.longitude, device.latitude]}
        if device.has_point
        else None
        for code, device in registry.devices.items()
    }
    assert None in points.values()


def test_the_formats_agree_cell_by_cell(client, database):
    rows = table(client, "/downloads/devices.csv")
    features = client.get("/downloads/devices.geojson").json["features"]
    listed = client.get("/downloads/registry.json").json["devices"]
    stored = database.execute(f"SELECT {', '.join(NAMES)} FROM devices").fetchall()  # noqa: S608
    assert listed == [feature["properties"] for feature in features]
    assert [dict(zip(NAMES, row, strict=True)) for row in stored] == listed
    written = [{name: "" if v is None else str(v) for name, v in row.items()} for row in listed]
    assert rows == written


def test_the_whole_registry_holds_its_words_in_all_languages(client, content):
    whole = client.get("/downloads/registry.json").json
    registry = content.registry
    assert set(whole["technologies"]) == set(registry.technologies)
    assert set(whole["sources"]) == set(content.sources)
    for id_, technology in registry.technologies.items():
        assert whole["technologies"][id_]["name"] == technology.name.languages
    assert whole["words"]["purpose"]["mobility"]["label"].keys() == {"en", "es", "km", "tl"}


def test_every_source_of_the_whole_registry_can_be_looked_up(client):
    whole = client.get("/downloads/registry.json").json
    named = set()

    def walk(part):
        if isinstance(part, dict):
            named.update(part.get("sources", ()))
            part = list(part.values())
        if isinstance(part, list):
            for inner in part:
                walk(inner)

    walk(whole["technologies"])
    assert named <= set(whole["sources"])
    assert len(named) > 20


def test_the_database_counts_what_the_table_counts(client, database):
    rows = table(client, "/downloads/devices.csv")
    count = "SELECT technology, count(*) FROM devices GROUP BY technology"
    counted = dict(database.execute(count))
    assert counted == {t: sum(r["technology"] == t for r in rows) for t in counted}
    assert sum(counted.values()) == len(rows)


def test_the_database_knows_every_place_of_every_device(client, database):
    rows = table(client, "/downloads/devices.csv")
    stored = set(database.execute("SELECT device, place FROM device_places"))
    places = [(row["code"], row["place"].split(";")) for row in rows if row["place"]]
    assert stored == {(code, place) for code, found in places for place in found}


def test_the_database_is_whole_and_its_references_lead_somewhere(database):
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_practices_in_the_database_are_those_of_the_whole_registry(client, database):
    whole = client.get("/downloads/registry.json").json["technologies"]
    stored = database.execute("SELECT id, practices FROM technologies")
    assert {id_: json.loads(practices) for id_, practices in stored} == whole


def test_the_database_can_be_asked_about_samples(database):
    assert database.execute("SELECT DISTINCT typeof(sample) FROM devices").fetchall() == [
        ("integer",)
    ]
    assert database.execute("SELECT count(*) FROM devices WHERE sample = 1").fetchone()[0] >= 200


# --- parts --------------------------------------------------------------------------------------


@pytest.mark.parametrize("technology", TECHNOLOGIES)
def test_the_parts_of_a_technology_hold_its_devices_in_every_format(client, registry, technology):
    codes = [d.code for d in registry.devices_of(registry.technologies[technology])]
    start = f"/downloads/technologies/{technology}"
    assert [row["code"] for row in table(client, f"{start}.csv")] == codes
    assert [f["id"] for f in client.get(f"{start}.geojson").json["features"]] == codes
    part = client.get(f"{start}.json").json
    assert [device["code"] for device in part["devices"]] == codes
    assert part["technology"]["id"] == technology


def test_the_parts_of_a_place_hold_its_devices_in_every_format(client, registry):
    for place in registry.places.values():
        codes = [device.code for device in registry.devices_at(place)]
        start = f"/downloads/places/{place.id}"
        assert [row["code"] for row in table(client, f"{start}.csv")] == codes
        assert [f["id"] for f in client.get(f"{start}.geojson").json["features"]] == codes
        assert [d["code"] for d in client.get(f"{start}.json").json["devices"]] == codes


@pytest.mark.parametrize("part", ["technologies/none", "places/none"])
@pytest.mark.parametrize("ending", ["csv", "geojson", "json"])
def test_a_part_that_is_not_there_is_not_found(client, part, ending):
    assert client.get(f"/downloads/{part}.{ending}").status_code == 404


@pytest.mark.parametrize("language", ["en", "es", "km", "tl"])
def test_every_column_is_explained_in_every_language(client, language):
    page = client.get(f"/{language}/downloads/").text
    for name in NAMES:
        assert f"<code>{name}</code>" in page
        meaning = page.split(f"<code>{name}</code></th><td>")[1].split("</td>")[0]
        assert meaning


@pytest.mark.parametrize("address", ["devices.geojson", "registry.json"])
def test_a_download_says_what_sample_means_and_whose_words_it_uses(client, address):
    download = client.get(f"/downloads/{address}").json
    assert "invented" in download["sample_means"]
    assert "CC BY 4.0" in download["licence"]


# --- nothing in them runs -----------------------------------------------------------------------


@pytest.fixture
def located(kept: Path, visit) -> Callable[[str], FlaskClient]:
    """A function that gives the first device of public Wi-Fi a location, and the site's client."""

    def at(location: str) -> FlaskClient:
        path = kept / "content" / "registry" / DEVICES
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
        rows[0]["location"] = location
        stream = io.StringIO()
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
        path.write_text(stream.getvalue(), "utf-8")
        client: FlaskClient = visit()
        return client

    return at


@pytest.mark.parametrize(
    "formula", ["=HYPERLINK(1)", "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0"]
)
def test_a_formula_in_a_location_is_text_in_a_spreadsheet(located, formula):
    client = located(formula)
    locations = {row["location"] for row in table(client, "/downloads/devices.csv")}
    assert f"'{formula}" in locations
    assert formula not in locations


def test_no_cell_of_the_shipped_tables_starts_like_a_formula(client):
    for row in table(client, "/downloads/devices.csv"):
        for name, cell in row.items():
            assert name in ("latitude", "longitude") or not cell.startswith(("=", "+", "-", "@"))


def test_a_location_with_quotes_commas_and_markup_comes_back_as_it_was(located):
    location = 'Pine "Ave", <script>alert(1)</script>; O’Hara & sons'
    client = located(location)
    assert location in {row["location"] for row in table(client, "/downloads/devices.csv")}
    features = client.get("/downloads/devices.geojson").json["features"]
    assert location in {feature["properties"]["location"] for feature in features}


def test_no_browser_takes_a_download_for_a_page(client):
    for ending in ("devices.csv", "devices.geojson", "registry.json", "registry.sqlite"):
        answer = client.get(f"/downloads/{ending}")
        assert answer.mimetype not in ("text/html", "application/xhtml+xml", "image/svg+xml")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
