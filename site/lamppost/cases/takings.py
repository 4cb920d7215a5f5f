"""Which cases were withdrawn or erased, in a file of its own: no old database brings them back.

It holds a day, an outcome and a reference a line, and nothing of a case. Whoever puts a database
back from a copy leaves this file as it is; `deeds.take_back_again` then does what it tells.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from .visible import TAKEN_BACK

FILE = "taken_back.txt"
"""Its name in the instance's folder."""


def note(instance: Path, reference: str, outcome: str, today: date) -> None:
    """Write one down, on the disk before its database says so."""
    path = instance / FILE
    is_cut_off = path.exists() and not path.read_bytes().endswith(b"\n")
    line = f"{today.isoformat()} {outcome} {reference}\n"
    with path.open("a", encoding="ascii") as file:
        file.write("\n" + line if is_cut_off else line)
        file.flush()
        os.fsync(file.fileno())


def noted(instance: Path) -> dict[str, str]:
    """The outcomes by reference, the last of each; a line that is none of ours is passed over."""
    try:
        lines = (instance / FILE).read_text("ascii", "replace").splitlines()
    except FileNotFoundError:
        return {}
    parts = (line.split() for line in lines)
    whole = (found for found in parts if len(found) == 3)  # noqa: PLR2004 - day, outcome, reference
    return {reference: what for _day, what, reference in whole if what in TAKEN_BACK}
