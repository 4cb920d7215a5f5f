"""Composed fields of the record in a form: groups, and lists of rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from wtforms import BooleanField
from wtforms.form import BaseForm

from ..briefs.models import Number
from ..fields import Choice, Field, Items, Key, Line, Part, Words, declared
from ..i18n import gettext as _
from ..i18n import speech
from ..pages.models import CRITERIA, Forms, Ratings
from ..registry.models import Group, GroupOf
from . import labels, names
from .entry import ABSENT, Fields, Markdown, in_order
from .grids import Grid, GridBox, NumberBox
from .leaves import (
    LEAVES,
    Box,
    ChoiceBox,
    Count,
    Difference,
    Ground,
    Inputs,
    KeyBox,
    KeysBox,
    MarkdownBox,
    sent_count,
)
from .passages import FormsBox, WordsBox

FEW = 3
"""Of how many words the order counts, so that each is chosen by itself."""


class FieldsBox(Box):
    """A value of several named fields, each in its own box."""

    shape = "fields"

    def __init__(self, *given: Any, fields: Fields, **more: Any) -> None:
        super().__init__(*given, **more)
        held = self.base if isinstance(self.base, dict) else {}
        self.fields = fields
        self.children = [
            box_for(
                self.ground, field, (*self.path, name), held.get(name, ABSENT),
                label=self.title(name), required=needed, within=self.within or self._apart(name),
            ) for name, (field, needed) in fields.items()
        ]  # fmt: skip

    def _apart(self, name: str) -> str:
        """Of a form of several groups the group, in which the same is asked as in others."""
        field, _needed = self.fields[name]
        is_group = isinstance(field, (GroupOf, Part)) and len(self.fields) > 1 and not self.path
        return str(self.title(name)) if is_group else ""

    def title(self, name: str) -> Any:
        """The words for one of the fields."""
        return labels.field((*self.path, name))

    def value(self, form: BaseForm) -> Any:
        """The fields that say something; others of the file stay as they are."""
        held = self.base if isinstance(self.base, dict) else {}
        new = {**held}
        for name, child in zip(self.fields, self.children, strict=True):
            part = child.value(form)
            if part is ABSENT:
                new.pop(name, None)
            else:
                new[name] = part
        new = in_order(new, list(self.fields))
        if new == held:
            return self.base
        return new or ABSENT

    def words(self, value: Any) -> str:
        """The fields that say something, in a row."""
        held = value if isinstance(value, dict) else {}
        told = zip(self.children, self.fields, strict=True)
        said = [(child.label, child.words(held.get(name, ABSENT))) for child, name in told]
        return "; ".join(
            _("%(what)s: %(words)s", what=label, words=words) for label, words in said if words
        )

    def differences(self, form: BaseForm) -> Iterator[Difference]:
        """Those of the fields, below this heading."""
        for child in self.children:
            for found in child.differences(form):
                yield replace(found, trail=(str(self.label), *found.trail))

    def place(self, steps: list[str], form: BaseForm) -> tuple[str, Box]:
        """The place in the field that is named."""
        for name, child in zip(self.fields, self.children, strict=True):
            if steps[:1] == [name]:
                found = child.place(steps[1:], form)
                return found if found[0] else (next(iter(self.inputs()), ""), self)
        return super().place(steps, form)


class RowsBox(Box):
    """A list: a row for each value of it, and rows to be filled in."""

    shape = "rows"

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.held = self.base if isinstance(self.base, list) else []
        self.is_short = isinstance(self.field.of, Key)
        self.count = self._count()
        self.children = [self._row(n) for n in range(self.count)]

    def _count(self) -> int:
        """As many rows as were sent, one more where that was asked for; at first the values.

        An empty row stands below short ones, and where there is none.
        """
        if not self.ground.whole:
            return len(self.held)
        count = len(self.held) + (self.is_short or not self.held)
        return min(sent_count(self.ground.sent, self.name, count), int(self.field.most) + 1)

    def _row(self, n: int) -> Box:
        base = self.held[n] if n < len(self.held) else ABSENT
        path = (*self.path, str(n))
        label = _("%(what)s, %(number)s", what=self.label, number=speech().number(n + 1))
        within = label if self.count > 1 and not self.is_short else self.within
        return box_for(self.ground, self.field.of, path, base, label=label, within=within)

    def inputs(self) -> Inputs:
        """The rows' own, with a box to tick for each that can be taken out, and their number."""
        made: Inputs = {}
        for child in self.children:
            made |= child.inputs()
            if self.can_go(child):
                made[f"{child.name}.gone"] = (BooleanField(labels.TAKE_OUT), False)
        if self.ground.whole:
            made[f"{self.name}.rows"] = (Count(), str(self.count))
        return made

    def can_go(self, child: Box) -> bool:
        """Whether a row has a box to take it out; a short one is simply emptied."""
        return self.ground.whole and not self.is_short and child.base is not ABSENT

    def kept(self, form: BaseForm) -> list[tuple[Box, Any]]:
        """The rows that say something, and what."""
        found = []
        for child in self.children:
            gone = self.can_go(child) and form[f"{child.name}.gone"].data
            part = ABSENT if gone else child.value(form)
            if part is not ABSENT:
                found.append((child, part))
        return found

    def value(self, form: BaseForm) -> Any:
        """The list."""
        if not self.ground.whole and not self.children:
            return self.base
        parts = [part for _child, part in self.kept(form)]
        if parts == self.held:
            return self.base
        return parts or ABSENT

    def words(self, value: Any) -> str:
        """The values in a row."""
        rows = value if isinstance(value, list) else []
        box = box_for(self.ground, self.field.of, (*self.path, "0"), ABSENT, label="")
        return " · ".join(box.words(row) for row in rows)

    def differences(self, form: BaseForm) -> Iterator[Difference]:
        """Each row that went, came or differs."""
        kept = {child.name: part for child, part in self.kept(form)}
        for child in self.children:
            trail = (str(self.label), str(child.label)) if self.is_short else (str(child.label),)
            if child.name not in kept:
                if child.base is not ABSENT:
                    yield Difference(trail, child.words(child.base), "")
            elif child.base is ABSENT:
                yield Difference(trail, "", child.words(kept[child.name]))
            else:
                yield from child.differences(form)
        for left in self.held[self.count :]:  # somebody else has added it
            yield Difference((str(self.label),), self.words([left]), "")

    def place(self, steps: list[str], form: BaseForm) -> tuple[str, Box]:
        """The place in the row with this number, not counting those that are to go."""
        kept = [child for child, _part in self.kept(form)]
        if steps and steps[0].isdigit() and int(steps[0]) < len(kept):
            return kept[int(steps[0])].place(steps[1:], form)
        return next(iter(self.inputs()), ""), self

    def expected(self) -> str:
        """That something must be there, or not too much."""
        most = speech().number(self.field.most)
        return _("Give at least one, at most %(most)s, and none twice", most=most)


