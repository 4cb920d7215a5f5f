"""How to reach who wrote: kept apart from what they wrote, readable at the desk alone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from flask import current_app
from sqlalchemy import and_, delete, select, update

from ..answering.models import random_key
from ..config import Config
from ..db import sessions
from ..questions.answers import Answers
from ..questions.enclosed import WAYS
from ..questions.enclosed import Contact as Question
from . import vault
from .models import Contact, Subject


class Way(NamedTuple):
    """A way to reach somebody, opened: ``kind`` is one of ``WAYS``."""

    kind: str
    value: str
    purpose: str
    language: str
    delete_after: date
    stopped: bool


def keep(subject: Subject, answers: Answers, language: str, delete_after: date) -> int:
    """Keep what the answers tell of how to reach their writer; how many rows it made.

    ``language`` is the one they are written to where they chose none. Adds to the session of this
    request; whoever calls commits. What is no longer wanted is for :func:`forget`.
    """
    rows = [
        _sealed_row(subject, kind, words[kind], question.key, spoken, delete_after)
        for question, words in answers.apart.values()
        if isinstance(question, Question)
        for spoken in [words.get("language", language)]
        for kind in WAYS
        if kind in words
    ]
    sessions().add_all(rows)
    return len(rows)


def has_contact(subject: Subject) -> bool:
    """Whether its writer can be reached; this needs no key."""
    found = select(Contact.id).where(Contact.is_of(subject), Contact.kind != "name")
    return sessions().execute(found.limit(1)).first() is not None


def kinds_of(subject: Subject) -> set[str]:
    """Of which kinds the ways are by which its writer wants to be told; this needs no key."""
    wanted = select(Contact.kind).where(Contact.is_of(subject), Contact.stopped.is_(False))
    return set(sessions().scalars(wanted))


def kept_of(subject: Subject) -> list[tuple[str, date]]:
    """Of which kinds ways are kept, and until when; this needs no key."""
    rows = select(Contact.kind, Contact.delete_after).where(Contact.is_of(subject))
    return [(kind, until) for kind, until in sessions().execute(rows.order_by(Contact.kind))]


def ways_to(subject: Subject) -> list[Way]:
    """How to reach who wrote, opened. For the desk, and for what sends notices.

    Raises :class:`~lamppost.apart.vault.NoKeyError` where the private key is not, and
    :class:`~lamppost.sealed.SealError` where a row was changed, or sealed for another key.
    """
    rows = sessions().scalars(select(Contact).where(Contact.is_of(subject)))
    ways = [
        Way(
            row.kind,
            vault.read(_config(), row.value, row.id).decode(),
            row.purpose,
            row.language,
            row.delete_after,
            row.stopped,
        )
        for row in rows
    ]
    return sorted(ways, key=lambda way: WAYS.index(way.kind))


def keep_until(subject: Subject, day: date) -> None:
    """Change the last day on which they are kept; whoever calls commits."""
    sessions().execute(update(Contact).where(Contact.is_of(subject)).values(delete_after=day))


def stop(subject: Subject, kinds: Collection[str] = WAYS) -> None:
    """Let no message be sent to those of these kinds any more; whoever calls commits."""
    mine = update(Contact).where(Contact.is_of(subject), Contact.kind.in_(kinds))
    sessions().execute(mine.values(stopped=True))


def forget(subject: Subject, *, stopped: bool = False) -> int:
    """Delete them, or those that are ``stopped``; how many there were. Whoever calls commits."""
    which = [Contact.is_of(subject), *([Contact.stopped.is_(True)] if stopped else [])]
    gone = sessions().execute(delete(Contact).where(*which))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def purge(today: date, *, but: Collection[bytes] = (), dry_run: bool = False) -> int:
    """Delete those whose time is over; how many. Whoever calls commits.

    Those of the subjects with the keys in ``but`` stay.
    """
    due = and_(Contact.delete_after < today, Contact.subject_key.not_in(but))
    if dry_run:
        return len(sessions().execute(select(Contact.id).where(due)).all())
    return int(sessions().execute(delete(Contact).where(due)).rowcount)  # type: ignore[attr-defined]


def _sealed_row(
    subject: Subject, kind: str, words: str, purpose: str, language: str, delete_after: date
) -> Contact:
    key = random_key()
    return Contact(
        id=key,
        subject_kind=subject.kind,
        subject_key=subject.key,
        kind=kind,
        value=vault.closed(_config(), words.encode(), key),
        purpose=purpose,
        language=language,
        delete_after=delete_after,
    )


def _config() -> Config:
    found: Config = current_app.extensions["config"]
    return found
