"""Takes the sample devices out of a record."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from .load import FOLDER


def remove_sample(record: Path) -> int:
    """Remove every device marked ``sample``; returns how many there were."""
    removed = 0
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
        beside = path.with_suffix(".new")
        beside.write_text(stream.getvalue(), "utf-8")
        beside.replace(path)
    return removed
