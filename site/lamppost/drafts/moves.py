"""The way of a brief, from draft to published and withdrawn: one table of moves."""

from __future__ import annotations

from ..i18n import lazy_gettext as _l
from ..lifecycle import Move

STATES = {
    "draft": _l("Draft"),
    "in_translation": _l("In translation"),
    "in_review": _l("In review"),
    "returned": _l("Returned with remarks"),
    "scheduled": _l("Scheduled"),
    "published": _l("Published"),
    "withdrawn": _l("Withdrawn"),
    "discarded": _l("Thrown away"),
}
"""The states by id. From ``published`` on it is a file of the record, and no draft."""

WRITABLE = frozenset({"draft", "in_translation", "returned"})
"""The states in which texts and facts may be changed."""


MOVES = {
    "translate": Move(
        _l("Hand on to translators"), "write briefs",
        frozenset({"draft", "returned"}), "in_translation",
    ),
    "submit": Move(_l("Submit for review"), "translate", WRITABLE, "in_review"),
    "take-back": Move(
        _l("Take back, to go on writing"), "write briefs",
        frozenset({"in_translation", "in_review"}), "draft",
    ),
    "return": Move(
        _l("Return with remarks"), "review",
        frozenset({"in_review", "scheduled"}), "returned", ("remarks",),
    ),
    "publish": Move(
        _l("Approve and publish now"), "publish",
        frozenset({"in_review", "scheduled"}), "published", ("note",), by_another=True,
    ),
    "schedule": Move(
        _l("Approve, and publish on a day"), "publish",
        frozenset({"in_review"}), "scheduled", ("due_on", "note"), by_another=True,
    ),
    "hold": Move(
        _l("Do not publish on that day"), "publish", frozenset({"scheduled"}), "in_review"
    ),
    "discard": Move(_l("Throw this draft away"), "write briefs", WRITABLE, "discarded"),
    "withdraw": Move(
        _l("Withdraw"), "publish", frozenset({"published"}), "withdrawn", ("reason", "note")
    ),
    "new-version": Move(
        _l("Write a new version"), "write briefs", frozenset({"published", "withdrawn"}), "draft"
    ),
}  # fmt: skip
"""The moves by the name that stands in their address."""
