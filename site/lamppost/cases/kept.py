"""All that is kept of a case, as JSON can hold it, for whom it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from ..apart import attachments, contacts
from ..apart.models import Attachment
from ..apart.vault import NoKeyError
from ..i18n import gettext as _
from ..sealed import SealError
from . import appeals, chances
from .models import Case, Message
from .notices import subject_of
from .visible import ANYBODY, Seen, seen


class SentFile(NamedTuple):
    """A file that was sent. Its ``name`` is empty where the key that opens it is not here."""

    name: str
    media_type: str
    size: int
    question: str
    kept_until: date


def files_sent(case: Case) -> list[SentFile]:
    """The files that are kept of a case."""
    return [
        SentFile(_name(one), one.media_type, one.size, one.purpose, one.delete_after)
        for one in attachments.attachments_of(subject_of(case))
    ]


def _name(one: Attachment) -> str:
    try:
        return attachments.name_of(one)
    except (NoKeyError, SealError):
        return ""


def kept_of(case: Case, today: date) -> dict[str, Any]:
    """All of it; of what only the desk can read, that it is kept and until when."""
    is_public = seen(ANYBODY, case, "page") >= Seen.SUMMARY
    return {
        "reference": case.reference,
        "received_on": case.received_on.isoformat(),
        "record_as_of": case.record_save,
        "language": case.language,
        "state": case.state,
        "outcome": case.outcome,
        "technology": case.technology,
        "device": case.device,
        "place": case.place,
        "links": [{"kind": link.kind, "target": link.target} for link in case.links],
        "answers": case.answers,
        "earlier_answers": [
            {"on": one.on.isoformat(), "language": one.language, "answers": one.answers}
            for one in case.revisions
        ],
        "messages": [_message(m) for m in case.messages],
        "steps": [{"on": s.on.isoformat(), "move": s.move, "by": s.by} for s in case.steps],
        "files_sent": _files(files_sent(case)),
        "files": [
            {"shows": f.alt, "covered": f.boxes, "is_public": bool(f.name)} for f in case.files
        ],
        "contact": _contact(case),
        "may_be_published": case.wish,
        "moderation": case.moderation,
        "moderated_on": case.moderated_on.isoformat() if case.moderated_on else "",
        "withheld_because": case.reason if case.moderation == "withheld" else "",
        "asked_again": (case.appeal.result or "waiting") if case.appeal else "",
        "published": {
            f"{t.part}/{t.language}": t.text for t in case.texts if is_public and not t.waits
        },
        "you_can_until": _deadlines(case, today),
        "receipt_opens_until": case.opens_until.isoformat(),
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "number": message.number,
        "on": message.on.isoformat(),
        "by": message.by,
        "language": message.language,
        "body": message.body,
        "translates": message.translates,
        "made": message.made,
    }


def _files(sent: Iterable[SentFile]) -> list[dict[str, Any]]:
    note = _("The file itself is encrypted, and can be read at the City’s desk only.")
    return [
        {**one._asdict(), "kept_until": one.kept_until.isoformat(), "note": note} for one in sent
    ]


def _contact(case: Case) -> list[dict[str, Any]]:
    note = _("How to reach you is encrypted, and can be read at the City’s desk only.")
    return [
        {"kind": kind, "kept_until": until.isoformat(), "note": note}
        for kind, until in contacts.kept_of(subject_of(case))
    ]


def _deadlines(case: Case, today: date) -> dict[str, str]:
    """The last days on which its writer can make a move that ends on a day."""
    days = {name: chances.last_day(case, name) for name in chances.of_writer(case, today)}
    days["appeal"] = appeals.last_day(case)
    return {name: day.isoformat() for name, day in days.items() if day and day >= today}
