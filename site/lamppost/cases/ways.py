"""The ways of all kinds of cases, and how the clock of a case stands on its way."""

from __future__ import annotations

from datetime import date

from ..assessments.moves import ASSESSMENT
from ..concerns.moves import CONCERN
from ..lifecycle import Way
from ..pitches.moves import PITCH
from .models import Case
from .promise import Clock, Promise, Turn, clock

WAYS: dict[str, Way] = {way.kind: way for way in (CONCERN, PITCH, ASSESSMENT)}
"""By kind."""


def clock_of(case: Case, today: date, promise: Promise) -> Clock:
    """How the clock of a case stands."""
    way = WAYS[case.kind]
    turns = [Turn(step.on, step.after) for step in case.steps]
    return clock(turns, today, promise, done=way.done, paused=way.paused, unseen=way.first)
