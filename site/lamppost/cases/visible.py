"""Who may see what of a case: one function, which is asked before anything comes out.

``shown`` asks it of each case as it writes ``cases.json``, and all that anybody reads is made of
that file alone: pages, feeds, exports, the map of the site, the search and Open311. What staff see
is a matter of their roles, and no matter of this. The doors are listed, and a test goes through
each; whoever asks by another adds it here.
"""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from typing import Protocol

PUBLIC = ("page", "list", "attachment", "count")
"""The doors that stand open to everybody: what a case's page and a list tell, files, figures."""

DOORS = (*PUBLIC, "thread")
"""The ways by which something of a case may come out; the thread is for who holds its receipt."""


class Seen(IntEnum):
    """How much of a case is seen; each sees what those before it see."""

    NOTHING = 0
    THAT_IT_IS = 1
    SUMMARY = 2
    WORDS = 3
    THREAD = 4


CONFIDENTIAL = frozenset({"assessment"})
"""Kinds of which nobody but staff and the writer reads anything that was written."""

TOLD_OF = ("decided", "expired")
"""States in which anybody may know of a confidential case: whose it is, and its result."""

ERASED = "erased"
"""The outcome of which nothing is left that was written."""

TAKEN_BACK = ("withdrawn", ERASED)
"""What was done with it for good: nobody opens it again."""

JUNK = "spam"
"""The outcome of what staff put away as junk."""

GONE = (*TAKEN_BACK, JUNK)
"""Outcomes after which nothing of a case is public."""

CLEARED = ("cleared", "redacted")
"""How a case was moderated of which something can be read."""

ANYBODY, HOLDER = "anybody", "holder"
"""Who looks: anybody, or whoever holds the receipt."""


class Shown(Protocol):
    """What the function looks at."""

    @property
    def kind(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def wish(self) -> str: ...
    @property
    def visibility(self) -> str: ...
    @property
    def moderation(self) -> str: ...
    @property
    def moderated_on(self) -> date | None: ...


def seen(viewer: str, case: Shown, door: str) -> Seen:
    """How much of a case somebody sees through a door. Raises ``ValueError`` for an unknown door.

    A file is for nobody but staff until it is published by itself; then it is seen where the
    door ``attachment`` shows its writer's own words.
    """
    if door not in DOORS:
        raise ValueError(f"no door {door!r}")
    if door == "thread":
        return Seen.THREAD if viewer == HOLDER else Seen.NOTHING
    if case.kind in CONFIDENTIAL and door != "count":
        is_told = case.state in TOLD_OF and door != "attachment"
        return Seen.THAT_IT_IS if is_told else Seen.NOTHING
    return _seen_by_anybody(case, door)


def was_shown(case: Shown) -> bool:
    """Whether something of a case was public once, or it was decided that nothing is to be."""
    return case.moderated_on is not None


def is_ready(case: Shown) -> bool:
    """Whether two people have said that what was prepared of it can be read."""
    return case.visibility != "private" and case.moderation in CLEARED


def _seen_by_anybody(case: Shown, door: str) -> Seen:
    if door == "count":
        return Seen.NOTHING if case.outcome == JUNK else Seen.THAT_IT_IS
    if case.outcome in GONE or not is_ready(case):
        # A page says that something was here, or why it is not, and nothing else of it.
        leaves_page = was_shown(case) and case.wish != "nothing"
        return Seen.THAT_IT_IS if leaves_page and door == "page" else Seen.NOTHING
    allowed = {"nothing": Seen.NOTHING, "summary": Seen.SUMMARY, "words": Seen.WORDS}
    return min(allowed[case.wish], allowed[case.visibility])
