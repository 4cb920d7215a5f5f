"""Takes the sample devices out of a record."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from .load import FOLDER


def without_sample(record: Path) -> tuple[dict[str, bytes], int]:
    """The tables of devices without those marked ``sample``, by name; how many there were.

    A table that holds none of them is not among the tables.
    """
    files, removed = dict[str, bytes](), 0
    for path in sorted((record / FOLDER / "devices").glob("*.csv")):
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
        kept = [row for row in rows if row["sample"] != "yes"]
        if len(kept) == len(rows):
            continue
        removed += len(rows) - len(kept)
        stream = io.StringIO()
        writer = csv.DictWriter(stream, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)
        files[str(path.relative_to(record))] = stream.getvalue().encode()
    return files, removed
