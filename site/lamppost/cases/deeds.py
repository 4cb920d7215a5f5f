"""What is done with cases: moved on, alone or with those alike, claimed. Each deed is whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import delete, select, update

from ..answering import unsent
from ..answering.unsent import mark_of
from ..apart import attachments, contacts
from ..apart.models import CASE, Attachment, Contact
from ..config import Config
from ..db import execute, sessions, settle
from ..lifecycle import CLOCK, STAFF, WRITER, Move, moves_from
from ..pitches.queries import has_conflict
from ..published import content
from ..publishing.releases import Releases
from ..staff import audit
from ..staff.models import Staff
from ..text import SOURCE_LANGUAGE
from . import chances, notices, takings
from .alike import MOST_ASKED, Group, group_with
from .arrival import NEW_STEP, WHILE_OPEN
from .models import (
    DUPLICATE,
    ORIGINAL,
    PARTY,
    PARTY_PAGE,
    Case,
    Finding,
    Link,
    Message,
    Step,
)
from .queries import case_named, followers, may_be_joined
from .shown import answer_told, write_shown
from .visible import ERASED, GONE, TAKEN_BACK, is_ready, was_shown
from .ways import WAYS

AFTER_END = timedelta(days=90)
"""How long contacts and files are kept after a case has ended."""

CLAIMED_FOR = timedelta(days=7)
"""How long a case is somebody's own work after they have last done something with it."""

MOST_WORDS = 5000
MOST_FROM_WRITER = 50
"""Messages that a writer can add to one case."""


_NO_MEMORY: Any = {"execution_options": {"synchronize_session": False}}


class NotNowError(Exception):
    """What was asked for cannot be done with the case as it is now."""


class ConflictError(NotNowError):
    """Whoever does it has told of an interest of their own."""


class UnreadError(NotNowError):
    """What its writer lets be read is not public yet, and could not become so for long."""


class FrozenError(NotNowError):
    """An open competition is under way, in which nothing is changed that anybody may read."""


def case_of(receipt: str, today: date) -> Case | None:
    """The case that a receipt opens; each time it is used, it opens it for longer."""
    mark = mark_of(receipt)
    case = sessions().scalar(select(Case).where(Case.receipt == mark))
    if case is None or case.opens_until < today:
        return None
    kept_open = timedelta(days=WAYS[case.kind].opens)
    if case.opens_until < today + kept_open - timedelta(days=7):
        case.opens_until = today + kept_open
        sessions().commit()
    return case


def move_on(
    case: Case, name: str, said: Mapping[str, str], *, today: date, by: str, seen: int,
    staff: Staff | None = None,
) -> None:  # fmt: skip
    """Make a move with a case. Raises :class:`NotNowError` where it has moved on meanwhile.

    ``said`` holds what the move asks for: ``message`` with the ``language`` it is in, and where
    that is not the case's own ``translated`` and by whom it was ``made``; ``outcome``, ``target``,
    ``notice``, or the ``party`` to which it is referred and their ``party_page``.
    ``seen`` is the version of the case that whoever moves it has seen.
    """
    way = WAYS[case.kind]
    move = way.moves.get(name)
    if move is None or move.by != by:
        raise NotNowError
    _check_move(case, name, move, today=today, staff=staff)
    other = case_named(said["target"]) if name == "merge" else None
    if name == "merge" and not may_be_joined(case, other):
        raise NotNowError
    claim_version(case, seen)
    say_to_writer(case, said, today=today, by=by, move=name)
    if other:
        _join(case, other)
    _lead(case, said)
    if staff and case.claimed_by == staff.id:
        case.claimed_until = today + CLAIMED_FOR
    if move.outcome in TAKEN_BACK:
        takings.note(_config().instance, case.reference, move.outcome, today)
    _make(case, name, said, today=today, by=by, staff=staff)


def take_back_again(today: date) -> int:
    """Withdraw and erase anew what the database of an old copy has brought back; how many."""
    wanted = takings.noted(_config().instance)
    there = sessions().execute(select(Case.reference, Case.outcome).where(Case.outcome != ERASED))
    stale = [case_named(one) for one, outcome in there.all() if wanted.get(one, outcome) != outcome]
    for case in filter(None, stale):
        moves = WAYS[case.kind].moves
        name = next(n for n, move in moves.items() if move.outcome == wanted[case.reference])
        claim_version(case, case.version)
        _make(case, name, {}, today=today, by=CLOCK, staff=None)
    return len(stale)


