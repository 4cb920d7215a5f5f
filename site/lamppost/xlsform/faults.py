"""A mistake in a workbook: where it is, what was found, what was expected, in one's language."""

from __future__ import annotations

from typing import NamedTuple

from ..i18n import gettext as _
from ..i18n import lazy_gettext as _l
from .sheets import DETACHED, KIND, PUBLISH, QUOTABLE

_TEXT = _l(
    "A text, in English at least, that is not too long; earlier answers as ${name}, "
    "the same in every language"
)
_EXPECTED = {
    "type": _l(
        "One of note, text, integer, date, select_one, select_multiple, rank, acknowledge, "
        "begin_group and end_group; no group within a group, no repeats"
    ),
    "name": _l("A name of a–z, 0–9 and _ that starts with a letter; each name once"),
    "label": _TEXT,
    "hint": _TEXT,
    "required": _l("yes, no or nothing"),
    "relevant": _l(
        "A condition such as ${seen} = 'yes' on earlier questions and on choices that they offer; "
        "some answers make it true, and some do not"
    ),
    "constraint": _l(
        "Bounds of a number, of a date, of the length of a text or of how many are chosen, "
        "and no other rule"
    ),
    "list": _l("A list of 2 to 60 choices on the sheet “choices”"),
    "matrix": _l("In a table each row is a select_one of the same list, without a condition"),
    "end_group": _l("An end_group for each begin_group"),
    "lost": _l("An empty cell: this cannot be taken in"),
    "language": _l("A language of this site, such as label::Español (es)"),
    "settings": _l("A title of at most 80 characters"),
    KIND: _l("What goes with the type: scale, place, technology, consent, zip_code, device_code"),
    PUBLISH: _l("counts, themes_only or never"),
    DETACHED: _l("yes, no or nothing"),
    QUOTABLE: _l("yes, no or nothing"),
}


class Fault(NamedTuple):
    """A cell that cannot be taken in, or a row."""

    sheet: str
    row: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        where = _("Sheet %(sheet)s, row %(row)s, column %(column)s",
                  sheet=self.sheet, row=self.row, column=self.column)  # fmt: skip
        found = self.found if len(self.found) <= _SHOWN else f"{self.found[:_SHOWN]}…"
        return _("%(where)s: found “%(found)s”. Expected: %(expected)s",
                 where=where, found=found, expected=self.expected)  # fmt: skip


_SHOWN = 80


def expected_in(column: str) -> str:
    """What should stand in a column, in the language that is spoken now."""
    return str(_EXPECTED[column])
