"""The audit log: who did what at the desk. It is only ever added to, and shows where it was not."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable

from flask import has_request_context
from flask_login import current_user
from sqlalchemy import select, text

from ..db import sessions
from .clock import now
from .models import AuditEntry

COMMAND_LINE = "command line"
COLUMNS = ("number", "when_utc", "staff_id", "name", "deed", "what", "seal")
_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula."""


def log(deed: str, what: str) -> AuditEntry:
    """Add an entry about the one who is signed in, and save it with all that this request changed.

    Call it last: a deed and its entry are saved together, or neither is.
    """
    session = sessions()
    _stand_alone()
    last = session.scalar(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1))
    known = has_request_context() and current_user.is_authenticated
    entry = AuditEntry(
        id=last.id + 1 if last else 1,
        at=now().replace(second=0, microsecond=0, tzinfo=None),
        staff_id=current_user.id if known else None,
        name=current_user.name if known else COMMAND_LINE,
        deed=deed,
        what=what,
        before=last.seal if last else "",
    )
    entry.seal = _seal(entry)
    session.add(entry)
    session.commit()
    return entry


def _stand_alone() -> None:
    """Let nobody else add an entry until this one is saved."""
    session = sessions()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE audit IN EXCLUSIVE MODE"))
    else:  # SQLite has one writer at a time, and this makes it us.
        session.flush()
        session.execute(text("DELETE FROM audit WHERE id < 0"))


def _seal(entry: AuditEntry) -> str:
    said = [
        entry.id, entry.at.isoformat(), entry.staff_id, entry.name, entry.deed, entry.what,
        entry.before,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def entries() -> list[AuditEntry]:
    """All entries, the newest first."""
    return list(sessions().scalars(select(AuditEntry).order_by(AuditEntry.id.desc())))


def verify() -> int | None:
    """The number of the first entry that was changed or whose predecessor is gone; else None.

    Entries cut off at the end leave no trace here: compare the last seal with one noted before.
    """
    before = ""
    in_order = sessions().scalars(select(AuditEntry).order_by(AuditEntry.id))
    for number, entry in enumerate(in_order, 1):
        if (entry.id, entry.before, entry.seal) != (number, before, _seal(entry)):
            return number
        before = entry.seal
    return None


def as_csv(found: Iterable[AuditEntry]) -> str:
    """The entries as CSV that a spreadsheet takes for words alone."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in found:
        when = entry.at.isoformat(timespec="minutes")
        cells = (entry.id, when, entry.staff_id, entry.name, entry.deed, entry.what, entry.seal)
        writer.writerow([_inert(cell) for cell in cells])
    return out.getvalue()


def _inert(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RISKY) else cell
