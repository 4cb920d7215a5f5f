"""Tables of devices: each wrong cell is told with its line, and a mistake hides no other."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamppost.fields import Duration, Problem, Unread
from lamppost.record import Record
from lamppost.registry.codes import EXAMPLE, check_character
from lamppost.registry.models import Device
from lamppost.registry.queries import Registry
from lamppost.registry.rows import Bounds, Rows

NAME = "content/registry/devices/traffic-cameras.csv"
BOUNDS = Bounds(33.60, -118.40, 34.00, -117.95)
TODAY = date(2026, 11, 22)
ROW = {
    "code": "7Q4KZN" + check_character("7Q4KZN"),
    "technology": "traffic-cameras",
    "status": "active",
    "latitude": "33.7705",
    "longitude": "-118.1893",
    "precision_m": "50",
    "location": "Ocean Blvd & Pine Ave",
    "location_km": "",
    "place": "district-1;downtown",
    "host": "pole",
    "direction_deg": "90",
    "view_angle_deg": "60",
    "height_m": "4.5",
    "installed_on": "2020-02-01",
    "removed_on": "",
    "active_until": "",
    "sign_version": "1",
    "sample": "yes",
    "override_purpose": "",
    "override_retention": "",
    "override_identifiability": "",
}


class Reader:
    """Reads one table after the other into the same devices."""

    def __init__(self, root: Path, registry: Registry) -> None:
        self.record = Record(root)
        known = {f"words/{category}": words for category, words in registry.words.items()}
        self.rows = Rows(self.record, known, registry.places, BOUNDS, TODAY)
        self.technologies = registry.technologies
        self.devices: dict[str, Device] = {}
        (root / NAME).parent.mkdir(parents=True, exist_ok=True)

    def read(self, data: str | bytes, name: str = NAME) -> list[Problem]:
        path = self.record.root / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        self.rows.read(name, self.technologies, self.devices)
        return self.record.problems


@pytest.fixture
def reader(tmp_path: Path, registry: Registry) -> Reader:
    return Reader(tmp_path, registry)


def table(*rows: dict[str, str]) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def body(number: int) -> str:
    stem = f"{number:06d}"
    return stem + check_character(stem)


# --- cells --------------------------------------------------------------------------------------


def test_a_row_becomes_a_device(reader):
    assert reader.read(table({**ROW, "override_retention": "P30D"})) == []
    device = reader.devices[ROW["code"]]
    assert (device.latitude, device.longitude, device.height_m) == (33.7705, -118.1893, 4.5)
    assert (device.place, device.installed_on) == (("district-1", "downtown"), date(2020, 2, 1))
    assert (device.sample, device.override_retention) == (True, Duration(days=30))
    assert (device.removed_on, device.override_purpose, device.overrides) == (
        None,
        (),
        ("retention",),
    )


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("code", "7Q4KZN" + check_character("7Q4KZP"), "seven characters of the code alphabet"),
        ("code", "", "seven characters of the code alphabet"),
        ("code", "7q4kznw", "seven characters of the code alphabet"),
        ("code", EXAMPLE, "not the example’s"),
        ("status", "Active", "one of proposed, approved, installed, active,"),
        ("latitude", "-118.1893", "latitude and longitude look swapped"),
        ("latitude", "34.2", "degrees between 33.6 and 34.0"),
        ("latitude", "33,7705", "degrees between 33.6 and 34.0"),
        ("latitude", "33.77051234", "at most 6 decimals"),
        ("latitude", "nan", "degrees between 33.6 and 34.0"),
        ("latitude", "inf", "degrees between 33.6 and 34.0"),
        ("longitude", "33.7705", "latitude and longitude look swapped"),
        ("longitude", "118.1893", "degrees between -118.4 and -117.95"),
        ("precision_m", "fifty", "a whole number from 0 to 100000"),
        ("precision_m", "\u0665\u0660", "a whole number from 0 to 100000"),
        ("precision_m", "9" * 5000, "whole number"),
        ("location", "x" * 121, "one line of at most 120 characters"),
        ("location", "two\nlines", "one line of at most 120 characters"),
        ("location", "\t=1+1", "one line of at most 120 characters"),
        ("place", "atlantis", "ids of places joined by ;"),
        ("place", "district-1;", "ids of places joined by ;"),
        ("place", "downtown;downtown", "each id once"),
        ("host", "tree", "one of pole, signal,"),
        ("direction_deg", "360", "a whole number from 0 to 359"),
        ("view_angle_deg", "0", "a whole number from 1 to 360"),
        ("height_m", "-1", "metres above ground, from 0 to 200"),
        ("height_m", "nan", "metres above ground, from 0 to 200"),
        ("installed_on", "02/01/2020", "a date such as 2026-11-22"),
        ("installed_on", "2020-02-30", "a date such as 2026-11-22"),
        ("installed_on", "0202-02-01", "a date from 1950-01-01"),
        ("active_until", "2036-11-23", "(an end within 10 years)"),
        ("sign_version", "1.0", "a whole number from 1 to 10000"),
        ("sample", "", "yes or no"),
        ("sample", "true", "yes or no"),
        ("override_purpose", "world_peace", "ids of words/purpose joined by ;"),
        ("override_retention", "30 days", "an ISO 8601 duration such as P60D"),
        ("override_identifiability", "maybe", "one of none, de_identified,"),
    ],
)
def test_a_wrong_cell_is_told_with_its_line_and_column(reader, column, cell, expected):
    good = {**ROW, "code": body(1)}
    [problem] = reader.read(table(good, {**ROW, column: cell}))
    line = 3 + cell.count("\n")
    assert (problem.file, problem.key) == (NAME, f"line {line}, {column}")
    assert expected in problem.expected


def test_an_end_within_ten_years_may_stand(reader):
    assert reader.read(table({**ROW, "active_until": "2036-11-22"})) == []


@pytest.mark.parametrize("column", ["latitude", "longitude"])
def test_one_coordinate_alone_is_told(reader, column):
    [problem] = reader.read(table({**ROW, column: ""}))
    assert problem == Problem(
        NAME, "line 2, latitude", "the one coordinate alone", "both coordinates, or none"
    )


def test_a_device_without_a_point_is_read(reader):
    assert reader.read(table({**ROW, "latitude": "", "longitude": ""})) == []
    assert not reader.devices[ROW["code"]].has_point


def test_a_device_that_was_removed_before_it_was_installed_is_told(reader):
    [problem] = reader.read(table({**ROW, "removed_on": "2020-01-31"}))
    assert problem[1:] == ("line 2, removed_on", "'2020-01-31'", "a day after installed_on")


def test_a_technology_other_than_the_files_is_told(reader):
    [problem] = reader.read(table({**ROW, "technology": "public-wifi"}))
    expected = "traffic-cameras, as the file’s name"
    assert problem[1:] == ("line 2, technology", "'public-wifi'", expected)


def test_a_city_whose_bounds_are_not_known_has_no_swapped_coordinates(tmp_path, registry):
    rows = Rows(Record(tmp_path), {}, registry.places, Bounds(-90.0, -180.0, 90.0, 180.0), TODAY)
    assert rows.columns["latitude"]("33.77") == 33.77


def test_places_that_could_not_be_read_make_no_row_wrong(reader):
    known = {f"words/{kind}": Unread() for kind in ("purpose", "data", "access", "storage")}
    reader.rows = Rows(reader.record, known, Unread(), BOUNDS, TODAY)
    assert reader.read(table({**ROW, "place": "atlantis", "override_purpose": "any"})) == []


# --- codes --------------------------------------------------------------------------------------


def test_a_code_twice_in_one_file_is_told(reader):
    [problem] = reader.read(table(ROW, {**ROW, "code": body(1)}, ROW))
    expected = "a code that no other device has"
    assert problem == Problem(NAME, "line 4, code", repr(ROW["code"]), expected)


def test_a_code_twice_in_two_files_is_told(reader):
    reader.read(table(ROW))
    name = "content/registry/devices/public-wifi.csv"
    [problem] = reader.read(table({**ROW, "technology": "public-wifi"}), name)
    assert (problem.file, problem.expected) == (name, "a code that no other device has")


# --- headers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "found", "expected"),
    [
        ("code,technology,status,sample,color", "'color'", "one of the columns code, technology,"),
        ("technology,status,sample", "the header without code", "a column code"),
        ("code,technology,status", "the header without sample", "a column sample"),
        ("code,technology,status,sample,status", "the same column twice", "each column once"),
        ("Code,technology,status,sample", "'Code'", "one of the columns code, technology,"),
        ("code;technology;status;sample", "'code;technology;status;sample'", "one of the columns"),
    ],
)
def test_a_wrong_header_is_told_and_nothing_of_the_file_is_kept(reader, header, found, expected):
    row = ",".join("x" for _ in header.split(","))
    told = reader.read(f"{header}\n{row}\n")
    assert {problem.key for problem in told} == {"line 1"}
    assert any(p.found == found and expected in p.expected for p in told)
    assert reader.devices == {}


def test_columns_may_stand_in_any_order_and_some_may_be_left_out(reader):
    columns = ("sample", "status", "technology", "code")
    assert reader.read(table({column: ROW[column] for column in columns})) == []
    assert reader.devices[ROW["code"]].location == ""


def test_a_table_without_devices_is_sound(reader):
    assert reader.read("code,technology,status,sample\n") == []


# --- many mistakes ------------------------------------------------------------------------------


def test_all_wrong_cells_are_told_at_once(reader):
    told = reader.read(
        table(
            {**ROW, "latitude": "0", "status": "on", "sample": "maybe"},
            {**ROW, "code": body(1), "place": "atlantis", "height_m": "tall"},
        )
    )
    assert {problem.key for problem in told} == {
        "line 2, latitude", "line 2, status", "line 2, sample", "line 3, place", "line 3, height_m",
    }  # fmt: skip


def test_a_row_of_a_wrong_width_hides_no_other_mistake(reader):
    told = reader.read(
        table(ROW) + "too,short\n" + table({**ROW, "status": "on"}).split("\n", 1)[1]
    )
    assert [problem.key for problem in told] == ["line 3", "line 4, status", "line 4, code"]


# --- digests ------------------------------------------------------------------------------------


def test_a_devices_digest_changes_with_any_cell_of_its_row(tmp_path, registry):
    changed = {"status": "paused", "location": "Elsewhere", "place": "district-2", "sample": "no"}
    digests = set()
    for n, (column, cell) in enumerate([("code", ROW["code"]), *changed.items()]):
        reader = Reader(tmp_path / str(n), registry)
        reader.read(table({**ROW, column: cell}))
        digests.add(reader.devices[ROW["code"]].digest)
    assert len(digests) == 5


def test_a_devices_digest_does_not_hang_on_the_order_of_columns(tmp_path, registry):
    digests = set()
    for n, row in enumerate((ROW, dict(reversed(ROW.items())))):
        reader = Reader(tmp_path / str(n), registry)
        reader.read(table(row))
        digests.add(reader.devices[ROW["code"]].digest)
    assert len(digests) == 1


# --- whatever is in the cells -------------------------------------------------------------------

CELLS = st.text(max_size=8) | st.sampled_from(
    ["nan", "-inf", "1e400", "33.7705", "²", "9" * 5000, "2026-W01-1", "P1D", ";", "yes"]
)


@pytest.fixture(scope="module")
def parse(tmp_path_factory, registry) -> Callable[[str, str], object]:
    rows = Reader(tmp_path_factory.mktemp("cells"), registry).rows
    return lambda column, cell: rows.columns[column](cell)


@given(st.sampled_from(sorted({*ROW, "override_access", "override_storage"})), CELLS)
def test_any_cell_is_read_or_refused_with_what_was_expected(parse, column, cell):
    try:
        parse(column, cell)
    except ValueError as error:
        expected = str(error)
    else:
        expected = "read"
    assert expected
