"""A survey on paper: its questions with their numbers, and when each is to be answered."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ..i18n import gettext as _
from ..i18n import speech
from ..questions.answers import AskedField, AskedSection, every_section
from ..questions.conditions import Condition
from ..questions.kinds import Sections
from ..questions.models import World


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """A question on paper; a note has the number 0. ``only`` says who answers it, if not all."""

    number: int
    field: AskedField
    only: str


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A section on paper."""

    title: Markup
    intro: Markup
    only: str
    questions: list[PaperQuestion]


def on_paper(sections: Sections, world: World) -> list[PaperSection]:
    """All sections, their questions numbered through."""
    numbers: dict[str, int] = {}
    fields: dict[str, AskedField] = {}
    found = []
    for section in every_section(sections, world):
        only = _only(section.section.show_if, numbers, fields)
        questions = [_question(field, numbers, fields) for field in section]
        found.append(PaperSection(section.title, section.intro, only, questions))
    return found


def numbers_of(sections: list[AskedSection]) -> dict[str, int]:
    """The number of each question on paper, by its key."""
    asked = [field.question for section in sections for field in section]
    keys = [question.key for question in asked if question.kind != "note"]
    return {key: number for number, key in enumerate(keys, 1)}


def _question(
    field: AskedField, numbers: dict[str, int], fields: dict[str, AskedField]
) -> PaperQuestion:
    question = field.question
    only = _only(question.show_if, numbers, fields)
    number = 0
    if question.kind != "note":
        number = numbers[question.key] = len(numbers) + 1
    fields[question.key] = field
    return PaperQuestion(number, field, only)


def _only(
    condition: Condition | None, numbers: dict[str, int], fields: dict[str, AskedField]
) -> str:
    """Who is asked, in words: simple conditions are told, of others the reader has to judge."""
    if condition is None:
        return ""
    compared = list(condition.compared)
    if condition.tree.does in ("=", "selected") and len(compared) == 1:
        key, value = compared[0]
        options = fields[key].options if key in fields else ()
        words = {option.key: option.words for option in options}.get(str(value))
        if words:
            number = speech().number(numbers[key])
            return _("Only if your answer to question %(number)s is “%(answer)s”.",
                     number=number, answer=words)  # fmt: skip
    return _("Only if it goes with what you have answered. Leave it out otherwise.")
