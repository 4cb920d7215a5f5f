"""When an assessment ends, which newer one renews it, and the word that its vendor gets before."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from ..cases.models import Case, Link
from ..cases.notices import REMINDER, note
from ..cases.queries import in_states
from ..cases.shown import decided_on
from ..db import sessions
from .moves import ACCEPTED, ASSESSMENT, CONDITIONS, DUE_BEFORE, VALID_DAYS

RENEWS, REMINDED = "renews", "reminded"
"""Kinds of links: to the assessment before, and to the decision of whose end it was told."""


def valid_until(case: Case) -> date:
    """The day on which an assessment that was decided on expires."""
    return decided_on(case) + timedelta(days=VALID_DAYS)


def to_renew(today: date) -> list[Case]:
    """Those accepted that end soon or have ended, and that no newer one renews."""
    renewed = _renewed()
    soon = today + timedelta(days=DUE_BEFORE)
    return [
        case
        for case in in_states(ASSESSMENT, *sorted(ASSESSMENT.renewable))
        if case.outcome in (ACCEPTED, CONDITIONS)
        and (case.state == "expired" or valid_until(case) <= soon)
        and case.reference not in renewed
    ]


def _renewed() -> set[str]:
    """The references of those of which a newer one was sent that is not closed."""
    newer = select(Link.target).join(Link.case)
    return set(sessions().scalars(newer.where(Link.kind == RENEWS, Case.state != "closed")))


def remind(today: date) -> int:
    """Tell vendors that an assessment of theirs ends soon, once; of how many assessments."""
    told = 0
    for case in to_renew(today):
        decision = decided_on(case).isoformat()
        done = {(link.kind, link.target) for link in case.links}
        if case.state == "decided" and (REMINDED, decision) not in done:
            case.links.append(Link(kind=REMINDED, target=decision))
            note(case, REMINDER)
            told += 1
    sessions().commit()
    return told


def renews(case: Case) -> str:
    """The reference of the assessment that one renews; empty where it is a first one."""
    return next((link.target for link in case.links if link.kind == RENEWS), "")
