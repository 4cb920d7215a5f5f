"""What changed in the record since a case was sent, and what it may have led to."""

from __future__ import annotations

from pathlib import Path

from ..content import Content
from ..history import saves_after
from ..registry.changes import Change
from .models import Case

MOST_OFFERED = 50


def changes_since(case: Case, now: Content, record: Path) -> list[Change]:
    """The changes of what a case is about that its writer cannot have seen, the newest first.

    The case names the save of the record that stood when it was sent, so that what changed before
    it on the same day is none of them; where that is not known any more, the day decides.
    """
    after = saves_after(record, case.record_save)
    return [
        change
        for change in now.changes
        if change.technology == case.technology
        and (change.day > case.received_on if after is None else change.save in after)
    ]


def changes_offered(case: Case, now: Content) -> list[Change]:
    """The changes that a case may have led to: those of what it is about first."""
    found = [change for change in now.changes if change.day >= case.received_on]
    by_save: dict[str, Change] = {}
    for change in found:
        by_save.setdefault(change.save, change)
    mine = {change.save for change in found if change.technology == case.technology}
    ordered = sorted(by_save.values(), key=lambda change: change.save not in mine)
    return ordered[:MOST_OFFERED]
