"""Releases: states of the frozen site, each a folder of its own that never changes.

Below ``instance/public/``: ``frozen/`` is what freezes write into, ``releases/ID/site/`` holds
the same files as hard links (a freeze writes under a new inode, so a release keeps what it had),
``releases/ID/release.json`` says what it is, and ``current`` leads to the one that is public.
"""

from __future__ import annotations

import filecmp
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import orjson

from ..trees import link_tree, write_down

KEPT = 5
"""How many releases that were public are kept, the one that is public among them."""

WITHDRAWN = "withdrawn"
"""The file that is there while what is public has something that was withdrawn since."""

FORGOTTEN = "forgotten"
"""The file that changes whenever something is withdrawn: what was read before it may hold that."""


@dataclass(frozen=True)
class Release:
    """A state of the site: when it was made (UTC, to the minute) and of which save of the record.

    ``published`` is when it last became public and ``by`` who made it so; empty before.
    """

    id: str
    made: str
    save: str
    published: str = ""
    by: str = ""


@dataclass(frozen=True)
class Difference:
    """What one tree of files has and another has not: names of files, sorted."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


class Releases:
    """The releases in ``folder``, which is made when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.frozen = folder / "frozen"
        self.current_link = folder / "current"
        self._kept = folder / "releases"

    def site(self, release: Release) -> Path:
        """The folder with the files of a release."""
        return self._kept / release.id / "site"

    def all(self) -> list[Release]:
        """Every release that is there, what was made or published last before the others."""
        paths = sorted(self._kept.glob("[0-9]*/release.json"), key=_written, reverse=True)
        return [_read(path) for path in paths]

    def current(self) -> Release | None:
        """The release that is public, if any is."""
        with suppress(OSError):
            return _read(self.current_link.resolve(strict=True).parent / "release.json")
        return None

    def prepared(self) -> Release | None:
        """The release that waits to be published, if any does."""
        waiting = [release for release in self.all() if not release.published]
        return waiting[0] if waiting else None

    def add(self, save: str) -> Release:
        """Keep what is frozen now as a release that waits; one that waited before is dropped."""
        self._sweep()
        now = _now()
        taken = {release.id for release in self.all()}
        name = f"{now:%Y%m%dT%H%MZ}"
        id_ = next(i for i in _numbered(name) if i not in taken)
        release = Release(id_, _minute(now), save)
        self._kept.mkdir(parents=True, exist_ok=True)
        new = self._kept / f".{id_}"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        link_tree(self.frozen, new / "site")
        self._drop(self.prepared())
        _write(new / "release.json", release)
        new.rename(self._kept / id_)
        return release

    def difference(self, release: Release) -> Difference:
        """What the public would see differently if ``release`` were public."""
        current = self.current()
        before = _files(self.site(current)) if current else {}
        after = _files(self.site(release))
        common = before.keys() & after.keys()
        changed = (name for name in common if not _same(before[name], after[name]))
        return Difference(
            tuple(sorted(after.keys() - before.keys())),
            tuple(sorted(changed)),
            tuple(sorted(before.keys() - after.keys())),
        )

    def publish(self, id_: str, by: str) -> Release:
        """Make a release public, in one step; those beyond the last five are dropped.

        Raises ``KeyError`` for a release that is not there.
        """
        release = {release.id: release for release in self.all()}[id_]
        before = self.current()
        release = replace(release, published=_minute(_now()), by=by)
        _write(self._kept / id_ / "release.json", release)
        beside = self.current_link.with_name("current.new")
        beside.unlink(missing_ok=True)
        beside.symlink_to(self.site(release).relative_to(self.folder))
        beside.replace(self.current_link)
        if self.holds_withdrawn and before and before.id != id_:
            self._drop(before)
            (self.folder / WITHDRAWN).unlink(missing_ok=True)
        # The one that is public stays, whatever the minutes say.
        published = [r for r in self.all() if r.published and r.id != id_]
        for old in published[KEPT - 1 :]:
            self._drop(old)
        return release

    def forget(self, file: str) -> bool:
        """Let no release come back that has a file: what is on it was withdrawn.

        The public one stays until another is published; whether it has the file is returned.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        write_down(self.folder / FORGOTTEN, secrets.token_bytes(8))
        current = self.current()
        for release in self.all():
            if (self.site(release) / file).exists() and (not current or release.id != current.id):
                (self._kept / release.id / "release.json").unlink(missing_ok=True)
        is_public = bool(current and (self.site(current) / file).exists())
        if is_public:
            (self.folder / WITHDRAWN).touch()
        return is_public

    @property
    def forgotten(self) -> bytes:
        """What is another one each time when something was withdrawn."""
        with suppress(FileNotFoundError):
            return (self.folder / FORGOTTEN).read_bytes()
        return b""

    @property
    def holds_withdrawn(self) -> bool:
        """Whether what is public still has something that was withdrawn."""
        return (self.folder / WITHDRAWN).exists()

    def _sweep(self) -> None:
        """Delete what is no release any more."""
        for path in self._kept.glob("[0-9]*"):
            if not (path / "release.json").exists():
                shutil.rmtree(path, ignore_errors=True)

    def _drop(self, release: Release | None) -> None:
        if release is not None:
            # Without its description it is no release any more, however far this gets.
            (self._kept / release.id / "release.json").unlink(missing_ok=True)
            shutil.rmtree(self._kept / release.id, ignore_errors=True)


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1


def _now() -> datetime:
    return datetime.now(UTC)


def _minute(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def _written(path: Path) -> int:
    return path.stat().st_mtime_ns  # since several can fall into one minute


def _read(path: Path) -> Release:
    return Release(**orjson.loads(path.read_bytes()))


def _write(path: Path, release: Release) -> None:
    write_down(path, orjson.dumps(asdict(release)))


def _files(folder: Path) -> dict[str, os.DirEntry[str]]:
    return dict(_walk(str(folder), ""))


def _walk(folder: str, below: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{below}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, f"{name}/")
            else:
                yield name, entry


def _same(before: os.DirEntry[str], after: os.DirEntry[str]) -> bool:
    if before.inode() == after.inode():
        return True
    return filecmp.cmp(before.path, after.path, shallow=False)
