"""The list of the kinds of questions, and the reading of a question of any kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..fields import At, Field, Items, Words, read, stated
from ..phrases import one_of, phrase
from ..text import Text
from . import choosing, enclosed, written
from .conditions import Condition, When
from .models import Question

KINDS: dict[str, type[Question]] = {
    kind.kind: kind
    for kind in (
        written.Note,
        choosing.Single,
        choosing.Multiple,
        choosing.Scale,
        choosing.Ranking,
        written.ShortText,
        written.LongText,
        written.WholeNumber,
        written.Date,
        written.ZipCode,
        choosing.Place,
        choosing.TechnologyChoice,
        written.DeviceCode,
        choosing.Matrix,
        choosing.Consent,
        enclosed.Contact,
        enclosed.File,
    )
}


@dataclass(frozen=True, kw_only=True)
class AnyQuestion(Field):
    """A question of the kind that its ``type`` names."""

    def read(self, raw: Any, at: At) -> Question | None:
        if not isinstance(raw, Mapping):
            return at.problem(raw, phrase("a question: type, key, text, …"))
        name = raw.get("type")
        kind = KINDS.get(name) if isinstance(name, str) else None
        if kind is None:
            return (at / "type").problem(name, one_of(KINDS))
        return read(kind, {key: value for key, value in raw.items() if key != "type"}, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Questions that stand on one page."""

    title: Text = stated(Words(most=120), required=True)
    intro: Text | None = stated(Words(most=600))
    show_if: Condition | None = stated(When())
    questions: tuple[Question, ...] = stated(Items(of=AnyQuestion()), required=True, default=())


Sections = tuple[Section, ...]
"""A set of questions, in the order in which they are asked."""
