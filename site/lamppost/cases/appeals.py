"""Appeals: whoever wrote asks once that another person looks at what was kept back.

That can be asked for some time after the decision (``promise.appeal`` of the settings). It is
decided by somebody who has had no part in the case before.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from ..lifecycle import STAFF, WRITER
from ..published import content
from ..staff.models import Staff
from . import deeds, publication
from .deeds import NotNowError
from .models import Appeal, Case
from .visible import GONE
from .ways import WAYS

RESULTS = ("upheld", "overturned")
"""It stays as it was decided, or it is prepared anew."""


def last_day(case: Case) -> date | None:
    """The last day on which its writer can ask, which may be over; None where it never is.

    They can where it was withheld, or summarized where their own words were allowed.
    """
    if case.appeal or case.outcome in GONE or case.state in WAYS[case.kind].frozen:
        return None
    is_summarized = case.wish == "words" and case.visibility == "summary"
    is_kept_back = case.moderation == "withheld" or is_summarized
    if case.receipt is None or not is_kept_back or case.moderated_on is None:
        return None
    return case.moderated_on + timedelta(days=content().settings.promise.appeal)


def appeal(case: Case, words: str, language: str, *, today: date, seen: int) -> None:
    """Ask that another person looks. Raises :class:`NotNowError` where that cannot be asked."""
    last = last_day(case)
    if last is None or last < today:
        raise NotNowError
    deeds.claim_version(case, seen)
    deeds.say(case, words, language, today=today, by=WRITER, move="appeal")
    case.appeal = Appeal(asked_on=today)
    deeds.finish(case, "appeal", WRITER)


def had_no_part(case: Case, staff: Staff) -> bool:
    """Whether somebody has neither worked on a case nor cleared or withheld anything of it."""
    worked = {step.staff_id for step in case.steps}
    return staff.id not in worked | set(case.moderated_by)


def decide(
    case: Case, result: str, said: Mapping[str, str], *, today: date, staff: Staff, seen: int
) -> None:
    """Decide on an appeal, and tell its writer why: ``said`` is as that of ``deeds.move_on``.

    What was withheld waits to be prepared like new; a summary stays until more is published.
    """
    asked = case.appeal
    if asked is None or asked.result or case.outcome in GONE or not had_no_part(case, staff):
        raise NotNowError
    deeds.claim_version(case, seen)
    deeds.say_to_writer(case, said, today=today, by=STAFF, move=result)
    asked.result, asked.is_open = result, result == "overturned"
    if result == "overturned" and case.moderation == "withheld":
        case.moderation, case.reason, case.cleared_by = "pending", "", None
        case.visibility = "private"
    publication.takes_part(case, staff)
    deeds.finish(case, result, STAFF)
