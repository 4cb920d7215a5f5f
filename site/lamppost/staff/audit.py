"""The audit log: who did what at the desk. It is only ever added to, and shows where it was not.

What is older than the log is kept goes with an entry that tells so, and holds the seal of the last
entry that went: the chain can be proved from there.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable
from datetime import timedelta

from flask import has_request_context
from flask_login import current_user
from sqlalchemy import delete, func, select, text

from ..db import sessions
from ..i18n import gettext as _
from ..i18n import lazy_gettext as _l
from .clock import now
from .models import AuditEntry
from .roles import ROLES

COMMAND_LINE = "command line"
CLEAR = "clear log"
DEEDS = {
    "sign in": _l("Signed in"),
    "invite": _l("Invited %(what)s"),
    "change roles": _l("Changed roles: %(what)s"),
    "close account": _l("Closed the account of %(what)s"),
    "make a link": _l("Made a link for %(what)s"),
    "export": _l("Exported: %(what)s"),
    "take in answers": _l("Took in answers of a field team: %(what)s"),
    "publish": _l("Published the release %(what)s"),
    "send record": _l("Sent the record to its other copy"),
    "fetch record": _l("Took in the other copy; files that changed here: %(what)s"),
    "decide record": _l("Chose between the record and its other copy: %(what)s"),
    "change settings": _l("Changed settings: %(what)s"),
    "begin a draft": _l("Began a draft of the brief %(what)s"),
    "translate draft": _l("Handed the brief %(what)s on to translators"),
    "submit draft": _l("Submitted the brief %(what)s for review"),
    "take-back draft": _l("Took the brief %(what)s back, to go on writing"),
    "return draft": _l("Returned the brief %(what)s with remarks"),
    "publish draft": _l("Approved and published the brief %(what)s"),
    "schedule draft": _l("Approved the brief %(what)s, to be published on a day"),
    "hold draft": _l("Stopped the brief %(what)s before its day"),
    "discard draft": _l("Threw away a draft of the brief %(what)s"),
    "write over what is published": _l("Wrote over what was published meanwhile of %(what)s"),
    "withdraw brief": _l("Withdrew the brief %(what)s"),
    "submit survey": _l("Submitted the survey %(what)s for review"),
    "take-back survey": _l("Took the survey %(what)s back, to go on writing"),
    "return survey": _l("Returned the survey %(what)s with remarks"),
    "open survey": _l("Approved and opened the survey %(what)s"),
    "pause survey": _l("Paused the survey %(what)s"),
    "resume survey": _l("Let the survey %(what)s go on"),
    "close survey": _l("Closed the survey %(what)s"),
    "export answers": _l("Took out the answers %(what)s"),
    "delete answers": _l("Deleted the answers to the survey %(what)s"),
    "add theme": _l("Added a theme for texts of the survey %(what)s"),
    "rename theme": _l("Renamed a theme for texts of the survey %(what)s"),
    "remove theme": _l("Removed a theme for texts of the survey %(what)s"),
    "merge theme": _l("Merged two themes for texts of the survey %(what)s"),
    "clear quotes": _l("Said which words of answers to the survey %(what)s are quoted"),
    "code answers": _l("Sorted texts of the survey %(what)s into themes"),
    "prepare results": _l("Prepared results of the survey %(what)s"),
    "approve results": _l("Approved results of the survey %(what)s"),
    "release results": _l("Approved and released results of the survey %(what)s"),
    "discard results": _l("Threw away prepared results of the survey %(what)s"),
    "tell results done": _l("Told what was done with the results of the survey %(what)s"),
    "discard survey": _l("Threw away the draft of the survey %(what)s"),
    "acknowledge case": _l("Acknowledged %(what)s"),
    "start case": _l("Began to look into %(what)s"),
    "ask case": _l("Asked who wrote %(what)s"),
    "refer case": _l("Referred %(what)s to somebody else"),
    "resume case": _l("Went on with %(what)s"),
    "answer case": _l("Answered %(what)s"),
    "merge case": _l("Joined %(what)s to another"),
    "take case": _l("Took answers of %(what)s into the record"),
    "open file": _l("Opened a file of %(what)s"),
    "junk case": _l("Put %(what)s away as junk"),
    "junk alike": _l("Put away as junk all that were like %(what)s"),
    "acknowledge alike": _l("Acknowledged all that were like %(what)s"),
    "start alike": _l("Began to look into all that were like %(what)s"),
    "screen alike": _l("Took all that were like %(what)s on for a first look"),
    "reopen case": _l("Opened %(what)s again"),
    "screen case": _l("Took %(what)s on for a first look"),
    "return case": _l("Gave %(what)s back to who wrote it"),
    "evaluate case": _l("Chose by what %(what)s is weighed"),
    "declare interest": _l("Told of their interest in %(what)s"),
    "weigh case": _l("Weighed %(what)s"),
    "forward case": _l("Decided to take %(what)s forward"),
    "not-now case": _l("Decided that %(what)s is not for now"),
    "decline case": _l("Declined %(what)s"),
    "scan case": _l("Began to look at the market for %(what)s"),
    "solicit case": _l("Opened a competition for %(what)s"),
    "pilot case": _l("Began a pilot of %(what)s"),
    "adopt case": _l("Adopted %(what)s"),
    "end case": _l("Ended %(what)s"),
    "clear case": _l("Prepared what may be read of %(what)s"),
    "publish case": _l("Published what may be read of %(what)s"),
    "propose case": _l("Proposed to withhold %(what)s"),
    "withhold case": _l("Withheld %(what)s, or proposed it"),
    "clear-photo case": _l("Prepared a file of %(what)s for the public"),
    "publish-photo case": _l("Published a file of %(what)s"),
    "withdraw-photo case": _l("Took a file of %(what)s back"),
    "upheld case": _l("Looked at %(what)s once more, and let it stay"),
    "overturned case": _l("Looked at %(what)s once more, to be prepared anew"),
    "erase-on-request case": _l("Erased %(what)s, since somebody had asked for that"),
    "hold case": _l("Kept %(what)s from being deleted"),
    "release case": _l("Let %(what)s be deleted again when its time is over"),
    "find case": _l("Wrote down what was found in %(what)s"),
    "recommend case": _l("Handed %(what)s on for a decision"),
    "send-back case": _l("Sent %(what)s back to be looked into"),
    "accept case": _l("Accepted %(what)s"),
    "accept-on case": _l("Accepted %(what)s with conditions"),
    "refuse case": _l("Did not accept %(what)s"),
    "read contact": _l("Read how to reach who wrote %(what)s"),
    "unlink case": _l("Took back which change %(what)s led to"),
    "link case": _l("Named a change that %(what)s led to"),
    CLEAR: _l("Took out what is older than the log is kept, up to entry %(what)s"),
}
"""What an entry says, by the deed that is stored, in the language of whoever reads it."""

THINGS = {"audit log": _l("the audit log")}
"""What else is stored in English."""

_ROLE = re.compile(rf"\b({'|'.join(ROLES)})\b")
COLUMNS = ("number", "when_utc", "staff_id", "name", "deed", "what", "seal")
_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula."""


