"""Drafts: what somebody has typed so far, which only their receipt opens."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from flask import current_app
from sqlalchemy import delete, func, insert, select, update

from ..apart import attachments
from ..apart.models import DRAFT, Subject
from ..config import Config
from ..db import sessions
from ..questions.models import Sent
from ..sealed import SealError, key_of, opened, sealed
from .models import Unsent
from .receipts import new_receipt

KEPT = timedelta(days=14)
"""How long a draft is kept at least after it was saved; it goes at the start of a week."""


@dataclass(frozen=True, slots=True)
class Found:
    """A draft: the form it is of, what was typed, when it was begun, and whether it was sent."""

    form: str
    typed: Sent
    begun: int
    sent: bool
    ends_on: date


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


def begin(form: str, typed: Sent, *, now: int, today: date) -> str:
    """Keep a new draft; its receipt. With the first of a day, those go whose time is over."""
    session, receipt = sessions(), new_receipt()
    if current_app.extensions.get("drafts_purged_on") != today:
        session.execute(delete(Unsent).where(Unsent.ends_on <= today))
        current_app.extensions["drafts_purged_on"] = today
    _insert(receipt, form, typed, now, today)
    session.commit()
    return receipt


def reopen(receipt: str, form: str, typed: Sent, *, now: int, today: date) -> None:
    """Let a receipt whose answers were sent open a draft once more; one that is open stays."""
    found, session = draft(receipt, today), sessions()
    if found and not found.sent:
        return
    session.execute(delete(Unsent).where(Unsent.key == mark_of(receipt)))
    _insert(receipt, form, typed, now, today)
    session.commit()


def _insert(receipt: str, form: str, typed: Sent, now: int, today: date) -> None:
    sessions().execute(
        insert(Unsent).values(
            key=mark_of(receipt),
            form=form,
            content=_sealed(receipt, typed, now),
            sent=False,
            ends_on=ends_on(today),
        )
    )


def overdue(today: date) -> int:
    """How many drafts are past their day."""
    past = select(func.count()).select_from(Unsent).where(Unsent.ends_on <= today)
    return sessions().scalar(past) or 0


def clear(today: date) -> int:
    """Delete the drafts that are past their day; how many went."""
    session = sessions()
    gone = session.execute(delete(Unsent).where(Unsent.ends_on <= today))
    session.commit()
    return int(gone.rowcount)  # type: ignore[attr-defined]


def draft(receipt: str, today: date) -> Found | None:
    """The draft that a receipt opens; None where it opens nothing, or nothing any more."""
    wanted = (Unsent.form, Unsent.content, Unsent.sent, Unsent.ends_on)
    mine = select(*wanted).where(Unsent.key == mark_of(receipt))
    row = sessions().execute(mine).one_or_none()
    if row is None or row.ends_on <= today:
        return None
    if row.content is None:
        return Found(row.form, {}, 0, row.sent, row.ends_on)
    try:
        kept = json.loads(opened(row.content, key_of(receipt, _secret(), "draft's content")))
    except SealError:
        return None
    return Found(row.form, kept["typed"], kept["begun"], row.sent, row.ends_on)


def keep(receipt: str, found: Found, typed: Sent, today: date) -> None:
    """Save what was typed. One that was sent meanwhile stays as it is."""
    session = sessions()
    open_ = update(Unsent).where(Unsent.key == mark_of(receipt), Unsent.sent.is_(False))
    content = _sealed(receipt, typed, found.begun)
    session.execute(open_.values(content=content, ends_on=ends_on(today)))
    session.commit()


def take(receipt: str) -> bool:
    """Mark a draft as sent and wipe it, in the transaction of this request; False where it was.

    Who sends twice, or at two places at once, takes it once. Whoever calls commits, with what has
    become of the answers.
    """
    mine = update(Unsent).where(Unsent.key == mark_of(receipt), Unsent.sent.is_(False))
    found = sessions().execute(mine.values(sent=True, content=None))
    return bool(found.rowcount)  # type: ignore[attr-defined]


def discard(receipt: str) -> None:
    """Delete a draft. The mark of one that was sent stays: it holds no answer."""
    session = sessions()
    mine = delete(Unsent).where(Unsent.key == mark_of(receipt), Unsent.sent.is_(False))
    deleted = session.execute(mine).rowcount  # type: ignore[attr-defined]
    files = attachments.forget(subject_of(receipt)) if deleted else []
    session.commit()
    attachments.remove(files)
