"""Reads the tables of devices and checks them: 100,000 rows in about a second."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..fields import At, Kept, Problem, shown
from ..phrases import one_of, phrase, whole_number
from ..record import Record, Table
from .codes import EXAMPLE, is_code
from .models import LEVELS, Device, Place, Technology

MOST_YEARS_AHEAD = 10
STATUSES = ("proposed", "approved", "installed", "active", "paused", "removed", "not_a_sensor")
HOSTS = ("pole", "signal", "building", "vehicle", "kiosk", "pavement", "meter", "other", "")


@dataclass(frozen=True)
class Bounds:
    """The rectangle in which a city's devices can stand, WGS 84 degrees."""

    south: float
    west: float
    north: float
    east: float


WORLD = Bounds(-90.0, -180.0, 90.0, 180.0)
_BREAK = re.compile(r"[\n\r\t]")
_CODE = phrase(
    "seven characters of the code alphabet with a right check character, not the example’s"
)


class Rows:
    """Reads device tables column by column, so that a value that repeats is read once."""

    def __init__(
        self,
        record: Record,
        known: Mapping[str, Mapping[str, Any]],
        places: Mapping[str, Place],
        bounds: Bounds,
        as_of: date,
    ) -> None:
        self.record, self.known = record, known
        self.latest = as_of.replace(year=as_of.year + MOST_YEARS_AHEAD, day=min(as_of.day, 28))
        self.earliest = date(1950, 1, 1)
        ids = self._ids
        self.columns: dict[str, Callable[[str], Any]] = {
            "code": _code,
            "technology": str,
            "status": _one_of(*STATUSES),
            "latitude": _degrees(bounds.south, bounds.north, (bounds.west, bounds.east)),
            "longitude": _degrees(bounds.west, bounds.east, (bounds.south, bounds.north)),
            "precision_m": _whole(0, 100_000),
            "location": _line(120),
            "location_es": _line(120),
            "location_km": _line(120),
            "location_tl": _line(120),
            "place": ids("places", places),
            "host": _one_of(*HOSTS),
            "direction_deg": _whole(0, 359),
            "view_angle_deg": _whole(1, 360),
            "height_m": _height,
            "installed_on": self._day,
            "removed_on": self._day,
            "active_until": self._active_until,
            "last_seen_on": self._day,
            "sign_version": _whole(1, 10_000),
            "sample": _flag,
            "override_purpose": ids("words/purpose", known.get("words/purpose", {})),
            "override_data": ids("words/data", known.get("words/data", {})),
            "override_identifiability": _one_of("", *LEVELS),
            "override_retention": _kept,
            "override_access": ids("words/access", known.get("words/access", {})),
            "override_storage": ids("words/storage", known.get("words/storage", {})),
        }

    def read(
        self, name: str, technologies: Mapping[str, Technology], devices: dict[str, Device]
    ) -> None:
        """Read one table into ``devices``; nothing of it is kept when its header is wrong."""
        table = self.record.table(name)
        if not table.header:
            return
        technology = name.rsplit("/", 1)[1].removesuffix(".csv")
        if technology not in technologies:
            told = phrase("the id of a technology as the file’s name")
            self._problem(name, phrase("(file)"), technology, told)
        if not self._header_is_right(name, table) or not table.rows:
            return
        cells = dict(zip(table.header, zip(*table.rows, strict=True), strict=True))
        empty = ("",) * len(table.rows)
        columns = [
            self._column(name, column, cells.get(column, empty), table.lines)
            for column in self.columns
        ]
        digests = [
            hashlib.blake2b("\x1f".join(row).encode(), digest_size=12).digest()
            for row in zip(*(cells.get(column, empty) for column in self.columns), strict=True)
        ]
        has = [[bool(cell) for cell in cells.get(c, empty)] for c in ("latitude", "longitude")]
        whole = [north == east for north, east in zip(*has, strict=True)]
        for line, values, is_whole in zip(
            table.lines, zip(*columns, digests, strict=True), whole, strict=True
        ):
            device = Device(*values)
            first = devices.setdefault(device.code, device)
            if first is not device and device.code:
                self._problem(
                    name,
                    _cell(line, "code"),
                    device.code,
                    phrase("a code that no other device has"),
                )
            if device.technology != technology or device.removed_on:
                self._check(name, line, device, technology)
            if not is_whole:
                found = phrase("the one coordinate alone")
                told = phrase("both coordinates, or none")
                self._problem(name, _cell(line, "latitude"), found, told)

    def _header_is_right(self, name: str, table: Table) -> bool:
        header = table.header
        first = phrase("line %(line)s", line=1)
        wrong = [column for column in header if column not in self.columns]
        missing = [c for c in ("code", "technology", "status", "sample") if c not in header]
        for column in wrong:
            told = phrase("one of the columns %(names)s", names=", ".join(self.columns))
            self._problem(name, first, column, told)
        for column in missing:
            found = phrase("the header without %(column)s", column=column)
            self._problem(name, first, found, phrase("a column %(column)s", column=column))
        if len(set(header)) < len(header):
            self._problem(name, first, phrase("the same column twice"), phrase("each column once"))
        return not wrong and not missing and len(set(header)) == len(header)

    def _column(self, name: str, column: str, cells: Iterable[str], lines: list[int]) -> list[Any]:
        parse = self.columns[column]
        values: dict[str, Any] = {}
        wrong: dict[str, str] = {}
        for cell in set(cells):
            try:
                values[cell] = parse(cell)
            except ValueError as error:
                values[cell] = None
                wrong[cell] = str(error)
        if wrong:
            for line, cell in zip(lines, cells, strict=True):
                if cell in wrong:
                    self._problem(name, _cell(line, column), cell, wrong[cell])
        return [values[cell] for cell in cells]

    def _check(self, name: str, line: int, device: Device, technology: str) -> None:
        if device.technology != technology:
            self._problem(
                name,
                _cell(line, "technology"),
                device.technology,
                phrase("%(name)s, as the file’s name", name=technology),
            )
        if device.removed_on and device.installed_on and device.removed_on < device.installed_on:
            self._problem(
                name,
                _cell(line, "removed_on"),
                device.removed_on.isoformat(),
                phrase("a day after %(name)s", name="installed_on"),
            )

    def _problem(self, name: str, key: str, found: object, expected: str) -> None:
        self.record.problems.append(Problem(name, key, shown(found), expected))

    def _day(self, cell: str) -> date | None:
        if not cell:
            return None
        try:
            day = date.fromisoformat(cell)
        except ValueError:
            raise ValueError(phrase("a date such as 2026-11-22")) from None
        if not self.earliest <= day <= self.latest:
            raise ValueError(
                phrase("a date from %(first)s to %(last)s", first=self.earliest, last=self.latest)
            )
        return day

    def _active_until(self, cell: str) -> date | None:
        try:
            return self._day(cell)
        except ValueError as error:
            told = phrase(
                "%(expected)s (an end within %(years)s years)",
                expected=error.args[0], years=MOST_YEARS_AHEAD,
            )  # fmt: skip
            raise ValueError(told) from None

    @staticmethod
    def _ids(kind: str, known: Mapping[str, Any]) -> Callable[[str], tuple[str, ...]]:
        def parse(cell: str) -> tuple[str, ...]:
            ids = tuple(part.strip() for part in cell.split(";")) if cell else ()
            for id_ in ids:
                if id_ not in known:
                    raise ValueError(phrase("ids of %(kind)s joined by ;", kind=kind))
            if len(set(ids)) < len(ids):
                raise ValueError(phrase("each id once"))
            return ids

        return parse


