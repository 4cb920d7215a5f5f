"""The way of a pitch, from submitted to adopted or closed."""

from __future__ import annotations

from ..i18n import lazy_gettext as _l
from ..lifecycle import CLOCK, WRITER, Move, Way
from .models import Points, Support

STATES = {
    "submitted": _l("Submitted"),
    "returned": _l("Given back, to be completed"),
    "screening": _l("First look"),
    "evaluation": _l("Being weighed"),
    "forward": _l("To be taken forward"),
    "not_now": _l("Not now"),
    "market_scan": _l("Looking at the market"),
    "solicitation": _l("Open competition"),
    "pilot": _l("Pilot"),
    "adopted": _l("Adopted"),
    "closed": _l("Closed"),
}
OUTCOMES = {
    "declined": _l("Declined"),
    "ended": _l("Ended"),
    "no_reply": _l("No reply came"),
    "duplicate": _l("The same as another"),
    "withdrawn": _l("Withdrawn by who wrote it"),
    "erased": _l("Erased"),
    "spam": _l("Junk"),
}
BEFORE_DECISION = frozenset({"submitted", "returned", "screening", "evaluation"})
RESTS = 90
"""Days after which its writer can take a pitch up again that was not for now."""

_SCREENED, _DECIDED, _RUN = "screen pitches", "decide pitches", "run competitions"
_DECIDING = "pitches_desk.decide"
_WEIGHED = frozenset({"evaluation"})

MOVES = {
    "screen": Move(
        _l("Begin the first look"), _SCREENED, frozenset({"submitted"}), "screening"
    ),
    "return": Move(
        _l("Give it back, to be completed"), _SCREENED, frozenset({"submitted", "screening"}),
        "returned", ("message",),
    ),
    "evaluate": Move(
        _l("Choose the criteria, and let it be weighed"), _SCREENED, frozenset({"screening"}),
        "evaluation", page="pitches_desk.criteria",
    ),
    "forward": Move(_l("Take it forward"), _DECIDED, _WEIGHED, "forward", page=_DECIDING),
    "not-now": Move(_l("Not now"), _DECIDED, _WEIGHED, "not_now", page=_DECIDING),
    "decline": Move(
        _l("Decline it"), _DECIDED, _WEIGHED, "closed", outcome="declined", page=_DECIDING
    ),
    "scan": Move(
        _l("Look at the market"), _RUN, frozenset({"forward"}), "market_scan", ("notice",)
    ),
    "solicit": Move(
        _l("Open the competition"), _RUN, frozenset({"market_scan"}), "solicitation", ("notice",)
    ),
    "pilot": Move(
        _l("Begin a pilot"), _SCREENED, frozenset({"solicitation"}), "pilot",
        page="pitches_desk.pilot",
    ),
    "adopt": Move(_l("Adopt it"), _SCREENED, frozenset({"pilot"}), "adopted", ("message",)),
    "end": Move(
        _l("End it"), _SCREENED,
        frozenset({"forward", "market_scan", "solicitation", "pilot", "adopted"}),
        "closed", ("message",), outcome="ended",
    ),
    "merge": Move(
        _l("Join it to another"), _SCREENED, BEFORE_DECISION, "closed", ("target",),
        outcome="duplicate",
    ),
    "junk": Move(
        _l("Put away as junk"), _SCREENED, BEFORE_DECISION, "closed", outcome="spam"
    ),
    "revise": Move(
        _l("Complete it"), "", frozenset({"returned"}), "submitted", by=WRITER,
        page="revising.revise",
    ),
    "take-up": Move(
        _l("Ask to take it up again"), "", frozenset({"not_now"}), "submitted", by=WRITER,
        rests=RESTS,
    ),
    "withdraw": Move(
        _l("Withdraw it"), "", BEFORE_DECISION | {"not_now"}, "closed", by=WRITER,
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
        frozenset({"closed"}), "submitted", by=CLOCK,
    ),
    "give-up": Move(_l("Closed, since no reply came"), "", frozenset({"returned"}), "closed",
                    by=CLOCK, outcome="no_reply"),
}  # fmt: skip
"""The moves by the name that stands in their address."""

PITCH = Way(
    "pitch", _l("Pitch"), _SCREENED, STATES, OUTCOMES, MOVES, "submitted",
    frozenset(STATES) - {"submitted", "returned", "screening"}, frozenset({"returned"}),
    "closed", {"give-up": 30}, "pitches", "summary",
    ("principles", "areas", "senses_people", "data_types", "identifiability"),
    frozenset({"forward", "not-now", "decline", "adopt", "end"}), is_followed=True,
    erased=(Points,), frozen=frozenset({"market_scan", "solicitation"}), support=Support,
    called=("title",), photos="public_annex", papers="public_annex", files="see files of pitches",
)  # fmt: skip
