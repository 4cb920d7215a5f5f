"""What tests of results share: tables as a release holds them, from counts."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from lamppost import create_app, db
from lamppost.answering.world import world_of
from lamppost.config import PROJECT, Config
from lamppost.content import Content
from lamppost.questions.answers import Answers
from lamppost.results.compose import compose
from lamppost.results.load import FOLDER, done_name, release_name
from lamppost.results.queries import gathered
from lamppost.results.release import as_file
from lamppost.results.suppression import Shown, per_cent
from lamppost.surveys.models import Answer, DetachedAnswer, Response
from lamppost.surveys.responses import keep

Table = dict[str, Any]


def _table(shown: Shown, kind: str = "one", **more: Any) -> Table:
    table: Table = {"key": "q", "kind": kind, "after": [], "cells": [], "together": None, **more}
    if shown.base is None or shown.withheld:
        return {**table, "state": "few" if shown.base is None else "withheld", "base": None}
    cells = [
        {
            "key": key,
            "count": count,
            "percent": None if count is None else per_cent(count, shown.base),
        }
        for key, count in shown.counts.items()
    ]
    return {
        **table, "state": "shown", "base": shown.base, "together": shown.together, "cells": cells,
    }  # fmt: skip


@pytest.fixture(scope="session")
def table() -> Callable[..., Table]:
    """A function that makes a table of what is shown."""
    return _table


@pytest.fixture(scope="session")
def release() -> Callable[..., dict[str, Any]]:
    """A function that makes the public payload of a release with these tables."""

    def made(*tables: Mapping[str, Any], responses: int | None = 100) -> dict[str, Any]:
        return {"responses": responses, "about": [], "questions": list(tables)}

    return made


# --- a survey that was answered -----------------------------------------------------------------

TODAY = date(2026, 11, 22)
SURVEY = "technology-and-privacy"
SIGNS = {"yes": 60, "no": 30, "not_sure": 4}
"""How the planted answers say whether somebody has seen a sign: the last is a small group."""

DONE = """done:
  - day: 2026-11-22
    technology: public-wifi
    text: {en: We put up signs, es: Pusimos letreros, km: យើងបានដាក់ផ្លាក, tl: Naglagay kami}
"""


def _make_record(root: Path) -> Path:
    """The shipped record with one of its surveys closed; content is shared, surveys are a copy."""
    shutil.copytree(PROJECT / "surveys", root / "surveys")
    (root / "content").symlink_to(PROJECT / "content")
    path = root / "surveys" / f"{SURVEY}.yaml"
    words = path.read_text("utf-8")
    words = words.replace("state: open", "state: closed\ncloses_on: 2026-11-21", 1)
    path.write_text(words, "utf-8")
    return root


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """The shipped record with one of its surveys closed, to be changed at will."""
    return _make_record(tmp_path / "record")


@pytest.fixture(scope="session")
def closed_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The live app on a record with a closed survey, and a database of its own."""
    folder = tmp_path_factory.mktemp("results")
    config = Config(instance=folder, record=_make_record(folder / "record"), as_of=TODAY)
    db.upgrade(config.database_url)
    return create_app(config)


@pytest.fixture
def closed(closed_app: Flask) -> Iterator[Content]:
    """What that app shows, while somebody asks it something; answers of a test go after it."""
    with closed_app.test_request_context("/"):
        yield closed_app.extensions["published"].content
        _forget()


def _forget() -> None:
    for table in (Answer, Response, DetachedAnswer):
        db.sessions().execute(delete(table))
    db.sessions().commit()


@pytest.fixture(scope="session")
def answered() -> Callable[..., None]:
    """A function that plants answers to the closed survey; inside the context of an app."""
    return _answered


def _answered(content: Content, signs: Mapping[str, int] = SIGNS) -> None:
    survey, world = content.surveys[SURVEY], world_of(content)
    sent = [
        {"seen_sign": [key], "useful": ["3"], "worried": ["1"], "more": [f"Words {key} {n}"]}
        for key, count in signs.items()
        for n in range(count)
    ]
    for number, one in enumerate(sent):
        answers = Answers(survey.sections, {**one, "zip": [f"9080{2 + number % 2}"]}, world)
        language = "km" if number % 30 == 0 else ("es" if number % 3 else "en")
        keep(survey, answers, language, mode="web", today=content.as_of)
    db.sessions().commit()


@pytest.fixture(scope="session")
def compose_now() -> Callable[..., dict[str, Any]]:
    """A function that makes the next release of the closed survey; inside the context of an app."""
    return _compose


def _compose(content: Content, before: dict[str, Any] | None = None) -> dict[str, Any]:
    return compose(
        content.surveys[SURVEY], content, gathered(SURVEY), {}, today=content.as_of, before=before
    )


@pytest.fixture(scope="session")
def stored(closed_app: Flask) -> bytes:
    """The file of a release of the planted answers."""
    with closed_app.test_request_context("/"):
        content = closed_app.extensions["published"].content
        _answered(content)
        payload = _compose(content)
        _forget()
    return as_file(payload)


@pytest.fixture
def released(stored: bytes) -> dict[str, Any]:
    """The payload of that release, to be changed at will."""
    payload: dict[str, Any] = json.loads(stored)["release"]
    return payload


@pytest.fixture
def with_results(record: Path, stored: bytes) -> Path:
    """The record with that release in it."""
    _add_results(record, stored)
    return record


def _add_results(record: Path, stored: bytes) -> None:
    (record / FOLDER).mkdir()
    (record / release_name(SURVEY, 1)).write_bytes(stored)
    (record / done_name(SURVEY)).write_text(DONE, "utf-8")


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory, stored: bytes) -> FlaskClient:
    """A client of a site with that release."""
    record = _make_record(tmp_path_factory.mktemp("with-results") / "record")
    _add_results(record, stored)
    app = create_app(Config(record=record, as_of=TODAY))
    app.testing = True
    return app.test_client()
