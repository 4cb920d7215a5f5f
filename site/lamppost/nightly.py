"""What the passing of days does, once a day, from within the process that serves the site."""

from __future__ import annotations

import logging
import threading

from flask import Flask, current_app

from . import texting
from .assessments.renewals import remind
from .cases.deeds import pass_time, take_back_again
from .cases.shown import write_shown
from .config import Config
from .db import sort
from .open311 import repeats
from .published import content
from .publishing.releases import Releases
from .publishing.schedule import publish_now
from .purging import purge

log = logging.getLogger("lamppost.nightly")
A_DAY = 24 * 60 * 60


def start(app: Flask) -> threading.Event:
    """Do it now and once a day. Setting the event that is given ends it."""
    end = threading.Event()

    def run() -> None:
        while True:
            with app.app_context():
                try:
                    a_night()
                except Exception as error:  # noqa: BLE001 - one bad night, and not the last one
                    log.warning("What is past its day is still there: %s", type(error).__name__)
            if end.wait(A_DAY):
                return

    threading.Thread(target=run, name="nightly", daemon=True).start()
    return end


def a_night() -> None:
    """What the passing of days does: moves, reminders, and what is past its day goes.

    What was taken back goes from the published pages, whether they are published daily or not. What
    came in since counts from now on in public, so that what nobody looks at is overdue there too.

    What stays lies in no order afterwards that tells who came first.
    """
    config: Config = current_app.extensions["config"]
    texting.forget_old(config)
    repeats.forget_old(config)
    today = content().as_of
    if number := take_back_again(today):
        log.warning("Taken back once more, since an old database had them: %s.", number)
    pass_time(today)
    remind(today)
    for one in purge(today):
        if one.is_too_much:
            log.warning(
                "Of %s, %s of %s are past their day. That is much: see `lamppost purge --dry-run`.",
                one.kind, one.due, one.of,
            )  # fmt: skip
    write_shown(config, content().settings.promise)
    sort()
    if Releases(config.public).holds_withdrawn:
        publish_now(config)
