"""Two trees of plain files, of which one is live: the other is brought up to date and swapped in.

The spare tree holds the same files as the live one, as hard links. A freeze writes into the spare
tree alone, and always under a new inode, so that the live tree never changes while it is served.
One system call then exchanges the two. What was touched is written down before, so that a freeze
that is killed at any moment leaves the live tree whole and the next one mends the spare.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import orjson

_AT_FDCWD = -100
_EXCHANGE = 2  # RENAME_EXCHANGE, linux/fs.h
_EVERYTHING = "*"  # in place of the names of touched files


class BusyError(Exception):
    """Another freeze is at work on the same folder."""


class Trees:
    """The live tree ``out``, and beside it a folder with the spare tree and what is known of it."""

    def __init__(self, out: Path) -> None:
        self.live = out.resolve()  # behind a link, so that the link stays
        self.beside = self.live.with_name(f".{self.live.name}.freeze")
        self.spare = self.beside / "tree"
        self._touched = self.beside / "touched"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the trees alone. Raises :class:`BusyError` when another freeze holds them."""
        if self.live.exists() and not self.live.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(self.live))
        self.beside.mkdir(parents=True, exist_ok=True)
        with (self.beside / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise BusyError(f"another freeze is writing {self.live}") from None
            try:
                yield
            finally:
                # Closing is not enough: a process that was forked meanwhile has it open too.
                fcntl.flock(lock, fcntl.LOCK_UN)

    def manifest(self) -> dict[str, Any]:
        """What the live tree was made of, as its freeze wrote it; empty when that is not known."""
        if self.live.is_dir():
            tree = _mark(self.live)
            for name in ("manifest.next", "manifest"):
                with suppress(OSError, orjson.JSONDecodeError):
                    manifest: dict[str, Any] = orjson.loads((self.beside / name).read_bytes())
                    if manifest.get("tree") == tree:
                        return manifest
        return {}

    def mend(self) -> None:
        """Make the spare tree equal to the live one after a freeze that did not end."""
        with suppress(FileNotFoundError):
            # What stands after the last line's end was cut off before anything was touched.
            *touched, rest = self._touched.read_text("utf-8").split("\n")
            if rest == _EVERYTHING:
                shutil.rmtree(self.spare, ignore_errors=True)
            elif self.spare.is_dir():
                self._follow(touched)
            self._touched.unlink()

    def begin(self, touched: Iterable[str], *, afresh: bool) -> None:
        """Get the spare tree ready for writing the files ``touched``, empty if ``afresh``."""
        if afresh:
            write_down(self._touched, _EVERYTHING.encode())
            shutil.rmtree(self.spare, ignore_errors=True)
            self.spare.mkdir(parents=True)
            return
        if not self.spare.is_dir():
            self._link_all()
        write_down(self._touched, b"")
        self.touch(touched)

    def touch(self, names: Iterable[str]) -> None:
        """Write down that these files are about to be written or removed, before they are."""
        with self._touched.open("r+", encoding="utf-8") as touched:
            if touched.readline() != _EVERYTHING:
                touched.seek(0, os.SEEK_END)
                touched.writelines(f"{name}\n" for name in names)

    def swap_in(self, manifest: dict[str, Any]) -> None:
        """Make the spare tree the live one, with ``manifest`` as what it was made of."""
        manifest["tree"] = _mark(self.spare)
        write_down(self.beside / "manifest.next", orjson.dumps(manifest))
        if self.live.exists():
            exchange(self.spare, self.live)
        else:
            self.spare.rename(self.live)
        (self.beside / "manifest.next").replace(self.beside / "manifest")

    def follow(self, *, afresh: bool) -> None:
        """Bring the tree that was live before in line with the one that is live now."""
        self.mend()
        if afresh:
            self._link_all()

    def _follow(self, names: Iterable[str]) -> None:
        for name in names:
            source, target = self.live / name, self.spare / name
            target.unlink(missing_ok=True)
            if source.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                _link(source, target)
            else:
                remove_empty(target.parent, self.spare)

    def _link_all(self) -> None:
        beside = self.beside / "linking"
        shutil.rmtree(beside, ignore_errors=True)
        link_tree(self.live, beside)
        beside.rename(self.spare)


def link_tree(tree: Path, copy: Path) -> None:
    """Make the folder ``copy``, with the same files as ``tree`` as hard links where that can be."""
    copy.mkdir()
    with ThreadPoolExecutor() as threads, os.scandir(tree) as entries:
        for done in [threads.submit(_link_entry, entry, str(copy)) for entry in entries]:
            done.result()


def _mark(tree: Path) -> list[int]:
    """What tells a tree from one that a user puts in its place, be it under the same inode."""
    stat = tree.stat()
    return [stat.st_ino, stat.st_mtime_ns]


def _link(source: str | Path, target: str | Path) -> None:
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EXDEV, errno.ENOTSUP, errno.EMLINK):
            raise
        shutil.copy2(source, target)


def write_new(path: str | Path, data: bytes) -> None:
    """Write ``data`` under a new inode: other links to the old file keep what they had."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    except FileExistsError:
        Path(path).unlink()
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    except FileNotFoundError:
        _make_folder(str(path).rpartition("/")[0])
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        left = memoryview(data)
        while left:  # a disk that is nearly full takes a part, and says so at the next
            left = left[os.write(handle, left) :]
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        os.close(handle)


def _make_folder(folder: str) -> None:
    # Most often the one above is there.
    try:
        os.mkdir(folder)  # noqa: PTH102 - pathlib would take as long as the call itself
    except FileExistsError:
        pass
    except FileNotFoundError:
        Path(folder).mkdir(parents=True, exist_ok=True)


def remove_empty(folder: Path, root: Path) -> None:
    """Remove ``folder`` and those above it up to ``root``, as far as they are empty."""
    with suppress(OSError):
        while folder != root:
            folder.rmdir()
            folder = folder.parent


def _link_entry(entry: os.DirEntry[str], folder: str) -> None:
    # A third of the time of shutil.copytree, which copies the times and modes of folders too.
    target = f"{folder}/{entry.name}"
    if not entry.is_dir(follow_symlinks=False):
        _link(entry.path, target)
        return
    os.mkdir(target)  # noqa: PTH102
    with os.scandir(entry.path) as entries:
        for below in entries:
            _link_entry(below, target)


def write_down(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write a file so that it holds all of ``data`` or what it held before, whatever happens.

    Who may read and write it is ``mode``, less what the process does not give.
    """
    beside = path.with_name(path.name + ".new")
    beside.touch(mode)
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def exchange(a: Path, b: Path) -> None:
    """Exchange two folders in one step, where the system can (Linux 3.15); else in three."""
    renameat2: Callable[..., int] | None = None
    if sys.platform == "linux":
        renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is not None:
        done = renameat2(_AT_FDCWD, os.fsencode(a), _AT_FDCWD, os.fsencode(b), _EXCHANGE)
        if done == 0:
            return
        code = ctypes.get_errno()
        if code not in (errno.EINVAL, errno.ENOSYS):
            raise OSError(code, os.strerror(code), str(b))
    aside = a.with_name(a.name + ".aside")
    shutil.rmtree(aside, ignore_errors=True)  # of an exchange that was killed
    b.rename(aside)
    a.rename(b)
    aside.rename(a)
