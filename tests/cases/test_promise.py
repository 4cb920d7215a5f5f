"""The promise clock counts the days on which offices work, and rests while a reply is awaited."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest

from lamppost.cases.promise import Turn, after_working_days, clock, spent, working_days

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


class Promised(NamedTuple):
    """A promise of three and twenty days, with a holiday."""

    acknowledge: int = 3
    answer: int = 20
    holidays: tuple[date, ...] = (date(2026, 11, 26),)


def stands(turns, today):
    return clock(
        [Turn(*turn) for turn in turns], today, Promised(),
        done={"answered", "closed"}, paused={"waiting"}, unseen="received",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "end"),
    [(1, MONDAY), (3, date(2026, 11, 25)), (4, date(2026, 11, 27)), (5, date(2026, 11, 30))],
)
def test_weekends_and_holidays_are_no_working_days(days, end):
    assert after_working_days(FRIDAY, days, Promised().holidays) == end
    assert working_days(FRIDAY, end, Promised().holidays) == days


def test_days_before_are_counted_below_zero():
    assert working_days(MONDAY, FRIDAY, ()) == -1


def test_what_was_received_is_to_be_acknowledged_first():
    now = stands([(FRIDAY, "received")], FRIDAY)
    assert (now.what, now.due_on, now.phase) == ("acknowledge", date(2026, 11, 25), "due_soon")


def test_what_was_acknowledged_is_to_be_answered_from_the_day_it_came():
    now = stands([(FRIDAY, "received"), (MONDAY, "acknowledged")], MONDAY)
    assert (now.what, now.phase) == ("answer", "in_time")
    assert now.due_on == after_working_days(FRIDAY, 20, Promised().holidays)


def test_the_clock_stands_still_while_its_writer_is_asked():
    turns = [(FRIDAY, "received"), (MONDAY, "waiting")]
    assert stands(turns, date(2027, 3, 1)).phase == "waiting"
    back = [*turns, (date(2026, 12, 7), "in_review")]
    rested = working_days(MONDAY, date(2026, 12, 7), Promised().holidays)
    due = after_working_days(FRIDAY, 20 + rested, Promised().holidays)
    assert stands(back, date(2026, 12, 8)).due_on == due


def test_what_is_late_is_overdue_and_later_long_overdue():
    turns = [(FRIDAY, "received"), (MONDAY, "in_review")]
    assert stands(turns, date(2026, 12, 22)).phase == "overdue"
    assert stands(turns, date(2027, 3, 1)).phase == "long_overdue"


def test_an_answer_ends_it_and_an_objection_starts_it_anew():
    turns = [(FRIDAY, "received"), (MONDAY, "answered")]
    assert stands(turns, date(2027, 3, 1)).phase == "done"
    again = [*turns, (date(2027, 3, 1), "reopened")]
    due = after_working_days(date(2027, 3, 1), 20, ())
    assert stands(again, date(2027, 3, 2)).due_on == due


def test_the_time_to_an_answer_leaves_out_holidays_and_what_its_writer_took():
    turns = [
        Turn(FRIDAY, "received"), Turn(MONDAY, "waiting"), Turn(date(2026, 11, 25), "review"),
        Turn(date(2026, 11, 30), "answered"),
    ]  # fmt: skip
    assert working_days(FRIDAY, date(2026, 11, 30), ()) == 6
    assert spent(turns, Promised(), paused={"waiting"}) == 3
