"""Reads the workbook of a form as rows with their numbers: XLSX, and CSV as XLSForm has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..i18n import gettext as _
from ..i18n import speech
from ..workbooks import MOST_COLUMNS, Limits, UnreadableError, csv_rows, opened, rows_of
from .sheets import OURS, SHEETS, Line, column_parts

MOST_BYTES = 2_000_000
MOST_ROWS = 3_000
MOST_TEXT = 3_000
LIMITS = Limits(unpacked=20_000_000, rows=MOST_ROWS, formulas=False)

Lines = dict[str, list[Line]]
Numbered = Iterable[tuple[int, list[str]]]


def read_form(data: bytes, name: str) -> Lines:
    """The rows of each sheet of a form. Raises :class:`UnreadableError`, whatever the file holds.

    A sheet that is none of a form's is left out, as ODK does.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableError(_("The file is larger than 2 megabytes."))
    ending = name.lower().rpartition(".")[2]
    if ending == "xlsx":
        found = _of_workbook(data)
    elif ending == "csv":
        found = {title: _lines(title, rows) for title, rows in _of_csv(data).items()}
    else:
        raise UnreadableError(_("Send a file that ends in .xlsx or .csv."))
    if not found.get("survey"):
        raise UnreadableError(_("There is no sheet “survey” with questions in this file."))
    return found


def _of_workbook(data: bytes) -> Lines:
    with opened(data, LIMITS) as book:
        wanted = [sheet for sheet in book.worksheets if _plain(sheet.title) in (*SHEETS, OURS)]
        return {
            _plain(sheet.title): _lines(_plain(sheet.title), rows_of(sheet, LIMITS))
            for sheet in wanted
        }


def _of_csv(data: bytes) -> dict[str, list[tuple[int, list[str]]]]:
    """The rows below each name of a sheet, which stands in the first column alone."""
    found: dict[str, list[tuple[int, list[str]]]] = {}
    rows: list[tuple[int, list[str]]] | None = None
    for number, row in csv_rows(data):
        if number > MOST_ROWS:
            most = speech().number(MOST_ROWS)
            raise UnreadableError(_("The table has more than %(most)s rows.", most=most))
        if row and row[0].strip():
            rows = found.setdefault(_plain(row[0]), [])
        if rows is not None and any(cell.strip() for cell in row[1:]):
            rows.append((number, row[1:]))
    return {title: rows for title, rows in found.items() if title in (*SHEETS, OURS)}


def _plain(title: str) -> str:
    return title.strip().lower()


def _lines(sheet: str, rows: Numbered) -> list[Line]:
    header: list[str] = []
    lines = []
    for number, row in rows:
        cells = [cell.strip() for cell in row]
        _check_size(number, cells)
        if not header:
            header = list(_headings(cells)) if any(cells) else []
        elif any(cells):
            named = zip(header, cells, strict=False)
            lines.append(Line(sheet, number, {name: cell for name, cell in named if name and cell}))
    return lines


def _check_size(number: int, cells: list[str]) -> None:
    if any(len(cell) > MOST_TEXT for cell in cells):
        raise UnreadableError(_("Row %(row)s has a cell with too much text.", row=number))
    if any(cells[MOST_COLUMNS:]):
        raise UnreadableError(_("The table has more than 200 columns."))


def _headings(cells: list[str]) -> Iterator[str]:
    """The columns by their plain names; a language stays behind two colons."""
    seen = set()
    for cell in cells:
        plain, language = column_parts(cell)
        name = f"{plain}::{language}" if language else plain
        if name and name in seen:
            raise UnreadableError(_("Two columns of the table have the same name."))
        seen.add(name)
        yield name