def _make(
    case: Case, name: str, said: Mapping[str, str], *, today: date, by: str, staff: Staff | None
) -> None:
    """What a move does with a case, whoever was allowed to make it."""
    way = WAYS[case.kind]
    move = way.moves[name]
    files = _erase(case) if move.outcome == ERASED else []
    if case.outcome in GONE:  # it comes back: what was prepared of it is none the less gone
        case.moderation, case.visibility = "pending", "private"
    case.state = move.after
    case.outcome = move.outcome or said.get("outcome", _outcome_after(case, move))
    if case.outcome in GONE:
        case.texts.clear()
        forget_support(case)
        files += _shut_draft(case)
    _step(case, name, move, today, by, staff)
    _keep_apart(case, today)
    if case.state == way.last and case.outcome != DUPLICATE and not case.answered(way.answers):
        _part(case, today)
    finish(case, name, by)
    attachments.remove(files)


def _check_move(
    case: Case, name: str, move: Move, *, today: date, staff: Staff | None
) -> None:  # fmt: skip
    """Raise :class:`NotNowError` where a move cannot be made, or not by this one of the staff."""
    if staff:
        without_conflict(case, staff)
    if case.state not in move.before or not chances.is_open_to(case, move):
        raise NotNowError
    if move.by == WRITER and not chances.can(case, name, today):
        raise NotNowError
    if move.by_another and staff and not may_decide(case, staff):
        raise NotNowError
    if freezes(case, move) and is_unread(case):
        raise UnreadError


def _part(case: Case, today: date) -> None:
    """Open what was joined to a case again, since that one has ended without an answer."""
    for one in followers(case):
        move = WAYS[one.kind].moves["part"]
        one.state, one.outcome, one.version = move.after, "", one.version + 1
        one.links = [link for link in one.links if link.kind != DUPLICATE]
        _step(one, "part", move, today, CLOCK, None)
        _keep_apart(one, today)
        notices.note(one, "part")


def _outcome_after(case: Case, move: Move) -> str:
    """The outcome that a case keeps: none where it is owed again what had been done with it."""
    way = WAYS[case.kind]
    was_done = case.steps[-1].after in way.done
    return "" if was_done and move.after not in way.done else case.outcome


def move_alike(reference: str, name: str, *, today: date, staff: Staff) -> int:
    """Make a move with all cases that are alike; how many there were.

    It is one entry of the audit log, and a step of each case. Raises :class:`NotNowError` where
    they are alike no more, and for a move that says something to their writers.
    """
    group = group_with(reference)
    move = alike_moves(group).get(name) if group else None
    if group is None or move is None:
        raise NotNowError
    number = sum(
        _move_all(group, group.ids[n : n + MOST_ASKED], name, move, today, staff)
        for n in range(0, len(group.ids), MOST_ASKED)
    )
    audit.log(f"{name} alike", f"{reference} ({number})")
    write_shown(_config(), content().settings.promise)
    return number


def alike_moves(group: Group) -> dict[str, Move]:
    """The moves that can be made with all cases that are alike: those that ask for nothing.

    With what was moved on together that is still less: what could have been done with it when new.
    """
    way = WAYS[group.kind]
    found = moves_from(way.moves, way.first)
    return {
        n: m
        for n, m in found.items()
        if group.state in m.before and not (m.asks or m.page or n in notices.TOLD)
    }


def _move_all(
    group: Group, ids: list[bytes], name: str, move: Move, today: date, staff: Staff
) -> int:
    """Move those of a group that nobody has touched meanwhile; whoever calls commits."""
    mine = update(Case).where(
        Case.id.in_(ids), Case.state == group.state, Case.version == group.version
    )
    values = {"version": Case.version + 1, "state": move.after, "outcome": move.outcome}
    moved = list(sessions().scalars(mine.values(values).returning(Case.id), {}, **_NO_MEMORY))
    row = {"number": group.version + 1, "on": today, "move": name, "after": move.after, "by": STAFF}
    if moved:
        execute(NEW_STEP, [row | {"case_id": key, "staff_id": staff.id} for key in moved])
    if move.outcome in GONE:
        for table in (Contact, Attachment):
            of_them = update(table).where(table.subject_kind == CASE, table.subject_key.in_(moved))
            sessions().execute(of_them.values(delete_after=today + AFTER_END), {}, **_NO_MEMORY)
    return len(moved)


