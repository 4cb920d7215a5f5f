"""The way of a vendor's assessment, from submitted to expired, and what its reviewers can find."""

from __future__ import annotations

from ..i18n import lazy_gettext as _l
from ..lifecycle import CLOCK, WRITER, Move, Way

STATES = {
    "submitted": _l("Submitted"),
    "in_review": _l("In review"),
    "returned": _l("Returned to the vendor"),
    "reviewed": _l("Reviewed, waiting for a decision"),
    "decided": _l("Decided"),
    "expired": _l("Expired"),
    "closed": _l("Closed"),
}
ACCEPTED, CONDITIONS, REFUSED = "accepted", "conditions", "not_accepted"
OUTCOMES = {
    ACCEPTED: _l("Accepted"),
    CONDITIONS: _l("Accepted with conditions"),
    REFUSED: _l("Not accepted"),
    "insufficient": _l("Not enough was known to decide"),
    "withdrawn": _l("Withdrawn by the vendor"),
    "erased": _l("Erased"),
    "spam": _l("Junk"),
}
VERDICTS = {
    "enough": _l("This is enough"),
    "unclear": _l("Something is missing or unclear"),
    "risk": _l("There is a risk"),
}
"""What a reviewer can find in a section."""

VALID_DAYS = 365
"""Days after a decision until it expires."""

DUE_BEFORE = 60
"""Days before it expires from which a renewal is due."""

REVIEWED_ON = "reviewing.review"
"""The page of the desk on which the answers are read, and findings written."""

_REVIEWS, _DECIDES = "review assessments", "decide on assessments"
_OPEN = frozenset({"submitted", "in_review", "returned", "reviewed"})

MOVES = {
    "start": Move(_l("Begin the review"), _REVIEWS, frozenset({"submitted"}), "in_review"),
    "find": Move(
        _l("Write down what was found"), _REVIEWS, frozenset({"in_review"}), "in_review",
        page=REVIEWED_ON,
    ),
    "return": Move(
        _l("Return it to the vendor"), _REVIEWS, frozenset({"in_review"}), "returned",
        ("message",),
    ),
    "revise": Move(
        _l("Change your answers"), "", frozenset({"returned"}), "in_review", by=WRITER,
        page="assessing.change",
    ),
    "recommend": Move(
        _l("Hand it on for a decision"), _REVIEWS, frozenset({"in_review"}), "reviewed",
        page=REVIEWED_ON,
    ),
    "send-back": Move(
        _l("Send it back to be reviewed"), _DECIDES, frozenset({"reviewed"}), "in_review"
    ),
    "accept": Move(
        _l("Accept it"), _DECIDES, frozenset({"reviewed"}), "decided", by_another=True,
        outcome=ACCEPTED,
    ),
    "accept-on": Move(
        _l("Accept it with conditions"), _DECIDES, frozenset({"reviewed"}), "decided",
        ("message",), by_another=True, outcome=CONDITIONS,
    ),
    "refuse": Move(
        _l("Do not accept it"), _DECIDES, frozenset({"reviewed"}), "decided", ("message",),
        by_another=True, outcome=REFUSED,
    ),
    "junk": Move(
        _l("Put away as junk"), _REVIEWS, frozenset({"submitted", "in_review"}), "closed",
        outcome="spam",
    ),
    "withdraw": Move(_l("Withdraw it"), "", _OPEN, "closed", by=WRITER, outcome="withdrawn"),
    "erase": Move(
        _l("Erase all I have written"), "", _OPEN | {"expired", "closed"}, "closed", by=WRITER,
        outcome="erased",
    ),
    "erase-on-request": Move(
        _l("Erase it, since somebody has asked for that"), "erase cases", frozenset(STATES),
        "closed", outcome="erased",
    ),
    "give-up": Move(
        _l("Closed, since no reply came"), "", frozenset({"returned"}), "closed", by=CLOCK,
        outcome="insufficient",
    ),
    "expire": Move(
        _l("Expired, a year after the decision"), "", frozenset({"decided"}), "expired", by=CLOCK
    ),
    "put-away": Move(
        _l("Closed, since nobody renewed it"), "", frozenset({"expired"}), "closed", by=CLOCK
    ),
}  # fmt: skip
"""The moves by the name that stands in their address."""

ASSESSMENT = Way(
    "assessment", _l("Vendor assessment"), _REVIEWS, STATES, OUTCOMES, MOVES, "submitted",
    frozenset({"decided", "expired", "closed"}), frozenset({"returned"}), "closed",
    {"give-up": 30, "expire": VALID_DAYS, "put-away": VALID_DAYS}, "assessments", "",
    reads="read assessments", view=REVIEWED_ON, renews="assessing.renew",
    renewable=frozenset({"decided", "expired"}), opens=VALID_DAYS + 180,
    called=("company", "product"), form="vendor-assessment", files="read assessments",
)  # fmt: skip
