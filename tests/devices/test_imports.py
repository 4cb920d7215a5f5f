"""What a table would change: nothing is lost, and every mistake is told at once."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamppost.config import PROJECT
from lamppost.devices.headings import HEADINGS, match
from lamppost.devices.imports import plan
from lamppost.devices.ledger import COLUMNS, read_ledger
from lamppost.i18n import speak, speech
from lamppost.record import Table
from lamppost.registry.codes import is_code

TECHNOLOGIES = sorted(path.stem for path in (PROJECT / "content/registry/devices").glob("*.csv"))


# --- columns ------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["en", "es", "km", "tl"])
def test_a_column_is_known_by_its_heading_in_every_language(code):
    speak(code)
    names = ["code", "status", "latitude", "location", "installed_on"]
    headings = {str(HEADINGS[name][0]): name for name in names}
    assert speech().code == code
    assert match(headings) == headings


def test_a_column_is_known_by_what_geographers_call_it():
    found = match(["LAT", "Lon", "Address", "Install_Date", "Colour"])
    assert list(found.values()) == ["latitude", "longitude", "location", "installed_on", ""]


def test_what_was_remembered_comes_first_and_no_column_is_given_twice():
    assert match(["y", "where", "lat"], {"where": "location"}) == {
        "y": "latitude", "where": "location", "lat": "",
    }  # fmt: skip
    assert match(["x"], {"x": "no such column"}) == {"x": ""}


def test_every_column_has_a_heading():
    assert set(HEADINGS) == set(COLUMNS)


# --- the file -----------------------------------------------------------------------------------


@pytest.mark.parametrize("technology", TECHNOLOGIES)
def test_rows_that_nobody_changed_keep_their_bytes(technology):
    ledger = read_ledger(PROJECT, technology)
    path = PROJECT / ledger.name
    assert ledger.with_rows({}) == path.read_bytes()
    code = next(iter(ledger.rows))
    before = path.read_bytes().splitlines()
    after = ledger.with_rows({code: {"location": "Elsewhere"}}).splitlines()
    assert [n for n, line in enumerate(after) if line != before[n]] == [1]


def test_a_column_that_a_file_lacks_is_added_for_all(tmp_path):
    path = tmp_path / "content/registry/devices/cars.csv"
    path.parent.mkdir(parents=True)
    path.write_text('code,status\nA,active\n"B","a\nb"\n', "utf-8")
    ledger = read_ledger(tmp_path, "cars")
    assert ledger.with_rows({"A": {"host": "pole"}}) == (
        b'code,status,host\nA,active,pole\nB,"a\nb",\n'
    )


# --- plans --------------------------------------------------------------------------------------


def test_new_rows_get_codes_that_nothing_ever_had(planned, content):
    found = planned("lat,lon,location", *[f"33.77{n},-118.19,Elm Ave & {n}th St" for n in range(5)])
    codes = [cells["code"] for cells in found.new]
    assert len({*codes, *content.registry.devices}) == 5 + len(content.registry.devices)
    assert all(map(is_code, codes))
    assert found.summary() == "5 new"


def test_a_device_is_found_by_its_code_however_it_is_written(planned, ledger):
    code = next(iter(ledger.rows))
    found = planned("code,height", f"lb {code[:3].lower()}-{code[3:]},9")
    assert found.changed == {code: {"height_m": "9"}}
    assert found.summary() == "1 changed"


def test_a_device_is_found_by_its_point_and_location(planned, ledger):
    code, cells = next(iter(ledger.rows.items()))
    found = planned(
        "lat;lon;location;height".replace(";", ","),
        f"{cells['latitude']},{cells['longitude']},{cells['location']},9",
    )
    assert found.changed == {code: {"height_m": "9"}}


def test_who_moved_more_than_twenty_metres_is_told_apart(planned, ledger):
    (near, a), (far, b) = list(ledger.rows.items())[:2]
    found = planned(
        "code,lat,lon",
        f"{near},{float(a['latitude']) + 0.0001:.5f},{a['longitude']}",
        f"{far},{float(b['latitude']) + 0.001:.5f},{b['longitude']}",
    )
    assert found.moved == {far: pytest.approx(111, abs=1)}
    assert found.summary() == "1 changed and 1 moved by more than 20 m"


def test_what_is_missing_is_removed_only_when_asked_and_never_deleted(planned, ledger, content):
    code = next(iter(ledger.rows))
    table = ("code,status", f"{code},{ledger.rows[code]['status']}")
    assert planned(*table).removed == []
    found = planned(*table, removed_when_missing=True)
    standing = [c for c, cells in ledger.rows.items() if cells["status"] != "removed" and c != code]
    assert found.removed == standing
    (data,) = found.files().values()
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(data.decode()))}
    assert rows.keys() == ledger.rows.keys()
    assert {rows[c]["removed_on"] for c in standing} == {content.as_of.isoformat()}


def test_words_in_other_languages_go_with_the_place_that_they_were_about(content):
    ledger = read_ledger(PROJECT, "police-plate-readers")
    code = next(c for c, cells in ledger.rows.items() if cells["location_es"])
    table = Table(["code", "location"], [[code, "Somewhere else"]], [2])
    changed = plan(content, ledger, table, match(table.header)).changed[code]
    assert changed["location"] == "Somewhere else"
    assert changed["location_es"] == changed["location_km"] == ""


def test_every_mistake_is_told_at_once_with_row_and_column(planned, ledger):
    code = next(iter(ledger.rows))
    found = planned(
        "code,status,lat,lon,location,purpose",
        ",active,33.77,-118.19,A,juggling",
        ",dancing,33.77,-118.19,A,",
        ",,33.77,,A,",
        "7Q4KZM0,,,,,",
        f"{code},active,,,A,",
        f"{code},active,,,A,",
    )
    told = [(m.row, m.column) for m in found.mistakes]
    assert told == [
        (2, "override_purpose"), (3, "status"), (4, "latitude"), (5, "code"), (7, "code"),
    ]  # fmt: skip
    assert "Why it is there in row 2 is not in the list" in found.summary()
    assert found.summary().endswith("and 2 more mistakes")


def test_a_code_of_another_technology_is_a_mistake(planned, content):
    other = next(c for c, d in content.registry.devices.items() if d.technology != "public-wifi")
    assert [m.column for m in planned("code", other).mistakes] == ["code"]


def test_what_a_spreadsheet_adds_is_taken_off(planned):
    (cells,) = planned(
        "lat;lon;location;install date;district",
        '33,77123456;-118.19;\'=Elm  Ave;2020-02-01T00:00:00;"district-1 ; downtown"',
    ).new
    assert cells["latitude"] == "33.771235"
    assert cells["location"] == "=Elm Ave"
    assert cells["installed_on"] == "2020-02-01"
    assert cells["place"] == "district-1;downtown"


def test_a_table_that_we_wrote_changes_nothing(content):
    for technology in TECHNOLOGIES:
        ledger = read_ledger(PROJECT, technology)
        table = Table(list(ledger.header), ledger.table(), list(range(2, len(ledger.rows) + 2)))
        found = plan(content, ledger, table, match(table.header), removed_when_missing=True)
        assert found.is_empty
        assert found.mistakes == []
        assert found.same == len(ledger.rows)


@given(st.lists(st.lists(st.text(max_size=12), min_size=27, max_size=27), max_size=4))
def test_no_table_breaks_the_plan(content, rows):
    ledger = read_ledger(PROJECT, "public-wifi")
    table = Table(list(COLUMNS), rows, list(range(2, len(rows) + 2)))
    found = plan(content, ledger, table, match(COLUMNS), removed_when_missing=True)
    assert found.summary() or found.is_empty