def may_decide(case: Case, staff: Staff) -> bool:
    """Whether somebody may make a move that is for another than those who worked on a case."""
    way = WAYS[case.kind]
    worked = {
        step.staff_id
        for step in case.steps
        if step.by == STAFF and step.move in way.moves and way.moves[step.move].deed == way.deed
    }
    return staff.id not in worked or not content().settings.four_eyes


def note_findings(
    case: Case, found: Mapping[str, tuple[str, str]], *, today: date, staff: Staff, seen: int
) -> None:
    """Keep what a reviewer found: a verdict and words by section. Who did so decides on nothing."""
    way = WAYS[case.kind]
    move = way.moves["find"]
    if case.state not in move.before:
        raise NotNowError
    claim_version(case, seen)
    case.findings.clear()
    sessions().flush()
    for section, (verdict, words) in found.items():
        case.findings.append(Finding(section=section, verdict=verdict, words=words[:MOST_WORDS]))
    if (case.steps[-1].move, case.steps[-1].staff_id) != ("find", staff.id):
        _step(case, "find", move, today, STAFF, staff)
    finish(case, "find", STAFF)


def _keep_apart(case: Case, today: date) -> None:
    """Contacts and files go some time after a case has ended, or much later if it never does."""
    mine, ended = notices.subject_of(case), case.state == WAYS[case.kind].last
    until = today + (AFTER_END if ended else WHILE_OPEN)
    contacts.keep_until(mine, until)
    attachments.keep_until(mine, until, but=[f.attachment_id for f in case.files if f.is_covered])


def claim_version(case: Case, seen: int) -> None:
    """Take the next version of a case for this transaction, or none where another has it."""
    mine = update(Case).where(Case.id == case.id, Case.version == seen)
    if not sessions().execute(mine.values(version=seen + 1)).rowcount:  # type: ignore[attr-defined]
        sessions().rollback()
        raise NotNowError
    sessions().refresh(case)


def _step(case: Case, name: str, move: Move, today: date, by: str, staff: Staff | None) -> None:
    number = len(case.steps) + 1
    staff_id = staff.id if staff else None
    step = Step(number=number, on=today, move=name, after=move.after, by=by, staff_id=staff_id)
    case.steps.append(step)


def finish(case: Case, deed: str, by: str) -> None:
    """Save; what staff did stands in the audit log, what anybody may read is put together anew.

    Files of a case that is gone or withheld go with it.
    """
    if case.outcome in GONE or case.moderation == "withheld":
        case.files.clear()
    if by != WRITER:
        notices.note(case, deed)
    if by == STAFF:
        audit.log(f"{deed} case", case.reference)
    else:
        sessions().commit()
    write_shown(_config(), content().settings.promise)
    if case.outcome in GONE:
        settle()
    is_less = case.outcome in GONE or not is_ready(case) or case.is_prepared
    if was_shown(case) and is_less:
        folder = WAYS[case.kind].folder
        page = f"{SOURCE_LANGUAGE}/{folder}/{case.reference}/index.html"
        Releases(_config().public).forget(page)


def say(
    case: Case, words: str, language: str, *, today: date, by: str, move: str = "",
    translates: int = 0, made: str = ORIGINAL,
) -> Message:  # fmt: skip
    """Add a message to a case; whoever calls commits."""
    message = Message(
        number=len(case.messages) + 1, on=today, by=by, move=move,
        language=language, body=words[:MOST_WORDS], translates=translates, made=made,
    )  # fmt: skip
    case.messages.append(message)
    return message


def say_to_writer(case: Case, said: Mapping[str, str], *, today: date, by: str, move: str) -> None:
    """Add what a move says, if it says anything, and its translation."""
    if not said.get("message"):
        return
    first = say(case, said["message"], said["language"], today=today, by=by, move=move)
    if words := said.get("translated"):
        say(
            case, words, case.language, today=today, by=by, move=move,
            translates=first.number, made=said["made"],
        )  # fmt: skip


def without_conflict(case: Case, staff: Staff) -> None:
    """Raise :class:`ConflictError` for whoever has told of an interest of their own in it."""
    if has_conflict(case, staff):
        sessions().rollback()
        raise ConflictError


def _erase(case: Case) -> list[str]:
    """Take out all that was written; what stays is that there was a case, and its steps.

    The files that are returned are to be removed after the commit.
    """
    case.device, case.category = "", ""
    case.texts.clear()
    return take_out(case)


