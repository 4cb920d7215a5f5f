"""Which new cases are alike, so that a flood of junk is one line of the queue.

Only cases that nobody has touched yet are compared, by what was written in them. Nothing of it is
kept, and nothing is put away by itself: it says what to look at together, and what to look at last.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import and_, or_, select

from ..db import sessions
from ..text import folded
from .models import Case
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
    """New cases of a kind that are alike, the oldest first; ``reference`` is that of the first."""

    kind: str
    reference: str
    ids: list[bytes]


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
    groups = [Group(g[0].kind, g[0].reference, [one.id for one in g]) for g in great]
    in_one = frozenset(key for group in groups for key in group.ids)
    odd = (
        one.id
        for one in new
        if one.read.looks_odd or any(seen[one.kind, m] >= OFTEN for m in one.read.marks)
    )
    groups.sort(key=lambda group: (-len(group.ids), group.reference))
    return Flood(groups, in_one, frozenset(odd) - in_one)


def group_with(reference: str) -> Group | None:
    """The group that has the case with a reference; None where it is in none."""
    row = sessions().execute(select(Case.id, Case.kind).where(Case.reference == reference)).first()
    groups = flood(row.kind).groups if row else ()
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
