"""Pitches that say nearly the same: public ones for who writes, all of them for the first look.

It is found by reading when it is asked for; nothing of it is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select

from ..cases.models import DUPLICATE, Case
from ..cases.public import PublicCase
from ..cases.visible import GONE
from ..db import sessions
from ..text import folded
from .moves import PITCH

WRITTEN = ("title", "summary", "problem")
"""The questions whose answers tell what a pitch is about."""

SHARED = 3
"""Words that a pitch has to share with another to be told of as similar."""

MANY = 6
"""From so many pitches on, a word that stands in more than half of them tells nothing."""


def similar(words: str, cases: Sequence[PublicCase], most: int = 3) -> list[PublicCase]:
    """The public pitches whose summaries share most words with ``words``, in any language."""
    found = _nearest(words, [_summaries(case) for case in cases])
    return [cases[n] for n in found[:most]]


def like_at_desk(case: Case, most: int = 5) -> list[Case]:
    """The pitches, public or not, that share most words with one that could be joined to them."""
    wanted = select(Case).where(
        Case.kind == PITCH.kind, Case.id != case.id, Case.outcome.not_in((*GONE, DUPLICATE))
    )
    others = list(sessions().scalars(wanted.order_by(Case.received_on, Case.reference)))
    found = _nearest(_told(case), [_told(other) for other in others])
    return [others[n] for n in found[:most]]


def _nearest(words: str, texts: Sequence[str]) -> list[int]:
    """The numbers of the texts that share enough words with ``words``, those with most first."""
    told = [_telling(text) for text in texts]
    counts = Counter(word for one in told for word in one)
    usual = {w for w, n in counts.items() if n > len(texts) / 2} if len(texts) >= MANY else set()
    wanted = _telling(words) - usual
    shared = [(len(wanted & one), n) for n, one in enumerate(told)]
    return [n for _count, n in sorted((-count, n) for count, n in shared if count >= SHARED)]


def _told(case: Case) -> str:
    return " ".join(case.answer(question) for question in WRITTEN)


def _summaries(case: PublicCase) -> str:
    return (
        " ".join(words for words, _made in case.summary.languages.values()) if case.summary else ""
    )


def _telling(words: str) -> set[str]:
    """The longer words, folded; of Khmer, which has no spaces, every run of six characters."""
    runs = re.findall(r"[^\W\d_]{4,}|[\u1780-\u17d3]{6,}", folded(words))
    khmer = {run[n : n + 6] for run in runs if "\u1780" <= run[0] <= "\u17d3"
             for n in range(len(run) - 5)}  # fmt: skip
    return khmer | {run for run in runs if not "\u1780" <= run[0] <= "\u17d3"}
