"""The form for one section of an entry, made from the same declarations as the check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm

from ..fields import Field, Problem
from . import names
from .boxes import FieldsBox, box_for
from .entry import ABSENT, Fields, steps
from .leaves import Box, Difference, Ground, Inputs

Pairs = list[tuple[str, str]]


class EntryForm:
    """A section of an entry, or the one field that it is, in a form. ``base`` is what there is.

    ``form`` holds the inputs, as WTForms has them, and ``more`` that belong to no field; ``boxes``
    say how they are drawn.
    """

    def __init__(
        self, ground: Ground, fields: Fields | Field, base: dict[str, Any],
        more: Inputs | None = None,
    ) -> None:  # fmt: skip
        self.box: Box
        if isinstance(fields, Field):
            self.box = box_for(ground, fields, (), base, label="")
        else:
            self.box = FieldsBox(ground, None, (), "", base, fields=fields)
        inputs = {**self.box.inputs(), **(more or {})}
        self.form = BaseForm({name: made for name, (made, _shown) in inputs.items()})
        self.form.process(ground.sent, data={name: shown for name, (_, shown) in inputs.items()})

    @property
    def offices(self) -> list[str]:
        """The names that are offered where an office is asked for."""
        return sorted(names.of_kind(self.box.ground.content, "organizations").values())

    @property
    def boxes(self) -> list[Box]:
        """The fields of the section."""
        return self.box.children

    def value(self) -> dict[str, Any]:
        """The entry with what the form says now."""
        found = self.box.value(self.form)
        return {} if found is ABSENT else found

    def differences(self) -> list[Difference]:
        """What the form changes, in words."""
        found = [one for box in self.boxes for one in box.differences(self.form)]
        if len(self.boxes) == 1 and self.boxes[0].children:  # the page is called as its only field
            return [replace(one, trail=one.trail[1:] or one.trail) for one in found]
        return found

    def pairs(self) -> Pairs:
        """What a browser would send of the form as it is, to be carried along."""
        return [pair for field in self.form for pair in _pairs(field)]

    def box_at(self, path: str) -> Box:
        """The box of a place in the entry."""
        box: Box = self.box
        for step in path.split("."):
            box = next((child for child in box.children if child.path[-1] == step), box)
        return box

    def tell(self, problems: Iterable[Problem], place: str) -> list[Problem]:
        """Put problems beside the inputs they are about; those that are about none come back.

        ``place`` is where in its file the entry stands.
        """
        others = []
        for problem in problems:
            name = self._input(problem.key, place)
            if name:
                self.form[name].errors = [*self.form[name].errors, self._words(problem.key, place)]
            else:
                others.append(problem)
        return others

    def _at(self, key: str, place: str) -> tuple[str, Box] | None:
        inside = list(steps(key))
        for step in steps(place):
            if not inside or inside.pop(0) != step:
                return None
        if not inside or inside[0] not in [child.path[-1] for child in self.box.children]:
            return None
        return self.box.place(inside, self.form)

    def _input(self, key: str, place: str) -> str:
        found = self._at(key, place)
        return found[0] if found and found[0] in self.form else ""

    def _words(self, key: str, place: str) -> str:
        found = self._at(key, place)
        return found[1].expected() if found else ""


def _pairs(field: Any) -> Iterator[tuple[str, str]]:
    data = field.data
    if isinstance(data, list):
        yield from ((field.name, str(value)) for value in data)
    elif data is True:
        yield field.name, "y"
    elif data not in (None, False):
        yield field.name, str(data)


def as_sent(pairs: Pairs) -> MultiDict[str, str]:
    """Pairs as a request holds them."""
    return MultiDict(pairs)
