"""Publishes every day at one time, from within the process that serves the site."""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ..config import Config
from ..trees import BusyError
from .job import Jobs

log = logging.getLogger("lamppost.publish")
BY = "the schedule"


def next_time(now: datetime, at: str) -> datetime:
    """The next moment after ``now`` at which the clock of its time zone shows ``at`` (``HH:MM``).

    On a day on which the clock is set over that time, it is the same time by the old clock.
    """
    hour, minute = map(int, at.split(":"))
    today = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)


def start(config: Config, time_zone: str) -> threading.Event | None:
    """Publish at ``config.publish_at`` from now on; None where no time is set.

    Setting the event that is returned ends it.
    """
    if not config.publish_at:
        return None
    end = threading.Event()
    zone = ZoneInfo(time_zone)

    def run() -> None:
        while True:
            now = datetime.now(zone)
            wait = next_time(now, config.publish_at).timestamp() - now.timestamp()
            if end.wait(wait):
                return
            publish_now(config)

    threading.Thread(target=run, name="schedule", daemon=True).start()
    return end


def publish_now(config: Config) -> None:
    """Begin to publish what has changed; a publication that is at work is left alone."""
    try:
        Jobs(config.public).begin("now", "--by", BY, environment=config.as_environment())
    except BusyError as error:
        log.warning("Not published on schedule: %s.", error)