def log(deed: str, what: str) -> AuditEntry:
    """Add an entry about the one who is signed in, and save it with all that this request changed.

    Call it last: a deed and its entry are saved together, or neither is.
    """
    entry = _added(deed, what)
    sessions().commit()
    return entry


def _added(deed: str, what: str) -> AuditEntry:
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
    session.flush()
    return entry


def said(entry: AuditEntry) -> str:
    """What was done, as a sentence in the language that is spoken now.

    Roles and things are told by their names there; addresses and files as they are.
    """
    words = DEEDS.get(entry.deed)
    if words is None:  # of an older or newer release
        return ": ".join(filter(None, (entry.deed, entry.what)))
    what = str(THINGS.get(entry.what, entry.what))
    if entry.deed in ("invite", "change roles"):
        who, colon, roles = what.partition(": ")
        what = who + colon + _ROLE.sub(lambda match: str(ROLES[match[0]]), roles)
    elif entry.deed.endswith((" draft", " brief")):
        what = what.partition(": ")[0]
    elif entry.deed == CLEAR:
        what = what.partition(" ")[0]
    return str(words) % {"what": what}


def by(entry: AuditEntry) -> str:
    """Who did it, as they were called then."""
    is_command = entry.staff_id is None and entry.name == COMMAND_LINE
    return _("The command line") if is_command else entry.name


def clear(days: int) -> int:
    """Take out the entries that are older than so many days; how many went.

    One more entry tells up to which, with the seal of the last of them.
    """
    session = sessions()
    limit = (now() - timedelta(days=days)).replace(tzinfo=None)
    young = select(func.min(AuditEntry.id)).where(AuditEntry.at >= limit)
    last_old = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)
    if (first := session.scalar(young)) is not None:
        last_old = last_old.where(AuditEntry.id < first)
    last = session.scalar(last_old)
    if last is None:
        return 0
    number, seal = last.id, last.seal
    _added(CLEAR, f"{number} {seal}")
    gone = session.execute(
        delete(AuditEntry).where(AuditEntry.id <= number), {}, execution_options=_NO_MEMORY
    )
    session.commit()
    return int(gone.rowcount)  # type: ignore[attr-defined]


_NO_MEMORY = {"synchronize_session": False}


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

    Where old entries were taken out, a later entry must tell so, with the seal of the last of them.
    Entries cut off at the end leave no trace here: compare the last seal with one noted before.
    """
    in_order = list(sessions().scalars(select(AuditEntry).order_by(AuditEntry.id)))
    start, before = 1, ""
    if in_order and in_order[0].id != 1:
        start, before = in_order[0].id, in_order[0].before
        gone = f"{start - 1} {before}"
        if not any((entry.deed, entry.what) == (CLEAR, gone) for entry in in_order):
            return start
    for number, entry in enumerate(in_order, start):
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
