"""Drafts, as they are looked for."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from ..db import sessions
from .models import Draft, DraftWriter


def all_drafts() -> list[Draft]:
    """Every draft, the one that was begun last first."""
    return list(sessions().scalars(select(Draft).order_by(Draft.id.desc())))


def draft_numbered(number: int) -> Draft | None:
    """The draft with this number, if it is not gone."""
    return sessions().get(Draft, number)


def draft_of(brief: str) -> Draft | None:
    """The draft of the brief with this id, if one was begun."""
    return sessions().scalar(select(Draft).where(Draft.brief == brief))


def drafts_due(day: date) -> list[Draft]:
    """The drafts that are to be published on this day or before."""
    wanted = select(Draft).where(Draft.state == "scheduled", Draft.due_on <= day)
    return list(sessions().scalars(wanted.order_by(Draft.due_on, Draft.id)))


def has_written(draft: Draft, staff_id: int) -> bool:
    """Whether somebody has a part in a draft."""
    return sessions().get(DraftWriter, (draft.id, staff_id)) is not None
