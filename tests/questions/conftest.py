"""What tests of questions share: sets of questions read from YAML, and a world to ask about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lamppost.fields import At, Problem
from lamppost.i18n import languages
from lamppost.questions.answers import Answers
from lamppost.questions.kinds import Sections
from lamppost.questions.load import read_sections
from lamppost.questions.models import World
from lamppost.record import yaml_value
from lamppost.text import Text

EXAMPLES = sorted(Path(__file__).with_name("examples").glob("*.yaml"))
DEVICE = "28JJQQ8"


@pytest.fixture
def world() -> World:
    """A city with one place, one technology and one device."""
    return World(
        today=date(2026, 11, 22),
        places={"district-1": Text({"en": "District 1", "es": "Distrito 1"})},
        technologies={"public-wifi": Text({"en": "Public Wi-Fi"})},
        devices={DEVICE},
        prefix="LB",
        sends_texts=True,
        sends_mail=True,
    )


@pytest.fixture
def problems() -> list[Problem]:
    """Where the problems of what ``read`` reads are collected."""
    return []


@pytest.fixture
def read(problems) -> Callable[[str], Sections]:
    """A function that reads sections from YAML."""

    def reading(words: str) -> Sections:
        at = At("surveys/a.yaml", problems, {}, tuple(languages()), {}, "sections")
        return read_sections(yaml_value(words), at)

    return reading


@pytest.fixture
def questions(read, problems) -> Callable[..., Sections]:
    """A function that makes sections of short definitions: one section, a question an argument."""

    def made(*definitions: str) -> Sections:
        lines = [f"  - {{text: {{en: A question}}, {words}}}" for words in definitions]
        sections = read("- title: {en: A section}\n  questions:\n" + "\n".join(lines))
        assert problems == []
        return sections

    return made


@pytest.fixture
def answers(world) -> Callable[..., Answers]:
    """A function that sees what was sent, an input an argument, through sections."""

    def seen(sections: Sections, sent: dict[str, str | list[str]]) -> Answers:
        lists = {name: [v] if isinstance(v, str) else v for name, v in sent.items()}
        return Answers(sections, lists, world)

    return seen


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.stem)
def example(request, read, problems) -> Sections:
    """The example of each kind of question."""
    sections = read(request.param.read_text("utf-8"))
    assert problems == []
    return sections
