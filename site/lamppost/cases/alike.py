"""Which new cases are alike, so that a flood of junk is one line of the queue.

Cases that nobody has touched yet are compared, by what was written in them, and those that were
then moved on together. Nothing of it is kept, and nothing is put away by itself: it says what to
look at together, and what to look at last.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import and_, not_, or_, select

from ..db import sessions
from ..lifecycle import STAFF, Move
from ..text import folded
from .models import Case, Step
from .readable import is_readable
from .ways import WAYS

MOST_SINGLE = 20
"""So many that are alike stand by themselves; more are one line, and count nowhere in public."""

OFTEN, MANY_LINKS = 5, 3
"""How often a passage is there, and how many links a text has, before it is looked at last."""

FEW_WORDS = 12
"""Words that a text must have before it can repeat itself too much."""

SHORTEST = 16
"""Letters that a passage must have to tell that two texts are alike."""

MOST_MOVES = 2
"""So many moves can be made with all that are alike before its writer has to be told something."""

MOST_ASKED = 500
"""Keys that the database is asked for at once."""

UNREADABLE = "?"
"""What texts have in common that look like none of a language; no passage is so short."""

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"']+", re.IGNORECASE)
_ENDS = re.compile(r"[.,;:!?។\n]+")
_WORDS = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,19}")

UNTOUCHED = and_(
    Case.version == 1,
    or_(*(and_(Case.kind == way.kind, Case.state == way.first) for way in WAYS.values())),
)
"""That nobody has done anything with a case, its writer included."""


class Group(NamedTuple):
    """Cases of a kind that are alike, the oldest first; ``reference`` is that of the first.

    All stand in one ``state``, with one ``version``: that of new ones is 1.
    """

    kind: str
    reference: str
    ids: list[bytes]
    state: str
    version: int = 1


class Flood(NamedTuple):
    """The groups, the greatest first; the cases in them; and others to be looked at last."""

    groups: list[Group]
    folded: frozenset[bytes]
    doubtful: frozenset[bytes]


class _Read(NamedTuple):
    """What a text is known by, as hashes, so that none of its words stays in memory."""

    marks: frozenset[int]
    looks_odd: bool


class _New(NamedTuple):
    id: bytes
    kind: str
    reference: str
    read: _Read


_KNOWN: dict[bytes, _Read] = {}
"""What was read of new cases, by their keys: a flood is read once, and not at every deed."""
_MOST_KNOWN = 100_000


def flood(kind: str = "") -> Flood:
    """What of the new cases is alike, of one kind or of all."""
    wanted = select(Case.id, Case.kind, Case.reference).where(UNTOUCHED)
    wanted = wanted.where(Case.kind == kind) if kind else wanted
    rows = list(sessions().execute(wanted.order_by(Case.received_on, Case.reference)))
    read = _read_all([row.id for row in rows])
    return flood_of(_New(*row, read[row.id]) for row in rows if row.id in read)


def _read_all(ids: Sequence[bytes]) -> dict[bytes, _Read]:
    if len(_KNOWN) > _MOST_KNOWN:
        _KNOWN.clear()
    read = {key: _KNOWN[key] for key in ids if key in _KNOWN}
    unread = [key for key in ids if key not in read]
    for n in range(0, len(unread), MOST_ASKED):
        wanted = select(Case.id, Case.answers).where(Case.id.in_(unread[n : n + MOST_ASKED]))
        for key, answers in sessions().execute(wanted):
            read[key] = _KNOWN[key] = _read(_words(answers))
    return read


def flood_of(cases: Iterable[_New]) -> Flood:
    """The same of cases that were read."""
    new = list(cases)
    seen = Counter((one.kind, mark) for one in new for mark in one.read.marks)
    by_mark: dict[tuple[str, int], list[_New]] = defaultdict(list)
    for one in new:
        keys = ((one.kind, mark) for mark in one.read.marks)
        by_mark[max(keys, key=lambda key: (seen[key], key))].append(one)
    great = [same for same in by_mark.values() if len(same) > MOST_SINGLE]
    groups = [
        Group(g[0].kind, g[0].reference, [one.id for one in g], WAYS[g[0].kind].first)
        for g in great
    ]
    in_one = frozenset(key for group in groups for key in group.ids)
    odd = (
        one.id
        for one in new
        if one.read.looks_odd or any(seen[one.kind, m] >= OFTEN for m in one.read.marks)
    )
    groups.sort(key=lambda group: (-len(group.ids), group.reference))
    return Flood(groups, in_one, frozenset(odd) - in_one)


def moved_together(kind: str = "") -> list[Group]:
    """What is alike of the cases that one person moved on alike, on the same days, without a word.

    So what was acknowledged by one deed can be put away by another. They stand in the queue one by
    one all the same, since each is owed an answer.
    """
    by_trail: dict[tuple[str, tuple[_Deed, ...]], list[Any]] = defaultdict(list)
    for row, trail in _trails(kind):
        by_trail[row.kind, trail].append(row)
    found = []
    for (_kind, trail), rows in by_trail.items():
        if len(rows) > MOST_SINGLE:
            read = _read_all([row.id for row in rows])
            new = [_New(row.id, row.kind, row.reference, read[row.id]) for row in rows]
            found += [
                group._replace(state=trail[-1].after, version=len(trail) + 1)
                for group in flood_of(new).groups
            ]
    return found


class _Deed(NamedTuple):
    """A step of a case by the staff."""

    move: str
    after: str
    on: date
    staff_id: int | None


def _trails(kind: str) -> Iterator[tuple[Any, tuple[_Deed, ...]]]:
    """The cases with which staff have done nothing but a few wordless moves, and these."""
    columns = (Case.id, Case.kind, Case.reference, Case.version)
    wanted = select(*columns, Step.move, Step.after, Step.on, Step.staff_id, Step.by).join(Step)
    wanted = wanted.where(
        Case.version.between(2, 1 + MOST_MOVES),
        not_(or_(*(and_(Case.kind == w.kind, Case.state.in_(w.done)) for w in WAYS.values()))),
        Step.number > 1,
    )
    wanted = wanted.where(Case.kind == kind) if kind else wanted
    ordered = wanted.order_by(Case.received_on, Case.reference, Step.number)
    for _reference, steps in groupby(sessions().execute(ordered), lambda row: row.reference):
        rows = list(steps)
        # A version counts each change, so one that is no step was something else, such as a claim.
        if len(rows) + 1 == rows[0].version and all(map(_is_wordless, rows)):
            yield rows[0], tuple(_Deed(r.move, r.after, r.on, r.staff_id) for r in rows)


def _is_wordless(step: Any) -> bool:
    move: Move | None = WAYS[step.kind].moves.get(step.move)
    return step.by == STAFF and move is not None and not (move.asks or move.page)


def group_with(reference: str) -> Group | None:
    """The group that has the case with a reference; None where it is in none."""
    row = sessions().execute(select(Case.id, Case.kind).where(Case.reference == reference)).first()
    groups = [*flood(row.kind).groups, *moved_together(row.kind)] if row else ()
    return next((group for group in groups if row and row.id in group.ids), None)


def _words(answers: Mapping[str, Any] | None) -> str:
    """All that was written, without what was chosen."""
    return "\n".join(words for words in (answers or {}).values() if isinstance(words, str))


def _read(words: str) -> _Read:
    """By what a text is like another: all of it, each longer passage, each link. And if it is odd.

    Numbers count nowhere: they are what a machine changes from one to the next.
    """
    links = [_DIGITS.sub("#", folded(link)) for link in _LINK.findall(words)]
    parts = [
        " ".join(filter(str.isalpha, _WORDS.findall(folded(part))))
        for part in _ENDS.split(_LINK.sub(" ", words))
    ]
    whole = " ".join(filter(None, parts))
    marks = {whole, *(part for part in parts if len(part) >= SHORTEST), *links} - {""}
    # What was chosen are words of one form's own, and short.
    if not is_readable("\n".join(line for line in words.split("\n") if not _KEY.fullmatch(line))):
        marks.add(UNREADABLE)
    is_odd = len(links) >= MANY_LINKS or UNREADABLE in marks or _repeats(whole.split())
    return _Read(frozenset(map(hash, marks or {folded(words)})), is_odd)


def _repeats(words: list[str]) -> bool:
    """Whether one word is a third of a text that is longer than a few words."""
    return len(words) >= FEW_WORDS and max(Counter(words).values()) * 3 > len(words)
