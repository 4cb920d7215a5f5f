"""Nobody who has the database file can tell who answered, in which order, or what goes together."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from lamppost import create_app, db
from lamppost.answering import unsent
from lamppost.answering.world import world_of
from lamppost.config import PROJECT, Config
from lamppost.questions.answers import Answers
from lamppost.surveys.responses import send

TABLES = ("survey_drafts", "responses", "answers", "held_answers", "detached_answers")
MANY = 60
DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder of an instance where many have answered, one after the other."""
    folder = tmp_path_factory.mktemp("answered")
    config = Config(instance=folder, record=PROJECT, as_of=DAY)
    db.upgrade(config.database_url)
    app = create_app(config)
    content = app.extensions["published"].content
    survey, world = content.surveys["technology-and-privacy"], world_of(content)
    with app.app_context():
        for n in range(MANY):
            typed = {"seen_sign": ["no"], "more": [f"person {n}"], "zip": [f"{90000 + n}"]}
            receipt = unsent.begin(survey.id, typed, now=n, today=DAY)
            assert send(receipt, survey, Answers(survey.sections, typed, world), "km", today=DAY)
    return folder


@pytest.fixture
def file(folder):
    """The database file."""
    return folder / "lamppost.sqlite"


def rows(file, words: str) -> list[tuple]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(words).fetchall()


def order_of(values: list[int]) -> float:
    """How much a list is in the order of its numbers: 1 wholly, 0 not at all (Kendall's tau)."""
    pairs = [(a, b) for n, a in enumerate(values) for b in values[n + 1 :]]
    return abs(sum(1 if a < b else -1 for a, b in pairs)) / len(pairs)


def test_no_table_has_a_number_that_counts_up(file):
    for name, words in rows(file, "select name, sql from sqlite_master where type = 'table'"):
        if name in TABLES:
            assert words.rstrip().endswith("WITHOUT ROWID"), name
            assert "AUTOINCREMENT" not in words.upper()


def test_no_column_holds_a_moment(file):
    for name in TABLES:
        columns = {row[1]: row[2] for row in rows(file, f"pragma table_info({name})")}
        assert not re.search(r"_at\b|time|moment|address|agent", " ".join(columns)), columns
        assert "DATETIME" not in columns.values()
    assert {row[0] for row in rows(file, "select week from responses")} == {"2026-11-16"}
    assert {row[0] for row in rows(file, "select ends_on from survey_drafts")} == {"2026-12-07"}


def test_the_order_of_rows_is_not_that_of_answering(file):
    for words, pattern in (
        ("select value from answers where part = 'more'", r"person (\d+)"),
        ("select value from detached_answers", r"90(\d{3})"),
    ):
        found = [int(re.search(pattern, row[0])[1]) for row in rows(file, words)]
        assert sorted(found) == list(range(MANY))
        assert order_of(found) < 0.5


def test_the_order_in_the_file_itself_is_not_that_of_answering(file, tmp_path):
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(tmp_path / "a")) as copy:
        source.backup(copy)
        copy.execute("vacuum")
    found = [int(n) for n in re.findall(rb'"person (\d+)"', (tmp_path / "a").read_bytes())]
    assert sorted(found) == list(range(MANY))
    assert order_of(found) < 0.5


def test_what_is_detached_shares_nothing_with_a_response_but_the_survey(file):
    detached = [row[1] for row in rows(file, "pragma table_info(detached_answers)")]
    assert detached == ["id", "survey", "version", "part", "value"]
    ids = {row[0] for row in rows(file, "select id from responses")}
    assert not ids & {row[0] for row in rows(file, "select id from detached_answers")}
    assert rows(file, "select * from answers where part in ('zip', 'age_group')") == []


def test_a_receipt_leads_to_no_response(file):
    drafts_ = rows(file, "select key, content, sent from survey_drafts")
    assert {(content, sent) for _, content, sent in drafts_} == {(None, 1)}
    ids = {row[0] for row in rows(file, "select id from responses")}
    assert not ids & {key[:16] for key, _, _ in drafts_}


def test_a_response_is_deleted_with_all_its_answers(file, tmp_path):
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(tmp_path / "a")) as copy:
        source.backup(copy)
        copy.execute("pragma foreign_keys = on")
        copy.execute("delete from responses")
        assert copy.execute("select count(*) from answers").fetchone() == (0,)


def test_an_answer_is_json(file):
    values = [row[0] for row in rows(file, "select value from answers where part = 'seen_sign'")]
    assert {tuple(json.loads(value)) for value in values} == {("no",)}
