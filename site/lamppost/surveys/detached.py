"""Detached answers, which belong to no response: held back, and written many at once.

A database keeps a log of what was written together (SQLite its write-ahead log, beside its file).
So a detached answer is not written beside the response it came with: it waits in ``held_answers``,
encrypted and padded, until those of :data:`TOGETHER` people wait there. Then all of them are
decrypted, shuffled and written at once. Who has the file and its log finds out that ten people gave
these answers, and not which of them gave which.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import delete, func, insert, select

from ..answering.models import random_key
from ..config import Config
from ..db import empty_log, empty_log_after_commit, sessions
from ..sealed import key_of, opened, sealed
from .models import DetachedAnswer, Held, Response

TOGETHER = 10
"""How many people's answers are moved at once; fewer only when a survey is over."""

_BLOCK = 512
"""Bytes of which the length of what is held is a multiple: it tells nothing of what it says."""


class Settled(NamedTuple):
    """How many detached answers a survey has now, and whether they were dropped.

    The latter is what a release of results has to say.
    """

    kept: int
    dropped: bool


def hold(survey: str, version: str, parts: Iterable[tuple[str, Any]]) -> None:
    """Hold one person's detached answers, by part; move all that are held, if they are enough.

    Call it for everybody who is asked such a question, with answers or without: else a row would
    tell that there was one. Adds to the transaction of this request; whoever calls commits.
    """
    session = sessions()
    words = json.dumps([version, list(parts)], ensure_ascii=False).encode()
    padded = words.ljust(-(-len(words) // _BLOCK) * _BLOCK)
    session.execute(
        insert(Held).values(id=random_key(), survey=survey, content=sealed(padded, _key()))
    )
    held = session.scalar(select(func.count()).select_from(Held).where(Held.survey == survey))
    if (held or 0) >= TOGETHER:
        _move(survey)
        empty_log_after_commit(session)


def settle(survey: str) -> Settled:
    """Bring the detached answers of a survey that is over to rest; asked again it does no harm.

    Those still held are moved, however few. Where fewer than :data:`TOGETHER` people have answered
    in all, their detached answers are dropped instead: nothing of them could be shown. Commits.
    """
    session = sessions()
    people = session.scalar(
        select(func.count()).select_from(Response).where(Response.survey == survey)
    )
    mine = select(func.count()).select_from(DetachedAnswer).where(DetachedAnswer.survey == survey)
    if (people or 0) >= TOGETHER:
        _move(survey)
        count, dropped = session.scalar(mine) or 0, False
    else:
        for table in (Held, DetachedAnswer):
            session.execute(delete(table).where(table.survey == survey))
        count, dropped = 0, bool(people)
    session.commit()
    empty_log(session)
    return Settled(count, dropped)


def _move(survey: str) -> None:
    session = sessions()
    # What another process moves at this moment is not returned here.
    held = session.scalars(delete(Held).where(Held.survey == survey).returning(Held.content)).all()
    moved = []
    for content in held:
        version, parts = json.loads(opened(content, _key()))
        moved += [
            {"id": random_key(), "survey": survey, "version": version, "part": part, "value": value}
            for part, value in parts
        ]
    secrets.SystemRandom().shuffle(moved)
    if moved:
        session.execute(insert(DetachedAnswer), moved)


def _key() -> bytes:
    config: Config = current_app.extensions["config"]
    return key_of("", config.secret_key("held answers"), "held answers")
