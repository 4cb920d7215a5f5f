"""A move from one state to the next: what briefs, concerns, pitches and assessments share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

STAFF, WRITER, CLOCK = "staff", "writer", "clock"
"""Who makes a move: somebody at the desk, whoever holds the receipt, or the passing of days."""


class Move(NamedTuple):
    """A step on the way: the deed whose roles may make it, from which states, and to which.

    ``asks`` names what has to be said with it; ``by_another`` whether whoever prepared it may not
    make it, where the site asks for four eyes; ``by`` who makes it; ``outcome`` what has then come
    of it, where the move itself says so. ``page`` is the view on which it is made, where it asks
    for more than the common form does; ``rests`` the days that a case must have rested before, and
    ``within`` those after it was done in which the move can be made, where they end.
    """

    title: Any
    deed: str
    before: frozenset[str]
    after: str
    asks: tuple[str, ...] = ()
    by_another: bool = False
    by: str = STAFF
    outcome: str = ""
    page: str = ""
    rests: int = 0
    within: int = 0


class Way(NamedTuple):
    """The way of one kind of case: its states and outcomes with their names, and its moves.

    ``deed`` is what staff do who work on it. It begins in ``first``; in the states ``done`` nothing
    is owed, in ``paused`` its writer is waited for, in ``last`` it has ended. ``lapses`` are the
    days after which the passing of time makes a move. Its pages stand in ``folder``. ``words`` is
    the question whose answer are its writer's own words, ``told`` are those whose choices anybody
    may know once its summary is public, ``answers`` the moves with which the City answers, and with
    ``is_followed`` each step is public then. Rows of the tables ``erased`` go with what was
    written. In the states ``frozen`` nothing is changed or added, so that nobody has an advantage.
    Rows of the table ``support`` say that somebody supports one.

    ``reads`` is what staff must be allowed who read one, ``files`` who open its files. ``view`` is
    the page of the desk on which one is worked on besides that of all cases, ``renews`` the view by
    which its writer begins a new one from it in the states ``renewable``. Its receipt ``opens`` it
    for so many days after it was last used. ``called`` are the questions whose answers name it,
    ``form`` what it is written in where its category is no form, ``photos`` the question whose
    pictures may be published, ``papers`` that whose PDFs may.
    """

    kind: str
    title: Any
    deed: str
    states: Mapping[str, Any]
    outcomes: Mapping[str, Any]
    moves: Mapping[str, Move]
    first: str
    done: frozenset[str]
    paused: frozenset[str]
    last: str
    lapses: Mapping[str, int]
    folder: str
    words: str
    told: tuple[str, ...] = ()
    answers: frozenset[str] = frozenset({"answer"})
    is_followed: bool = False
    erased: tuple[Any, ...] = ()
    frozen: frozenset[str] = frozenset()
    support: Any = None
    reads: str = "see cases"
    view: str = ""
    renews: str = ""
    renewable: frozenset[str] = frozenset()
    opens: int = 180
    photos: str = ""
    papers: str = ""
    called: tuple[str, ...] = ()
    form: str = ""
    files: str = "see files"

    @property
    def page(self) -> str:
        """The view of the page of one that is public."""
        return f"{self.folder}.{self.kind}"


def moves_from(moves: Mapping[str, Move], state: str, by: str = STAFF) -> dict[str, Move]:
    """The moves that lead on from a state, for one sort of those who make them."""
    return {name: move for name, move in moves.items() if state in move.before and move.by == by}
