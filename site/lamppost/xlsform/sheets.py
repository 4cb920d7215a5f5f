"""What the sheets of an XLSForm hold: their columns, a column for each language, and our own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from babel import Locale

from ..i18n import languages
from ..text import SOURCE_LANGUAGE, Text, folded

SHEETS = ("survey", "choices", "settings")
OURS = "lamppost"
"""A sheet that ODK does not look at: what a survey says of itself."""

KIND, PUBLISH, DETACHED = "lamppost_kind", "lamppost_publish", "lamppost_detached"
QUOTABLE = "lamppost_quotable"
"""Columns that ODK does not look at: what a question is to us, where its type does not tell."""

SAID = ".said"
"""The row that reckons the words of an answer which a later text repeats."""
ROWS = ".rows"
"""The row that reckons which rows of a matrix are answered."""

COLUMNS = (
    "type", "list_name", "name", "label", "hint", "required", "relevant", "constraint",
    "constraint_message", "appearance", "calculation", KIND, PUBLISH, DETACHED, QUOTABLE,
    "form_title", "form_id", "version", "default_language", "style", "value",
)  # fmt: skip
"""The columns that we write, in their order."""

_TRANSLATED = re.compile(r"([\w ]+?)\s*::?\s*(.+)")
_CODE = re.compile(r"\(([A-Za-z-]+)\)\s*$")

Row = Mapping[str, str]
Sheets = Mapping[str, list[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet as it was sent: its number, and what stands in its columns."""

    sheet: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def language_name(code: str) -> str:
    """A language as a form names it."""
    return f"{languages()[code].name} ({code})"


def translated(column: str, text: Text) -> dict[str, str]:
    """The cells of a text, a column for each language that the site speaks."""
    said = text.languages
    return {f"{column}::{language_name(code)}": said[code] for code in languages() if code in said}


def language_of(words: str) -> str:
    """The code of the language that a form names so; empty where it is none of the site's."""
    coded = _CODE.search(words)
    if coded:
        return _known(coded[1])
    return _known(words) or _names().get(folded(words), "")


def _known(code: str) -> str:
    return code if code in languages() else ""


def _names() -> dict[str, str]:
    english = Locale(SOURCE_LANGUAGE).languages
    told = {folded(english[code]): code for code in languages() if code in english}
    return {**told, **{folded(one.name): code for code, one in languages().items()}}


def column_parts(heading: str) -> tuple[str, str]:
    """A column's plain name, and the name of its language where it has one."""
    match = _TRANSLATED.fullmatch(heading)
    name, language = (match[1], match[2]) if match else (heading, "")
    plain = name.strip().lower().replace(" ", "_")
    return _SPELLINGS.get(plain, plain), language.strip()


_SPELLINGS = {
    "relevance": "relevant", "caption": "label", "constraining_message": "constraint_message",
    "list": "list_name", "value": "value", "title": "form_title", "id_string": "form_id",
    "calculate": "calculation", "readonly": "read_only",
}  # fmt: skip


def grid(rows: Iterable[Row]) -> list[list[str]]:
    """The rows below a row of their columns."""
    rows = list(rows)
    named = dict.fromkeys(column for row in rows for column in row)
    header = sorted(named, key=lambda name: COLUMNS.index(column_parts(name)[0]))
    return [header, *([row.get(column, "") for column in header] for row in rows)]
