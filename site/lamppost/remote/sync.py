"""The record and its other copy kept alike: saves go there, theirs come here, never by guessing.

What was tried last, and why it failed, is remembered in a file of the instance, for the desk.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import orjson

from ..config import Config
from ..fields import Problem
from ..history import SITE, Join
from ..saves import RefusedError, digest, problems_with, save_files
from ..trees import write_down
from . import git
from .git import Contested, Merge, RemoteError

log = logging.getLogger("lamppost.record")
NOTE = "Changes from the other copy of the record"
FILE = "remote.json"


class UndecidedError(Exception):
    """Both sides have changed the same lines, or together make a mistake: a person must decide."""

    def __init__(self) -> None:
        super().__init__(
            "the record and its other copy differ; a records officer has to choose at the desk"
        )


@dataclass(frozen=True)
class Told:
    """How a push or a fetch went: when (ISO 8601, UTC), and the reason if it failed.

    ``behind`` is set where a push has to wait until the other copy's saves are here.
    """

    at: str
    error: str = ""
    behind: bool = False


class Question(NamedTuple):
    """What a person must decide: the two newest saves, the files, and the merged mistakes."""

    ours: str
    theirs: str
    files: list[Contested]
    problems: list[Problem]


def told(config: Config) -> dict[str, Told]:
    """How the last ``push`` and the last ``fetch`` went, as far as one was tried."""
    try:
        found = orjson.loads(_file(config).read_bytes())
        return {deed: Told(**words) for deed, words in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def push(config: Config) -> bool:
    """Send the saves that the other copy lacks; whether it has them all now. Never raises.

    What went wrong is remembered (:func:`told`), and the next push tries again.
    """
    try:
        git.push(config.record, config.record_remote, config.record_token)
    except RemoteError as error:
        _remember(config, "push", str(error), behind=isinstance(error, git.BehindError))
        log.warning("The record was not sent to its other copy: %s", error)
        return False
    _remember(config, "push")
    return True


def fetch(config: Config) -> None:
    """Fetch what the other copy has; nothing of the record changes yet. Raises RemoteError."""
    try:
        git.fetch(config.record, config.record_remote, config.record_token)
    except RemoteError as error:
        _remember(config, "fetch", str(error))
        raise
    _remember(config, "fetch")


def take_in(
    config: Config,
    author: tuple[str, str] = SITE,
    *,
    note: str = NOTE,
    sides: Mapping[str, str] | None = None,
) -> int:
    """Take in what was fetched, as one save; how many files have changed here.

    ``sides`` says for files which side counts: ``ours``, ``theirs`` or ``merged``.

    Raises :class:`UndecidedError` when a person has to decide first,
    :class:`~lamppost.saves.RefusedError` when what they decided has mistakes,
    :class:`~lamppost.saves.SaveError` when it cannot be saved, and
    :class:`~lamppost.remote.git.RemoteError`.
    """
    merge = git.merge(config.record, sides or {})
    if merge is None:
        return 0
    if merge.contested:
        raise UndecidedError
    try:
        _save(config, merge, note, author)
    except RefusedError:
        if sides:
            raise
        raise UndecidedError from None
    return len(merge.files)


def _save(config: Config, merge: Merge, note: str, author: tuple[str, str]) -> None:
    seen = {name: digest(data) for name, data in merge.seen.items() if data is not None}
    save_files(
        config, merge.files, seen=seen, note=note, author=author,
        join=Join(merge.ours, merge.theirs, merge.tree),
    )  # fmt: skip


def before_publishing(config: Config) -> None:
    """Take in what the other copy has, before the record is published.

    Where it cannot be reached, the record as it is here is published: it is whole. Raises
    :class:`UndecidedError` when a person has to decide first, and what :func:`take_in` raises.
    """
    if not config.record_remote:
        return
    try:
        fetch(config)
    except RemoteError as error:
        log.warning("The other copy of the record was not fetched: %s", error)
        return
    take_in(config)


def question(config: Config) -> Question | None:
    """What a person must decide before the fetched saves are taken in; None for nothing."""
    merge = git.merge(config.record, {})
    if merge is None:
        return None
    if merge.contested:
        return Question(merge.ours, merge.theirs, merge.contested, [])
    problems = problems_with(config, merge.files)
    if not problems:
        return None
    return Question(merge.ours, merge.theirs, git.incoming(config.record), problems)


def _file(config: Config) -> Path:
    return config.instance / FILE


def _remember(config: Config, deed: str, error: str = "", *, behind: bool = False) -> None:
    now = datetime.now(UTC).replace(microsecond=0).isoformat()
    found = {**told(config), deed: Told(now, error, behind)}
    try:
        config.instance.mkdir(parents=True, exist_ok=True)
        write_down(_file(config), orjson.dumps({name: asdict(one) for name, one in found.items()}))
    except OSError as fault:  # a full disk; what was done is done all the same
        log.warning("It could not be noted how the %s went: %s", deed, fault)
