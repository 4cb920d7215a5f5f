"""A publication at work in a process of its own: how far it is, and how it ended.

The process holds a lock while it works; what says how far it is is a file. So everybody can see
whether it is still at work, even when it was killed.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from ..processors import anywhere
from ..trees import BusyError, write_down

TELL_EVERY_SECONDS = 0.25


@dataclass
class Job:
    """What a publication does: its ``deed``, steps ``done`` ``of`` all, how it ``ended``.

    ``ended`` is ``""`` while it works, ``done``, ``failed`` (``error`` says why) or ``stopped``
    when its process is gone without having said anything.
    """

    deed: str
    done: int = 0
    of: int = 0
    ended: str = ""
    error: str = ""


class Jobs:
    """The one publication that may be at work in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = folder / "job.lock"
        self._told = folder / "job.json"

    def last(self) -> Job | None:
        """The publication that is at work, or the last one that was."""
        try:
            job = Job(**orjson.loads(self._told.read_bytes()))
        except (OSError, orjson.JSONDecodeError, TypeError):
            return None
        if not job.ended and not self._is_held():
            # It may have ended between the two looks.
            with suppress(OSError, orjson.JSONDecodeError, TypeError):
                job = Job(**orjson.loads(self._told.read_bytes()))
            job.ended = job.ended or "stopped"
        return job

    def is_at_work(self) -> bool:
        """Whether a publication is at work now."""
        return self._is_held()

    def _is_held(self) -> bool:
        try:
            with self._lock.open("r") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        return False

    @contextmanager
    def at_work(self, deed: str) -> Iterator[Progress]:
        """Be at work on ``deed``; gives what tells how far it is.

        Raises :class:`~lamppost.trees.BusyError` when another process is at work.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._lock.open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise BusyError("another publication is at work") from None
            progress = Progress(self._told, Job(deed))
            try:
                yield progress
            except BaseException as error:
                progress.end("failed", str(error) or type(error).__name__)
                raise
            else:
                progress.end("done")
            finally:
                fcntl.flock(lock, fcntl.LOCK_UN)  # a process that was forked has it open too

    def begin(self, *words: str, environment: Mapping[str, str]) -> None:
        """Start ``lamppost publish WORDS`` in a process of its own, which outlives this one.

        Raises :class:`~lamppost.trees.BusyError` when one is at work. Returns when it has begun.
        """
        if self._is_held():
            raise BusyError("another publication is at work")
        before = self._told.stat().st_mtime_ns if self._told.exists() else 0
        log = self.folder / "job.log"
        self.folder.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as out, anywhere():
            process = subprocess.Popen(  # noqa: S603 - our own program, words from a fixed table
                [sys.executable, "-m", "lamppost.cli", "publish", *words],
                env={**os.environ, **environment}, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                start_new_session=True,
            )  # fmt: skip
        # Somebody has to take note of its end; it works on when this process ends first.
        threading.Thread(target=process.wait, name="job", daemon=True).start()
        while process.poll() is None:
            if self._told.exists() and self._told.stat().st_mtime_ns != before:
                return
            time.sleep(0.02)


class Progress:
    """Tells how far a publication is."""

    def __init__(self, told: Path, job: Job) -> None:
        self._told, self.job = told, job
        self._tell()

    def steps(self, deed: str) -> Callable[[Iterable[int], int], Iterable[int]]:
        """A wrapper of steps that tells of each, for what takes a ``progress``."""

        def wrapped(steps: Iterable[int], of: int) -> Iterator[int]:
            self.job = Job(deed, 0, of)
            self._tell()
            for done in steps:
                self.job.done += done
                if time.monotonic() - self._at > TELL_EVERY_SECONDS:
                    self._tell()
                yield done

        return wrapped

    def end(self, ended: str, error: str = "") -> None:
        """Say how it ended."""
        self.job.ended, self.job.error = ended, error
        self._tell()

    def _tell(self) -> None:
        self._at = time.monotonic()
        write_down(self._told, orjson.dumps(asdict(self.job)))
