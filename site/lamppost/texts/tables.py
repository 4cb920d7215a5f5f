"""Texts of devices: where each is, in words, in the tables of the record.

What stands in several rows of a table alike is one text, under the first device's code. A table has
no room for who has reviewed a cell, so what it holds counts as made by machine.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..content import Content
from ..text import Made
from .units import Changes, Put, Unit

FOLDER = "content/registry/devices/"
MOST = 120

# Where two streets cross, their names are all there is to say, in every language.
_CROSSING = re.compile(r"[^&,]+ & [^&,]+")
_CELL = re.compile(r'(?:"(?:[^"]|"")*"|[^,]*)(?:,|$)')


def units(content: Content, language: str) -> Iterator[Unit]:
    """The texts of all tables, each as often as it has another translation."""
    met: set[tuple[str, str, str]] = set()
    for device in content.registry.devices.values():
        own = getattr(device, f"location_{language}", None)
        text = (device.technology, device.location, own or "")
        if own is None or not device.location or text in met:
            continue
        if not own and _CROSSING.fullmatch(device.location):
            continue
        met.add(text)
        yield Unit(
            key=f"{FOLDER}{device.technology}.csv#{device.code}.location",
            source=(device.location,),
            target=(own,) if own else (),
            made=Made.MACHINE if own else Made.MISSING,
            shown=f"/{language}/devices/{device.code}/",
            notes=("Where a device is. Names of streets and places stay.",),
            most=MOST,
            one_line=True,
        )


def changes(root: Path, language: str, puts: Iterable[Put]) -> Changes:
    """The tables with the texts of an import put in; every other cell keeps its bytes."""
    by_file: dict[str, dict[tuple[str, str], str]] = {}
    for put in puts:
        if put.changed:
            words = by_file.setdefault(put.unit.key.partition("#")[0], {})
            words[put.unit.source[0], "".join(put.unit.target)] = put.words[0]
    return {
        name: _changed((root / name).read_bytes().decode(), f"location_{language}", words).encode()
        for name, words in by_file.items()
    }


def _changed(table: str, column: str, words: dict[tuple[str, str], str]) -> str:
    """``table`` with new words in ``column``, by the English and what stands there now."""
    head, *lines = table.splitlines(keepends=True)
    names = _read(head.removeprefix("\ufeff"))
    is_new = column not in names
    at, source = len(names) if is_new else names.index(column), names.index("location")
    rows = [_with_cell(head, at, column) if is_new else head]
    for line in lines:
        cells = _read(line)
        here = (cells[source], "" if is_new else cells[at]) if cells else ("", "")
        own = words.get(here, here[1])
        stays = not cells or (own == here[1] and not is_new)
        rows.append(line if stays else _with_cell(line, at, own))
    return "".join(rows)


def _read(line: str) -> list[str]:
    return next(csv.reader([line]), [])


def _with_cell(line: str, at: int, words: str) -> str:
    """A line of a table with ``words`` as its cell number ``at``, which may be behind the last."""
    row = line.rstrip("\r\n")
    cells = [match[0].removesuffix(",") for match in _CELL.finditer(row)][: len(_read(row))]
    quoted = '"' + words.replace('"', '""') + '"' if re.search(r'[",]', words) else words
    cells[at : at + 1] = [quoted]
    return ",".join(cells) + line[len(row) :]
