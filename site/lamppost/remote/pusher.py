"""Sends each save to the record's other copy, from within the process that serves the site."""

from __future__ import annotations

import threading

from ..config import Config
from ..history import newest
from . import sync

LOOK_EVERY_SECONDS = 2.0
FIRST_WAIT, LONGEST_WAIT = 10.0, 600.0
"""How long it waits before it tries again what has failed, twice as long each time."""


def start(config: Config) -> threading.Event | None:
    """Send saves from now on, whoever makes them; None where no other copy is set.

    Setting the event that is returned ends it.
    """
    if not config.record_remote:
        return None
    end = threading.Event()
    threading.Thread(target=_run, args=(config, end), name="pusher", daemon=True).start()
    return end


def _run(config: Config, end: threading.Event) -> None:
    sent = tried = ""
    wait = pause = 0.0
    while True:
        head = newest(config.record)
        if head != sent and (head != tried or wait <= 0):
            pause = FIRST_WAIT if head != tried else min(pause * 2, LONGEST_WAIT)
            tried, wait = head, pause
            if sync.push(config):
                sent = head
        if end.wait(LOOK_EVERY_SECONDS):
            return
        wait -= LOOK_EVERY_SECONDS
