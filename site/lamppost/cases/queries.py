"""What is asked of cases at the desk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select
from sqlalchemy.orm import selectinload

from ..db import sessions
from ..i18n import lazy_gettext as _l
from ..lifecycle import Way
from .alike import MOST_ASKED, UNTOUCHED, Flood, Group, flood, moved_together
from .models import DUPLICATE, Appeal, Case, ClearedFile, Link, PublicText, Step
from .promise import Clock, Promise, Turn
from .visible import CLEARED, GONE
from .ways import WAYS, clock_at

PAGE = 50
"""Cases on one page of the queue."""

READ = tuple(
    selectinload(getattr(Case, name)) for name in ("steps", "texts", "files", "links", "appeal")
)
"""What is read of many cases at once, besides themselves."""

AGES = (7, 30, 90)
"""Days for which a case has waited at least, to choose from."""

BACK = {
    "dispute": _l("Disputed by its writer"),
    "reply": _l("Its writer has replied"),
    "revise": _l("Completed by its writer"),
    "take-up": _l("To be taken up again"),
}
"""The moves with which a writer comes back, and what the queue then says."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case in the queue, how its clock stands, and the move with which its writer came back."""

    case: Case
    clock: Clock
    back: str = ""


class Some(NamedTuple):
    """The first of some cases, or those of one page; ``number`` is how many there are."""

    number: int
    cases: list[Case]


