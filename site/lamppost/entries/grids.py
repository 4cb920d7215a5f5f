"""A chart in a form: what it is called, and its labels and values as one small table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from wtforms import BooleanField, StringField
from wtforms.form import BaseForm

from ..briefs.models import BriefChart, ChartSeries, Number
from ..charts import MOST_SERIES
from ..fields import Field, Items, declared
from ..i18n import gettext as _
from ..i18n import speech
from . import labels
from .entry import ABSENT, Fields, in_order
from .leaves import Box, Count, Difference, Inputs, LineBox, sent_count
from .passages import WordsBox

UNKNOWN = "unknown"
TABLE = "table"
_OF_TABLE = ("labels", "series")
_CHART = declared(BriefChart)
_WORDS = _CHART["labels"][0].of  # type: ignore[attr-defined]  # Items of Words
_NAME = declared(ChartSeries)["name"][0]


class Grid(Field):
    """The labels of a chart and the values of its series, row by row; only forms know it."""

    most = Items(of=Number()).most


def chart_fields() -> Fields:
    """The fields of a chart as a form asks for them: what a file holds as lists is a table here."""
    found: Fields = {}
    for name, declaration in _CHART.items():
        if name not in _OF_TABLE:
            found[name] = declaration
        elif TABLE not in found:
            found[TABLE] = (Grid(), True)
    return {**found, "id": (found["id"][0], False)}


def as_asked(chart: dict[str, Any]) -> dict[str, Any]:
    """A chart of a file as the form asks for it."""
    rest = {name: value for name, value in chart.items() if name not in _OF_TABLE}
    return {**rest, TABLE: {name: chart.get(name, []) for name in _OF_TABLE}}


def as_held(asked: dict[str, Any]) -> dict[str, Any]:
    """What such a form says as a file holds it."""
    rest = {name: value for name, value in asked.items() if name != TABLE}
    return in_order({**rest, **asked.get(TABLE, {})}, list(_CHART))


def key_asked(key: str) -> str:
    """Where in the form a place in a chart is."""
    return re.sub(r"\.(labels|series)\b", rf".{TABLE}.\1", key, count=1)


class NumberBox(LineBox):
    """A number of a chart; an empty one is not known."""

    def _input(self) -> Any:
        return StringField(**self.options, render_kw={"inputmode": "decimal"})

    def shown(self) -> str:
        """The number; nothing where it is not known."""
        return "" if self.base == UNKNOWN else super().shown()

    def parsed(self, typed: str) -> Any:
        """The number."""
        if re.fullmatch(r"[0-9]{1,15}", typed):
            return int(typed)
        return float(typed) if re.fullmatch(r"[0-9]{1,15}\.[0-9]{1,6}", typed) else typed

    def words(self, value: Any) -> str:
        """The number as it is written."""
        if value == UNKNOWN:
            return str(labels.KEPT["unknown"])
        return speech().number(value) if isinstance(value, (int, float)) else super().words(value)

    def expected(self) -> str:
        """What a number looks like."""
        return _("Enter a number such as 120 or 4.5, or nothing where it is not known")


class Row(NamedTuple):
    """A row: what it counts, and a number for each column."""

    label: WordsBox
    numbers: list[NumberBox]

    @property
    def boxes(self) -> list[Box]:
        """All that is in it."""
        return [self.label, *self.numbers]


class GridBox(Box):
    """The table of a chart: its columns have names, its rows a label and a number for each."""

    shape = "grid"

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        held = self.base if isinstance(self.base, dict) else {}
        self.labels, self.series = (list(held.get(name) or []) for name in _OF_TABLE)
        self.columns = [self._column(n) for n in range(self._count("series", MOST_SERIES))]
        self.rows = [self._row(n) for n in range(self._count("labels", self.field.most))]
        self.children = [*self.columns, *(box for row in self.rows for box in row.boxes)]

    def _count(self, of: str, most: int) -> int:
        """How many columns or rows: as many as were sent, and one more where that was asked."""
        held = len(getattr(self, of))
        if not self.ground.whole:
            return held
        return min(sent_count(self.ground.sent, f"{self.name}.{of}", held or 1), most)

    def _column(self, n: int) -> WordsBox:
        base = self.series[n].get("name", ABSENT) if n < len(self.series) else ABSENT
        label = _("Column %(number)s: what is counted", number=speech().number(n + 1))
        return WordsBox(
            self.ground, _NAME, (*self.path, "series", str(n), "name"), label, base, required=True
        )

    def _row(self, n: int) -> Row:
        title = _("Row %(number)s", number=speech().number(n + 1))
        base = self.labels[n] if n < len(self.labels) else ABSENT
        path = (*self.path, "labels", str(n))
        label = WordsBox(self.ground, _WORDS, path, title, base)
        return Row(label, [self._number(n, column, title) for column in range(len(self.columns))])

    def _number(self, row: int, column: int, within: str) -> NumberBox:
        held = self.series[column].get("values", []) if column < len(self.series) else []
        path = (*self.path, "series", str(column), "values", str(row))
        label = _("Number in column %(number)s", number=speech().number(column + 1))
        base = held[row] if row < len(held) else ABSENT
        return NumberBox(self.ground, Number(), path, label, base, within=within)

    def inputs(self) -> Inputs:
        """Those of rows and columns, with a box to tick for each that can be taken out."""
        made = super().inputs()
        if self.ground.whole:
            for box in [*self.columns[1:], *(row.label for row in self.rows)]:
                made[f"{box.name}.gone"] = (
                    BooleanField(box.called(box.label, labels.TAKE_OUT)),
                    False,
                )
            for of, boxes in (("series", self.columns), ("labels", self.rows)):
                made[f"{self.name}.{of}.rows"] = (Count(), str(len(boxes)))
        return made

    def can_grow(self) -> bool:
        """Whether there is room for one more column."""
        return self.ground.whole and len(self.columns) < MOST_SERIES

    def kept(self, form: BaseForm) -> tuple[list[int], list[int]]:
        """The columns and the rows that stay, by their numbers in the form."""
        columns = [n for n, box in enumerate(self.columns) if not _is_gone(box, form)]
        rows = [n for n, row in enumerate(self.rows) if self._stays(row, form)]
        return columns, rows

    def _stays(self, row: Row, form: BaseForm) -> bool:
        if not self.ground.whole:
            return True
        said = any(box.value(form) is not ABSENT for box in row.boxes)
        return said and not _is_gone(row.label, form)

    def value(self, form: BaseForm) -> Any:
        """The labels, and the series with a value for each."""
        columns, rows = self.kept(form)
        told = [_said(self.rows[n].label.value(form), {}) for n in rows]
        series = [
            {
                **(self.series[c] if c < len(self.series) else {}),
                "name": _said(self.columns[c].value(form), {}),
                "values": [_said(self.rows[n].numbers[c].value(form), UNKNOWN) for n in rows],
            }
            for c in columns
        ]
        new = {"labels": told, "series": series}
        return self.base if new == self.base else new

    def words(self, value: Any) -> str:
        """The labels in a row."""
        held = value if isinstance(value, dict) else {}
        return speech().listed(self.rows[0].label.words(label) for label in held.get("labels", ()))

    def differences(self, form: BaseForm) -> Iterator[Difference]:
        """What differs in the names of columns, and row by row; then what went as a whole."""
        columns, rows = self.kept(form)
        for n, box in enumerate(self.columns):
            yield from _differences(box, [box], form, is_kept=n in columns)
        for n, row in enumerate(self.rows):
            yield from _differences(row.label, row.boxes, form, is_kept=n in rows)
        title = str(self.label)
        for left in self.labels[len(self.rows) :]:
            yield Difference((title,), self.rows[0].label.words(left), "")

    def place(self, steps: list[str], form: BaseForm) -> tuple[str, Box]:
        """The input at a place in the labels or the series."""
        columns, rows = self.kept(form)
        found: Box | None = None
        match steps:
            case ["labels", row, *rest] if (n := _at(rows, row)) is not None:
                return self.rows[n].label.place(rest, form)
            case ["series", column, *rest] if (c := _at(columns, column)) is not None:
                found, rest = self.columns[c], rest[1:]
                if steps[2:3] == ["values"] and (n := _at(rows, *steps[3:4])) is not None:
                    found = self.rows[n].numbers[c]
                return found.place(rest, form)
        return next(iter(self.inputs()), ""), self

    def expected(self) -> str:
        """That there is something in it."""
        return _("Fill in at least one row, and what its numbers count")


def _is_gone(box: Box, form: BaseForm) -> bool:
    name = f"{box.name}.gone"
    return name in form and bool(form[name].data)


def _said(value: Any, otherwise: Any) -> Any:
    return otherwise if value is ABSENT else value


def _at(kept: list[int], step: str = "") -> int | None:
    return kept[int(step)] if step.isdigit() and int(step) < len(kept) else None


def _differences(
    head: Box, boxes: list[Any], form: BaseForm, *, is_kept: bool
) -> Iterator[Difference]:
    if is_kept:
        for box in boxes:
            found = box.differences(form)
            trail = (str(head.label),) if box is not head else ()
            yield from (replace(one, trail=(*trail, *one.trail)) for one in found)
    elif head.base is not ABSENT:
        yield Difference((str(head.label),), head.words(head.base), "")
