"""Drafts: what somebody has typed so far, which only their receipt opens."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from flask import current_app
from sqlalchemy import Table, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ..apart import attachments
from ..apart.models import DRAFT, Subject
from ..config import Config
from ..db import execute, found, sessions, together
from ..questions.models import Sent
from ..sealed import SealError, key_of, opened, sealed
from .models import Unsent
from .receipts import new_receipt

KEPT = timedelta(days=14)
"""How long a draft is kept at least after it was saved; it goes at the start of a week."""

# Every page of answering executes some of these, so they are made once, and past the ORM.
_drafts = cast("Table", Unsent.__table__)
_mine = _drafts.c.key == bindparam("mark")
_open = _drafts.c.sent.is_(False)
_FIND = select(_drafts.c.survey, _drafts.c.content, _drafts.c.sent, _drafts.c.ends_on).where(_mine)
_BEGIN = insert(_drafts)
_BEGIN_ONCE = {
    "sqlite": sqlite.insert(_drafts).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_drafts).on_conflict_do_nothing(),
}
_KEEP = update(_drafts).where(_mine, _open)
_KEEP = _KEEP.values(content=bindparam("typed"), ends_on=bindparam("until"))
_TAKE = update(_drafts).where(_mine, _open).values(sent=True, content=None)
_DISCARD = delete(_drafts).where(_mine, _open)
_CLEAR = delete(_drafts).where(_drafts.c.ends_on <= bindparam("today"))


@dataclass(frozen=True, slots=True)
class Found:
    """A draft: the form it is of, what was typed, when it was begun, and whether it was sent.

    ``kept`` is False for one of which nothing is in the database yet.
    """

    form: str
    typed: Sent
    begun: int
    sent: bool
    ends_on: date
    kept: bool = True


def week_of(day: date) -> date:
    """The Monday of a day's week: no time that is kept is finer."""
    return day - timedelta(days=day.weekday())


def ends_on(today: date) -> date:
    """The day from which a draft that is saved today is gone."""
    return week_of(today + KEPT) + timedelta(days=7)


def _secret() -> str:
    config: Config = current_app.extensions["config"]
    return config.secret_key("survey drafts")


def mark_of(receipt: str) -> bytes:
    """The key of a receipt's row."""
    return key_of(receipt, _secret(), "draft's row")


def subject_of(receipt: str) -> Subject:
    """To what the files belong that were sent to a draft."""
    return Subject(DRAFT, mark_of(receipt))


def _sealed(receipt: str, typed: Sent, begun: int) -> bytes:
    words = json.dumps({"typed": typed, "begun": begun}).encode()
    return sealed(words, key_of(receipt, _secret(), "draft's content"))


def fresh(form: str, typed: Sent, *, now: int, today: date) -> Found:
    """A draft that begins with what is known; its first :func:`keep` puts it into the database."""
    return Found(form, typed, now, sent=False, ends_on=ends_on(today), kept=False)


def begin(form: str, typed: Sent, *, now: int, today: date, receipt: str = "") -> str:
    """Keep a new draft; its receipt. Where that is given and opens a draft, save in that one."""
    receipt, draft = receipt or new_receipt(), fresh(form, typed, now=now, today=today)
    together(lambda: keep(receipt, draft, typed, today))
    return receipt


def reopen(
    receipt: str, form: str, typed: Sent, *, now: int, today: date, last_day: date | None = None
) -> None:
    """Let a receipt whose answers were sent open a draft once more; one that is open stays.

    It is kept until after the ``last_day`` on which it can be sent, where there is one.
    """
    before, session = draft(receipt, today), sessions()
    if before and not before.sent:
        return
    session.execute(delete(Unsent).where(Unsent.key == mark_of(receipt)))
    until = week_of(last_day) + timedelta(days=7) if last_day else ends_on(today)
    row = _row(receipt, form, typed, now, today)
    session.execute(_BEGIN, row | {"ends_on": max(until, ends_on(today))})
    session.commit()


def _row(receipt: str, form: str, typed: Sent, now: int, today: date) -> dict[str, Any]:
    return {
        "key": mark_of(receipt),
        "survey": form,
        "content": _sealed(receipt, typed, now),
        "sent": False,
        "ends_on": ends_on(today),
    }


def overdue(today: date) -> int:
    """How many drafts are past their day."""
    past = select(func.count()).select_from(Unsent).where(Unsent.ends_on <= today)
    return sessions().scalar(past) or 0


def clear(today: date) -> int:
    """Delete the drafts that are past their day; how many went."""
    session = sessions()
    gone = session.execute(_CLEAR, {"today": today})
    session.commit()
    return int(gone.rowcount)  # type: ignore[attr-defined]


def draft(receipt: str, today: date) -> Found | None:
    """The draft that a receipt opens; None where it opens nothing, or nothing any more."""
    row = found(_FIND, mark=mark_of(receipt))
    if row is None:
        return None
    form, content, sent, last = row
    ends_on = last if isinstance(last, date) else date.fromisoformat(last)
    if ends_on <= today:
        return None
    if content is None:
        return Found(form, {}, 0, bool(sent), ends_on)
    try:
        kept = json.loads(opened(content, key_of(receipt, _secret(), "draft's content")))
    except SealError:
        return None
    return Found(form, kept["typed"], kept["begun"], bool(sent), ends_on)


def keep(receipt: str, draft: Found, typed: Sent, today: date) -> None:
    """Save what was typed; whoever calls commits. One that was sent meanwhile stays as it is.

    With the first draft of a day those go whose time is over.
    """
    if not draft.kept:
        if current_app.extensions.get("drafts_purged_on") != today:
            execute(_CLEAR, {"today": today})
            current_app.extensions["drafts_purged_on"] = today
        row = _row(receipt, draft.form, typed, draft.begun, today)
        once = _BEGIN_ONCE[current_app.extensions["engine"].dialect.name]
        # Who presses twice at once begins once; the second press saves as any other.
        if execute(once, row).rowcount:
            return
    content = _sealed(receipt, typed, draft.begun)
    until = max(ends_on(today), draft.ends_on)
    wanted = {"mark": mark_of(receipt), "typed": content, "until": until}
    execute(_KEEP, wanted)


def take(receipt: str) -> bool:
    """Mark a draft as sent and wipe it; False where it was sent. Whoever calls commits.

    Who sends twice, or at two places at once, takes it once: what becomes of the answers belongs
    to the same transaction.
    """
    return bool(execute(_TAKE, {"mark": mark_of(receipt)}).rowcount)


def discard(receipt: str) -> None:
    """Delete a draft. The mark of one that was sent stays: it holds no answer."""
    session = sessions()
    deleted = session.execute(_DISCARD, {"mark": mark_of(receipt)}).rowcount  # type: ignore[attr-defined]
    files = attachments.forget(subject_of(receipt)) if deleted else []
    session.commit()
    attachments.remove(files)


def shut(mark: bytes) -> list[str]:
    """Take what was typed out of an open draft, by the key of its row; whoever calls commits.

    Its receipt opens it no more. The files that are returned are to be removed after the commit.
    """
    sessions().execute(_TAKE, {"mark": mark})
    return attachments.forget(Subject(DRAFT, mark))
