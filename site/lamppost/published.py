"""The content that the running site shows: the last record that passed its check."""

from __future__ import annotations

import logging
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

from flask import Flask, current_app

from .cases.public import FILE as CASES
from .cases.public import read_cases
from .config import Config
from .content import Content, read_content
from .fields import Problem
from .history import check_out_good, mark_good
from .record import signature

log = logging.getLogger("lamppost.record")
LOOK_EVERY_SECONDS = 2.0


class BrokenRecordError(Exception):
    """The record does not pass its check, and no state of it ever did."""


class Published:
    """Holds the content, and takes a new one over when the record changes and is sound.

    A broken record never takes the site down: it goes on with what it has, or at start with the
    last state that git remembers as good, and says so in the log. ``problems`` are the mistakes of
    the record as it is now, none while it is sound.
    """

    def __init__(self, config: Config, *, watch: bool) -> None:
        self.config, self.watch = config, watch
        self._lock = threading.Lock()
        self._looked_at = time.monotonic()
        self._signature = signature(config.record)
        self._cases = self._mark_of_cases()
        self.problems: list[Problem] = []
        self.content = self._first()
        self._day = self._today()

    def current(self) -> Content:
        """The content to show now; looks every two seconds whether the record has changed."""
        due = self.watch and time.monotonic() - self._looked_at > LOOK_EVERY_SECONDS
        if due and self._lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._lock.release()
        return self.content

    def look(self) -> None:
        """Take a new record over at once, as after a save of one's own."""
        with self._lock:
            self._look()

    def _first(self) -> Content:
        content = read_content(self.config)
        if not content.problems:
            mark_good(self.config.record)
            return content
        self._tell(content)
        with tempfile.TemporaryDirectory() as folder:
            good = Path(folder) / "record"
            if not check_out_good(self.config.record, good):
                raise BrokenRecordError(
                    f"{self.config.record} has {len(content.problems)} problems"
                )
            last = read_content(replace(self.config, record=good), history=self.config.record)
        if last.problems:  # it passed the check of an older release
            raise BrokenRecordError(f"{self.config.record} has problems, its last good state too")
        log.warning("Going on with the last record that passed its check.")
        return last

    def _look(self) -> None:
        self._looked_at = time.monotonic()
        self._look_at_cases()
        seen, day = signature(self.config.record), self._today()
        if (seen, day) == (self._signature, self._day):
            return
        self._signature, self._day = seen, day
        content = read_content(self.config)
        if content.problems:
            self._tell(content)
            return
        self.problems = []
        self.content = content
        mark_good(self.config.record)
        log.info("The record has changed and passed its check.")

    def _look_at_cases(self) -> None:
        """Take over what may be read of cases, whether the record is sound or not."""
        if (mark := self._mark_of_cases()) != self._cases:
            self._cases = mark
            self.content.cases = read_cases(self.config.instance / CASES)

    def _mark_of_cases(self) -> object:
        try:
            status = (self.config.instance / CASES).stat()
        except FileNotFoundError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino

    def _today(self) -> object:
        return self.config.today(self.content.settings.time_zone)

    def _tell(self, content: Content) -> None:
        self.problems = content.problems
        for problem in content.problems:
            log.error("%s", problem)


def content() -> Content:
    """What the site publishes now."""
    published: Published = current_app.extensions["published"]
    return published.current()


def look_again() -> None:
    """Publish what was saved just now: who saved it wants to see it."""
    published: Published = current_app.extensions["published"]
    published.look()


def init_app(app: Flask, published: Published) -> None:
    """Let the app show this content."""
    app.extensions["published"] = published
