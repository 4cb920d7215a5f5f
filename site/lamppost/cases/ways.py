"""The ways of all kinds of cases, and how the clock of a case stands on its way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from ..assessments.moves import ASSESSMENT
from ..concerns.moves import CONCERN
from ..lifecycle import Way
from ..pitches.moves import PITCH
from .models import Step
from .promise import Clock, Promise, Turn, clock

WAYS: dict[str, Way] = {way.kind: way for way in (CONCERN, PITCH, ASSESSMENT)}
"""By kind."""


class Timed(Protocol):
    """What has a clock: a kind, and steps."""

    @property
    def kind(self) -> str: ...
    @property
    def steps(self) -> Sequence[Step]: ...


def clock_of(case: Timed, today: date, promise: Promise) -> Clock:
    """How the clock of a case stands."""
    turns = [Turn(step.on, step.after) for step in case.steps]
    return clock_at(WAYS[case.kind], turns, today, promise)


def clock_at(way: Way, turns: Sequence[Turn], today: date, promise: Promise) -> Clock:
    """How the clock of a case stands that has come to these states."""
    return clock(turns, today, promise, done=way.done, paused=way.paused, unseen=way.first)
