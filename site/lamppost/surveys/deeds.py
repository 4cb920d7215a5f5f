"""What is done with a survey as a whole: moved on, from draft to closed."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..config import Config
from ..content import Content
from ..i18n import gettext as _
from ..published import look_again
from ..staff import audit
from ..staff.models import Staff
from . import files
from .definitions import Survey
from .detached import settle
from .moves import GONE, MOVES, Move

MOST_NOTE = 500

NOTES = {
    "submit": "Submitted the survey %s for review",
    "take-back": "Took the survey %s back, to go on writing",
    "discard": "Threw the draft of the survey %s away",
}
"""The notes of the moves for which nobody is asked for one: nobody else sees what they change."""


class NotMovedError(Exception):
    """Nothing was done; the message says why, in the language of whoever tried."""


def why_not(move: Move, survey: Survey, content: Content, config: Config, by: Staff) -> str:
    """What stands against a move, in words; empty where nothing does."""
    if survey.state not in move.before:
        return _("Somebody has moved this survey on meanwhile.")
    if move.needs_gate and any(reason.stops for reason in content.reasons[survey.id]):
        return _("Something still stops it from opening.")
    if move.after == "open" and survey.closes_on and survey.closes_on < content.as_of:
        return _("Its last day has passed.")
    if move.by_another and content.settings.four_eyes and by.email in files.writers(
        config, survey.id
    ):  # fmt: skip
        return _("Somebody else has to approve this: you have written at it.")
    return ""


def move_on(
    name: str, survey: Survey, note: str, *, content: Content, config: Config, by: Staff
) -> None:
    """Make a move by one save, and log it.

    Raises :class:`NotMovedError`, and :class:`~lamppost.saves.SaveError` where it cannot be saved.
    """
    move = MOVES[name]
    fault = why_not(move, survey, content, config, by)
    over = files.now(config, survey.id)
    if fault or over is None:
        raise NotMovedError(fault or _("Somebody has moved this survey on meanwhile."))
    if files.held(over).get("state", "draft") != survey.state:
        raise NotMovedError(_("Somebody has moved this survey on meanwhile."))
    note = " ".join(note.split()) if move.asks else NOTES[name] % survey.id
    if not note or len(note) > MOST_NOTE:
        raise NotMovedError(_("Write what changes, and why. People will read it."))
    data = None if move.after == GONE else files.changed(over, **_facts(move, survey, content))
    files.save(config, survey.id, data, over=over, note=note, by=by)
    audit.log(f"{name} survey", survey.id)
    if move.after == "closed":
        settle(survey.id)
    look_again()


def _facts(move: Move, survey: Survey, content: Content) -> dict[str, Any]:
    """What the file says otherwise afterwards: its state, and the days that come of it."""
    today: date = content.as_of
    facts: dict[str, Any] = {"state": move.after}
    if move.before == frozenset({"in_review"}) and move.after == "open":
        facts["opens_on"] = max(survey.opens_on or today, today)
    if move.after == "closed" and (survey.closes_on is None or survey.closes_on > today):
        facts["closes_on"] = max(today, survey.opens_on or today)
    return facts
