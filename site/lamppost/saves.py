"""Saving the record: the one door through which its files are written, whole or not at all.

A save is staged beside the files and written down in a journal before the first file is touched.
A kill before that leaves nothing behind; a kill after it is mended by finishing the save.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

import orjson

from . import history
from .config import Config
from .content import read_content
from .fields import Problem
from .history import Join, NoHistoryError, NotSavedError, mark_good, save
from .locks import alone
from .phrases import phrase
from .record import FOLDERS
from .trees import write_down

log = logging.getLogger("lamppost.record")

Files = Mapping[str, bytes | None]
"""New contents of files by their names in the record; None where a file is to go."""


class SaveError(Exception):
    """Nothing was saved, and everything is as it was; the message says why."""


class StaleError(SaveError):
    """Somebody else has saved a file since it was seen; ``theirs`` is what it holds now."""

    def __init__(self, name: str, theirs: bytes | None) -> None:
        super().__init__(phrase("%(name)s has been changed by somebody else meanwhile", name=name))
        self.name, self.theirs = name, theirs


class RefusedError(SaveError):
    """The record would not pass its check; ``problems`` tells every reason at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def digest(data: bytes | None) -> str:
    """The mark of a file's content, by which an editor says what they have seen; "" of no file."""
    return "" if data is None else hashlib.blake2b(data, digest_size=16).hexdigest()


def file_now(config: Config, name: str) -> bytes | None:
    """What a file of the record holds now; None where there is none."""
    _check_names([name])
    with suppress(FileNotFoundError, NotADirectoryError):
        return (config.record / name).read_bytes()
    return None


def save_files(
    config: Config,
    files: Files,
    *,
    seen: Mapping[str, str],
    note: str,
    author: tuple[str, str],
    beside: Mapping[Path, bytes] = MappingProxyType({}),
    join: Join | None = None,
) -> str:
    """Write the files and make one save of them; its id, or "" where the record has no history.

    ``seen`` holds the :func:`digest` of each file as the editor saw it, of others too if what they
    write rests on them; a file that is not named there must not exist. ``note`` is public;
    ``author`` is a name and a mailbox. The whole record is checked first, as it would be.
    ``beside`` holds files outside of the record that are to change with it or not at all; they
    exist already, and are none of its history. With ``join`` the save
    takes in those of the record's other copy, of which the files are what changes here.

    Raises :class:`StaleError`, :class:`RefusedError`, and :class:`SaveError` for everything else
    that can go wrong, a full disk for one.
    """
    _check_names(files)
    place = _Place(config.record)
    try:
        with place.held():
            place.mend()
            for name in {**files, **seen}:
                theirs = file_now(config, name)
                if digest(theirs) != seen.get(name, ""):
                    raise StaleError(name, theirs)
            problems = problems_with(config, files)
            if problems:
                raise RefusedError(problems)
            outside = {str(path.resolve()): data for path, data in beside.items()}
            saved = place.write({**files, **outside}, note.strip(), author, join)
            with suppress(NotSavedError):  # the site marks it itself when it takes it over
                mark_good(config.record)
            return saved
    except (OSError, NotSavedError) as error:
        told = phrase("the record could not be written: %(fault)s", fault=str(error))
        raise SaveError(told) from error


def save_changed(config: Config, note: str, author: tuple[str, str]) -> str:
    """Make one save of whatever was changed in the files by hand; its id, "" if nothing was.

    Raises :class:`RefusedError` for a record with mistakes,
    :class:`~lamppost.history.NoHistoryError` where there is no history, and :class:`SaveError` for
    everything else that can go wrong.
    """
    place = _Place(config.record)
    try:
        with place.held():
            place.mend()
            problems = read_content(config).problems
            if problems:
                raise RefusedError(problems)
            saved = save(config.record, note.strip(), author)
            mark_good(config.record)
            return saved or ""
    except (OSError, NotSavedError) as error:
        told = phrase("the record could not be written: %(fault)s", fault=str(error))
        raise SaveError(told) from error


def problems_with(config: Config, files: Files) -> list[Problem]:
    """The mistakes that the whole record would have with these files in it."""
    with tempfile.TemporaryDirectory(prefix="lamppost-") as folder:
        beside = Path(folder)
        for path in (p for f in FOLDERS for p in (config.record / f).rglob("*") if p.is_file()):
            name = path.relative_to(config.record)
            if str(name) not in files:
                (beside / name).parent.mkdir(parents=True, exist_ok=True)
                (beside / name).symlink_to(path.resolve())
        for name_, data in files.items():
            if data is not None:
                (beside / name_).parent.mkdir(parents=True, exist_ok=True)
                (beside / name_).write_bytes(data)
        return read_content(replace(config, record=beside)).problems


