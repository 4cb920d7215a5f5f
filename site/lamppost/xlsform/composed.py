"""A survey as a form that ODK and KoBo can ask."""

from __future__ import annotations

from ..questions.models import World
from ..surveys.definitions import Survey
from ..text import SOURCE_LANGUAGE
from ..workbooks import made
from .rowbook import Book
from .sheets import OURS, Sheets, grid, language_name, translated
from .typed import COMPOSED


def workbook(survey: Survey, world: World) -> bytes:
    """The form as an XLSX file."""
    return made({title: grid(rows) for title, rows in sheets_of(survey, world).items()})


def sheets_of(survey: Survey, world: World) -> Sheets:
    """The form, sheet by sheet; every row gives its cells by the names of their columns.

    What is kept apart (``apart/``) is no part of it: who somebody is does not go to the field.
    """
    book = Book(survey.sections, world)
    for number, section in enumerate(survey.sections, 1):
        book.begin(number, section)
        for question in section.questions:
            if question.apart:
                continue
            COMPOSED[question.kind](book, question)
            book.words_of(question)
        book.end()
    settings = {
        "form_title": str(survey.title),
        "form_id": survey.id,
        "version": survey.version,
        "default_language": language_name(SOURCE_LANGUAGE),
        "style": "pages",
    }
    return {
        "survey": book.rows,
        "choices": book.choices,
        "settings": [settings],
        OURS: [
            {"name": "title", **translated("label", survey.title)},
            {"name": "summary", **translated("label", survey.summary)},
            {"name": "contact", "value": survey.contact},
        ],
    }
