"""The registry's pages and their keys: what shows a thing changes with it, and nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lamppost.config import Config
from lamppost.content import Content, read_content
from lamppost.freezer import address_id
from lamppost.history import save, start
from lamppost.registry.addresses import addresses
from lamppost.registry.codes import check_character
from lamppost.registry.queries import PAGE_SIZE

CHANGED = {
    "status": "paused",
    "latitude": "33.80000",
    "longitude": "-118.18888",
    "precision_m": "7",
    "location": "Xylophone Way & 99th St",
    "location_es": "Calle Xilófono",
    "location_km": "ផ្លូវ",
    "location_tl": "Kalye Xylophone",
    "place": "district-9",
    "host": "kiosk",
    "direction_deg": "45",
    "view_angle_deg": "99",
    "height_m": "11.5",
    "installed_on": "2019-09-09",
    "removed_on": "2026-10-10",
    "active_until": "2031-03-03",
    "last_seen_on": "2026-08-08",
    "sign_version": "12",
    "sample": "no",
    "override_purpose": "arts_culture",
    "override_data": "local__count",
    "override_identifiability": "none",
    "override_retention": "P3D",
    "override_access": "not_available_to_me",
    "override_storage": "stored_locally",
}
"""For each column of a device, what no device of the record says."""


@contextmanager
def rows_of(record: Path, technology: str) -> Iterator[list[dict[str, str]]]:
    """The rows of a technology's devices, to be changed."""
    path = record / f"content/registry/devices/{technology}.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
    yield rows
    stream = io.StringIO()
    writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(stream.getvalue(), "utf-8")


def keys(content: Content) -> dict[str, bytes]:
    assert content.problems == []
    return {address_id(address): address.key for address in addresses(content)}


def read(config: Config) -> dict[str, bytes]:
    return keys(read_content(config))


@pytest.fixture
def before(config: Config, small: Path) -> dict[str, bytes]:  # noqa: ARG001 - trims the record
    """The keys of the small record as it is."""
    return read(config)


@pytest.fixture
def changed(config: Config, before: dict[str, bytes]) -> Callable[[], set[str]]:
    """A function that tells which addresses are new, gone, or have another key."""

    def ids() -> set[str]:
        now = read(config)
        return {id_ for id_ in now.keys() | before.keys() if now.get(id_) != before.get(id_)}

    return ids


# --- keys ---------------------------------------------------------------------------------------


def device(code: str) -> str:
    return f"registry.device,registry.short,registry.sign code={code}"


def test_every_column_of_a_device_is_tried(config):
    path = config.record / "content/registry/devices/traffic-cameras.csv"
    header = path.read_text("utf-8").partition("\n")[0].split(",")
    assert set(header) - CHANGED.keys() == {"code", "technology"}


@pytest.mark.parametrize("column", CHANGED)
def test_whatever_changes_of_a_device_changes_the_keys_of_the_pages_that_show_it(
    column, config, changed
):
    with rows_of(config.record, "public-wifi") as rows:
        rows[0][column] = CHANGED[column]
        code, places = rows[0]["code"], rows[0]["place"].split(";")
    lists = {
        "registry.technology technology=public-wifi",
        f"registry.devices_starting character={code[0]}",
        *(f"registry.place place={place}" for place in places),
    }
    assert {device(code), *lists} <= changed()


def test_a_device_changes_no_page_of_a_device_far_away(config, changed):
    with rows_of(config.record, "public-wifi") as rows:
        rows[0]["status"] = "paused"
    with rows_of(config.record, "eco-totem-counter") as rows:
        far = [row["code"] for row in rows] + ["2TDDJDB"]
    assert changed().isdisjoint({device(code) for code in far})


def test_a_device_changes_no_list_that_it_is_not_in(config, changed):
    with rows_of(config.record, "public-wifi") as rows:
        rows[0]["status"] = "paused"
    others = {
        "registry.technology technology=traffic-cameras",
        "registry.place place=district-9",
        "registry.organizations",
        "registry.purposes",
        "registry.checks",
    }
    assert changed().isdisjoint(others)


def test_the_place_that_a_device_comes_to_changes_too(config, changed):
    with rows_of(config.record, "public-wifi") as rows:
        rows[0]["place"] = "district-9"
    assert "registry.place place=district-9" in changed()


# --- long lists ---------------------------------------------------------------------------------


def add_devices(record: Path, count: int) -> None:
    """Add devices to one technology and place, with codes that start with the same character."""
    with rows_of(record, "eco-totem-counter") as rows:
        for number in range(count):
            body = f"0{number:05}"
            rows.append({**rows[0], "code": body + check_character(body), "place": "district-9"})


def numbers_of(ids: dict[str, bytes], start: str) -> list[str]:
    return sorted(id_.removeprefix(start) for id_ in ids if id_.startswith(start))


@pytest.mark.parametrize(
    ("view", "first", "further"),
    [
        (
            "registry.technology",
            "technology=eco-totem-counter",
            "number={} technology=eco-totem-counter",
        ),
        ("registry.place", "place=district-9", "number={} place=district-9"),
        ("registry.devices_starting", "character=0", "character=0 number={}"),
    ],
)
def test_a_long_list_has_as_many_pages_as_it_needs(view, first, further, config, small):
    add_devices(small, 2 * PAGE_SIZE + 1)
    ids = read(config)
    assert f"{view} {first}" in ids
    found = {id_ for id_ in ids if id_.startswith(view + " ") and "number=" in id_}
    assert found == {f"{view} {further.format(number)}" for number in (2, 3)}


def test_a_list_that_just_fits_has_one_page(config, small):
    add_devices(small, PAGE_SIZE)
    assert "registry.place number=2 place=district-9" not in read(config)


def test_a_change_on_the_last_page_of_a_list_leaves_its_first_page(config, small):
    add_devices(small, 2 * PAGE_SIZE + 1)
    old = read(config)
    with rows_of(small, "eco-totem-counter") as rows:
        rows[-1]["host"] = "building"
    new = read(config)
    start = "registry.place number={} place=district-9"
    assert old[start.format(3)] != new[start.format(3)]
    assert old[start.format(2)] == new[start.format(2)]
    assert old["registry.place place=district-9"] == new["registry.place place=district-9"]


def test_many_changes_have_further_pages(tmp_path, config, small):
    start(tmp_path / "kept", small, "First published")
    kept = Config(record=tmp_path / "kept", as_of=config.as_of)
    assert numbers_of(read(kept), "registry.changes") == [""]
    add_devices(kept.record, PAGE_SIZE + 1)
    save(kept.record, "Many more")
    assert numbers_of(read(kept), "registry.changes") == ["", " number=2"]
