"""What a table of devices would change in the record, worked out before anything is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from ..content import Content
from ..i18n import gettext as _
from ..i18n import ngettext, speech
from ..record import Record, Table
from ..registry.codes import EXAMPLE, code_from, unused
from ..registry.labels import DEVICE_STATUSES
from ..registry.nearby import metres_between
from ..registry.rows import Rows
from ..text import folded
from .headings import HEADINGS
from .ledger import Cells, Ledger
from .tables import bare

FAR_M = 20.0
TOLD = 3
"""How many mistakes a summary tells one by one."""

_TRANSLATIONS = ("location_es", "location_km", "location_tl")
_KNOWN_LISTS = ("place", "override_purpose", "override_data", "override_access", "override_storage")
_DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
_TIME_OF_DAY = re.compile(r"(\d{4}-\d\d-\d\d)[T ][\d:.]+Z?")


class Mistake(NamedTuple):
    """A cell that cannot be taken in: its row, our column, what stands there."""

    row: int
    column: str
    found: str

    def __str__(self) -> str:
        heading = str(HEADINGS[self.column][0])
        if self.column in _KNOWN_LISTS:
            return _("%(column)s in row %(row)s is not in the list", column=heading, row=self.row)
        return _("%(column)s in row %(row)s cannot be taken in", column=heading, row=self.row)

    @property
    def expected(self) -> str:
        """What should stand there."""
        return str(HEADINGS[self.column][1])


@dataclass
class Plan:
    """What would become of a technology's devices; ``changed`` and the like go by code.

    A device that is ``moved`` or ``removed`` is among the ``changed`` too: each of these holds the
    cells that get another content.
    """

    ledger: Ledger
    new: list[Cells] = field(default_factory=list)
    changed: dict[str, Cells] = field(default_factory=dict)
    moved: dict[str, float] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    same: int = 0
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def altered(self) -> list[str]:
        """The codes of the devices that change without moving far or being removed."""
        return [code for code in self.changed if code not in {*self.moved, *self.removed}]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not self.new and not self.changed

    def files(self) -> dict[str, bytes]:
        """The new bytes of the technology's file; rows that do not change keep theirs."""
        return {self.ledger.name: self.ledger.with_rows(self.changed, self.new)}

    def details(self) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
        """For each device that changes, its code and each field: heading, from, to."""
        for code, cells in self.changed.items():
            before = self.ledger.rows[code]
            yield (
                code,
                [
                    (str(HEADINGS[name][0]), _told(name, before.get(name, "")), _told(name, cell))
                    for name, cell in cells.items()
                ],
            )

    def summary(self) -> str:
        """The plan in words: “40 new, 3 moved by more than 20 m, and 2 removed”."""
        counts = (
            (len(self.new), ngettext("%(num)s new", "%(num)s new", len(self.new))),
            (
                len(self.altered),
                ngettext("%(num)s changed", "%(num)s changed", len(self.altered)),
            ),
            (
                len(self.moved),
                ngettext(
                    "%(num)s moved by more than 20 m",
                    "%(num)s moved by more than 20 m",
                    len(self.moved),
                ),
            ),
            (
                len(self.removed),
                ngettext("%(num)s removed", "%(num)s removed", len(self.removed)),
            ),
            (self.same, ngettext("%(num)s as before", "%(num)s as before", self.same)),
        )
        parts = [words for count, words in counts if count]
        parts += map(str, self.mistakes[:TOLD])
        more = len(self.mistakes) - TOLD
        if more > 0:
            parts.append(ngettext("%(num)s more mistake", "%(num)s more mistakes", more))
        return speech().listed(parts)


def plan(
    content: Content,
    ledger: Ledger,
    table: Table,
    mapping: Mapping[str, str],
    *,
    removed_when_missing: bool = False,
) -> Plan:
    """What ``table`` would change; ``mapping`` gives our column for each of the table's names.

    Rows are matched by code, else by the same point and the same location. A column of ours that
    the table has not got stays as it is; a cell that is empty there becomes empty.
    """
    return _Planner(content, ledger).planned(table, mapping, removed_when_missing)


