"""What differs between two versions of a file, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple


class Lines(NamedTuple):
    """Lines of a file that went, and those that came in their place."""

    went: list[str]
    came: list[str]


def lines(before: bytes | None, after: bytes | None) -> Iterator[Lines]:
    """The places in which two versions differ; None stands for no file."""
    old, new = ((data or b"").decode("utf-8", "replace").splitlines() for data in (before, after))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for how, *spans in matcher.get_opcodes():
        start, stop, at, to = spans
        if how != "equal":
            yield Lines(old[start:stop], new[at:to])
