"""Nobody who has the database file can tell who answered, in which order, or what goes together."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from datetime import date

import pytest
from sqlalchemy import inspect, text

from lamppost import create_app, db
from lamppost.answering import unsent
from lamppost.answering.world import world_of
from lamppost.config import PROJECT, Config
from lamppost.nightly import a_night
from lamppost.questions.answers import Answers
from lamppost.surveys.responses import send

from ..postgres import of_sqlite

TABLES = ("survey_drafts", "responses", "answers", "held_answers", "detached_answers")
MANY = 60
DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    """An instance where many have answered, one after the other."""
    config = Config(instance=tmp_path_factory.mktemp("answered"), record=PROJECT, as_of=DAY)
    db.upgrade(config.database_url)
    app = create_app(config)
    content = app.extensions["published"].content
    survey, world = content.surveys["technology-and-privacy"], world_of(content)
    with app.app_context():
        for n in range(MANY):
            typed = {"seen_sign": ["no"], "more": [f"person {n}"], "zip": [f"{90000 + n}"]}
            receipt = unsent.begin(survey.id, typed, now=n, today=DAY)
            assert send(receipt, survey, Answers(survey.sections, typed, world), "km", today=DAY)
        a_night()
    return config


@pytest.fixture
def connection(config):
    """A connection of somebody who has the database; what they change is not kept."""
    made = db.engine(config.database_url)
    with made.connect() as connection:
        yield connection
    made.dispose()


@pytest.fixture
def rows(connection):
    """A function that gives what SQL finds."""
    return lambda words: connection.execute(text(words)).all()


@pytest.fixture
def columns(connection):
    """A function that gives the columns of a table, with their types."""
    seen = inspect(connection)
    return lambda table: {one["name"]: str(one["type"]) for one in seen.get_columns(table)}


def order_of(values: list[int]) -> float:
    """How much a list is in the order of its numbers: 1 wholly, 0 not at all (Kendall's tau)."""
    pairs = [(a, b) for n, a in enumerate(values) for b in values[n + 1 :]]
    return abs(sum(1 if a < b else -1 for a, b in pairs)) / len(pairs)


@of_sqlite
def test_no_table_has_a_number_that_counts_up(rows):
    for name, words in rows("select name, sql from sqlite_master where type = 'table'"):
        if name in TABLES:
            assert words.rstrip().endswith("WITHOUT ROWID"), name
            assert "AUTOINCREMENT" not in words.upper()


def test_no_column_holds_a_moment(rows, columns):
    for name in TABLES:
        found = columns(name)
        assert not re.search(r"_at\b|time|moment|address|agent", " ".join(found)), found
        assert not {"DATETIME", "TIMESTAMP", "TIME"} & set(found.values())
    assert {str(row[0]) for row in rows("select week from responses")} == {"2026-11-16"}
    assert {str(row[0]) for row in rows("select ends_on from survey_drafts")} == {"2026-12-07"}


def test_the_order_of_rows_is_not_that_of_answering(rows):
    for words, pattern in (
        ("select value from answers where part = 'more'", r"person (\d+)"),
        ("select value from detached_answers", r"90(\d{3})"),
    ):
        found = [int(re.search(pattern, row[0])[1]) for row in rows(words)]
        assert sorted(found) == list(range(MANY))
        assert order_of(found) < 0.5


@of_sqlite
def test_the_order_in_the_file_itself_is_not_that_of_answering(config, tmp_path):
    file, copied = config.instance / "lamppost.sqlite", tmp_path / "copy"
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copied)) as copy:
        source.backup(copy)
        copy.execute("vacuum")
    found = [int(n) for n in re.findall(rb'"person (\d+)"', copied.read_bytes())]
    assert sorted(found) == list(range(MANY))
    assert order_of(found) < 0.5


def test_what_is_detached_shares_nothing_with_a_response_but_the_survey(rows, columns):
    assert list(columns("detached_answers")) == ["id", "survey", "version", "part", "value"]
    ids = {row[0] for row in rows("select id from responses")}
    assert not ids & {row[0] for row in rows("select id from detached_answers")}
    assert rows("select * from answers where part in ('zip', 'age_group')") == []


def test_a_receipt_leads_to_no_response(rows):
    drafts_ = rows("select key, content, sent from survey_drafts")
    assert {(content, sent) for _, content, sent in drafts_} == {(None, 1)}
    ids = {row[0] for row in rows("select id from responses")}
    assert not ids & {key[:16] for key, _, _ in drafts_}


def test_a_response_is_deleted_with_all_its_answers(rows, connection):
    connection.execute(text("delete from responses"))
    assert rows("select count(*) from answers") == [(0,)]


def test_an_answer_is_json(rows):
    values = [row[0] for row in rows("select value from answers where part = 'seen_sign'")]
    assert {tuple(json.loads(value)) for value in values} == {("no",)}
