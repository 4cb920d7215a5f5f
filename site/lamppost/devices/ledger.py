"""A technology's file of devices as it is written: rows that nobody changed stay as they are."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..saves import digest

COLUMNS = (
    "code", "technology", "status", "latitude", "longitude", "precision_m", "location",
    "location_es", "location_km", "location_tl", "place", "host", "direction_deg",
    "view_angle_deg", "height_m", "installed_on", "removed_on", "active_until", "last_seen_on",
    "sign_version", "sample", "override_purpose", "override_data", "override_access",
    "override_storage", "override_identifiability", "override_retention",
)  # fmt: skip
"""What a new file's header holds."""

Cells = dict[str, str]


def name_of(technology: str) -> str:
    """The name of a technology's file of devices in the record."""
    return f"content/registry/devices/{technology}.csv"


@dataclass(frozen=True)
class Ledger:
    """The header and the rows of one file: each row's cells by the name of their column.

    ``digest`` is the mark of the file as it was read, by which a save knows what was seen.
    """

    technology: str
    header: tuple[str, ...]
    rows: dict[str, Cells]
    raw: dict[str, str]
    digest: str = ""

    @property
    def name(self) -> str:
        """The name of the file in the record."""
        return name_of(self.technology)

    def table(self) -> list[list[str]]:
        """The rows as lists, in the order of the header."""
        return [[cells.get(column, "") for column in self.header] for cells in self.rows.values()]

    def with_rows(self, changed: Mapping[str, Cells], added: Iterable[Cells] = ()) -> bytes:
        """The file with the cells of these rows changed, by code, and with rows at its end."""
        added = list(added)
        new = {name for row in (*changed.values(), *added) for name, cell in row.items() if cell}
        header = (*self.header, *(c for c in COLUMNS if c in new and c not in self.header))
        whole = header != self.header
        parts = [_line(header)] if whole else [self.raw[""]]
        for code, cells in self.rows.items():
            if whole or code in changed:
                now = {**cells, **changed.get(code, {})}
                parts.append(_line(now.get(column, "") for column in header))
            else:
                parts.append(self.raw[code])
        parts += [_line(cells.get(column, "") for column in header) for cells in added]
        return "".join(part if part.endswith("\n") else part + "\n" for part in parts).encode()


def read_ledger(record: Path, technology: str) -> Ledger:
    """The devices of a technology as they are written in the record now; maybe none."""
    path = record / name_of(technology)
    if not path.is_file():
        return Ledger(technology, COLUMNS, {}, {"": _line(COLUMNS)})
    data = path.read_bytes()
    lines: list[str] = []
    reader = csv.reader(_told(io.StringIO(data.decode("utf-8"), newline=""), lines))
    header = tuple(next(reader))
    raw, rows = {"": "".join(lines)}, {}
    lines.clear()
    for row in reader:
        cells = dict(zip(header, row, strict=False))
        if cells:
            raw[cells["code"]], rows[cells["code"]] = "".join(lines), cells
        lines.clear()
    return Ledger(technology, header, rows, raw, digest(data))


def _told(stream: io.StringIO, lines: list[str]) -> Iterator[str]:
    """The lines of ``stream``, each noted in ``lines`` when the reader takes it."""
    for line in stream:
        lines.append(line)
        yield line


def _line(cells: Iterable[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow(cells)
    return stream.getvalue()
