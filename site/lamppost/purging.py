"""What is past its day goes: drafts, contacts, files, what was said in cases, answers to surveys.

A wrong clock must not empty a table: where much of one is past its day at once, nothing of it goes
until somebody says so. A case that is held keeps all that belongs to it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from flask import current_app
from sqlalchemy import func, select

from .answering import unsent
from .answering.models import Unsent
from .apart import attachments, contacts
from .apart.models import Attachment, Contact
from .cases import retention
from .cases.models import Case, Purged
from .cases.shown import write_shown
from .db import sessions
from .published import content
from .surveys.deletion import delete_answers, past_their_day
from .surveys.models import Response

MOST_SHARE = 0.2
"""Which part of a table may go without somebody saying so."""

BY_ITS_PRACTICES = "The time is over that its practices name"
"""What the certificate says where no person has decided."""

FEW = 20
"""So many may go, whatever their part."""


class Due(NamedTuple):
    """How many of a kind are past their day, of how many."""

    kind: str
    due: int
    of: int

    @property
    def is_too_much(self) -> bool:
        """Whether somebody has to say that these may go.

        Drafts are not asked for: all that were begun in a week go on one day, as was promised.
        """
        return self.kind != "drafts" and self.due > max(FEW, self.of * MOST_SHARE)


class _Kind(NamedTuple):
    due: Callable[[date], int]
    every: Callable[[], int]
    delete: Callable[[date], int]


def due(today: date) -> list[Due]:
    """What is past its day, by kind; nothing is changed."""
    return [Due(name, kind.due(today), kind.every()) for name, kind in _KINDS.items()]


def purge(today: date, *, force: bool = False) -> list[Due]:
    """Delete what is past its day, kind by kind; what is too much stays unless ``force`` is set."""
    found = due(today)
    went = {}
    for one in found:
        if one.due and (force or not one.is_too_much):
            went[one.kind] = _KINDS[one.kind].delete(today)
    if went:
        _count(today.year, went)
        write_shown(current_app.extensions["config"], content().settings.promise)
    return found


def _count(year: int, went: dict[str, int]) -> None:
    session = sessions()
    for kind, number in went.items():
        row = session.get(Purged, (year, kind)) or Purged(year=year, kind=kind, number=0)
        row.number += number
        session.add(row)
    session.commit()


def _contacts_gone(today: date) -> int:
    gone = contacts.purge(today, but=retention.held())
    sessions().commit()
    return gone


def _answers_due(today: date) -> dict[str, int]:
    return past_their_day(content().surveys.values(), today)


def _answers_gone(today: date) -> int:
    found = _answers_due(today)
    for survey in found:
        delete_answers(survey, rule=BY_ITS_PRACTICES, by="the site", today=today, sure=True)
        sessions().commit()
    return sum(found.values())


def _rows(model: type) -> int:
    return sessions().scalar(select(func.count()).select_from(model)) or 0


_KINDS = {
    "drafts": _Kind(unsent.overdue, lambda: _rows(Unsent), unsent.clear),
    "contacts": _Kind(
        lambda today: contacts.purge(today, but=retention.held(), dry_run=True),
        lambda: _rows(Contact),
        _contacts_gone,
    ),
    "files": _Kind(
        lambda today: attachments.purge(today, but=retention.held(), dry_run=True),
        lambda: _rows(Attachment),
        lambda today: attachments.purge(today, but=retention.held()),
    ),
    "cases": _Kind(
        lambda today: len(retention.past_their_day(today)), lambda: _rows(Case), retention.strip_all
    ),
    "originals": _Kind(
        lambda today: len(retention.with_originals(today)), lambda: _rows(Case), retention.cut_all
    ),
    "answers": _Kind(
        lambda today: sum(_answers_due(today).values()), lambda: _rows(Response), _answers_gone
    ),
}  # fmt: skip

KINDS = tuple(_KINDS)
"""What is deleted when its time is over."""
