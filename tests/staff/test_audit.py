"""The audit log: only ever added to."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from lamppost.db import sessions
from lamppost.staff import audit

DISARM = {
    "sqlite": ("DROP TRIGGER keep_audit_update", "DROP TRIGGER keep_audit_delete"),
    "postgresql": ("ALTER TABLE audit DISABLE TRIGGER keep_audit",),
}
"""What somebody who owns the database would do first to change the log."""
EMPTY = {"sqlite": "DELETE FROM audit", "postgresql": "TRUNCATE audit"}
"""The shortest way to be rid of all entries."""


def dialect() -> str:
    return sessions().get_bind().dialect.name


@pytest.fixture
def three(desk: Flask) -> Flask:
    """A desk with three entries."""
    with desk.app_context():
        for what in ("one", "two", '=HYPERLINK("x")'):
            audit.log("export", what)
    return desk


def test_a_log_that_nobody_touched_is_whole(three):
    with three.app_context():
        assert audit.verify() is None
        assert [entry.what for entry in audit.entries()][1:] == ["two", "one"]


@pytest.mark.parametrize(
    "change", ["UPDATE audit SET what = 'else' WHERE id = 2", "DELETE FROM audit WHERE id = 2"]
)
def test_the_database_forbids_changes_and_the_chain_shows_them(three, change):
    with three.app_context():
        with pytest.raises(DBAPIError, match="only added to"):
            sessions().execute(text(change))
        sessions().rollback()
        for statement in DISARM[dialect()]:
            sessions().execute(text(statement))
        sessions().execute(text(change))
        sessions().commit()
        assert audit.verify() == 2


def test_the_database_does_not_let_the_log_be_emptied(three):
    with three.app_context():
        with pytest.raises(DBAPIError, match="only added to"):
            sessions().execute(text(EMPTY[dialect()]))
        sessions().rollback()
        assert len(audit.entries()) == 3


def test_entries_of_several_at_once_make_one_chain(desk):
    def add(name: str) -> None:
        for number in range(5):
            with desk.app_context():
                audit.log("export", f"{name} {number}")

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(add, ("a", "b", "c")))
    with desk.app_context():
        assert audit.verify() is None
        assert len(audit.entries()) == 15


def test_an_entry_is_kept_to_the_minute_and_names_who_did_it(sign_in):
    page = sign_in("administrator")
    page.get("/en/desk/audit/audit.csv")
    last = page.get("/en/desk/audit/audit.csv").text.splitlines()[-1].split(",")
    number, when = last[:2]
    assert (number, len(when), last[3:5]) == (
        "1",
        len("2026-11-25T20:30"),
        ["command line", "invite"],
    )
    assert "Administrator, export: audit log" in page.get("/en/desk/audit/").text


def test_no_cell_of_the_export_is_a_formula(three):
    with three.app_context():
        assert "\"'=HYPERLINK" in audit.as_csv(audit.entries())