def _cell(line: int, column: str) -> str:
    return phrase("line %(line)s, %(column)s", line=line, column=column)


def _degrees(
    least: float, most: float, other: tuple[float, float]
) -> Callable[[str], float | None]:
    expected = phrase(
        "degrees between %(least)s and %(most)s, at most 6 decimals", least=least, most=most
    )

    def parse(cell: str) -> float | None:
        if not cell:
            return None
        try:
            degrees = float(cell)
        except ValueError:
            raise ValueError(expected) from None
        if least <= degrees <= most and len(cell.partition(".")[2]) <= 6:  # noqa: PLR2004 - 0.1 m
            return degrees
        if other[0] <= degrees <= other[1] and not least <= degrees <= most:
            raise ValueError(
                phrase("%(expected)s; latitude and longitude look swapped", expected=expected)
            )
        raise ValueError(expected)

    return parse


def _code(cell: str) -> str:
    if not is_code(cell) or cell == EXAMPLE:
        raise ValueError(_CODE)
    return cell


def _one_of(*values: str) -> Callable[[str], str]:
    def parse(cell: str) -> str:
        if cell not in values:
            raise ValueError(one_of(value for value in values if value))
        return cell

    return parse


def _whole(least: int, most: int) -> Callable[[str], int | None]:
    def parse(cell: str) -> int | None:
        if not cell:
            return None
        whole = cell.isascii() and cell.isdigit() and len(cell) <= len(str(most))
        if not whole or not least <= int(cell) <= most:
            raise ValueError(whole_number(least, most))
        return int(cell)

    return parse


def _height(cell: str) -> float | None:
    try:
        height = float(cell) if cell else None
    except ValueError:
        height = -1
    if height is not None and not 0 <= height <= 200:  # noqa: PLR2004 - no mast is higher
        raise ValueError(phrase("metres above ground, from 0 to 200"))
    return height


def _line(most: int) -> Callable[[str], str]:
    def parse(cell: str) -> str:
        if len(cell) > most or _BREAK.search(cell):
            raise ValueError(phrase("one line of at most %(most)s characters", most=most))
        return cell

    return parse


def _flag(cell: str) -> bool:
    if cell not in ("yes", "no"):
        raise ValueError(phrase("yes or no"))
    return cell == "yes"


def _kept(cell: str) -> Any:
    if not cell:
        return ""
    problems: list[Problem] = []
    value = Kept().read(cell, At("", problems, {}, (), {}))
    if problems:
        raise ValueError(problems[0].expected)
    return value
