"""What every question has, whatever its kind, and what an answer is made from."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, NamedTuple

from flask_babel import LazyString
from markupsafe import Markup

from ..fields import Choice, Flag, Line, Words, stated
from ..i18n import lazy_gettext as _l
from ..phrases import phrase
from ..text import Text
from .conditions import Condition, Value, When

KEY = r"[a-z][a-z0-9_]{0,39}"
PUBLISH = ("counts", "themes_only", "never")

Sent = Mapping[str, Sequence[str]]
"""What a form has sent: the names of its inputs, and the texts in each, as they were typed."""

MOST_TYPED = 10_000
"""Characters of one input that are kept while somebody writes; an answer may have fewer."""


class WrongError(Exception):
    """An answer that cannot be taken. The message is for the one who wrote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What questions ask about beyond their own words: the city's places, technologies, devices.

    ``sends_texts`` is whether the site sends text messages, ``sends_mail`` whether e-mail.
    """

    today: date
    places: Mapping[str, Text] = field(default_factory=dict)
    technologies: Mapping[str, Text] = field(default_factory=dict)
    devices: Container[str] = ()
    prefix: str = ""
    sends_texts: bool = False
    sends_mail: bool = False


class Option(NamedTuple):
    """Something that can be chosen: how it is stored, and how it is shown."""

    key: str
    words: str | Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of any kind. Its ``value`` is what an answer comes to, None where there is none.

    ``detached`` keeps its answers apart from all others of the same person; ``publish`` says what
    of them may be published.
    """

    kind: ClassVar[str]
    missing: ClassVar[LazyString] = _l("Answer this question.")
    chooses: ClassVar[bool] = False
    """Whether its answers are among a few that are known."""
    in_words: ClassVar[bool] = False
    """Whether its answers are words of whoever answers, in their language."""
    apart: ClassVar[bool] = False
    """Whether its answers never stand among the others, and are kept by ``apart/``."""

    key: str = stated(
        Line(
            most=40,
            pattern=KEY,
            example="seen_sign",
            help=phrase("Its name in conditions and exports"),
        ),
        required=True,
        default="",
    )
    text: Text = stated(Words(most=300, help=phrase("The question")), required=True)
    hint: Text | None = stated(Words(most=300))
    required: bool = stated(Flag(), default=False)
    show_if: Condition | None = stated(When())
    detached: bool = stated(Flag(), default=False)
    publish: str = stated(Choice(of=PUBLISH), default="counts")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its inputs in a form: its key, or its key and a part."""
        return (self.key,)

    def mistakes(self) -> Iterator[tuple[str, str, str]]:
        """What is wrong with it beyond its single fields: the field, what it holds, what it may."""
        yield from ()

    def is_asked(self, _world: World) -> bool:
        """Whether it is asked on this site at all."""
        return True

    def options(self, _world: World) -> list[Option]:
        """What can be chosen, in the language that is spoken now."""
        return []

    def value(self, sent: Sent, world: World) -> Any:
        """The answer in what was sent. Raises :class:`WrongError`."""
        raise NotImplementedError

    def operand(self, value: Any) -> Value:
        """The answer as conditions see it."""
        operand: Value = value
        return operand

    def known_operands(self) -> tuple[Value, ...]:
        """What conditions may see, where that is a few values; nothing where it can be anything."""
        return ()

    def told(self, value: Any, _world: World) -> list[str | Markup]:
        """The answer as a reader sees it, in the language that is spoken now: a line or several."""
        return [str(value)]

    def stored(self, value: Any) -> dict[str, Any]:
        """The answer as it is stored: what JSON can hold, by the name of the part."""
        return {self.key: value}


def first(sent: Sent, name: str) -> str:
    """What was typed into one input, without space around it."""
    found = sent.get(name) or ("",)
    return found[0].strip()