def mend(config: Config) -> None:
    """Finish a save that was killed, or take back what it had begun.

    Where that fails the site goes on with what it can read, and the next save tries again.
    """
    place = _Place(config.record)
    if not place.is_unfinished:
        return
    try:
        with place.held():
            place.mend()
    except (OSError, NotSavedError) as error:
        log.warning("A save that was cut off could not be finished: %s", error)


def _check_names(names: Iterable[str]) -> None:
    """Names come from our own code; one that leaves the record is a mistake there."""
    for name in names:
        parts = PurePosixPath(name).parts
        if len(parts) < 2 or parts[0] not in FOLDERS or any(part[0] == "." for part in parts):  # noqa: PLR2004
            raise ValueError(f"{name!r} is not the name of a file of the record")


class _Place:
    """Where saves of one record are staged: on the same disk, outside of what is published.

    ``new`` holds the staged files, ``old`` those that they replace, by their numbers in the
    journal. ``journal`` stands for a save that will be, ``undo`` for one that is taken back. A file
    outside of the record goes by its absolute name.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        own = root / ".git"
        self.folder = (own if own.is_dir() else root) / ".lamppost"
        self.new, self.old = self.folder / "new", self.folder / "old"
        self.journal, self.undo = self.folder / "journal", self.folder / "undo"

    @property
    def is_unfinished(self) -> bool:
        return self.journal.exists() or self.undo.exists()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the record alone, waiting for whoever else saves."""
        self.folder.mkdir(exist_ok=True)
        with alone(self.folder / "lock"):
            yield

    def mend(self) -> None:
        """Finish what was cut off; only while the record is held."""
        if self.undo.exists():
            self._take_back(orjson.loads(self.undo.read_bytes()))
        elif self.journal.exists():
            self._carry_out(orjson.loads(self.journal.read_bytes()))
        self._clear()

    def write(
        self,
        files: Files,
        note: str,
        author: tuple[str, str],
        join: Join | None = None,
    ) -> str:
        """Write the files and save them; on an error all is as it was."""
        plan: dict[str, Any] = {
            "names": list(files),
            "note": note,
            "author": author,
            "join": join and list(join),
        }
        try:
            self._stage(files)
            for folder in (self.new, self.old):
                plan[folder.name] = [int(path.name) for path in folder.iterdir()]
            write_down(self.journal, orjson.dumps(plan))
        except OSError:
            self._clear()
            raise
        try:
            saved = self._carry_out(plan)
        except (OSError, NotSavedError):
            self.journal.replace(self.undo)
            self._take_back(plan)
            self._clear()
            raise
        self._clear()
        return saved

    def _stage(self, files: Files) -> None:
        self.new.mkdir()
        self.old.mkdir()
        for number, (name, data) in enumerate(files.items()):
            if data is not None:
                write_down(self.new / str(number), data)
            with suppress(FileNotFoundError, NotADirectoryError):
                _keep(self.root / name, self.old / str(number))
                if data is not None:
                    shutil.copymode(self.root / name, self.new / str(number))
        for folder in (self.new, self.old):
            _sync(folder)

    def _carry_out(self, plan: Mapping[str, Any]) -> str:
        self._put(plan, self.new)
        if plan.get("join"):
            both = Join(*plan["join"])
            return history.join(self.root, both, plan["note"], tuple(plan["author"]))
        names = [name for name in plan["names"] if not Path(name).is_absolute()]
        try:
            saved = names and save(self.root, plan["note"], tuple(plan["author"]), only=names)
        except NoHistoryError:
            return ""
        return saved or ""

    def _take_back(self, plan: Mapping[str, Any]) -> None:
        self._put(plan, self.old)

    def _put(self, plan: Mapping[str, Any], staged: Path) -> None:
        """Give every file what is staged for it; where nothing was, it goes. May be done twice.

        It moves files and makes none, so that a save can be taken back on a full disk.
        """
        for number, name in enumerate(plan["names"]):
            source, target = staged / str(number), self.root / name
            if number in plan[staged.name]:
                target.parent.mkdir(parents=True, exist_ok=True)
                with suppress(FileNotFoundError):  # it is in its place already
                    _move(source, target)
            else:
                target.unlink(missing_ok=True)
                with suppress(OSError):  # other files are in it
                    target.parent.rmdir()
            with suppress(FileNotFoundError):
                _sync(target.parent)

    def _clear(self) -> None:
        for path in (self.journal, self.undo):
            path.unlink(missing_ok=True)
        for folder in (self.new, self.old):
            shutil.rmtree(folder, ignore_errors=True)


def _keep(path: Path, kept: Path) -> None:
    """Keep what a file holds, without a copy where the disk is the same."""
    try:
        kept.hardlink_to(path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        write_down(kept, path.read_bytes())


def _move(source: Path, target: Path) -> None:
    """Give a file its new content in one step, from another disk too."""
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        write_down(target, source.read_bytes())


def _sync(folder: Path) -> None:
    """Make the names in a folder outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
