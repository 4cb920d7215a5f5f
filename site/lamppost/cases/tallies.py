"""The figures of cases that anybody may read; small numbers are hidden.

A number under ten could tell of somebody. Where it is hidden alone, its neighbour would give it
away by the sum, so no sum is shown and the next smallest is hidden with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..i18n import gettext as _
from ..i18n import languages
from ..i18n import lazy_gettext as _l
from ..lifecycle import Way
from .labels import PURGED, SPANS

SMALLEST = 10
"""The smallest number that is shown."""


class Row(NamedTuple):
    """What is counted, and its number; None where that is hidden."""

    title: Any
    number: int | None


class Figure(NamedTuple):
    """A table of counts."""

    name: str
    title: Any
    rows: tuple[Row, ...]


def hidden(counts: Mapping[str, int]) -> dict[str, int | None]:
    """The counts, with those under ten hidden, and never just one of them."""
    small = {name for name, count in counts.items() if count < SMALLEST}
    if len(small) == 1 and len(counts) > 1:
        rest = {name: count for name, count in counts.items() if name not in small}
        small.add(min(rest, key=lambda name: (rest[name], name)))
    return {name: None if name in small else count for name, count in counts.items()}


def figures_of(tallies: Mapping[str, Mapping[str, int]], way: Way) -> list[Figure]:
    """The tables of a kind: by outcome, language, time to an answer; empty ones are left out."""
    titles = {
        "outcome": (_l("What came of them"), way.outcomes),
        "language": (_l("Languages"), {code: one.name for code, one in languages().items()}),
        "days": (_l("Time to an answer"), SPANS),
    }
    made = []
    for name, (title, words) in titles.items():
        counts = {key: n for key, n in tallies.get(name, {}).items() if key in words}
        if counts:
            told = hidden(counts)
            rows = tuple(Row(words[key], told[key]) for key in words if key in told)
            made.append(Figure(name, title, rows))
    return made


def gone(deleted: Mapping[str, Mapping[str, int]]) -> list[Figure]:
    """What was deleted since its time was over, a table a year, the newest first."""
    return [
        Figure(
            f"deleted-{year}",
            _("Deleted in %(year)s, since its time was over", year=year),
            tuple(
                Row(title, counts[kind] if counts[kind] >= SMALLEST else None)
                for kind, title in PURGED.items()
                if kind in counts
            ),
        )
        for year, counts in sorted(deleted.items(), reverse=True)
    ]
