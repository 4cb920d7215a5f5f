"""What tests of forms share: surveys made of short definitions, and workbooks of rows."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pytest

from lamppost.fields import At, Problem
from lamppost.i18n import languages
from lamppost.questions.kinds import Sections
from lamppost.questions.load import read_sections
from lamppost.questions.models import World
from lamppost.record import yaml_value
from lamppost.surveys.definitions import Survey
from lamppost.text import Text
from lamppost.workbooks import made


@pytest.fixture
def world() -> World:
    """A city with a place, a technology and a device."""
    return World(
        today=date(2026, 11, 22),
        places={"district-1": Text({"en": "District 1", "es": "Distrito 1"})},
        technologies={"public-wifi": Text({"en": "Public Wi-Fi"})},
        devices={"28JJQQ8"},
        prefix="LB",
    )


@pytest.fixture
def sections() -> Callable[[str], Sections]:
    """A function that reads a sound set of questions from YAML."""

    def read(words: str) -> Sections:
        problems: list[Problem] = []
        at = At("surveys/a.yaml", problems, {}, tuple(languages()), {}, "sections")
        found = read_sections(yaml_value(words), at)
        assert problems == []
        return found

    return read


@pytest.fixture
def survey() -> Callable[[Sections], Survey]:
    """A function that makes a survey of a set of questions."""

    def make(sections: Sections) -> Survey:
        title = Text({"en": "A survey", "es": "Una encuesta"})
        return Survey(
            id="a-survey", title=title, summary=title, contact="technology-and-innovation",
            sections=sections, version="0" * 16, state="open", opens_on=date(2026, 11, 1),
        )  # fmt: skip

    return make


@pytest.fixture
def form() -> Callable[..., bytes]:
    """A function that makes a workbook: for each sheet its columns, and rows below them."""

    def make(**sheets: Sequence[Sequence[str]]) -> bytes:
        return made(sheets)

    return make


@pytest.fixture
def csv_form() -> Callable[[Mapping[str, Sequence[Sequence[str]]]], bytes]:
    """A function that makes the same as CSV."""

    def make(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
        import csv  # noqa: PLC0415

        stream = io.StringIO()
        writer = csv.writer(stream)
        for title, rows in sheets.items():
            writer.writerow([title])
            writer.writerows(["", *row] for row in rows)
        return stream.getvalue().encode()

    return make
