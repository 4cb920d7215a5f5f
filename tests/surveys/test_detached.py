"""Detached answers: held back, so that no file or log tells with whose response they came."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from sqlalchemy import func, select

from lamppost import create_app, db
from lamppost.answering import unsent
from lamppost.answering.world import world_of
from lamppost.config import PROJECT, Config
from lamppost.questions.answers import Answers
from lamppost.surveys.detached import TOGETHER, Settled, settle
from lamppost.surveys.models import DetachedAnswer, Held, Response
from lamppost.surveys.responses import send

from ..postgres import of_sqlite

DAY = date(2026, 11, 22)
KEY = "technology-and-privacy"


@pytest.fixture(scope="module")
def survey_app(tmp_path_factory):
    """An app with a database of this module's own."""
    config = Config(instance=tmp_path_factory.mktemp("detached"), record=PROJECT, as_of=DAY)
    db.upgrade(config.database_url)
    return create_app(config)


@pytest.fixture
def app(survey_app):
    """The same with an empty database, its context open."""
    with survey_app.app_context():
        for table in (Held, DetachedAnswer, Response):
            db.sessions().execute(table.__table__.delete())
        db.sessions().commit()
        db.empty_log(db.sessions())
        survey_app.extensions.pop("log_emptied", None)
        yield survey_app


@pytest.fixture
def answer(app):
    """A function that sends one person's answers; their ZIP code tells which person."""
    content = app.extensions["published"].content
    survey, world = content.surveys[KEY], world_of(content)

    def answered(n: int, **more: list[str]) -> None:
        typed = {"seen_sign": ["no"], "more": [f"person {n:02}"], "zip": [f"{90100 + n}"], **more}
        receipt = unsent.begin(survey.id, typed, now=n, today=DAY)
        assert send(receipt, survey, Answers(survey.sections, typed, world), "km", today=DAY)

    return answered


def count(table) -> int:
    return db.sessions().scalar(select(func.count()).select_from(table))


@pytest.fixture
def on_disk(app, stored):
    """A function that gives all bytes of the database: its file and its log."""

    def read() -> bytes:
        db.sessions().remove()
        return stored(app.extensions["config"])

    return read


def test_they_are_held_until_there_are_ten_and_then_moved_together(answer):
    for n in range(TOGETHER - 1):
        answer(n)
    assert (count(Held), count(DetachedAnswer)) == (TOGETHER - 1, 0)
    answer(TOGETHER)
    assert (count(Held), count(DetachedAnswer)) == (0, TOGETHER)
    answer(TOGETHER + 1)
    assert (count(Held), count(DetachedAnswer)) == (1, TOGETHER)


def test_between_batches_neither_file_nor_log_tells_what_anybody_answered(on_disk, answer):
    for n in range(TOGETHER - 1):
        answer(n)
        data = on_disk()
        assert f"person {n:02}".encode() in data  # what is not detached can be read
        assert not re.search(rb"901\d\d", data)
        assert b'"zip"' not in data


def test_what_is_held_is_of_one_length_whatever_it_says(answer):
    answer(1)
    answer(2, zip=[])
    answer(3, age_group=["from_35"])
    assert len({len(content) for content in db.sessions().scalars(select(Held.content))}) == 1


def test_after_a_batch_nothing_held_is_left_and_no_log_of_what_came_together(app, answer, on_disk):
    for n in range(TOGETHER - 1):
        answer(n)
    held = list(db.sessions().scalars(select(Held.content)))
    answer(TOGETHER)
    data = on_disk()
    assert all(content[:64] not in data for content in held)
    log = app.extensions["config"].instance / "lamppost.sqlite-wal"
    assert not log.exists() or log.stat().st_size == 0


def test_the_order_in_which_they_lie_in_the_file_is_not_that_of_answering(on_disk, answer):
    for n in range(3 * TOGETHER):
        answer(n)
    found = [int(n) for n in re.findall(rb'"901(\d\d)"', on_disk())]
    assert set(found) == set(range(3 * TOGETHER))
    for batch in range(3):
        people = [n for n in found if n // TOGETHER == batch]
        assert people not in (sorted(people), sorted(people, reverse=True))


# --- the end of a survey ------------------------------------------------------------------------


def test_at_the_end_the_rest_is_moved_too(answer):
    for n in range(TOGETHER + 3):
        answer(n)
    assert settle(KEY) == Settled(TOGETHER + 3, dropped=False)
    assert settle(KEY) == Settled(TOGETHER + 3, dropped=False)
    values = db.sessions().scalars(select(DetachedAnswer.value))
    assert {json.loads(value) for value in values} == {f"{90100 + n}" for n in range(TOGETHER + 3)}
    assert count(Held) == 0


def test_answers_of_fewer_than_ten_are_dropped_at_the_end_and_it_says_so(on_disk, answer):
    for n in range(TOGETHER - 1):
        answer(n)
    assert settle(KEY) == Settled(0, dropped=True)
    assert (count(Held), count(DetachedAnswer)) == (0, 0)
    assert not re.search(rb"901\d\d", on_disk())


@pytest.mark.usefixtures("app")
def test_a_survey_that_nobody_has_answered_has_dropped_nothing():
    assert settle(KEY) == Settled(0, dropped=False)


@of_sqlite
@pytest.mark.usefixtures("app")
def test_what_is_deleted_is_overwritten():
    assert db.sessions().connection().exec_driver_sql("pragma secure_delete").scalar() == 1
