"""What is past its day is deleted every day, from within the process that serves the site."""

from __future__ import annotations

import logging
import threading

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from ..published import content
from .unsent import clear

log = logging.getLogger("lamppost.nightly")
A_DAY = 24 * 60 * 60


def start(app: Flask) -> threading.Event:
    """Delete drafts past their day, now and once a day. Setting the event that is given ends it."""
    end = threading.Event()

    def run() -> None:
        while True:
            with app.app_context():
                try:
                    clear(content().as_of)
                except SQLAlchemyError as error:
                    log.warning("Drafts past their day are still there: %s", type(error).__name__)
            if end.wait(A_DAY):
                return

    threading.Thread(target=run, name="nightly", daemon=True).start()
    return end
