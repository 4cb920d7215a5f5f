"""What tests of forms share: the shipped forms, and a copy of them to be broken."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask

from lamppost import icons
from lamppost.answering.definitions import Form
from lamppost.answering.load import Reader, load_forms
from lamppost.config import PROJECT
from lamppost.fields import Problem
from lamppost.i18n import languages
from lamppost.record import Record


class Reread(NamedTuple):
    """What the forms of a record come to."""

    forms: dict[str, Form]
    problems: list[Problem]


@pytest.fixture
def forms(app: Flask) -> dict[str, Form]:
    """The shipped forms."""
    found: dict[str, Form] = app.extensions["published"].content.forms
    return found


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record of forms and practices alone, to be changed at will."""
    root = tmp_path / "record"
    shutil.copytree(PROJECT / "surveys", root / "surveys")
    shutil.copytree(PROJECT / "content/forms", root / "content/forms")
    return root


@pytest.fixture
def reread(app: Flask, record: Path) -> Callable[[], Reread]:
    """A function that reads the forms as they are now; what they refer to is as shipped."""
    content = app.extensions["published"].content
    known = {
        "sources": content.sources,
        "organizations": content.registry.organizations,
        "icons": icons.names(),
        **{f"words/{name}": words for name, words in content.registry.words.items()},
    }

    def read() -> Reread:
        found = Record(record)
        return Reread(load_forms(Reader(found, tuple(languages()), known)), found.problems)

    return read
