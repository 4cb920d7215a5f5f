"""Answers: what somebody has sent, seen through the questions, in the order they are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from flask import get_template_attribute
from markupsafe import Markup, escape

from ..i18n import speech
from ..text import Text
from . import sooner
from .conditions import Value
from .kinds import Section, Sections
from .load import CARRIED
from .models import Option, Question, Sent, World, WrongError

NOT_ANSWERED = "…"
"""What stands in a text in place of an answer that is not there."""


class Label(NamedTuple):
    """The words of a field."""

    text: Markup


class Flags(NamedTuple):
    """What goes for a field."""

    required: bool


@dataclass(frozen=True, slots=True)
class AskedField:
    """A question as a page asks it, with what was typed; components/forms.html draws its parts."""

    question: Question
    sent: Sent
    world: World
    said: Callable[[Text], Markup]
    errors: list[str] = field(default_factory=list)
    asked: bool = True
    when: str = ""
    """What the script is told (``sooner``), so that the question comes and goes on the page."""

    @property
    def id(self) -> str:
        """The id of its first input, to which the error summary leads."""
        return f"q-{self.question.key}"

    @property
    def name(self) -> str:
        """The name of its first input."""
        return self.question.key

    @property
    def label(self) -> Label:
        """The question."""
        return Label(self.said(self.question.text))

    @property
    def flags(self) -> Flags:
        """Whether it must be answered; a note asks for nothing."""
        return Flags(self.question.required or self.question.kind == "note")

    @property
    def description(self) -> Markup:
        """The hint."""
        return self.said(self.question.hint) if self.question.hint else Markup("")

    @property
    def is_untouched(self) -> bool:
        """Whether it looks as it does for everybody: nothing typed, and nothing said of an answer.

        For what draws such a field once for all.
        """
        names = (self.name, *self.question.names)
        texts = (self.question.text, self.question.hint)
        return not (
            self.errors
            or any(any(self.sent.get(name, ())) for name in names)
            or any(CARRIED.search(str(text)) for text in texts if text)
        )

    def __html__(self) -> str:
        """The field as HTML, by the template of its kind."""
        ask = get_template_attribute(f"questions/{self.question.kind}.html", "ask")
        return str(ask(self))

    @property
    def options(self) -> list[Option]:
        """What can be chosen."""
        return self.question.options(self.world)

    def typed(self, part: str = "") -> str:
        """What was typed into one of its inputs, as it was typed."""
        name = f"{self.name}.{part}" if part else self.name
        return next(iter(self.sent.get(name, ())), "")

    def has(self, key: str) -> bool:
        """Whether a choice was made."""
        return key in self.sent.get(self.name, ())


@dataclass(slots=True)
class AskedSection:
    """The questions of a section that are asked, as fields of a page.

    ``drawn`` has those too that a script can make a question before the server does.
    """

    section: Section
    number: int
    title: Markup
    intro: Markup
    drawn: list[AskedField]

    def __iter__(self) -> Iterator[AskedField]:
        return (field for field in self.drawn if field.asked)

    @property
    def errors(self) -> bool:
        """Whether any answer has to be changed."""
        return any(field.errors for field in self)

    @property
    def is_untouched(self) -> bool:
        """Whether its page looks as it does for everybody, whatever was answered before."""
        words = f"{self.section.title} {self.section.intro or ''}"
        page = {question.key for question in self.section.questions}
        told = (field.question.show_if for field in self.drawn if field.when)
        return (
            not CARRIED.search(words)
            and all(field.is_untouched for field in self.drawn)
            and all(condition is None or page.issuperset(condition.keys) for condition in told)
        )

    @property
    def takes_files(self) -> bool:
        """Whether a file can be sent here."""
        return any(field.question.kind == "file" for field in self.drawn)


class Answers:
    """What was sent, question by question.

    ``values`` holds each answer that is right, ``mistakes`` what is wrong with the others, by the
    questions' keys. A question that is not asked has neither, whatever was once sent for it.
    """

    def __init__(self, sections: Sections, sent: Sent, world: World) -> None:
        self.sections, self.sent, self.world = sections, sent, world
        self.values: dict[str, Any] = {}
        self.mistakes: dict[str, str] = {}
        self.asked: dict[str, Question] = {}
        self._operands: dict[str, Value] = {}
        self._of_section = [self._section(section) for section in sections]

    def _section(self, section: Section) -> list[Question]:
        if section.show_if and not section.show_if.holds(self._operands, self.world.today):
            return []
        return [question for question in section.questions if self._question(question)]

    def _question(self, question: Question) -> bool:
        condition = question.show_if
        if not question.is_asked(self.world):
            return False
        if condition and not condition.holds(self._operands, self.world.today):
            return False
        self.asked[question.key] = question
        try:
            value = question.value(self.sent, self.world)
        except WrongError as error:
            self.mistakes[question.key] = str(error)
            return True
        if value is not None:
            self.values[question.key] = value
            self._operands[question.key] = question.operand(value)
        elif question.required:
            self.mistakes[question.key] = str(question.missing)
        return True

    def asked_in(self, number: int) -> list[Question]:
        """The questions of a section that are asked; none where it is not."""
        return self._of_section[number - 1]

    @property
    def numbers(self) -> list[int]:
        """The numbers, from 1, of the sections that are asked."""
        return [n for n, questions in enumerate(self._of_section, 1) if questions]

    def section(self, number: int, *, tell: bool = False) -> AskedSection:
        """A section for its page; with ``tell``, with its mistakes."""
        page = {question.key: question for question in self._on_page(number)}
        fields = []
        for question in page.values():
            asked, when = question.key in self.asked, sooner.when(question, page, self._operands)
            if asked or when:
                fields.append(self._field(question, tell=tell, asked=asked, when=when))
        return self._shown(number, fields)

    def shown(self, number: int, *, tell: bool = False) -> AskedSection:
        """A section with all its questions, whether they are asked or not."""
        fields = [self._field(question, tell=tell) for question in self._on_page(number)]
        return self._shown(number, fields)

    def _on_page(self, number: int) -> list[Question]:
        questions = self.sections[number - 1].questions
        return [question for question in questions if question.is_asked(self.world)]

    def _shown(self, number: int, fields: list[AskedField]) -> AskedSection:
        section = self.sections[number - 1]
        intro = self.said(section.intro) if section.intro else Markup("")
        return AskedSection(section, number, self.said(section.title), intro, fields)

    def _field(
        self, question: Question, *, tell: bool, asked: bool = True, when: str = ""
    ) -> AskedField:
        mistake = self.mistakes.get(question.key) if tell else None
        errors = [mistake] if mistake else []
        return AskedField(question, self.sent, self.world, self.said, errors, asked, when)

    def told(self, key: str) -> list[str | Markup]:
        """An answer as a reader sees it; nothing where there is none."""
        value = self.values.get(key)
        return [] if value is None else self.asked[key].told(value, self.world)

    def key(self, key: str) -> str:
        """The one choice that was made, as conditions see it; empty where none was."""
        operand = self._operands.get(key)
        return operand if isinstance(operand, str) else ""

    def said(self, text: Text) -> Markup:
        """A text in the language that is spoken now, with earlier answers in their places."""

        def answer(found: Any) -> str:
            told = self.told(found[1])
            return speech().listed(map(str, map(escape, told))) if told else NOT_ANSWERED

        # What is said is escaped, and the marks of an answer are left as they are by that.
        return Markup(CARRIED.sub(answer, str(speech().say(text))))  # noqa: S704

    @property
    def stored(self) -> dict[str, tuple[Question, dict[str, Any]]]:
        """What is kept when it is sent: each answer's question, and the answer in its parts.

        What is kept apart is none of it.
        """
        return {
            key: (self.asked[key], self.asked[key].stored(value))
            for key, value in self.values.items()
            if not self.asked[key].apart
        }

    @property
    def apart(self) -> dict[str, tuple[Question, Any]]:
        """The answers that are kept apart (``apart/``): each one's question, and its value."""
        return {
            key: (self.asked[key], value)
            for key, value in self.values.items()
            if self.asked[key].apart
        }


