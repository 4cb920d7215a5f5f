"""Reads and writes the tables in which offices keep devices: CSV, XLSX, and GeoJSON points.

A file comes from anybody's computer: what is too large, hides something or is not what its name
says is refused before it is read whole.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson

from ..i18n import gettext as _
from ..i18n import speech
from ..record import Table
from ..workbooks import (
    MOST_COLUMNS,
    Limits,
    UnreadableError,
    csv_rows,
    made,
    opened,
    rows_of,
    written,
)

MOST_BYTES = 16_000_000
MOST_ROWS = 20_000
MOST_TEXT = 2_000
LIMITS = Limits(unpacked=64_000_000, rows=MOST_ROWS)

CSV, XLSX, GEOJSON = "csv", "xlsx", "geojson"
ENDINGS = {
    ".csv": CSV, ".tsv": CSV, ".txt": CSV, ".xlsx": XLSX, ".geojson": GEOJSON, ".json": GEOJSON,
}  # fmt: skip

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def read_table(
    data: bytes, name: str, encoding: str = "utf-8", *, most_text: int = MOST_TEXT
) -> Table:
    """The table in a file called ``name``; its ``lines`` are rows as a spreadsheet numbers them.

    Raises :class:`UnreadableError`, whatever the file holds.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableError(_("The file is larger than 16 megabytes."))
    kind = ENDINGS.get("." + name.lower().rpartition(".")[2])
    if kind is None:
        raise UnreadableError(_("Send a file that ends in .csv, .xlsx or .geojson."))
    rows = {
        CSV: lambda: csv_rows(data, encoding),
        XLSX: lambda: _xlsx_rows(data),
        GEOJSON: lambda: _geojson_rows(data),
    }[kind]()
    return _table(rows, most_text)


def _table(rows: Iterable[tuple[int, Sequence[str]]], most_text: int) -> Table:
    """The rows below a header, without what is empty; all as wide as the header."""
    table = Table([], [], [])
    for number, row in rows:
        cells = _cells(number, row, most_text)
        if not table.header:
            table.header.extend(cells)
        elif len(cells) > len(table.header):
            raise UnreadableError(_("Row %(row)s is longer than the first row.", row=number))
        elif cells:
            table.rows.append(cells + [""] * (len(table.header) - len(cells)))
            table.lines.append(number)
        if len(table.rows) > MOST_ROWS:
            raise UnreadableError(
                _("The table has more than %(most)s rows.", most=speech().number(MOST_ROWS))
            )
    named = [cell for cell in table.header if cell]
    if not named or not table.rows:
        raise UnreadableError(_("The table is empty, or its first row is."))
    if len(set(named)) < len(named):
        raise UnreadableError(_("Two columns of the table have the same name."))
    return table


def _cells(number: int, row: Sequence[str], most_text: int) -> list[str]:
    cells = [cell.strip() for cell in row]
    if any(len(cell) > most_text for cell in cells):
        raise UnreadableError(_("Row %(row)s has a cell with too much text.", row=number))
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) > MOST_COLUMNS:
        raise UnreadableError(_("The table has more than 200 columns."))
    return cells


# --- XLSX ---------------------------------------------------------------------------------------


def _xlsx_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    with opened(data, LIMITS) as book:
        sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), None)
        if sheet is None:
            raise UnreadableError(_("This is not an XLSX file that can be read."))
        yield from rows_of(sheet, LIMITS)


# --- GeoJSON ------------------------------------------------------------------------------------


def _geojson_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        features = orjson.loads(data)["features"]
        header = [*dict.fromkeys(name for found in features for name in found["properties"] or ())]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        raise UnreadableError(_("This is not a GeoJSON FeatureCollection.")) from None
    header = [name for name in header if name not in ("latitude", "longitude")]
    yield 0, [*map(str, header), "latitude", "longitude"]
    for number, found in enumerate(features, start=1):
        properties = found["properties"] or {}
        cells = [_member(properties.get(name)) for name in header]
        yield number, [*cells, *_point(found.get("geometry"), number)]


def _member(value: object) -> str:
    if isinstance(value, list):
        return ";".join(map(written, value))
    return orjson.dumps(value).decode() if isinstance(value, dict) else written(value)


def _point(geometry: Any, number: int) -> tuple[str, str]:
    """Latitude and longitude; empty ones for a device without a point."""
    if geometry is None:
        return "", ""
    try:
        longitude, latitude = geometry["coordinates"][:2]
        if geometry["type"] == "Point":
            return str(float(latitude)), str(float(longitude))
    except (KeyError, TypeError, ValueError):
        pass
    raise UnreadableError(_("Row %(row)s is not a point.", row=number))


# --- writing ------------------------------------------------------------------------------------


def written_table(header: Sequence[str], rows: Iterable[Sequence[str]], kind: str) -> bytes:
    """The table as a file of this kind, in which a spreadsheet runs nothing (CWE-1236)."""
    return {CSV: _as_csv, XLSX: _as_xlsx, GEOJSON: _as_geojson}[kind](header, rows)


def inert(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would run; a number is none."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not _is_number(cell) else cell


def bare(cell: str) -> str:
    """The cell without the apostrophe that :func:`inert` put there."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _is_number(cell: str) -> bool:
    return cell.removeprefix("-").replace(".", "", 1).isdecimal()


def _as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([header, *(map(inert, row) for row in rows)])
    return stream.getvalue().encode()


def _as_xlsx(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    places = [n for n, name in enumerate(header) if name in ("latitude", "longitude")]
    sheet: list[list[str | float]] = [list(header)]
    for row in rows:
        cells: list[str | float] = [inert(cell) for cell in row]
        for n in places:
            cells[n] = float(row[n]) if row[n] else ""
        sheet.append(cells)
    return made({"devices": sheet})


def _as_geojson(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    features = []
    for row in rows:
        properties = dict(zip(header, row, strict=True))
        point = properties.pop("longitude", ""), properties.pop("latitude", "")
        geometry = {"type": "Point", "coordinates": [*map(float, point)]} if all(point) else None
        features.append({"type": "Feature", "geometry": geometry, "properties": properties})
    return orjson.dumps({"type": "FeatureCollection", "features": features})
