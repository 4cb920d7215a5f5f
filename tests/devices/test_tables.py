"""Tables from anybody's computer: read as they were meant, or refused with a reason."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamppost.devices import tables
from lamppost.devices.tables import read_table, written_table
from lamppost.workbooks import UnreadableError

HEADER = ["code", "location", "latitude", "longitude"]
ROW = ["", "Elm Ave & 4th St", "33.77", "-118.19"]
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def xlsx(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_part(name: str, put: bytes) -> bytes:
    """A sound XLSX file in which one part is another, or one is added."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(HEADER, ROW))) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, put)
    return stream.getvalue()


@pytest.mark.parametrize("between", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_csv_file_is_read_with_any_usual_mark_between_cells(between, mark):
    data = f"{mark}code{between}location\n{between}“Ñandú”\n".encode()
    assert read_table(data, "a.CSV") == (["code", "location"], [["", "“Ñandú”"]], [2])


def test_letters_are_utf_8_unless_somebody_says_otherwise():
    data = "location\nPeñón\n".encode("cp1252")
    with pytest.raises(UnreadableError, match="UTF-8"):
        read_table(data, "a.csv")
    assert read_table(data, "a.csv", "windows-1252").rows == [["Peñón"]]


def test_a_spreadsheet_gives_plain_words_of_days_numbers_and_flags():
    day = dt.datetime(2026, 11, 22, 0, 0)  # noqa: DTZ001 - a spreadsheet knows no zones
    data = xlsx(["day", "whole", "part", "flag", "empty"], [day, 3.0, 33.77, True, None])
    assert read_table(data, "a.xlsx").rows == [["2026-11-22", "3", "33.77", "yes", ""]]


def test_a_formula_counts_as_the_value_that_was_kept_with_it():
    sheet = SHEET + (
        b'<row r="1"><c r="A1" t="str"><v>location</v></c></row>'
        b'<row r="2"><c r="A2" t="str"><f>WEBSERVICE("https://example.org")</f><v>Elm</v></c></row>'
        b"</sheetData></worksheet>"
    )
    assert read_table(with_part("xl/worksheets/sheet1.xml", sheet), "a.xlsx").rows == [["Elm"]]


def test_geojson_gives_points_and_what_is_said_of_them():
    data = (
        b'{"features": [{"properties": {"location": "Elm", "latitude": 1, "place": ["a", "b"]},'
        b' "geometry": {"type": "Point", "coordinates": [-118.19, 33.77]}},'
        b' {"properties": {"location": "On cars"}, "geometry": null}]}'
    )
    table = read_table(data, "a.geojson")
    assert table.header == ["location", "place", "latitude", "longitude"]
    assert table.rows == [["Elm", "a;b", "33.77", "-118.19"], ["On cars", "", "", ""]]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson"])
def test_what_is_written_is_read_again(kind):
    read = read_table(written_table(HEADER, [ROW], kind), f"a.{kind}")
    named = dict(zip(read.header, read.rows[0], strict=True))
    assert {name: named.get(name, "") for name in HEADER} == dict(zip(HEADER, ROW, strict=True))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_spreadsheet_runs_nothing_that_we_wrote(kind):
    data = written_table(HEADER, [["", "=cmd|' /C calc'!A0", "33.77", "-118.19"]], kind)
    (row,) = read_table(data, f"a.{kind}").rows
    assert row == ["", "'=cmd|' /C calc'!A0", "33.77", "-118.19"]
    assert tables.bare(row[1]) == "=cmd|' /C calc'!A0"


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a wrong ending": ("a.exe", lambda: b"x", "ends in"),
    "too large": ("a.csv", lambda: b"x" * (tables.MOST_BYTES + 1), "16 megabytes"),
    "a zip as CSV": ("a.csv", lambda: xlsx(HEADER, ROW), "not a CSV"),
    "a text as XLSX": ("a.xlsx", lambda: b"code,location\n", "not an XLSX"),
    "an old Excel": ("a.xlsx", lambda: b"\xd0\xcf\x11\xe0" + b"x" * 999, "not an XLSX"),
    "a text as GeoJSON": ("a.geojson", lambda: b"code\n", "FeatureCollection"),
    "a list as GeoJSON": ("a.geojson", lambda: b"[1]", "FeatureCollection"),
    "lines in GeoJSON": (
        "a.geojson",
        lambda: b'{"features": [{"properties": {"a": 1}, "geometry": {"type": "LineString",'
        b' "coordinates": [[1, 2], [3, 4]]}}]}',
        "not a point",
    ),
    "nothing": ("a.csv", lambda: b"", "empty"),
    "two names": ("a.csv", lambda: b"a,a\n1,2\n", "same name"),
    "a long row": ("a.csv", lambda: b"a\n1,2\n", "longer"),
    "a quote in CSV": ("a.csv", lambda: b'a\n"1"2\n', "Line 2"),
    "many rows": ("a.csv", lambda: b"a\n" + b"1\n" * 1_000_000, "20,000"),
    "many columns": ("a.csv", lambda: b",".join([b"a"] * 300) + b"\n1\n", "200 columns"),
    "much in a cell": ("a.csv", lambda: b"a\n" + b"x" * 5000, "too much"),
    "macros": ("a.xlsx", lambda: with_part("xl/vbaProject.bin", b"x"), "macros"),
    "other files": (
        "a.xlsx", lambda: with_part("xl/externalLinks/externalLink1.xml", b"<a/>"), "other files"
    ),
    "a million rows": (
        "a.xlsx",
        lambda: with_part("xl/worksheets/sheet1.xml", SHEET + b"<row/>" * 1_000_000),
        "20,000",
    ),
    "a million cells": (
        "a.xlsx",
        lambda: with_part("xl/worksheets/sheet1.xml", SHEET + b"<row>" + b"<c/>" * 1_000_000),
        "200 columns",
    ),
    "junk before the rows": (
        "a.xlsx",
        lambda: with_part("xl/worksheets/sheet1.xml", b"<a>" + b"<x/>" * 1_000_000),
        "not an XLSX",
    ),
    "an endless tag": (
        "a.xlsx",
        lambda: with_part("xl/worksheets/sheet1.xml", b"<a " + b"x" * 20_000_000),
        "not an XLSX",
    ),
    "deep elements": (
        "a.xlsx", lambda: with_part("xl/sharedStrings.xml", b"<a>" * 1_000), "not an XLSX"
    ),
    "a far row": (
        "a.xlsx",
        lambda: with_part(
            "xl/worksheets/sheet1.xml",
            SHEET + b'<row r="1"><c><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>'
            b"</sheetData></worksheet>",
        ),
        "20,000",
    ),
    "a bomb": (
        "a.xlsx", lambda: with_part("xl/media/image1.png", b"\0" * 70_000_000), "unpacked"
    ),
    "laughter": (
        "a.xlsx",
        lambda: with_part(
            "xl/worksheets/sheet1.xml",
            b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + SHEET + b"&b;",
        ),
        "not an XLSX",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_hostile_or_not_what_it_says_is_refused_with_a_reason(case):
    name, make, reason = REFUSED[case]
    with pytest.raises(UnreadableError, match=reason):
        read_table(make(), name)


def test_of_a_bomb_nothing_is_unpacked(monkeypatch):
    data = with_part("xl/media/image1.png", b"\0" * 70_000_000)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("it was unpacked"))
    with pytest.raises(UnreadableError):
        read_table(data, "a.xlsx")


SOUND = xlsx(HEADER, ROW)


@given(
    st.binary(max_size=200)
    | st.builds(
        lambda at, put: SOUND[:at] + put + SOUND[at + len(put) :],
        st.integers(0, len(SOUND)),
        st.binary(max_size=9),
    ),
    st.sampled_from(["a.csv", "a.xlsx", "a.geojson"]),
)
def test_no_file_breaks_the_reader(data, name):
    try:
        table = read_table(data, name)
    except UnreadableError:
        return
    assert all(len(row) == len(table.header) for row in table.rows)
