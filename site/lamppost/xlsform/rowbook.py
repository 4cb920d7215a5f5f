"""The rows of a form while it is made from a set of questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields

from ..i18n import languages
from ..questions.choosing import OTHER
from ..questions.conditions import Condition
from ..questions.kinds import Section, Sections
from ..questions.load import CARRIED
from ..questions.models import Question, World
from ..text import Text
from .reckon import has_words, said
from .sheets import DETACHED, KIND, PUBLISH, ROWS, SAID, translated

MOST_WORDS = 200
"""Characters of one's own words beside a choice."""

Cells = dict[str, str]
Offers = list[tuple[str, Text]]


class Book:
    """The rows of a form while it is made; answers that texts repeat are reckoned as words."""

    def __init__(self, sections: Sections, world: World) -> None:
        self.world = world
        self.rows: list[Cells] = []
        self.choices: list[Cells] = []
        self.languages = [
            code for code in languages() if any(code in t.languages for t in _texts(sections))
        ]
        asked = [question for section in sections for question in section.questions]
        carried = {key for text in _texts(sections) for key in CARRIED.findall(str(text))}
        conditions = [one.show_if for one in sections] + [one.show_if for one in asked]
        named = {key for condition in conditions if condition for key in condition.keys}
        self.said = {q.key for q in asked if q.key in carried and has_words(q)}
        self.matrices = {q.key for q in asked if q.kind == "matrix" and q.key in named}

    def begin(self, number: int, section: Section) -> None:
        """The rows with which the group of a section begins."""
        group = self.worded({"type": "begin_group", "name": f"section.{number}"}, section.title)
        self.rows.append({**group, **self._relevant(section.show_if), "appearance": "field-list"})
        if section.intro:
            note = {"type": "note", "name": f"section.{number}.intro", KIND: "intro"}
            self.rows.append(self.worded(note, section.intro))

    def end(self) -> None:
        """The row with which a group ends."""
        self.rows.append({"type": "end_group"})

    def asked(self, question: Question, type_: str, kind: str = "", **cells: str) -> None:
        """A row of a question."""
        own = {"type": type_, "name": question.key}
        if question.required:
            own["required"] = "yes"
        if question.publish != "counts":
            own[PUBLISH] = question.publish
        if question.detached:
            own[DETACHED] = "yes"
        worded = self.worded(own, question.text, question.hint)
        extra = {KIND: kind} if kind else {}
        self.rows.append({**worded, **self._relevant(question.show_if), **extra, **cells})

    def own_words(self, question: Question, when: str, text: Text) -> None:
        """The row for the words that go with the choice which asks for them."""
        row = {
            "type": "text", "name": f"{question.key}.{OTHER}", "required": "yes", "relevant": when,
            "constraint": f"string-length(.) <= {MOST_WORDS}", KIND: "own_words",
        }  # fmt: skip
        self.rows.append(self.worded(row, text))

    def offer(self, list_: str, offers: Offers) -> None:
        """A list of choices."""
        for key, text in offers:
            self.choices.append(self.worded({"list_name": list_, "name": key}, text))

    def words_of(self, question: Question) -> None:
        """The row for the words of an answer, where a text repeats it."""
        if question.key in self.said:
            self.reckoned(question.key + SAID, said(question))

    def reckoned(self, name: str, words: str) -> None:
        """A row that asks nothing."""
        self.rows.append({"type": "calculate", "name": name, "calculation": words})

    def _relevant(self, condition: Condition | None) -> Cells:
        if condition is None:
            return {}

        def named(match: re.Match[str]) -> str:
            return f"${{{match[1]}{ROWS}}}" if match[1] in self.matrices else match[0]

        return {"relevant": CARRIED.sub(named, condition.words)}

    def worded(self, cells: Cells, text: Text, hint: Text | None = None) -> Cells:
        """A row with its words."""
        hints = translated("hint", self._carrying(hint)) if hint else {}
        return {**cells, **translated("label", self._carrying(text)), **hints}

    def _carrying(self, text: Text) -> Text:
        def said(match: re.Match[str]) -> str:
            return f"${{{match[1]}{SAID}}}" if match[1] in self.said else match[0]

        return Text({code: CARRIED.sub(said, words) for code, words in text.languages.items()})


def _texts(things: Iterable[object]) -> Iterator[Text]:
    """Every text of sections, however deep it stands."""
    for thing in things:
        if isinstance(thing, Text):
            yield thing
        elif isinstance(thing, tuple):
            yield from _texts(thing)
        elif hasattr(thing, "__dataclass_fields__"):
            yield from _texts(getattr(thing, field.name) for field in fields(thing))  # type: ignore[arg-type]
