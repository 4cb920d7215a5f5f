"""Who has a text of a draft open, so that two people know of each other. Forgotten in minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from ..db import sessions
from ..staff.clock import now
from ..staff.models import Staff
from .models import Draft, DraftVisit

REMEMBERED = timedelta(minutes=10)


def others_at(draft: Draft, part: str, by: Staff) -> list[DraftVisit]:
    """Who else has this part of a draft open; and from now on, that ``by`` has it too."""
    session, moment = sessions(), now().replace(second=0, microsecond=0, tzinfo=None)
    session.execute(delete(DraftVisit).where(DraftVisit.seen_at < moment - REMEMBERED))
    here = select(DraftVisit).where(DraftVisit.draft_id == draft.id, DraftVisit.part == part)
    visits = list(session.scalars(here.order_by(DraftVisit.since, DraftVisit.staff_id)))
    mine = next((visit for visit in visits if visit.staff_id == by.id), None)
    if mine is None:
        session.add(_visit(draft, part, by, moment))
    elif mine.seen_at != moment:
        mine.seen_at = moment
    session.commit()
    return [visit for visit in visits if visit.staff_id != by.id]


def _visit(draft: Draft, part: str, by: Staff, moment: datetime) -> DraftVisit:
    return DraftVisit(draft_id=draft.id, part=part, staff_id=by.id, since=moment, seen_at=moment)
