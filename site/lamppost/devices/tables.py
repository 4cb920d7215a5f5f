"""Reads and writes the tables in which offices keep devices: CSV, XLSX, and GeoJSON points.

A file comes from anybody's computer: what is too large, hides something or is not what its name
says is refused before it is read whole. This is the only module that imports openpyxl.
"""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from xml.parsers import expat

import openpyxl
import orjson

from ..i18n import gettext as _
from ..record import Table

MOST_BYTES = 16_000_000
MOST_UNPACKED = 64_000_000
MOST_PARTS = 500
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_TEXT = 2_000
MOST_DEEP = 50
MOST_IDLE = 20_000
"""How many elements of a sheet may stand before its rows, or in one of them."""
MOST_STRINGS = 1_200_000
"""How many elements any other part may have: each text that a sheet shows is one."""
MOST_TAG = 1_000_000
"""How long a tag may be: an endless one is read again with each piece."""

CSV, XLSX, GEOJSON = "csv", "xlsx", "geojson"
ENDINGS = {
    ".csv": CSV, ".tsv": CSV, ".txt": CSV, ".xlsx": XLSX, ".geojson": GEOJSON, ".json": GEOJSON,
}  # fmt: skip
ENCODINGS = {"utf-8": "utf-8-sig", "windows-1252": "cp1252"}
"""How the letters of a CSV file may be written; nobody but who made it can know."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PIECE = 65_536


class UnreadableError(Exception):
    """A table that is refused as a whole, and why, in the language that is spoken."""


def read_table(data: bytes, name: str, encoding: str = "utf-8") -> Table:
    """The table in a file called ``name``; its ``lines`` are rows as a spreadsheet numbers them.

    Raises :class:`UnreadableError`, whatever the file holds.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableError(_("The file is larger than 16 megabytes."))
    kind = ENDINGS.get("." + name.lower().rpartition(".")[2])
    if kind is None:
        raise UnreadableError(_("Send a file that ends in .csv, .xlsx or .geojson."))
    rows = {
        CSV: lambda: _csv_rows(data, encoding),
        XLSX: lambda: _xlsx_rows(data),
        GEOJSON: lambda: _geojson_rows(data),
    }[kind]()
    return _table(rows)


def _table(rows: Iterable[tuple[int, Sequence[str]]]) -> Table:
    """The rows below a header, without what is empty; all as wide as the header."""
    table = Table([], [], [])
    for number, row in rows:
        cells = _cells(number, row)
        if not table.header:
            table.header.extend(cells)
        elif len(cells) > len(table.header):
            raise UnreadableError(_("Row %(row)s is longer than the first row.", row=number))
        elif cells:
            table.rows.append(cells + [""] * (len(table.header) - len(cells)))
            table.lines.append(number)
        if len(table.rows) > MOST_ROWS:
            raise UnreadableError(_("The table has more than 20,000 rows."))
    named = [cell for cell in table.header if cell]
    if not named or not table.rows:
        raise UnreadableError(_("The table is empty, or its first row is."))
    if len(set(named)) < len(named):
        raise UnreadableError(_("Two columns of the table have the same name."))
    return table


def _cells(number: int, row: Sequence[str]) -> list[str]:
    cells = [cell.strip() for cell in row]
    if any(len(cell) > MOST_TEXT for cell in cells):
        raise UnreadableError(_("Row %(row)s has a cell with too much text.", row=number))
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) > MOST_COLUMNS:
        raise UnreadableError(_("The table has more than 200 columns."))
    return cells


# --- CSV ----------------------------------------------------------------------------------------


def _csv_rows(data: bytes, encoding: str) -> Iterator[tuple[int, list[str]]]:
    if b"\0" in data or data.startswith(b"PK\x03\x04"):
        raise UnreadableError(_("This is not a CSV file, whatever its name says."))
    try:
        words = data.decode(ENCODINGS[encoding])
    except UnicodeDecodeError:
        raise UnreadableError(
            _("The letters of this file are not UTF-8. Save it as “CSV UTF-8”, or choose how.")
        ) from None
    first = words.lstrip().partition("\n")[0]
    between = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=between, strict=True)
    try:
        yield from enumerate(reader, start=1)
    except csv.Error:
        raise UnreadableError(
            _("Line %(line)s of the file is not CSV.", line=reader.line_num)
        ) from None


