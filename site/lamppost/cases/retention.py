"""How long what was said in cases is kept, what of it goes on its day, and what is held."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from ..apart import attachments, contacts
from ..db import sessions
from ..lifecycle import CLOCK
from ..staff import audit
from . import deeds, notices
from .models import Case, Step
from .visible import is_ready
from .ways import WAYS

SAID_AFTER_END = timedelta(days=730)
"""How long what was said is kept after a case has ended; what was published of it stays."""

ORIGINAL_AFTER_PUBLISHED = timedelta(days=90)
"""How long what was taken out before something was published is kept after that."""


def hold(case: Case, why: str, *, seen: int) -> None:
    """Keep all of a case from being deleted, for a reason; without one it may be deleted again."""
    deeds.claim_version(case, seen)
    case.held = why
    if not why:
        contacts.forget(notices.subject_of(case), stopped=True)
    audit.log("hold case" if why else "release case", case.reference)


def held() -> list[bytes]:
    """The keys of the cases of which nothing is deleted."""
    return list(sessions().scalars(select(Case.id).where(Case.held != "")))


def past_their_day(today: date) -> list[Case]:
    """Cases that ended so long ago that what was said in them goes."""
    found = select(Case).where(Case.receipt.is_not(None), Case.held == "")
    return [
        case
        for case in sessions().scalars(found)
        if case.state == WAYS[case.kind].last and case.steps[-1].on + SAID_AFTER_END < today
    ]


def strip_all(today: date) -> int:
    """Delete what was said in cases past their day, and their receipts; how many there were.

    What stays is their steps, and what anybody may read of them.
    """
    cases, files = past_their_day(today), []
    for case in cases:
        case.steps.append(Step(
            number=len(case.steps) + 1, on=today, move="purge", after=case.state, by=CLOCK
        ))  # fmt: skip
        if not is_ready(case):
            case.texts.clear()
            case.files.clear()
        case.receipt = case.stop_mark = None
        case.version += 1
        files += deeds.take_out(case)
    sessions().commit()
    attachments.remove(files)
    return len(cases)


# --- what was taken out before something was published --------------------------------------------


def with_originals(today: date) -> list[Case]:
    """Cases whose words were published without parts of them, so long ago that these parts go.

    Not while their writers' request that another person looks is open.
    """
    published_by = today - ORIGINAL_AFTER_PUBLISHED
    found = select(Case).where(
        Case.moderation == "redacted", Case.visibility == "words", Case.held == "",
        Case.moderated_on < published_by,
    )  # fmt: skip
    return [case for case in sessions().scalars(found) if _has_original(case)]


def _has_original(case: Case) -> bool:
    way, shown = WAYS[case.kind], case.text("words", case.language)
    is_asked_again = case.appeal is not None and case.appeal.is_open
    if shown is None or not case.answers or is_asked_again:
        return False
    is_old = case.answer(way.words) != shown.text
    return is_old or any(way.words in earlier.answers for earlier in case.revisions)


def cut_all(today: date) -> int:
    """Put what anybody may read in place of what was written; of how many cases."""
    cases = with_originals(today)
    for case in cases:
        words, shown = WAYS[case.kind].words, case.text("words", case.language)
        if shown and case.answers:
            case.answers = {**case.answers, words: shown.text}
        for earlier in case.revisions:
            earlier.answers = {k: v for k, v in earlier.answers.items() if k != words}
        case.version += 1
    sessions().commit()
    return len(cases)
