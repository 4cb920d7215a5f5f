"""The columns of the downloads: one declaration, the same cells in every format."""

from __future__ import annotations

from copy import copy
from datetime import date

import pytest

from lamppost.fields import Duration
from lamppost.registry.columns import DEVICE_COLUMNS, NAMES, filled, inert, plain
from lamppost.registry.models import Device, Group
from lamppost.text import Made, Text


def cells(registry, device: Device, *, for_spreadsheets: bool = False) -> dict[str, object]:
    columns = filled(registry, [device])
    if for_spreadsheets:
        columns = inert(columns)
    return {name: cell for name, [cell] in zip(NAMES, columns, strict=True)}


@pytest.fixture
def device(registry) -> Device:
    """A camera in public Wi-Fi's table, so to say: a copy to be changed at will."""
    return copy(registry.devices_of(registry.technologies["public-wifi"])[0])


def test_every_column_says_in_words_what_it_means():
    assert all(str(column.meaning) for column in DEVICE_COLUMNS)
    assert len(set(NAMES)) == len(NAMES)


def test_every_device_has_a_cell_in_every_column(registry):
    columns = filled(registry, registry.in_order)
    assert len(columns) == len(NAMES)
    assert {len(column) for column in columns} == {len(registry.devices)}


def test_what_is_not_known_is_an_empty_cell(registry, device):
    device.latitude = device.longitude = device.installed_on = device.height_m = None
    row = cells(registry, device)
    assert [row[name] for name in ("latitude", "longitude", "installed_on", "height_m")] == [
        None
    ] * 4


def test_days_places_and_flags_are_written_plainly(registry, device):
    device.installed_on, device.place, device.sample = (
        date(2020, 2, 1),
        ("district-1", "downtown"),
        True,
    )
    row = cells(registry, device)
    assert (row["installed_on"], row["place"], row["sample"]) == (
        "2020-02-01",
        "district-1;downtown",
        1,
    )


def test_practices_come_from_the_technology(registry, device):
    wifi = registry.technologies["public-wifi"]
    device.override_purpose = device.override_data = ()
    device.override_identifiability = device.override_retention = ""
    row = cells(registry, device)
    assert row["technology_name"] == "Public Wi-Fi"
    assert row["purpose"] == ";".join(wifi.purpose.items)
    assert row["data"] == ";".join(wifi.data_types)
    assert (row["identifiability"], row["kept_longest"]) == ("unknown", "unknown")
    assert row["differs"] == ""


def test_a_device_that_differs_says_its_own_practices(registry, device):
    device.override_purpose, device.override_retention = (
        ("mobility", "enforcement"),
        Duration(days=30),
    )
    device.override_identifiability = "identifiable"
    row = cells(registry, device)
    assert (row["purpose"], row["kept_longest"]) == ("mobility;enforcement", "P30D")
    assert (row["identifiability"], row["differs"]) == (
        "identifiable",
        "purpose;identifiability;retention",
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "=cmd|' /C calc'!A0", "-2+3"])
def test_text_that_a_spreadsheet_would_run_is_quoted(registry, device, start):
    device.location = f"{start}1 Pine Ave"
    assert cells(registry, device, for_spreadsheets=True)["location"] == f"'{start}1 Pine Ave"
    assert cells(registry, device)["location"] == f"{start}1 Pine Ave"


def test_a_negative_longitude_stays_a_number(registry, device):
    device.longitude = -118.19
    assert cells(registry, device, for_spreadsheets=True)["longitude"] == -118.19


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Text({"en": "a", "km": "ក"}, {"km": Made.MACHINE}), {"en": "a", "km": "ក"}),
        (Duration(days=30), "P30D"),
        (date(2026, 11, 22), "2026-11-22"),
        ((date(2026, 11, 22), Duration(years=1)), ["2026-11-22", "P1Y"]),
        (Group(items=("a",), grade="seen"), {"grade": "seen", "items": ["a"]}),
        (Group(gap="unknown"), {"gap": "unknown"}),
        (False, False),
        (7, 7),
    ],
)
def test_a_value_of_the_record_is_written_as_json_can_hold_it(value, written):
    assert plain(value) == written
