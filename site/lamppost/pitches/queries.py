"""What is asked of the weighing of a pitch."""

from __future__ import annotations

from sqlalchemy import select

from ..cases.models import Case
from ..db import sessions
from ..staff.models import Staff
from .criteria import CRITERIA, EVALUATORS
from .models import Evaluator, Points, Weighed


def criteria_of(case: Case) -> list[str]:
    """The criteria by which a pitch is weighed, in their order."""
    chosen = select(Weighed.criterion).where(Weighed.case_id == case.id)
    found = set(sessions().scalars(chosen))
    return [criterion for criterion in CRITERIA if criterion in found]


def evaluator(case: Case, staff: Staff) -> Evaluator | None:
    """What somebody has said of their interest in a pitch; None where they said nothing."""
    return sessions().get(Evaluator, (case.id, staff.id))


def has_conflict(case: Case, staff: Staff) -> bool:
    """Whether somebody has said that they would gain from a pitch, or lose."""
    said = evaluator(case, staff)
    return said is not None and said.has_conflict


def points_of(case: Case, staff: Staff | None = None) -> list[Points]:
    """The points that a pitch was given, by anybody or by one."""
    wanted = select(Points).where(Points.case_id == case.id)
    wanted = wanted.where(Points.staff_id == staff.id) if staff else wanted
    return list(sessions().scalars(wanted.order_by(Points.staff_id, Points.criterion)))


def is_weighed(case: Case) -> bool:
    """Whether enough people have given points for every criterion."""
    needed = set(criteria_of(case))
    given: dict[int, set[str]] = {}
    for one in points_of(case):
        given.setdefault(one.staff_id, set()).add(one.criterion)
    whole = [staff for staff, criteria in given.items() if criteria >= needed]
    return bool(needed) and len(whole) >= EVALUATORS