# --- XLSX ---------------------------------------------------------------------------------------


def _xlsx_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _look_through(archive)
        yield from _sheet_rows(data)
    except UnreadableError:
        raise
    except Exception:  # noqa: BLE001 - openpyxl raises whatever it meets in a broken file
        raise UnreadableError(_("This is not an XLSX file that can be read.")) from None


def _sheet_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it leaves out, such as colours of rules
        book = openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
        sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
        sheet.reset_dimensions()  # what a file says of its own size may be wrong
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            if number > MOST_ROWS + 1:
                raise UnreadableError(_("The table has more than 20,000 rows."))
            yield number, [_written(value) for value in row]


def _look_through(archive: zipfile.ZipFile) -> None:
    """Refuse what no table of devices needs, before openpyxl unpacks any of it."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnreadableError(_("The file is far larger once it is unpacked."))
    for part in parts:
        name = part.filename.lower()
        if "vbaproject" in name or "/macrosheets/" in name:
            raise UnreadableError(_("The file holds macros. Save it as XLSX without them."))
        if "externallinks/" in name or name.endswith("connections.xml"):
            raise UnreadableError(_("The file takes values from other files. Save values only."))
        if name.endswith((".xml", ".rels")):
            _look_at_part(archive, part)


class _Passing:
    """Counts what passes of one part of an XLSX file: the first too many ends the reading."""

    def __init__(self, *, is_sheet: bool) -> None:
        self.is_sheet = is_sheet
        self.rows = self.cells = self.within = self.elements = self.depth = 0

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        """An element begins."""
        plain = name.rpartition(":")[2]
        self.depth += 1
        self.elements += 1
        if self.is_sheet and plain == "row":
            self.rows, self.cells, self.within = self.rows + 1, 0, 0
        elif self.is_sheet and self.rows:
            self.cells += plain == "c"
            self.within += 1
        if self.rows > MOST_ROWS + 1:
            raise UnreadableError(_("The table has more than 20,000 rows."))
        if self.cells > MOST_COLUMNS:
            raise UnreadableError(_("The table has more than 200 columns."))
        idle = self.elements if not self.rows else self.within
        if self.depth > MOST_DEEP or idle > (MOST_IDLE if self.is_sheet else MOST_STRINGS):
            self.refuse()

    def end(self, _name: str) -> None:
        """An element ends."""
        self.depth -= 1

    def refuse(self, *_declared: object) -> None:
        """A document type, by which a small file can become endless, or something as odd."""
        raise UnreadableError(_("This is not an XLSX file that can be read."))


def _look_at_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    passing = _Passing(is_sheet="worksheets/" in part.filename)
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = passing.start, passing.end
    parser.StartDoctypeDeclHandler = passing.refuse
    fed = 0
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            parser.Parse(piece)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > MOST_TAG:
                passing.refuse()
    parser.Parse(b"", True)  # noqa: FBT003 - expat takes no names


def _written(value: object) -> str:
    """A cell's value as a CSV file would hold it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


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
        return ";".join(map(_written, value))
    return orjson.dumps(value).decode() if isinstance(value, dict) else _written(value)


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
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("devices")
    places = [n for n, name in enumerate(header) if name in ("latitude", "longitude")]
    sheet.append(list(header))
    for row in rows:
        cells: list[str | float] = [inert(cell) for cell in row]
        for n in places:
            cells[n] = float(row[n]) if row[n] else ""
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _as_geojson(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    features = []
    for row in rows:
        properties = dict(zip(header, row, strict=True))
        point = properties.pop("longitude", ""), properties.pop("latitude", "")
        geometry = {"type": "Point", "coordinates": [*map(float, point)]} if all(point) else None
        features.append({"type": "Feature", "geometry": geometry, "properties": properties})
    return orjson.dumps({"type": "FeatureCollection", "features": features})
