"""Answers that whoever wrote them changes, with the same receipt, once they were returned."""

from __future__ import annotations

from datetime import date

from ..answering import unsent
from ..answering.asked import Asked
from ..apart import attachments, contacts
from ..apart.models import Attachment
from ..apart.vault import NoKeyError
from ..db import sessions
from ..i18n import gettext as _
from ..i18n import speech
from ..lifecycle import WRITER, moves_from
from ..published import content
from ..questions.answers import Answers, sent_again
from ..questions.enclosed import Contact, File, Kept
from ..sealed import SealError
from ..staff.clock import now
from ..urls import url
from . import chances, deeds
from .arrival import WHILE_OPEN, about, parts_of
from .deeds import NotNowError
from .models import Case, Revision
from .notices import subject_of
from .told import state_told
from .visible import GONE
from .ways import WAYS

SENT_BEFORE = "files-before"
"""In a draft the ids of the files that were sent before. No question has a name with ``-``, so no
browser can put it there."""

REVISE = "revise"
"""The move by which a writer changes what they have answered."""


def lay_open(case: Case, receipt: str, asked: Asked) -> None:
    """Lay what was sent before its writer once more; a draft that they have begun already stays.

    The files they sent stand in it, so that they can be taken out; they stay the case's own.

    Raises :class:`NotNowError` where the case does not wait for that.
    """
    if case.answers is None or not _waits(case):
        raise NotNowError
    typed = sent_again(asked.sections, case.answers) | _files_of(case, asked)
    today, moment = content().as_of, int(now().timestamp())
    last_day = chances.last_day(case, REVISE)
    unsent.reopen(receipt, asked.key, typed, now=moment, today=today, last_day=last_day)


def revise(
    case: Case, receipt: str, form: str, answers: Answers, language: str, *, today: date
) -> None:  # fmt: skip
    """Take the answers of a draft in as new ones of the case that the same receipt opens.

    They are in the ``language`` in which they are sent.

    How to reach its writer stays where they gave nothing new; the files they sent before go where
    they have taken them out, unless the case is held.
    What was answered before is kept as a version for the desk; what was cleared of it has to be
    cleared anew. Raises :class:`NotNowError` where the case does not wait for that; the draft then
    stays.
    """
    if not _waits(case) or not unsent.take(receipt):
        sessions().rollback()
        raise NotNowError
    _keep_version(case)
    case.answers, case.form, case.language = parts_of(answers), form, language
    for name, what in about(answers).items():
        setattr(case, name, what)
    case.wish = answers.key("may_publish") or "nothing"
    case.moderation, case.visibility, case.cleared_by = "pending", "private", None
    case.texts.clear()
    case.files.clear()
    deeds.forget_support(case)
    mine, until = subject_of(case), today + WHILE_OPEN
    if any(isinstance(question, Contact) for question, _value in answers.apart.values()):
        # Of a case that is held the old one goes when that ends.
        (contacts.stop if case.held else contacts.forget)(mine)
        contacts.keep(mine, answers, case.language, until)
    left = [] if case.held else attachments.forget(mine, ids=_taken_out(answers))
    left += attachments.hand_over(unsent.subject_of(receipt), answers, mine, until)
    deeds.move_on(case, REVISE, {}, today=today, by=WRITER, seen=case.version)
    attachments.remove(left)


def _files_of(case: Case, asked: Asked) -> dict[str, list[str]]:
    """The files of a case, as a draft names them, by question; and the ids of all of them."""
    questions = {q.key for s in asked.sections for q in s.questions if isinstance(q, File)}
    typed: dict[str, list[str]] = {}
    for number, sent in enumerate(attachments.attachments_of(subject_of(case)), 1):
        if sent.purpose in questions:
            name = _name(sent) or _("File %(number)s", number=speech().number(number))
            kept = Kept(sent.id.hex(), name, sent.media_type, sent.size)
            typed.setdefault(sent.purpose, []).append(kept.written())
            typed.setdefault(SENT_BEFORE, []).append(kept.id)
    return typed


def _name(sent: Attachment) -> str:
    """How a file was called; empty where the key that opens its name is not here."""
    try:
        return attachments.name_of(sent)
    except (NoKeyError, SealError):
        return ""


def _taken_out(answers: Answers) -> set[str]:
    """The ids of the files that were laid open and that the answers name no more."""
    kept = {
        one.id
        for question, value in answers.apart.values() if isinstance(question, File)
        for one in value
    }  # fmt: skip
    return set(answers.sent.get(SENT_BEFORE, ())) - kept


def _keep_version(case: Case) -> None:
    sent_on = [step.on for step in case.steps if step.move in ("submit", REVISE)][-1]
    number = len(case.revisions) + 1
    case.revisions.append(
        Revision(number=number, on=sent_on, language=case.language, answers=case.answers or {})
    )


def too_late(case: Case) -> str:
    """Why its writer cannot send what they have changed any more; empty while they can."""
    if _waits(case):
        return ""
    return _(
        "Your changes came too late, and were not sent. Since %(day)s it stands so: %(state)s."
        " What you wrote is still here for some days, so that you can copy it.",
        day=speech().day(case.steps[-1].on),
        state=state_told(case),
    )


def gone_to(case: Case | None, receipt: str) -> str:
    """The page that says what became of a case, where nothing of it is to be changed any more."""
    is_gone = case is not None and case.outcome in GONE
    return url("receipts.thread", receipt=receipt) if is_gone else ""


def _waits(case: Case) -> bool:
    return REVISE in moves_from(WAYS[case.kind].moves, case.state, WRITER)
