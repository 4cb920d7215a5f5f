"""The way of a pitch, from submitted to adopted or closed."""

from __future__ import annotations

from ..i18n import lazy_gettext as _l
from ..lifecycle import CLOCK, WRITER, Move, Way

STATES = {
    "submitted": _l("Submitted"),
    "returned": _l("Given back, to be completed"),
    "screening": _l("First look"),
    "closed": _l("Closed"),
}
OUTCOMES = {
    "no_reply": _l("No reply came"),
    "duplicate": _l("The same as another"),
    "withdrawn": _l("Withdrawn by who wrote it"),
    "erased": _l("Erased by who wrote it"),
    "spam": _l("Junk"),
}
OPEN = frozenset(STATES) - {"closed"}
BEFORE_DECISION = frozenset({"submitted", "returned", "screening"})
_SCREENED = "screen pitches"

MOVES = {
    "screen": Move(
        _l("Begin the first look"), _SCREENED, frozenset({"submitted"}), "screening"
    ),
    "return": Move(
        _l("Give it back, to be completed"), _SCREENED, frozenset({"submitted", "screening"}),
        "returned", ("message",),
    ),
    "merge": Move(
        _l("Join it to another"), _SCREENED, BEFORE_DECISION, "closed", ("target",),
        outcome="duplicate",
    ),
    "junk": Move(
        _l("Put away as junk"), _SCREENED, BEFORE_DECISION, "closed", outcome="spam"
    ),
    "withdraw": Move(
        _l("Withdraw it"), "", BEFORE_DECISION, "closed", by=WRITER, outcome="withdrawn"
    ),
    "erase": Move(
        _l("Erase all I have written"), "", frozenset(STATES), "closed", by=WRITER,
        outcome="erased",
    ),
    "give-up": Move(_l("Closed, since no reply came"), "", frozenset({"returned"}), "closed",
                    by=CLOCK, outcome="no_reply"),
}  # fmt: skip
"""The moves by the name that stands in their address."""

PITCH = Way(
    "pitch", _l("Pitch"), _SCREENED, STATES, OUTCOMES, MOVES, "submitted",
    frozenset({"closed"}), frozenset({"returned"}), "closed", {"give-up": 30},
    "pitches", "summary", ("principles", "areas"), frozenset(), is_followed=True,
)  # fmt: skip
