"""What is asked of cases at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, select

from ..db import sessions
from ..lifecycle import Way
from .models import Appeal, Case, ClearedFile, PublicText, Step
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


def to_moderate() -> list[Case]:
    """Cases whose writer lets something be published, and which wait for somebody to clear it.

    Those too that can be read without the last answer.
    """
    is_new = Case.moderation == "pending"
    again = Case.appeal.has(and_(Appeal.is_open, Appeal.result != ""))
    wanted = select(Case).where(Case.wish != "nothing", or_(is_new, again, _lacks_an_answer()))
    cases = sessions().scalars(wanted.order_by(Case.received_on, Case.reference))
    return [case for case in cases if case.outcome not in GONE]


def _lacks_an_answer() -> ColumnElement[bool]:
    moves = {move for way in WAYS.values() for move in way.answers}
    told = and_(
        PublicText.case_id == Step.case_id,
        PublicText.part == "answer",
        PublicText.step >= Step.number,
    )
    answers = and_(Step.move.in_(moves), ~exists().where(told))
    return and_(Case.visibility != "private", Case.steps.any(answers))


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
        Case.moderation.in_(("cleared", "redacted")), Case.visibility == "private",
        Case.outcome.not_in(GONE),
    )  # fmt: skip
    return list(sessions().scalars(wanted.order_by(Case.received_on, Case.reference)))
