"""The versions of a case that its writer has changed, and what differs from each to the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from ..drafts.differences import Part, differences
from .models import Case
from .told import Told, told_in


class Changed(NamedTuple):
    """A question whose answer is another now: both answers as one, and the languages of both."""

    question: str
    parts: list[Part]
    language: str
    before: str


class Version(NamedTuple):
    """What was answered before: its number, its day, and what the next version has changed."""

    number: int
    on: date
    told: list[Told]
    changed: list[Changed]


def versions_of(case: Case) -> list[Version]:
    """The earlier versions of a case, the newest first."""
    kept = list(case.revisions)
    told = [*(told_in(case, one) for one in kept), told_in(case)]
    found = [
        Version(one.number, one.on, before, changed(before, after))
        for one, (before, after) in zip(kept, pairwise(told), strict=True)
    ]
    return found[::-1]


def changed(before: Sequence[Told], after: Sequence[Told]) -> list[Changed]:
    """What differs: the questions in their order, those that are not answered any more at last."""
    old, new = ({one.key: one for one in told} for told in (before, after))
    found = []
    for key, one in (new | {key: one for key, one in old.items() if key not in new}).items():
        went, came = (_words(told.get(key)) for told in (old, new))
        if went != came:
            before_in = old.get(key, one).language
            found.append(Changed(one.question, differences(went, came), one.language, before_in))
    return found


def _words(told: Told | None) -> str:
    return "\n".join(told.lines) if told else ""
