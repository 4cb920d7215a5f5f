"""The way of a survey, from draft to closed: one table of moves."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..i18n import lazy_gettext as _l

GONE = ""
"""Where a draft goes that is thrown away: its file goes too."""


class Move(NamedTuple):
    """A step on the way: the deed whose roles may make it, from which states, and to which.

    ``needs_gate`` says that nothing may stop the survey; ``by_another`` that whoever wrote it may
    not make the move, where the site's settings ask for four eyes. ``asks`` is the label of what
    has to be said with it, if anything has: that is the public note of the save.
    """

    title: Any
    deed: str
    before: frozenset[str]
    after: str
    asks: Any = ""
    needs_gate: bool = False
    by_another: bool = False


_NOTE = _l("What changed, and why")
MOVES = {
    "submit": Move(
        _l("Submit for review"), "prepare surveys",
        frozenset({"draft"}), "in_review", needs_gate=True,
    ),
    "take-back": Move(
        _l("Take back, to go on writing"), "prepare surveys", frozenset({"in_review"}), "draft"
    ),
    "open": Move(
        _l("Approve and open"), "open surveys",
        frozenset({"in_review"}), "open", _NOTE, needs_gate=True, by_another=True,
    ),
    "return": Move(
        _l("Return with remarks"), "open surveys", frozenset({"in_review"}), "draft", _l("Remarks")
    ),
    "pause": Move(_l("Pause"), "open surveys", frozenset({"open"}), "paused", _NOTE),
    "resume": Move(_l("Go on"), "open surveys", frozenset({"paused"}), "open", _NOTE),
    "close": Move(_l("Close"), "open surveys", frozenset({"open", "paused"}), "closed", _NOTE),
    "discard": Move(
        _l("Throw this draft away"), "prepare surveys", frozenset({"draft"}), GONE
    ),
}  # fmt: skip
"""The moves by the name that stands in their address."""


def moves_from(state: str) -> dict[str, Move]:
    """The moves that lead on from a state, whoever may make them."""
    return {name: move for name, move in MOVES.items() if state in move.before}
