"""Reads workbooks and CSV from anybody's computer, and makes workbooks: the door to openpyxl.

What is too large, hides something or is not what its name says is refused before it is unpacked.
"""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, NamedTuple
from xml.parsers import expat

import openpyxl
from openpyxl.cell import WriteOnlyCell

from .i18n import gettext as _
from .i18n import speech

MOST_PARTS = 500
MOST_COLUMNS = 200
MOST_DEEP = 50
MOST_IDLE = 20_000
"""How many elements of a sheet may stand before its rows, or in one of them."""
MOST_STRINGS = 1_200_000
"""How many elements any other part may have: each text that a sheet shows is one."""
MOST_TAG = 1_000_000
"""How long a tag may be: an endless one is read again with each piece."""

ENCODINGS = {"utf-8": "utf-8-sig", "windows-1252": "cp1252"}
"""How the letters of a CSV file may be written; nobody but who made it can know."""

_PIECE = 65_536


class UnreadableError(Exception):
    """A file that is refused as a whole, and why, in the language that is spoken."""


def csv_rows(data: bytes, encoding: str = "utf-8") -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file with their numbers. Raises :class:`UnreadableError`."""
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


class Limits(NamedTuple):
    """What a workbook may hold at most, for what it is used for."""

    unpacked: int
    rows: int
    """Rows of a sheet below its first."""
    formulas: bool = True
    """Whether cells may be reckoned; what is taken of them is their last value."""


@contextmanager
def opened(data: bytes, limits: Limits) -> Iterator[Any]:
    """The workbook in ``data``. Raises :class:`UnreadableError`, whatever the file holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _look_through(archive, limits)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it leaves out, such as colours of rules
            yield openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False
            )
    except UnreadableError:
        raise
    except Exception:  # noqa: BLE001 - openpyxl raises whatever it meets in a broken file
        raise UnreadableError(_("This is not an XLSX file that can be read.")) from None


def rows_of(sheet: Any, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet as plain words, with their numbers."""
    sheet.reset_dimensions()  # what a file says of its own size may be wrong
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > limits.rows + 1:
            raise _too_many(limits)
        yield number, [written(value) for value in row]


def _too_many(limits: Limits) -> UnreadableError:
    most = speech().number(limits.rows)
    return UnreadableError(_("The table has more than %(most)s rows.", most=most))


def _look_through(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse what no table needs, before openpyxl unpacks any of it."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > limits.unpacked:
        raise UnreadableError(_("The file is far larger once it is unpacked."))
    for part in parts:
        name = part.filename.lower()
        if "vbaproject" in name or "/macrosheets/" in name:
            raise UnreadableError(_("The file holds macros. Save it as XLSX without them."))
        if "externallinks/" in name or name.endswith("connections.xml"):
            raise UnreadableError(_("The file takes values from other files. Save values only."))
        if name.endswith((".xml", ".rels")):
            _look_at_part(archive, part, limits)


class _Passing:
    """Counts what passes of one part of an XLSX file: the first too many ends the reading."""

    def __init__(self, limits: Limits, *, is_sheet: bool) -> None:
        self.limits, self.is_sheet = limits, is_sheet
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
        if self.is_sheet and plain == "f" and not self.limits.formulas:
            raise UnreadableError(_("The file reckons with formulas. Save values only."))
        if self.rows > self.limits.rows + 1:
            raise _too_many(self.limits)
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


def _look_at_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits) -> None:
    passing = _Passing(limits, is_sheet="worksheets/" in part.filename)
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


def written(value: object) -> str:
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


# --- writing ------------------------------------------------------------------------------------


def made(sheets: Mapping[str, Iterable[Sequence[str | float]]]) -> bytes:
    """A workbook with these sheets. Words stay words, also where they begin like a formula."""
    book = openpyxl.Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cell(sheet: Any, value: str | float) -> Any:
    if not isinstance(value, str) or not value.startswith("="):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell
