"""What a form is that stands open always: its words, its practices, its questions."""

from __future__ import annotations

from dataclasses import dataclass

from ..fields import Key, Whole, Words, stated
from ..phrases import phrase
from ..questions.kinds import Sections
from ..registry.models import Technology
from ..text import Text

_NOTHING_YET = Technology(id="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A set of questions by which people say something of their own accord.

    ``practices`` names a file in the shape of a technology, which is ``card``: what is done with
    the answers. ``note`` stands at the head of the form, such as that it is only a model.
    ``version`` tells which one was answered.
    """

    id: str
    title: Text = stated(Words(most=80), required=True)
    summary: Text = stated(Words(most=300), required=True)
    note: Text | None = stated(Words(most=400))
    minutes: int = stated(Whole(least=1, most=90), default=5)
    contact: str = stated(
        Key(kind="organizations", help=phrase("The office to ask")), required=True
    )
    practices: str = stated(
        Key(kind="practices", help=phrase("A file in surveys/practices/")),
        required=True,
        default="",
    )
    sections: Sections = ()
    card: Technology = _NOTHING_YET
    version: str = ""
