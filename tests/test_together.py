"""Deeds of requests that come at once are committed together, and none spoils another."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from queue import SimpleQueue

import pytest
from flask import Flask
from sqlalchemy import event, func, insert, select
from sqlalchemy.exc import IntegrityError

from lamppost import db
from lamppost.answering.models import Unsent

WAITING = 6


@pytest.fixture
def app(database_url):
    """An app that has a database and nothing else."""
    db.upgrade(database_url)
    app = Flask(__name__)
    db.init_app(app, database_url)
    return app


@pytest.fixture
def commits(app):
    """How often was committed, one entry a time."""
    found = []
    event.listen(app.extensions["engine"], "commit", lambda _connection: found.append(1))
    return found


def put(key: bytes) -> None:
    row = {"key": key, "form": "a", "content": b"", "sent": False, "ends_on": date(2026, 1, 5)}
    db.sessions().execute(insert(Unsent).values(**row))


def at_once(app, keys):
    """What becomes of deeds that come while an earlier one is being done: its result or error."""
    begun, go_on, brought = threading.Event(), threading.Event(), SimpleQueue()

    def first():
        put(b"first")
        begun.set()
        assert go_on.wait(20)

    def bring(deed):
        with app.app_context():
            brought.put(1)
            try:
                return db.together(deed)
            except IntegrityError as error:
                return error

    with ThreadPoolExecutor(len(keys) + 1) as pool:
        busy = pool.submit(bring, first)
        assert begun.wait(20)
        found = [pool.submit(bring, lambda key=key: put(key) or key) for key in keys]
        for _ in range(len(keys) + 1):
            brought.get(timeout=20)
        while len(app.extensions["together"].brought) < len(keys):
            threading.Event().wait(0.001)
        go_on.set()
        assert busy.result() is None
        return [one.result() for one in found]


def count(app):
    with app.app_context():
        return db.sessions().scalar(select(func.count()).select_from(Unsent))


def test_those_who_wait_for_the_disk_wait_once(app, commits):
    keys = [bytes([n]) for n in range(WAITING)]
    assert at_once(app, keys) == keys
    assert len(commits) == 2
    assert count(app) == WAITING + 1


def test_one_that_fails_is_told_so_and_the_others_are_done(app):
    keys = [bytes([n]) for n in range(WAITING)]
    found = at_once(app, [*keys, b"first"])
    assert found[:-1] == keys
    assert isinstance(found[-1], IntegrityError)
    assert count(app) == WAITING + 1


def test_what_a_deed_has_begun_is_not_done_when_it_fails(app):
    def fails():
        put(b"half")
        raise ValueError("half")

    with app.app_context(), pytest.raises(ValueError, match="half"):
        db.together(fails)
    assert count(app) == 0
