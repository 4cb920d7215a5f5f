"""Composed fields of the record in a form: groups, and lists of rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.form import BaseForm
from wtforms.validators import InputRequired

from ..briefs.models import Number
from ..fields import Choice, Field, How, Items, Key, Line, Part, Words, declared
from ..i18n import gettext as _
from ..i18n import languages, speech
from ..pages.models import CRITERIA, Forms, Ratings
from ..questions.choosing import Single
from ..questions.kinds import KINDS as QUESTIONS
from ..questions.kinds import AnyQuestion
from ..registry.models import Group, GroupOf
from ..text import SOURCE_LANGUAGE
from . import labels, names
from .entry import ABSENT, Fields, Markdown, in_order
from .grids import Grid, GridBox, NumberBox
from .kinds import Provenance
from .leaves import (
    LEAVES,
    SHORT,
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


class QuestionBox(FieldsBox):
    """A question: how it is asked, which says what other fields it has, and these."""

    shape = "question"

    def __init__(self, ground: Ground, field: Any, path: Any, label: Any, base: Any,
                 **more: Any) -> None:  # fmt: skip
        self.type_name = ".".join((*path, "type"))
        held = base if isinstance(base, dict) else {}
        sent = ground.sent.get(self.type_name) if ground.sent is not None else None
        self.asked = QUESTIONS.get(sent or held.get("type", ""), Single)
        super().__init__(ground, field, path, label, base, fields=declared(self.asked), **more)

    def title(self, name: str) -> Any:
        """The words for one of the fields."""
        return labels.field(("questions", name))

    def inputs(self) -> Inputs:
        """How it is asked, and the fields of that."""
        made = super().inputs()
        if not self.ground.whole:
            return made
        options = [
            SelectChoice(value=kind, label=str(labels.QUESTIONS[kind]))
            for kind, question in QUESTIONS.items()
            if not question.apart or question is self.asked
        ]
        select = SelectField(
            self.title("type"), choices=options, validate_choice=False,
            validators=[InputRequired()],
        )  # fmt: skip
        return {self.type_name: (select, self.asked.kind), **made}

    def value(self, form: BaseForm) -> Any:
        """The question; what belongs to another way of asking goes."""
        found = super().value(form)
        if found is ABSENT:
            return ABSENT
        kept = {name: part for name, part in found.items() if name in self.fields}
        new = {"type": self.asked.kind, **kept}
        return self.base if new == self.base else new

    def differences(self, form: BaseForm) -> Iterator[Difference]:
        """The way in which it is asked, then its fields."""
        held = self.base if isinstance(self.base, dict) else {}
        before = held.get("type", "")
        if before != self.asked.kind:
            words = (str(labels.QUESTIONS.get(kind, "")) for kind in (before, self.asked.kind))
            yield Difference((str(self.title("type")),), *words)
        for child in self.children:
            yield from child.differences(form)


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
            if self.is_ordered:
                label = self.called(child.label, labels.PLACE)
                field = StringField(label, render_kw={"inputmode": "numeric"})
                made[f"{child.name}.place"] = (field, str(int(child.path[-1]) + 1))
        if self.ground.whole:
            made[f"{self.name}.rows"] = (Count(), str(self.count))
        return made

    @property
    def is_ordered(self) -> bool:
        """Whether each row has a field for its place."""
        return self.ground.whole and self.field.ordered and len(self.children) > 1

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
        return (
            sorted(found, key=lambda row: self._place(row[0], form)) if self.is_ordered else found
        )

    def _place(self, child: Box, form: BaseForm) -> tuple[int, int]:
        """Where a row is to stand: before the row of that place if it moves up, else behind it."""
        was = int(child.path[-1]) + 1
        typed = (form[f"{child.name}.place"].data or "").strip()
        to = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < SHORT else was
        return to, (to > was) - (to < was)

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
        places = [int(child.path[-1]) for child, _part in self.kept(form)]
        if places != sorted(places):
            words = (self.words(value) for value in (self.base, self.value(form)))
            yield Difference((str(self.label), str(labels.ORDER)), *words)

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


class ProvenanceBox(FieldsBox):
    """How the translations of a file were made, language by language."""

    def __init__(self, *given: Any, **more: Any) -> None:
        codes = [code for code in languages() if code != SOURCE_LANGUAGE]
        super().__init__(*given, fields=dict.fromkeys(codes, (How(), False)), **more)

    def title(self, name: str) -> Any:
        """The language, as the reader calls it."""
        return speech().language_name(name)


def box_for(
    ground: Ground, field: Field, path: tuple[str, ...], base: Any, *, label: Any = None,
    **more: Any,
) -> Box:  # fmt: skip
    """The box for a field; ``base`` is the value as the file holds it."""
    given = (ground, field, path, labels.field(path) if label is None else label, base)
    if isinstance(field, Part):
        return FieldsBox(*given, fields=declared(field.of), **more)
    if isinstance(field, AnyQuestion):
        return QuestionBox(*given, **more)
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
    Provenance: ProvenanceBox,
}  # fmt: skip