class Queue(NamedTuple):
    """One page of the queue, how many cases stand in all of it, and those that are one line.

    ``moved`` are groups that stand in it one by one too.
    """

    number: int
    waiting: list[Waiting]
    groups: list[Group]
    moved: list[Group]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of the queue is looked at; an empty word leaves all in.

    ``devices`` are the codes of those in the place; ``days`` is for how long it has waited at
    least; ``is_owed`` leaves out what waits for its writer, ``but`` what stands in a state.
    """

    kind: str = ""
    phase: str = ""
    language: str = ""
    place: str = ""
    devices: frozenset[str] = frozenset()
    technology: str = ""
    days: int = 0
    mine: int = 0
    done: bool = False
    is_owed: bool = False
    but: str = ""

    def asks(self, today: date, kinds: Iterable[str]) -> list[ColumnElement[bool]]:
        """What the database is asked, wherever a case stands."""
        told = (
            (Case.kind, self.kind), (Case.language, self.language),
            (Case.technology, self.technology), (Case.claimed_by, self.mine),
        )  # fmt: skip
        asked = [column == wanted for column, wanted in told if wanted]
        if self.place:
            asked.append(or_(Case.place == self.place, Case.device.in_(self.devices)))
        asked += [Case.state != self.but] if self.but else []
        asked += [Case.received_on <= today - timedelta(days=self.days)] if self.days else []
        return [*asked, Case.kind.in_(kinds)]

    def asks_waiting(self, today: date, kinds: Iterable[str]) -> list[ColumnElement[bool]]:
        """The same of those that wait, or do no more; the phase is reckoned afterwards."""
        ends = [and_(Case.kind == kind, Case.state.in_(WAYS[kind].done)) for kind in WAYS]
        is_done = or_(*ends)
        return [*self.asks(today, kinds), is_done if self.done else not_(is_done)]

    def takes(self, clock: Clock) -> bool:
        """Whether a case is among it whose clock stands so."""
        return self.phase in ("", clock.phase) and not (self.is_owed and clock.due_on is None)


_ORDER = ("long_overdue", "overdue", "due_soon", "in_time", "waiting", "done")
_DONE = Clock("done", None, 0)


class _Line(NamedTuple):
    id: bytes
    clock: Clock
    back: str


def queue(
    chosen: Chosen, today: date, promise: Promise, *, kinds: Iterable[str] = WAYS, page: int = 1
) -> Queue:
    """A page of the cases that wait, or with ``done`` of those that wait no more.

    Those to which their writers have come back stand first, then what is due first; what may be
    junk stands last. Only what stands on the page is read as a whole. The groups are all there
    are of a kind, whatever else is chosen, so that none is overlooked.
    """
    asked, first = chosen.asks_waiting(today, tuple(kinds)), (page - 1) * PAGE
    if chosen.done:
        return _done(chosen, asked, first)
    new, moved = flood(chosen.kind), moved_together(chosen.kind)
    last = new.doubtful.union(*(group.ids for group in moved))
    new = new._replace(doubtful=last)
    lines = _lines(chosen, asked, new, _Clocks(today, promise))
    shown = lines[first : first + PAGE]
    cases = {case.id: case for case in cases_of([one.id for one in shown])}
    waiting = [Waiting(cases[one.id], one.clock, one.back) for one in shown if one.id in cases]
    groups, together = (
        [group for group in some if group.kind in kinds] for some in (new.groups, moved)
    )
    return Queue(len(lines), waiting, groups, together)


def _lines(
    chosen: Chosen, asked: list[ColumnElement[bool]], new: Flood, clocks: _Clocks
) -> list[_Line]:  # fmt: skip
    """All that waits, in its order, without what is one line."""
    columns = (Case.id, Case.kind, Case.state, Case.received_on)
    wanted = select(*columns).where(*asked).order_by(Case.received_on, Case.reference)
    steps = _steps(asked)
    found = [
        _Line(row.id, *clocks.of(row, steps.get(row.id, ())))
        for row in sessions().execute(wanted)
        if row.id not in new.folded
    ]
    return sorted(filter(lambda one: chosen.takes(one.clock), found), key=lambda one: (
        one.id in new.doubtful, not one.back, _ORDER.index(one.clock.phase), one.clock.days_left
    ))  # fmt: skip


def _done(chosen: Chosen, asked: list[ColumnElement[bool]], first: int) -> Queue:
    if not chosen.takes(_DONE):
        return Queue(0, [], [], [])
    number = sessions().scalar(select(func.count()).select_from(Case).where(*asked)) or 0
    wanted = select(Case).where(*asked).order_by(Case.received_on, Case.reference)
    cases = sessions().scalars(wanted.limit(PAGE).offset(first).options(*READ))
    return Queue(number, [Waiting(case, _DONE) for case in cases], [], [])


def _steps(asked: list[ColumnElement[bool]]) -> dict[bytes, list[Any]]:
    """The steps of the cases that somebody has touched."""
    mine = select(Case.id).where(*asked, not_(UNTOUCHED))
    columns = (Step.case_id, Step.on, Step.after, Step.move)
    found: dict[bytes, list[Any]] = {}
    wanted = select(*columns).where(Step.case_id.in_(mine)).order_by(Step.case_id, Step.number)
    for step in sessions().execute(wanted):
        found.setdefault(step.case_id, []).append(step)
    return found


class _Clocks:
    """The clocks of many cases: those that came on one day and were not touched have the same."""

    def __init__(self, today: date, promise: Promise) -> None:
        self._today, self._promise = today, promise
        self._new: dict[tuple[str, date], Clock] = {}

    def of(self, case: Any, steps: Sequence[Any]) -> tuple[Clock, str]:
        """The clock of a case, and the move with which its writer came back, if they did last."""
        if steps:
            back = steps[-1].move if steps[-1].move in BACK else ""
            turns = [Turn(step.on, step.after) for step in steps]
            return self._clock(case.kind, turns), back
        key = case.kind, case.received_on
        if key not in self._new:
            self._new[key] = self._clock(case.kind, [Turn(case.received_on, case.state)])
        return self._new[key], ""

    def _clock(self, kind: str, turns: list[Turn]) -> Clock:
        return clock_at(WAYS[kind], turns, self._today, self._promise)


def cases_of(ids: Sequence[bytes]) -> list[Case]:
    """The cases with these keys, in any order, with what is read of many."""
    chunks = (ids[n : n + MOST_ASKED] for n in range(0, len(ids), MOST_ASKED))
    wanted = (select(Case).where(Case.id.in_(chunk)).options(*READ) for chunk in chunks)
    return [case for one in wanted for case in sessions().scalars(one)]


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


def followers(case: Case) -> list[Case]:
    """The cases that were joined to this very one."""
    wanted = select(Case).join(Case.links).where(
        Link.kind == DUPLICATE, Link.target == case.reference, Case.outcome == DUPLICATE
    )  # fmt: skip
    return list(sessions().scalars(wanted.order_by(Case.reference)))


def joined_with(case: Case) -> list[Case]:
    """The cases that were joined to one, and those that were joined to them."""
    return [one for found in followers(case) for one in (found, *joined_with(found))]


def to_moderate(*asked: ColumnElement[bool]) -> Some:
    """Cases whose writer lets something be published, and which wait for somebody to clear it.

    Those too that can be read without the last answer. New ones that are alike are looked at
    together first, and are none of them. ``asked`` is what the database is asked besides, as by
    ``Chosen.asks``; so it is below.
    """
    is_new = Case.moderation == "pending"
    again = Case.appeal.has(and_(Appeal.is_open, Appeal.result != ""))
    wanted = select(Case.id).where(
        Case.wish != "nothing",
        or_(is_new, again, _lacks_an_answer()),
        Case.outcome.not_in(GONE),
        not_(_is_frozen()),
        *asked,
    )
    new = flood()
    ordered = sessions().scalars(wanted.order_by(Case.received_on, Case.reference))
    ids = sorted((one for one in ordered if one not in new.folded), key=new.doubtful.__contains__)
    read = {case.id: case for case in cases_of(ids[:PAGE])}
    return Some(len(ids), [read[one] for one in ids[:PAGE]])


def _is_frozen() -> ColumnElement[bool]:
    """Whether nothing of a case can be published or withheld now."""
    return or_(*(and_(Case.kind == w.kind, Case.state.in_(w.frozen)) for w in WAYS.values()))


def _lacks_an_answer() -> ColumnElement[bool]:
    moves = {move for way in WAYS.values() for move in way.answers}
    told = and_(
        PublicText.case_id == Step.case_id,
        PublicText.part == "answer",
        PublicText.step >= Step.number,
    )
    answers = and_(Step.move.in_(moves), ~exists().where(told))
    return and_(Case.visibility != "private", Case.steps.any(answers))


def to_decide(*asked: ColumnElement[bool]) -> list[Case]:
    """Cases whose writers have asked that another person looks."""
    wanted = select(Case).where(Case.appeal.has(and_(Appeal.is_open, Appeal.result == "")), *asked)
    cases = sessions().scalars(wanted.order_by(Case.received_on, Case.reference))
    return [case for case in cases if case.outcome not in GONE]


def files_to_publish(*asked: ColumnElement[bool]) -> list[Case]:
    """Cases with photos and PDFs that were prepared and wait for a second person."""
    is_prepared = Case.files.any(ClearedFile.name == "")
    wanted = select(Case).where(is_prepared, not_(_is_frozen()), *asked)
    return list(sessions().scalars(wanted.order_by(Case.received_on, Case.reference)))


def to_publish(*asked: ColumnElement[bool]) -> list[Case]:
    """Cases that were cleared and wait for a second person."""
    wanted = select(Case).where(
        Case.moderation.in_(CLEARED),
        or_(Case.visibility == "private", Case.texts.any(PublicText.waits)),
        Case.outcome.not_in(GONE), not_(_is_frozen()), *asked,
    )  # fmt: skip
    return list(sessions().scalars(wanted.order_by(Case.received_on, Case.reference)))