def as_sent(stored: Mapping[str, Any]) -> dict[str, list[str]]:
    """What was stored, as a form has sent it."""
    return {
        name: [str(one) for one in (value if isinstance(value, list) else [value])]
        for name, value in stored.items()
    }


def sent_again(sections: Sections, stored: Mapping[str, Any]) -> dict[str, list[str]]:
    """What was stored, as a form would send it once more; what was agreed to is asked anew."""
    questions = (question for section in sections for question in section.questions)
    agreed = {question.key for question in questions if question.kind == "consent"}
    return {name: values for name, values in as_sent(stored).items() if name not in agreed}


def asked_again(sections: Sections) -> Sections:
    """The questions with those optional whose answers are kept apart, and so cannot be shown."""
    return tuple(
        replace(
            section,
            questions=tuple(
                replace(one, required=one.required and not one.apart) for one in section.questions
            ),
        )
        for section in sections
    )


def every_section(sections: Sections, world: World) -> list[AskedSection]:
    """All questions, on whatever conditions they are asked, for a page that shows them."""
    blank = Answers(sections, {}, world)
    return [blank.shown(number) for number, _ in enumerate(sections, 1)]


def inputs(section: Section) -> Iterator[str]:
    """The names of all inputs that the page of a section can have."""
    for question in section.questions:
        yield from question.names
