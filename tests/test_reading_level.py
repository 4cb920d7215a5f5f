"""The English of the record can be read at US school grade 8 (Flesch-Kincaid), file by file.

Names of laws and organizations are long words that no writer can help, so a whole file is measured;
a paragraph of a page has a wider bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from flask import Flask

from lamppost.config import PROJECT
from lamppost.content import Content
from lamppost.grades import (
    GRADE,
    GRADE_OF_A_PARAGRAPH,
    LEAST_WORDS,
    grade,
    prose,
    syllables,
    words_in,
)
from lamppost.text import Text

TECHNOLOGIES = sorted(p.stem for p in PROJECT.glob("content/registry/technologies/*.yaml"))
WORDS = sorted(path.stem for path in PROJECT.glob("content/registry/words/*.yaml"))
BRIEFS = sorted(path.name for path in PROJECT.glob("content/briefs/*"))
SURVEYS = sorted(path.stem for path in PROJECT.glob("surveys/*.yaml"))
FORMS = sorted(path.stem for path in PROJECT.glob("content/forms/*.yaml"))
PAGES = sorted(path.name for path in PROJECT.glob("content/pages/*"))


@pytest.fixture(scope="module")
def content(app: Flask) -> Content:
    return app.extensions["published"].content


def english(part: Any) -> str:
    """All English texts in a part of the content, a line each."""
    return "\n".join(map(str, _texts(part)))


def _texts(part: Any) -> Iterator[Text]:
    if isinstance(part, Text):
        yield part
    elif is_dataclass(part):
        for field in fields(part):
            yield from _texts(getattr(part, field.name))
    elif isinstance(part, (tuple, list)):
        for value in part:
            yield from _texts(value)
    elif isinstance(part, dict):
        yield from _texts(list(part.values()))


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("camera", 3),
        ("city", 2),
        ("data", 2),
        ("stored", 1),
        ("kept", 1),
        ("registry", 3),
        ("people", 2),
    ],
)
def test_syllables_are_counted_as_they_are_heard(word, count):
    assert syllables(word) == count


def test_a_hard_text_is_found_hard():
    assert (
        grade(
            "Notwithstanding subdivision (b), agencies utilizing automated identification "
            "technologies shall promulgate comprehensive administrative regulations."
        )
        > GRADE_OF_A_PARAGRAPH
    )


@pytest.mark.parametrize("technology", TECHNOLOGIES)
def test_a_technology_is_told_in_plain_english(content, technology):
    assert grade(english(content.registry.technologies[technology])) <= GRADE


@pytest.mark.parametrize("category", WORDS)
def test_the_words_of_the_registry_are_explained_in_plain_english(content, category):
    assert grade(english(content.registry.words[category])) <= GRADE


@pytest.mark.parametrize("part", ["terms", "plan"])
def test_the_glossary_and_the_plan_are_told_in_plain_english(content, part):
    assert grade(english(getattr(content, part))) <= GRADE


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_written_in_plain_english(content, page):
    assert grade(prose(content.pages[page].articles["en"].markdown)) <= GRADE


@pytest.mark.parametrize("page", PAGES)
def test_no_paragraph_of_a_page_is_much_harder_than_the_page(content, page):
    text = prose(content.pages[page].articles["en"].markdown)
    hard = [
        paragraph
        for paragraph in re.split(r"\n\s*\n|\n\s*(?:-|\d+\.)\s", text)
        if len(words_in(paragraph)) >= LEAST_WORDS and grade(paragraph) > GRADE_OF_A_PARAGRAPH
    ]
    # The credit that the licence of the vocabulary asks for is quoted as it stands.
    assert [paragraph for paragraph in hard if "(DTPR)" not in paragraph] == []


@pytest.mark.parametrize("brief", BRIEFS)
def test_a_brief_is_written_in_plain_english(content, brief):
    found = content.briefs[brief]
    assert grade(prose(found.versions["en"].markdown)) <= GRADE
    assert grade(english(found)) <= GRADE_OF_A_PARAGRAPH


@pytest.mark.parametrize("survey", SURVEYS)
def test_a_survey_asks_in_plain_english(content, survey):
    found = content.surveys[survey]
    assert grade(english([found.sections, found.summary, found.background])) <= GRADE
    assert grade(english(found.card)) <= GRADE


@pytest.mark.parametrize("form", FORMS)
def test_a_form_asks_in_plain_english(content, form):
    found = content.forms[form]
    assert grade(english([found.sections, found.summary, found.note])) <= GRADE
    assert grade(english(found.card)) <= GRADE