class RatingsBox(FieldsBox):
    """A rating for each criterion of the plan."""

    def __init__(self, *given: Any, **more: Any) -> None:
        fields: Fields = dict.fromkeys(CRITERIA, (Line(most=40), False))
        super().__init__(*given, fields=fields, **more)

    def title(self, name: str) -> Any:
        """The criterion."""
        return names.criteria(self.ground.content).get(name, name)


def box_for(
    ground: Ground, field: Field, path: tuple[str, ...], base: Any, *, label: Any = None,
    **more: Any,
) -> Box:  # fmt: skip
    """The box for a field; ``base`` is the value as the file holds it."""
    given = (ground, field, path, labels.field(path) if label is None else label, base)
    if isinstance(field, Part):
        return FieldsBox(*given, fields=declared(field.of), **more)
    if isinstance(field, GroupOf):
        return FieldsBox(*given, fields=_group(field), **more)
    if isinstance(field, Items):
        return (KeysBox if _is_ticked(field) else RowsBox)(*given, **more)
    return _PLAIN[type(field)](*given, **more)


def _is_ticked(field: Any) -> bool:
    """Whether a list is drawn as boxes to tick: words, of which the order means nothing."""
    of = field.of
    return isinstance(of, Key) and of.kind.startswith("words/") and field.most > FEW


def _group(field: GroupOf) -> Fields:
    return {"items": (Items(of=field.of, most=field.most), False), **declared(Group)}


_PLAIN: dict[type[Field], type[Box]] = {
    **LEAVES, Words: WordsBox, Forms: FormsBox, Choice: ChoiceBox, Key: KeyBox,
    Ratings: RatingsBox, Markdown: MarkdownBox, Number: NumberBox, Grid: GridBox,
}  # fmt: skip
