"""What of a table of counts may be shown: small groups are hidden, and what would give them away.

Every number that leaves here is rounded to five, and no number of fewer than ten people leaves at
all. The same mark stands for what is hidden because it is small and for what is hidden with it.
``checker.py`` judges what comes of it and knows nothing of how it was made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

THRESHOLD = 10
"""Fewer people than this are never told."""

ROUNDED_TO = 5

NARROWEST = THRESHOLD - 1
"""A hidden count must be able to be so many more than the least that it can be."""

_SLACK = ROUNDED_TO // 2


class Shown(NamedTuple):
    """What of a table is shown: its base, its counts (None is hidden), the hidden ones together.

    ``base`` is None where fewer than ten have answered, ``withheld`` where nothing could be shown.
    """

    base: int | None
    counts: Mapping[str, int | None]
    together: int | None = None
    withheld: bool = False


def rounded(count: int) -> int:
    """A count to the nearest five."""
    return (count + _SLACK) // ROUNDED_TO * ROUNDED_TO


def per_cent(count: int, base: int) -> int:
    """A whole per cent, of counts that are rounded; a half goes up."""
    return (200 * count + base) // (2 * base)


def one_of(counts: Mapping[str, int]) -> Shown:
    """What is shown of answers of which everybody gave one.

    What is small is hidden; then the smallest of the rest, until the hidden ones hide each other.
    """
    base = sum(counts.values())
    if base < THRESHOLD:
        return Shown(None, {})
    hidden = {key for key, count in counts.items() if count < THRESHOLD}
    if hidden:
        rest = sorted((key for key in counts if key not in hidden), key=lambda key: counts[key])
        while rest and not _hide_each_other(counts, hidden):
            hidden.add(rest.pop(0))
        if not rest:
            return Shown(rounded(base), {}, withheld=True)
    return _shown(counts, hidden, base)


def named_by_answers(counts: Mapping[str, int]) -> Shown:
    """The same, where nobody knows what could be answered: only what is shown has a name.

    There is always a rest: without one, everybody would know what nobody has answered.
    """
    base = sum(counts.values())
    if base < THRESHOLD:
        return Shown(None, {})
    hidden = {key for key, count in counts.items() if count < THRESHOLD}
    rest = sorted((key for key in counts if key not in hidden), key=lambda key: counts[key])
    while rest and sum(counts[key] for key in hidden) < THRESHOLD:
        hidden.add(rest.pop(0))
    if not rest:
        return Shown(rounded(base), {}, withheld=True)
    shown = _shown(counts, hidden, base)
    named = {key: count for key, count in shown.counts.items() if count is not None}
    return shown._replace(counts=named)


def any_of(counts: Mapping[str, int], base: int) -> Shown:
    """What is shown of answers of which everybody gave any number: each is a yes or no of its own.

    Hidden is what too few have chosen, and what too few have not.
    """
    if base < THRESHOLD:
        return Shown(None, {})
    shown = {
        key: rounded(count) if THRESHOLD <= count <= base - THRESHOLD else None
        for key, count in counts.items()
    }
    if all(count is None for count in shown.values()):
        return Shown(rounded(base), {}, withheld=True)
    return Shown(rounded(base), shown)


def _shown(counts: Mapping[str, int], hidden: set[str], base: int) -> Shown:
    shown = {key: None if key in hidden else rounded(count) for key, count in counts.items()}
    together = rounded(sum(counts[key] for key in hidden)) if hidden else None
    return Shown(rounded(base), shown, together)


def _hide_each_other(counts: Mapping[str, int], hidden: set[str]) -> bool:
    """Whether nobody can tell much of a hidden count from what would be shown.

    Not even who knows how they were chosen: one at least is small, and each is smaller than any
    that is shown. (A tie would only leave more that can be.)
    """
    many, total = len(hidden), sum(counts[key] for key in hidden)
    if many < 2 or total < THRESHOLD:  # noqa: PLR2004 - one alone is what is left over
        return False
    shown = [rounded(count) for key, count in counts.items() if key not in hidden]
    base, found = rounded(sum(counts.values())), set()
    for together in range(rounded(total) - _SLACK, rounded(total) + _SLACK + 1):
        if base - _SLACK - together > sum(shown) + len(shown) * _SLACK:
            continue  # the shown ones cannot be so many
        top = _least_shown(shown, base + _SLACK - together) - 1
        ends = (
            (together - (many - 1) * top, min(NARROWEST, together)),
            (max(THRESHOLD, together - NARROWEST - (many - 2) * top), min(top, together)),
        )
        for least, most in ends:
            if max(0, least) <= most:
                found |= {max(0, least), most}
    return bool(found) and max(found) - min(found) >= NARROWEST


def _least_shown(shown: list[int], most: int) -> int:
    """The highest that the smallest of the shown counts can be, where all are ``most`` at most."""
    top = min(shown) + _SLACK
    floors = [max(THRESHOLD, count - _SLACK) for count in shown]
    while top > THRESHOLD and sum(max(floor, top) for floor in floors) > most:
        top -= 1
    return top