class _Planner:
    def __init__(self, content: Content, ledger: Ledger) -> None:
        self.content, self.plan = content, Plan(ledger)
        self.technology = ledger.technology
        self.parse = parsers(content)
        self.taken = {EXAMPLE, *content.registry.devices, *content.changes_of_device, *ledger.rows}
        self.seen: set[str] = set()
        self.by_spot: dict[tuple[Any, ...], list[str]] = {}
        for code, cells in ledger.rows.items():
            if cells.get("status") != "removed":
                self.by_spot.setdefault(self._spot(cells), []).append(code)

    def planned(self, table: Table, mapping: Mapping[str, str], remove: bool) -> Plan:  # noqa: FBT001
        columns = [(n, mapping[name]) for n, name in enumerate(table.header) if mapping.get(name)]
        for number, row in zip(table.lines, table.rows, strict=True):
            cells = {ours: _tidy(row[n], ours) for n, ours in columns}
            if any(cells.values()):
                self._row(number, cells)
        if remove and not self.plan.mistakes:
            self._remove_missing()
        return self.plan

    def _row(self, number: int, cells: Cells) -> None:
        before = len(self.plan.mistakes)
        self._check(number, cells)
        code = self._code(number, cells)
        if len(self.plan.mistakes) > before:
            return
        if code in self.plan.ledger.rows:
            self._change(code, cells)
        else:
            self._add(number, code, cells)

    def _check(self, number: int, cells: Cells) -> None:
        for column, cell in cells.items():
            if column != "code" and not self._is_right(column, cell):
                self._mistake(number, column, cell)
        if bool(cells.get("latitude")) != bool(cells.get("longitude")):
            self._mistake(number, "latitude", cells.get("latitude", ""))
        if cells.get("technology", self.technology) not in (self.technology, ""):
            self._mistake(number, "technology", cells["technology"])

    def _is_right(self, column: str, cell: str) -> bool:
        if not cell and column in ("status", "sample", "technology"):
            return True
        try:
            self.parse[column](cell)
        except ValueError:
            return False
        return True

    def _code(self, number: int, cells: Cells) -> str:
        """The code of the device that a row is about; a new one where it is about none of ours."""
        typed = cells.get("code", "")
        code = code_from(typed, self.content.settings.code_prefix) if typed else self._same(cells)
        elsewhere = code in self.taken and code not in self.plan.ledger.rows
        if (typed and not code) or elsewhere or code in self.seen:
            self._mistake(number, "code", typed)
        code = code or unused(self.taken)
        self.seen.add(code)
        self.taken.add(code)
        return code

    def _same(self, cells: Cells) -> str:
        """The code of a device at the same spot that no row was about so far."""
        found = self.by_spot.get(self._spot(cells), ())
        return next((code for code in found if code not in self.seen), "")

    def _spot(self, cells: Cells) -> tuple[Any, ...]:
        """Where a row is: its point and its words; something of its own where it says neither."""
        spot = _point(cells), folded(cells.get("location", ""))
        return spot if any(spot) else (cells.get("code", ""),)

    def _change(self, code: str, cells: Cells) -> None:
        held = self.plan.ledger.rows[code]
        changes = {
            column: cell
            for column, cell in cells.items()
            if column not in ("code", "technology")
            and (cell or column not in ("status", "sample"))
            and self._differs(column, held.get(column, ""), cell)
        }
        if "location" in changes:  # their words are about the old place
            changes.update({c: "" for c in _TRANSLATIONS if held.get(c) and c not in cells})
        if not changes:
            self.plan.same += 1
            return
        self.plan.changed[code] = changes
        before, after = _point(held), _point({**held, **changes})
        if before and after and (metres := metres_between(before, after)) > FAR_M:
            self.plan.moved[code] = metres

    def _differs(self, column: str, before: str, after: str) -> bool:
        try:
            return bool(self.parse[column](before) != self.parse[column](after))
        except ValueError:  # what is held is wrong already
            return before != after

    def _add(self, number: int, code: str, cells: Cells) -> None:
        usual = {"status": "active", "sample": "no"}
        for column, value in usual.items():
            cells[column] = cells.get(column) or value
        if not _point(cells) and not cells.get("location"):
            self._mistake(number, "location", "")
        self.plan.new.append({**cells, "code": code, "technology": self.technology})

    def _remove_missing(self) -> None:
        for code, held in self.plan.ledger.rows.items():
            if code not in self.seen and held.get("status") not in ("removed", "not_a_sensor"):
                self.plan.removed.append(code)
                day = self.content.as_of.isoformat()
                self.plan.changed[code] = {"status": "removed", "removed_on": day}

    def _mistake(self, row: int, column: str, found: str) -> None:
        self.plan.mistakes.append(Mistake(row, column, found))


def parsers(content: Content) -> dict[str, Callable[[str], Any]]:
    """What reads a cell of each column; it raises ``ValueError`` for a wrong one."""
    registry = content.registry
    known = {f"words/{category}": words for category, words in registry.words.items()}
    rows = Rows(Record(Path()), known, registry.places, registry.bounds, content.as_of)
    return rows.columns


def wrong_columns(content: Content, cells: Mapping[str, str]) -> Collection[str]:
    """The columns of one row that hold what the record does not allow."""
    parse = parsers(content)
    wrong = []
    for column, cell in cells.items():
        try:
            parse[column](cell)
        except ValueError:
            wrong.append(column)
    if bool(cells.get("latitude")) != bool(cells.get("longitude")):
        wrong.append("longitude" if cells.get("latitude") else "latitude")
    if "" < cells.get("removed_on", "") < cells.get("installed_on", ""):
        wrong.append("removed_on")
    return wrong


def _point(cells: Mapping[str, str]) -> tuple[float, float] | None:
    try:
        return float(cells.get("latitude", "")), float(cells.get("longitude", ""))
    except ValueError:
        return None


def _tidy(cell: str, column: str) -> str:
    """A cell as the record writes it: what a spreadsheet adds to numbers and days is taken off."""
    cell = bare(cell.strip())
    if column in ("latitude", "longitude", "height_m") and _DECIMAL_COMMA.fullmatch(cell):
        cell = cell.replace(",", ".")
    if column in ("latitude", "longitude") and len(cell.partition(".")[2]) > 6:  # noqa: PLR2004
        return _rounded(cell)
    if column.endswith(("_on", "_until")):
        cell = _TIME_OF_DAY.sub(r"\1", cell)
    if column in _KNOWN_LISTS:
        return ";".join(_parts(cell))
    return " ".join(cell.split()) if column.startswith("location") else cell


def _rounded(cell: str) -> str:
    try:
        return f"{float(cell):.6f}".rstrip("0")
    except ValueError:
        return cell


def _parts(cell: str) -> Iterable[str]:
    return filter(None, (part.strip() for part in cell.split(";")))


def _told(name: str, cell: str) -> str:
    """What a cell says to whoever reads of a change."""
    return str(DEVICE_STATUSES.get(cell, cell)) if name == "status" else cell
