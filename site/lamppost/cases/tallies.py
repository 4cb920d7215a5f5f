"""The figures of cases that anybody may read; small numbers are hidden.

A number under ten could tell of somebody. Where it is hidden alone, its neighbour would give it
away by the sum, so no sum is shown and the next smallest is hidden with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..i18n import gettext as _
from ..i18n import languages, speech
from ..i18n import lazy_gettext as _l
from ..lifecycle import Way
from .labels import APPEALS, PURGED, REASONS, SPANS

SMALLEST = 10
"""The smallest number that is shown."""

ROUNDED_TO = 5

MONTHS = 12
"""So many months are shown, the newest first."""


PUBLISHED = {
    "words": _l("The writer’s own words"),
    "summary": _l("A summary"),
    "nothing": _l("Nothing, or nothing yet"),
}
RESULTS = {**APPEALS, "waiting": _l("Not decided yet")}


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


def rounded(count: int) -> int:
    """A count that everybody can look at as it grows: down to a multiple of five, 0 if small."""
    return count - count % ROUNDED_TO if count >= SMALLEST else 0


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
            made.append(_figure(name, title, words, counts))
    return made


def moderated(tallies: Mapping[str, Mapping[str, Mapping[str, int]]]) -> list[Figure]:
    """What was published, withheld and looked at again, of all kinds together."""
    titles = {
        "published": (_l("What others can read"), PUBLISHED),
        "month": (_l("Published or withheld, by month"), None),
        "reason": (_l("Withheld, by reason"), REASONS),
        "cut": (_l("Parts taken out of words, by reason"), REASONS),
        "appeal": (_l("Another look that writers have asked for"), RESULTS),
    }
    made = []
    for name, (title, words) in titles.items():
        counts: Counter[str] = Counter()
        for kind in tallies.values():
            counts.update(kind.get(name, {}))
        if counts:
            made.append(_figure(name, title, words or _months(counts), counts))
    return made


def _months(counts: Mapping[str, int]) -> dict[str, str]:
    """The names of the last months in which something was counted, the newest first."""
    return {month: speech().day(month)
            for month in sorted(counts, reverse=True)[:MONTHS]}  # fmt: skip


def _figure(name: str, title: Any, words: Mapping[str, Any], counts: Mapping[str, int]) -> Figure:
    told = hidden({key: n for key, n in counts.items() if key in words})
    return Figure(name, title, tuple(Row(words[key], told[key]) for key in words if key in told))


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
