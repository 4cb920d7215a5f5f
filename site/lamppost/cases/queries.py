"""What is asked of cases at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select

from ..db import sessions
from ..lifecycle import Way
from .models import DUPLICATE, Appeal, Case, ClearedFile, Link
from .promise import Clock, Promise
from .visible import GONE
from .ways import WAYS, clock_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case in the queue, and how its clock stands."""

    case: Case
    clock: Clock


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of the queue is looked at; an empty word leaves all in."""

    kind: str = ""
    phase: str = ""
    language: str = ""
    place: str = ""
    technology: str = ""
    mine: int = 0
    done: bool = False

    def takes(self, one: Waiting) -> bool:
        """Whether a case is among it."""
        case = one.case
        told = (
            (self.kind, case.kind), (self.phase, one.clock.phase), (self.language, case.language),
            (self.place, case.place), (self.technology, case.technology),
        )  # fmt: skip
        if self.mine and case.claimed_by != self.mine:
            return False
        return all(not wanted or wanted == has for wanted, has in told)


_ORDER = ("long_overdue", "overdue", "due_soon", "in_time", "waiting", "done")


def queue(chosen: Chosen, today: date, promise: Promise) -> list[Waiting]:
    """The cases that wait, what is due first at the head; with ``done`` those that wait no more."""
    cases = sessions().scalars(select(Case).order_by(Case.received_on, Case.reference))
    found = (
        Waiting(case, clock_of(case, today, promise))
        for case in cases
        if (case.state in WAYS[case.kind].done) == chosen.done
    )
    return sorted(
        filter(chosen.takes, found),
        key=lambda one: (_ORDER.index(one.clock.phase), one.clock.days_left),
    )


def in_states(way: Way, *states: str) -> list[Case]:
    """The cases of one kind in some of its states, the oldest first."""
    wanted = select(Case).where(Case.kind == way.kind, Case.state.in_(states))
    return list(sessions().scalars(wanted.order_by(Case.received_on, Case.reference)))


def case_named(reference: str) -> Case | None:
    """The case with a reference."""
    return sessions().scalar(select(Case).where(Case.reference == reference))


def may_be_joined(case: Case, other: Case | None) -> bool:
    """Whether a case can be joined to another: one of its kind that waits for itself."""
    return (
        other is not None
        and other.id != case.id
        and other.kind == case.kind
        and other.outcome not in (*GONE, DUPLICATE)
    )


def joined_to(case: Case) -> Case | None:
    """The case to which one was joined in the end; None where it stands for itself."""
    found, seen = case, {case.id}
    while (after := _next(found)) and after.id not in seen:
        found = after
        seen.add(found.id)
    return None if found is case else found


def _next(case: Case) -> Case | None:
    if case.outcome != DUPLICATE:
        return None
    target = next((link.target for link in case.links if link.kind == DUPLICATE), "")
    return case_named(target)


def joined_with(case: Case) -> list[Case]:
    """The cases that were joined to one, and those that were joined to them."""
    wanted = select(Case).join(Case.links).where(
        Link.kind == DUPLICATE, Link.target == case.reference, Case.outcome == DUPLICATE
    )  # fmt: skip
    direct = list(sessions().scalars(wanted.order_by(Case.reference)))
    return [one for found in direct for one in (found, *joined_with(found))]


def to_moderate() -> list[Case]:
    """Cases whose writer lets something be published, and which wait for somebody to clear it."""
    is_new = Case.moderation == "pending"
    again = Case.appeal.has(and_(Appeal.is_open, Appeal.result != ""))
    wanted = select(Case).where(Case.wish != "nothing", or_(is_new, again))
    cases = sessions().scalars(wanted.order_by(Case.received_on, Case.reference))
    return [case for case in cases if case.outcome not in GONE]


def to_decide() -> list[Case]:
    """Cases whose writers have asked that another person looks."""
    asked = select(Case).where(Case.appeal.has(and_(Appeal.is_open, Appeal.result == "")))
    cases = sessions().scalars(asked.order_by(Case.received_on, Case.reference))
    return [case for case in cases if case.outcome not in GONE]


def files_to_publish() -> list[Case]:
    """Cases with photos and PDFs that were prepared and wait for a second person."""
    wanted = select(Case).where(Case.files.any(ClearedFile.name == ""))
    return list(sessions().scalars(wanted.order_by(Case.received_on, Case.reference)))


def to_publish() -> list[Case]:
    """Cases that were cleared and wait for a second person."""
    wanted = select(Case).where(
        Case.moderation.in_(("cleared", "redacted")), Case.visibility == "private"
    )
    return list(sessions().scalars(wanted.order_by(Case.received_on, Case.reference)))
