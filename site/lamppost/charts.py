"""Charts: small tables of numbers, and where their bars, columns and lines are to be drawn.

A chart is a table first. Bars stand in the rows of the table itself, below the labels, so labels
are plain text that wraps at any width and in any script, and whoever does not see the bars reads
what they show. What goes over time is drawn above its table. The pictures are SVG without a view
box: all lengths are percentages, so a picture follows the page's width and its lines keep theirs.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

KINDS = ("bars", "columns", "lines")
MOST_SERIES = 2
"""Told apart by shape as well as by colour; of more, none could be followed."""

MOST_MARKS = 6
"""Labels that a phone has room for below a picture; of more, the first and the last stand there."""

_STEPS = (1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10)


class Series(NamedTuple):
    """Values with the name of what they count; None where a value is not known or not shown."""

    name: str
    values: tuple[float | None, ...]


class Box(NamedTuple):
    """Where a column stands, in percent of the picture."""

    x: str
    y: str
    width: str
    height: str


class Point(NamedTuple):
    """Where a value stands on a line, in percent of the picture."""

    x: str
    y: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One or two series over the same labels. Raises ``ValueError`` for what cannot be drawn.

    ``bars`` compare things, ``columns`` and ``lines`` go over time. ``unit`` is what the numbers
    are, where the names of the series do not say it; ``missing`` stands where a value is None.
    ``links`` holds an address for each label, or nothing.
    """

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    kind: str = "bars"
    unit: str = ""
    note: str = ""
    missing: str = ""
    links: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.title}: {self.kind}, not one of {', '.join(KINDS)}")
        if not self.labels or not 1 <= len(self.series) <= MOST_SERIES:
            raise ValueError(f"{self.title}: no labels, or not 1 to {MOST_SERIES} series")
        if {len(values) for _, values in self.series} != {len(self.labels)}:
            raise ValueError(f"{self.title}: not a value for each label")
        if self.links and len(self.links) != len(self.labels):
            raise ValueError(f"{self.title}: not a link for each label")
        if any(not 0 <= value < math.inf for value in self._values()):
            raise ValueError(f"{self.title}: a value below 0, or none that is a number")

    def _values(self) -> Iterator[float]:
        return (value for _, values in self.series for value in values if value is not None)

    @property
    def rows(self) -> list[tuple[str, str, tuple[float | None, ...]]]:
        """The rows of the table: label, link or nothing, a value of each series."""
        values = zip(*(values for _, values in self.series), strict=True)
        links = self.links or ("",) * len(self.labels)
        return list(zip(self.labels, links, values, strict=True))

    # --- bars ---

    def length(self, value: float | None) -> str:
        """The length of a value's bar; that of the greatest value fills the row."""
        return _percent(value or 0, max(self._values(), default=0))

    # --- over time ---

    @property
    def scale(self) -> tuple[float, float, float]:
        """The numbers beside the picture, from its top: a round one, its half, nothing."""
        most = max(self._values(), default=0) or 2
        power = 10.0 ** math.floor(math.log10(most))
        tops = (round(step * power, 9) for step in _STEPS)
        # Half of a whole number of things is to be whole too.
        top = next(top for top in tops if top >= most and (power < 1 or top % 2 == 0))
        return (top, top / 2, 0)

    @property
    def marks(self) -> tuple[str, ...]:
        """The labels below the picture: all, each below its value, or the first and the last."""
        return self.labels if len(self.labels) <= MOST_MARKS else (self.labels[0], self.labels[-1])

    def columns(self, series: Series) -> list[Box]:
        """The columns of a series, each beside that of the other."""
        slot, top = 100 / len(self.labels), self.scale[0]
        width = 0.7 * slot / len(self.series)
        start = 0.15 * slot + width * self.series.index(series)
        return [
            Box(
                f"{start + slot * number:.4g}%",
                _percent(top - value, top),
                f"{width:.4g}%",
                _percent(value, top),
            )
            for number, value in enumerate(series.values)
            if value is not None
        ]

    def points(self, series: Series) -> list[Point]:
        """The points of a series that are known."""
        return [point for point in self._points(series) if point]

    def lines(self, series: Series) -> list[tuple[Point, Point]]:
        """The lines from each point to the next; none across a value that is not known."""
        points = self._points(series)
        return [(a, b) for a, b in pairwise(points) if a and b]

    def _points(self, series: Series) -> list[Point | None]:
        slot, top = 100 / len(self.labels), self.scale[0]
        return [
            None
            if value is None
            else Point(f"{slot * (number + 0.5):.4g}%", _percent(top - value, top))
            for number, value in enumerate(series.values)
        ]


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.4g}%" if whole else "0%"
