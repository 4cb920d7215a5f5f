"""What differs between two texts: in words, and passage by passage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

MOST_WORDS = 3000
"""A longer stretch is shown as a whole: comparing it word by word would take seconds."""

# Khmer writes no spaces between words, so there a cluster of letters counts as one.
_WORD = re.compile(r"[\u1780-\u17b3][\u17b4-\u17d3]*|[^\s\u1780-\u17d3]+|\s+|.", re.DOTALL)


class Part(NamedTuple):
    """Words that are the same in both texts, or those that ``went`` and those that ``came``."""

    same: str = ""
    went: str = ""
    came: str = ""


def differences(before: str, after: str) -> list[Part]:
    """Both texts as one: line by line first, then word by word where lines differ."""
    parts: list[Part] = []
    lines = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for old, new in _stretches(*lines):
        if old == new:
            parts.append(Part(same="".join(old)))
            continue
        words = _WORD.findall("".join(old)), _WORD.findall("".join(new))
        if max(map(len, words)) > MOST_WORDS:
            parts.append(Part(went="".join(old), came="".join(new)))
            continue
        for went, came in _stretches(*words):
            same = went == came
            told = Part("".join(went)) if same else Part("", "".join(went), "".join(came))
            parts.append(told)
    return parts


def _stretches(before: list[str], after: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _how, start, stop, at, to in matcher.get_opcodes():
        yield before[start:stop], after[at:to]


class Passage(NamedTuple):
    """A passage of the English, and whether it is another than the translation was made from."""

    words: str
    has_changed: bool


def passages(words: str) -> list[str]:
    """The passages of a text: what stands between empty lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", words) if part.strip()]


def passages_since(before: str | None, now: str) -> list[Passage]:
    """The passages of ``now``, told apart from those of ``before``; none is where that is None."""
    known = passages(now if before is None else before)
    found = []
    for old, new in _stretches(known, passages(now)):
        found += [Passage(words, old != new) for words in new]
    return found