def _join(case: Case, other: Case) -> None:
    """Lead from a case to the one that it is the same as, and let its support count there.

    Where nothing is changed any more, nobody gets more support.
    """
    for before in [link for link in case.links if link.kind == DUPLICATE]:
        case.links.remove(before)
    sessions().flush()
    case.links.append(Link(kind=DUPLICATE, target=other.reference))
    way = WAYS[case.kind]
    if way.support and other.state not in way.frozen | {way.last}:
        given = update(way.support).where(way.support.case_id == case.id)
        sessions().execute(given.values(case_id=other.id))


def _lead(case: Case, said: Mapping[str, str]) -> None:
    """Keep a notice, and whom a case waits for, which is only true until the next move."""
    for before in [link for link in case.links if link.kind in (PARTY, PARTY_PAGE)]:
        case.links.remove(before)
    known = {(link.kind, link.target) for link in case.links}
    for kind in ("notice", PARTY, PARTY_PAGE):
        if said.get(kind) and (kind, said[kind]) not in known:
            case.links.append(Link(kind=kind, target=said[kind]))


def _shut_draft(case: Case) -> list[str]:
    """Take what is being changed of a case out of its draft; gives the files that went with it."""
    return unsent.shut(case.receipt) if case.receipt else []


def forget_support(case: Case) -> None:
    """Delete who supports a case: what they supported is another now, or is no more."""
    if table := WAYS[case.kind].support:
        sessions().execute(delete(table).where(table.case_id == case.id))


def take_out(case: Case) -> list[str]:
    """Take out what was said; whoever calls commits, and then removes the files it gives."""
    contacts.forget(notices.subject_of(case))
    case.answers = None
    case.messages.clear()
    case.findings.clear()
    case.notices.clear()
    case.revisions.clear()
    for table in WAYS[case.kind].erased:
        sessions().execute(delete(table).where(table.case_id == case.id))
    sessions().flush()
    return attachments.forget(notices.subject_of(case))


# --- what may be read ---------------------------------------------------------------------------


def not_frozen(case: Case) -> None:
    """Raise :class:`FrozenError` where nothing may change that anybody reads of a case."""
    if case.state in WAYS[case.kind].frozen:
        raise FrozenError


def freezes(case: Case, move: Move) -> bool:
    """Whether nothing can be published of a case any more once a move is made."""
    frozen = WAYS[case.kind].frozen
    return move.after in frozen and case.state not in frozen


def is_unread(case: Case) -> bool:
    """Whether something that its writer lets be published, the last answer too, is not public."""
    if case.wish == "nothing" or case.moderation == "withheld" or case.outcome in GONE:
        return False
    answered = case.answered(WAYS[case.kind].answers)
    is_newer = answered is not None and answered.number != answer_told(case)
    return not is_ready(case) or is_newer


def changed(case: Case) -> list[str]:
    """The saves of the record of which staff say that a case has led to them."""
    return [link.target for link in case.links if link.kind == "changed"]


def lead_to(case: Case, technology: str) -> None:
    """Say which technology's entry took over answers of a case."""
    claim_version(case, case.version)
    if ("led", technology) not in {(link.kind, link.target) for link in case.links}:
        case.links.append(Link(kind="led", target=technology))
    finish(case, "take", STAFF)


def claim(case: Case, staff: Staff, *, today: date, seen: int) -> None:
    """Take a case as one's own work for a week, or give it back."""
    without_conflict(case, staff)
    claim_version(case, seen)
    is_mine = case.claimed_by == staff.id
    case.claimed_by = None if is_mine else staff.id
    case.claimed_until = None if is_mine else today + CLAIMED_FOR
    sessions().commit()


def pass_time(today: date) -> int:
    """Make the moves that the passing of days makes, and end old claims; how many cases moved."""
    over = update(Case).where(Case.claimed_until < today)
    sessions().execute(over.values(claimed_by=None, claimed_until=None))
    sessions().commit()
    moved = 0
    for way in WAYS.values():
        for name, move in way.moves.items():
            if name in way.lapses:
                moved += sum(_lapsed(case, name, today) for case in _in(way.kind, move.before))
    return moved


def _in(kind: str, states: frozenset[str]) -> list[Case]:
    found = select(Case).where(Case.kind == kind, Case.state.in_(states))
    return list(sessions().scalars(found))


def _lapsed(case: Case, name: str, today: date) -> bool:
    days = WAYS[case.kind].lapses[name]
    if case.steps[-1].on + timedelta(days=days) > today:
        return False
    try:
        move_on(case, name, {}, today=today, by=CLOCK, seen=case.version)
    except NotNowError:  # somebody has moved it in this very moment
        return False
    return True


def _config() -> Config:
    config: Config = current_app.extensions["config"]
    return config
