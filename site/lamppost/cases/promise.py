"""When a case is to be acknowledged and answered: days on which offices work, without pauses."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, Protocol

WEEKEND = 5
SOON = 3
"""Working days before the end at which a case counts as due soon."""

LONG = 20
"""Working days after the end from which a case counts as long overdue."""


class Promise(Protocol):
    """Within how many working days a case is acknowledged and answered, and what are holidays."""

    @property
    def acknowledge(self) -> int: ...
    @property
    def answer(self) -> int: ...
    @property
    def holidays(self) -> Collection[date]: ...


class Turn(NamedTuple):
    """A day on which a case came into a state."""

    on: date
    after: str


@dataclass(frozen=True, slots=True)
class Clock:
    """How a case stands on a day: by when it is due, and how many working days are left.

    ``days_left`` is negative when it is overdue. While its writer is asked, the clock stands still:
    ``due_on`` is then nothing.
    """

    what: str
    due_on: date | None
    days_left: int

    @property
    def phase(self) -> str:
        """``waiting``, ``in_time``, ``due_soon``, ``overdue``, ``long_overdue``, or ``done``."""
        if self.what == "done":
            return "done"
        if self.due_on is None:
            return "waiting"
        if self.days_left < 0:
            return "long_overdue" if self.days_left < -LONG else "overdue"
        return "due_soon" if self.days_left <= SOON else "in_time"


def is_working(day: date, holidays: Collection[date]) -> bool:
    """Whether offices work on a day."""
    return day.weekday() < WEEKEND and day not in holidays


def after_working_days(start: date, days: int, holidays: Collection[date]) -> date:
    """The day that is so many working days after ``start``; ``start`` itself does not count."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working(day, holidays)
    return day


def working_days(start: date, end: date, holidays: Collection[date]) -> int:
    """The working days after ``start`` up to and with ``end``; negative where ``end`` is before."""
    if end < start:
        return -working_days(end, start, holidays)
    span = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_working(day, holidays) for day in span)


def clock(
    turns: Sequence[Turn], today: date, promise: Promise, *, done: Collection[str],
    paused: Collection[str], unseen: str,
) -> Clock:  # fmt: skip
    """How the clock of a case stands.

    ``turns`` are its states from the first on; ``done`` the states in which nothing is owed,
    ``paused`` those in which its writer is waited for, and ``unseen`` the one before it is
    acknowledged. It starts anew when a case is reopened.
    """
    since, last = _began(turns, done), turns[-1]
    if last.after in done:
        return Clock("done", None, 0)
    if last.after == unseen:
        due = after_working_days(since.on, promise.acknowledge, promise.holidays)
        return Clock("acknowledge", due, working_days(today, due, promise.holidays))
    rested = sum(_rests(turns[turns.index(since) :], today, promise, paused))
    due = after_working_days(since.on, promise.answer + rested, promise.holidays)
    left = working_days(today, due, promise.holidays)
    return Clock("answer", None if last.after in paused else due, left)


def spent(turns: Sequence[Turn], promise: Promise, *, paused: Collection[str]) -> int:
    """The working days from the first turn to the last, but for those of waiting for its writer."""
    first, last = turns[0].on, turns[-1].on
    rested = sum(_rests(turns, last, promise, paused))
    return working_days(first, last, promise.holidays) - rested


def _began(turns: Sequence[Turn], done: Collection[str]) -> Turn:
    ends = [n for n, turn in enumerate(turns[:-1]) if turn.after in done]
    return turns[ends[-1] + 1] if ends else turns[0]


def _rests(
    turns: Sequence[Turn], today: date, promise: Promise, paused: Collection[str]
) -> Iterable[int]:
    for turn, following in zip(turns, [*turns[1:], Turn(today, "")], strict=True):
        if turn.after in paused:
            yield working_days(turn.on, following.on, promise.holidays)
