"""What tests of surveys share: surveys to be broken, and a site that takes answers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask
from sqlalchemy import delete

from lamppost import create_app, db, icons
from lamppost.answering.load import Reader
from lamppost.answering.models import Unsent
from lamppost.config import PROJECT, Config
from lamppost.fields import Problem
from lamppost.i18n import languages
from lamppost.record import Record
from lamppost.surveys.definitions import Survey
from lamppost.surveys.load import load_surveys
from lamppost.surveys.models import DetachedAnswer, Held, Response
from lamppost.surveys.opening import Reason

TODAY = date(2026, 11, 22)


class Reread(NamedTuple):
    """What the surveys of a record come to."""

    surveys: dict[str, Survey]
    reasons: dict[str, list[Reason]]
    problems: list[Problem]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """The shipped record, of which the surveys are a copy, to be changed at will."""
    root = tmp_path / "record"
    shutil.copytree(PROJECT / "surveys", root / "surveys")
    (root / "content").symlink_to(PROJECT / "content")
    return root


@pytest.fixture
def reread(app: Flask, record: Path) -> Callable[[], Reread]:
    """A function that reads the surveys as they are now; what they refer to is as shipped."""
    content = app.extensions["published"].content
    known = {
        "sources": content.sources,
        "organizations": content.registry.organizations,
        "icons": icons.names(),
        **{f"words/{name}": words for name, words in content.registry.words.items()},
    }

    def read() -> Reread:
        found = Record(record)
        return Reread(*load_surveys(Reader(found, tuple(languages()), known)), found.problems)

    return read


@pytest.fixture(scope="session")
def survey_instance(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """Settings of an instance that answers the shipped surveys, with a database of its own."""
    folder = tmp_path_factory.mktemp("surveys")
    config = Config(instance=folder, record=PROJECT, as_of=TODAY)
    db.upgrade(config.database_url)
    return config


@pytest.fixture(scope="session")
def _answering(survey_instance: Config) -> Flask:
    app = create_app(survey_instance)
    app.testing = True
    return app


@pytest.fixture
def answering(_answering: Flask) -> Iterator[Flask]:
    """The live app on the shipped surveys; what a test has sent is gone in the next."""
    yield _answering
    for name in ("clock", "pace"):
        _answering.extensions.pop(name, None)
    with _answering.app_context():
        for table in (Unsent, Response, Held, DetachedAnswer):
            db.sessions().execute(delete(table))
        db.sessions().commit()
