"""The time at the desk, from one place, so that a test can move it."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import current_app


def now() -> datetime:
    """The time in UTC; an app's extension ``clock`` is asked instead of the machine."""
    clock = current_app.extensions.get("clock")
    told: datetime = clock() if clock else datetime.now(UTC)
    return told
