"""What the writer of a case can do with it now, and until when."""

from __future__ import annotations

from datetime import date, timedelta

from ..lifecycle import CLOCK, WRITER, Move, moves_from
from .models import Case
from .visible import ERASED, JUNK, TAKEN_BACK
from .ways import WAYS


def of_writer(case: Case, today: date) -> dict[str, Move]:
    """The moves that its writer can make on a day, by name."""
    found = moves_from(WAYS[case.kind].moves, case.state, WRITER)
    return {name: move for name, move in found.items() if can(case, name, today)}


def can(case: Case, name: str, today: date) -> bool:
    """Whether its writer can make a move on a day, which the state of the case allows."""
    move = WAYS[case.kind].moves[name]
    if not is_open_to(case, move) or (case.outcome == JUNK and move.outcome == "withdrawn"):
        return False
    if move.outcome == ERASED:
        return True
    if case.steps[-1].on + timedelta(days=move.rests) > today:
        return False
    return not move.within or today <= _done_since(case) + timedelta(days=move.within)


def is_open_to(case: Case, move: Move) -> bool:
    """Whether what was taken back, or is held, lets a move be made: erasing, or all but that."""
    if move.outcome == ERASED:
        return not case.held and case.outcome != ERASED
    return case.outcome not in TAKEN_BACK


def first_days(case: Case) -> dict[str, date]:
    """The days from which its writer can make the moves for which it has to rest longer."""
    found = moves_from(WAYS[case.kind].moves, case.state, WRITER)
    since = case.steps[-1].on
    return {name: since + timedelta(days=move.rests) for name, move in found.items() if move.rests}


def last_day(case: Case, name: str) -> date | None:
    """The last day on which its writer can make a move; None where no day ends that."""
    way = WAYS[case.kind]
    move = way.moves[name]
    if move.within:
        return _done_since(case) + timedelta(days=move.within)
    for lapse, then in moves_from(way.moves, case.state, CLOCK).items():
        if then.after not in move.before:
            return case.steps[-1].on + timedelta(days=way.lapses[lapse] - 1)
    return None


def _done_since(case: Case) -> date:
    """The day since which nothing is owed; that of the last step where something is."""
    since = case.steps[-1].on
    for step in reversed(case.steps):
        if step.after not in WAYS[case.kind].done:
            break
        since = step.on
    return since
