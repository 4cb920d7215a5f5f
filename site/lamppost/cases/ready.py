"""Ready answers: texts of the record with which an officer can begin what they say in a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..answering.load import Reader
from ..fields import Choice, Flag, Items, Words, read, stated
from ..text import SOURCE_LANGUAGE, Made, Text

FOLDER = "content/answers"
OPEN = "[…]"
"""What stands in a ready answer where the officer has to write something."""

MOST = 3000
_MADE = {Made.HUMAN: "person", Made.REVIEWED: "reviewed", Made.MACHINE: "machine"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyAnswer:
    """A text to begin with, for cases of these ``kinds``; an ``example`` is none of the City's."""

    id: str
    title: Text = stated(Words(most=80), required=True)
    kinds: tuple[str, ...] = stated(Items(of=Choice(of=("concern", "pitch"))), required=True)
    example: bool = stated(Flag(), default=False)
    text: Text = stated(Words(most=MOST), required=True)


def load_ready(reader: Reader) -> dict[str, ReadyAnswer]:
    """The ready answers of the record by id."""
    found = {}
    for id_, name in reader.named(FOLDER):
        raw, at = reader.file(name)
        if raw or reader.record.read_well(name):
            found[id_] = read(ReadyAnswer, raw, at, id=id_)
    return found


def fitting(answers: Mapping[str, ReadyAnswer], kind: str) -> dict[str, ReadyAnswer]:
    """Those for cases of a kind."""
    return {id_: one for id_, one in answers.items() if kind in one.kinds}


def fill(form: Any, answer: ReadyAnswer, language: str) -> bool:
    """Put an answer into the empty boxes of a move; False, and nothing, where something is typed.

    ``language`` is that of who wrote: a translation that is missing, or older than the English, is
    left for the officer.
    """
    boxes = [form[name] for name in ("message", "translated") if name in form]
    if any((box.data or "").strip() for box in boxes):
        return False
    form.message.data = answer.text.languages[SOURCE_LANGUAGE]
    passage = answer.text.in_language(language)
    if "translated" in form and passage.made in _MADE:
        form.translated.data, form.made.data = passage.words, _MADE[passage.made]
    return True
