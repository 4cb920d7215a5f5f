"""Files that people send: cleaned when they arrive, encrypted, and outside of every public folder.

A file belongs to the draft first (its subject is of the kind ``DRAFT``), and is handed over when
the draft is sent. Rows are deleted before files, so that no row names a file that is gone; the
files that a lost moment leaves behind are swept up by :func:`purge`.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import cast

from flask import current_app
from sqlalchemy import ColumnElement, Table, and_, bindparam, delete, func, select, update

from ..answering.models import random_key
from ..config import Config
from ..db import execute, sessions
from ..documents import DocumentError, document, is_pdf
from ..pictures import PictureError, prepared
from ..questions.answers import Answers
from ..questions.enclosed import File, Kept
from . import vault
from .models import Attachment, Subject

MOST_BYTES = 10_000_000
"""What one file may have when it is sent."""

MOST_PICTURE_BYTES = 1_500_000
"""What a picture has at most when it is kept."""

MOST_OF_A_DRAFT = 30
"""Files that were ever sent to one draft and are still kept; a form asks for far fewer."""

_A_DAY = 24 * 60 * 60

# Made once, and past the ORM: whatever is sent asks it.
_table = cast("Table", Attachment.__table__)
_FILES_OF = select(_table.c.file).where(
    _table.c.subject_kind == bindparam("kind"), _table.c.subject_key == bindparam("key")
)


class RefusedError(Exception):
    """A file that cannot be taken. The message is for staff; a page says it in its own words."""


def cleaned(data: bytes, takes: Iterable[str]) -> tuple[bytes, str]:
    """A file as it is kept, and its media type: a picture of nothing but pixels, or a plain PDF.

    Raises :class:`RefusedError`, whatever the bytes are.
    """
    if len(data) > MOST_BYTES:
        raise RefusedError(f"found {len(data):,} bytes; expected at most {MOST_BYTES:,}")
    try:
        if is_pdf(data) and "pdf" in takes:
            return document(data), "application/pdf"
        if "picture" in takes and not is_pdf(data):
            made = prepared(data, MOST_PICTURE_BYTES)
            return made.data, made.mimetype
    except (DocumentError, PictureError) as error:
        raise RefusedError(str(error)) from None
    raise RefusedError("found another kind of file; expected " + " or ".join(takes))


def add(subject: Subject, question: File, name: str, data: bytes, delete_after: date) -> Kept:
    """Keep a file that was sent for a question. Raises :class:`RefusedError`.

    The file is written before its row is added; whoever calls commits.
    """
    if _count(subject) >= MOST_OF_A_DRAFT:
        raise RefusedError(f"found {MOST_OF_A_DRAFT} files before it; expected fewer")
    kept, media_type = cleaned(data, question.takes)
    key, file = random_key(), secrets.token_hex(16)
    name = _base(name)
    _write(file, vault.closed(_config(), kept, key))
    sessions().add(
        Attachment(
            id=key,
            subject_kind=subject.kind,
            subject_key=subject.key,
            file=file,
            name=vault.closed(_config(), name.encode(), key),
            media_type=media_type,
            size=len(kept),
            purpose=question.key,
            delete_after=delete_after,
        )
    )
    return Kept(key.hex(), name, media_type, len(kept))


def hand_over(draft: Subject, answers: Answers, to: Subject, delete_after: date) -> list[str]:
    """Give the files that the answers name to what the answers became; whoever calls commits.

    Files of the draft that no answer names go: give what this returns to :func:`remove`, after the
    commit.
    """
    named = {
        bytes.fromhex(kept.id)
        for question, value in answers.apart.values()
        if isinstance(question, File)
        for kept in value
    }
    if named:
        mine = update(Attachment).where(Attachment.is_of(draft), Attachment.id.in_(named))
        sessions().execute(
            mine.values(subject_kind=to.kind, subject_key=to.key, delete_after=delete_after)
        )
    left = execute(_FILES_OF, draft._asdict()).first()
    return forget(draft) if left else []


def attachments_of(subject: Subject) -> list[Attachment]:
    """The files of a subject, by their random keys. Their names and bytes are still closed."""
    found = select(Attachment).where(Attachment.is_of(subject)).order_by(Attachment.id)
    return list(sessions().scalars(found))


def name_of(attachment: Attachment) -> str:
    """How a file was called. Raises ``NoKeyError`` and ``SealError``, as contacts do."""
    return vault.read(_config(), attachment.name, attachment.id).decode()


def bytes_of(attachment: Attachment) -> bytes:
    """A file's bytes, opened, for the desk. Raises ``NoKeyError``, ``SealError``, ``OSError``."""
    sealed = (_config().attachments / attachment.file).read_bytes()
    return vault.read(_config(), sealed, attachment.id)


def keep_until(subject: Subject, day: date, *, but: Collection[bytes] = ()) -> None:
    """Change the last day on which they are kept, but of some; whoever calls commits."""
    mine = update(Attachment).where(Attachment.is_of(subject), Attachment.id.not_in(but))
    sessions().execute(mine.values(delete_after=day))


def forget(subject: Subject, *, ids: Iterable[str] | None = None) -> list[str]:
    """Delete the rows of its files, or of those with these ids; whoever calls commits.

    What it returns are the files themselves, for :func:`remove` after the commit.
    """
    which = [Attachment.is_of(subject)]
    if ids is not None:
        which.append(Attachment.id.in_([bytes.fromhex(one) for one in ids]))
    return _delete_rows(*which)


def remove(files: Iterable[str]) -> None:
    """Delete files whose rows are gone."""
    for file in files:
        (_config().attachments / file).unlink(missing_ok=True)


def purge(today: date, *, but: Collection[bytes] = (), dry_run: bool = False) -> int:
    """Delete files whose time is over, and those that no row names; how many. Commits.

    Those of the subjects with the keys in ``but`` stay.
    """
    due = and_(Attachment.delete_after < today, Attachment.subject_key.not_in(but))
    session = sessions()
    files = list(session.scalars(select(Attachment.file).where(due)))
    if not dry_run:
        files = _delete_rows(due)
        session.commit()
    known = set(session.scalars(select(Attachment.file)))
    # One that was written this moment has no row yet, and no time finer than its day.
    old = (path.name for path in _all_files() if path.stat().st_mtime < time.time() - 2 * _A_DAY)
    lost = set(old) - known - set(files)
    if not dry_run:
        remove([*files, *lost])
    return len(files) + len(lost)


def _delete_rows(*which: ColumnElement[bool]) -> list[str]:
    session = sessions()
    files = list(session.scalars(select(Attachment.file).where(*which)))
    if files:
        session.execute(delete(Attachment).where(*which))
    return files


def _count(subject: Subject) -> int:
    found = select(func.count()).select_from(Attachment).where(Attachment.is_of(subject))
    return sessions().scalar(found) or 0


def _base(name: str) -> str:
    """A name without folders, of a length that reads well."""
    bare = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(letter for letter in bare if letter.isprintable()).strip()
    return printable[-80:] or "file"


def _write(file: str, data: bytes) -> None:
    folder = _config().attachments
    folder.mkdir(mode=0o700, exist_ok=True)
    made = os.open(folder / file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(made, "wb") as out:
        out.write(data)
        out.flush()
        os.utime(out.fileno(), times=(day := time.time() // _A_DAY * _A_DAY, day))
        os.fsync(out.fileno())


def _all_files() -> list[Path]:
    folder = _config().attachments
    return list(folder.iterdir()) if folder.is_dir() else []


def _config() -> Config:
    found: Config = current_app.extensions["config"]
    return found
