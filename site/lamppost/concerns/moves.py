"""The way of a concern, from received to closed."""

from __future__ import annotations

from ..i18n import lazy_gettext as _l
from ..lifecycle import CLOCK, WRITER, Move, Way

STATES = {
    "received": _l("Received"),
    "acknowledged": _l("Acknowledged"),
    "in_review": _l("Being looked into"),
    "waiting_reporter": _l("Waiting for an answer from who wrote it"),
    "waiting_third_party": _l("Waiting for somebody else"),
    "answered": _l("Answered"),
    "closed": _l("Closed"),
    "reopened": _l("Opened again"),
}
OUTCOMES = {
    "changed": _l("Something was changed"),
    "partly_changed": _l("Something was changed in part"),
    "explained_no_change": _l("Explained, nothing was changed"),
    "not_city": _l("Not a matter of the City"),
    "duplicate": _l("The same as another"),
    "insufficient": _l("Not enough was known to answer"),
    "withdrawn": _l("Withdrawn by who wrote it"),
    "erased": _l("Erased"),
    "spam": _l("Junk"),
}
OPEN = frozenset(STATES) - {"closed"}
_WORKED_ON = "work on concerns"

DISPUTED_WITHIN = 180
"""Days after it was answered or closed within which its writer can object."""

MOVES = {
    "acknowledge": Move(
        _l("Acknowledge"), _WORKED_ON, frozenset({"received"}), "acknowledged"
    ),
    "start": Move(
        _l("Look into it"), _WORKED_ON,
        frozenset({"received", "acknowledged", "reopened"}), "in_review",
    ),
    "ask": Move(
        _l("Ask who wrote it"), _WORKED_ON, frozenset({"in_review"}), "waiting_reporter",
        ("message",),
    ),
    "refer": Move(
        _l("Refer it to somebody else"), _WORKED_ON, frozenset({"in_review"}),
        "waiting_third_party", ("message", "party"),
    ),
    "resume": Move(
        _l("Go on with it"), _WORKED_ON,
        frozenset({"waiting_reporter", "waiting_third_party"}), "in_review",
    ),
    "answer": Move(
        _l("Answer"), _WORKED_ON, frozenset({"in_review"}), "answered", ("message", "outcome")
    ),
    "merge": Move(
        _l("Join it to another"), _WORKED_ON, OPEN, "closed", ("target",), outcome="duplicate"
    ),
    "junk": Move(
        _l("Put away as junk"), _WORKED_ON, OPEN - {"answered"}, "closed", outcome="spam"
    ),
    "reopen": Move(
        _l("Open it again"), _WORKED_ON, frozenset({"answered", "closed"}), "reopened"
    ),
    "reply": Move(
        _l("Send your reply"), "", frozenset({"waiting_reporter"}), "in_review", ("message",),
        by=WRITER,
    ),
    "accept": Move(
        _l("Yes, this answers it"), "", frozenset({"answered"}), "closed", by=WRITER
    ),
    "dispute": Move(
        _l("No, look at it again"), "", frozenset({"answered", "closed"}), "reopened",
        ("message",), by=WRITER, within=DISPUTED_WITHIN,
    ),
    "withdraw": Move(
        _l("Withdraw it"), "", frozenset(STATES), "closed", by=WRITER,
        outcome="withdrawn",
    ),
    "erase": Move(
        _l("Erase all I have written"), "", frozenset(STATES), "closed", by=WRITER,
        outcome="erased",
    ),
    "erase-on-request": Move(
        _l("Erase it, since somebody has asked for that"), "erase cases", frozenset(STATES),
        "closed", outcome="erased",
    ),
    "part": Move(
        _l("Opened again, since what it was joined to gets no answer"), "",
        frozenset({"closed"}), "reopened", by=CLOCK,
    ),
    "lapse": Move(_l("Closed, since nobody objected"), "", frozenset({"answered"}), "closed",
                  by=CLOCK),
    "give-up": Move(_l("Closed, since no reply came"), "", frozenset({"waiting_reporter"}),
                    "closed", by=CLOCK, outcome="insufficient"),
}  # fmt: skip
"""The moves by the name that stands in their address."""

ANSWERS = ("changed", "partly_changed", "explained_no_change", "not_city", "insufficient")
"""The outcomes that an answer can name."""

CONCERN = Way(
    "concern", _l("Concern"), _WORKED_ON, STATES, OUTCOMES, MOVES, "received",
    frozenset({"answered", "closed"}), frozenset({"waiting_reporter"}), "closed",
    {"lapse": 28, "give-up": 30}, "concerns", "worry", form="concern", photos="photo",
    reads="read concerns",
)  # fmt: skip
