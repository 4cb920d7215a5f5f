"""The audit log: only ever added to."""

from __future__ import annotations

import ast
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

import lamppost
from lamppost.config import Config
from lamppost.db import sessions
from lamppost.drafts.moves import MOVES
from lamppost.i18n import speak
from lamppost.staff import audit
from lamppost.staff.models import AuditEntry

DISARM = {
    "sqlite": ("DROP TRIGGER keep_audit_update", "DROP TRIGGER keep_audit_delete"),
    "postgresql": ("ALTER TABLE audit DISABLE TRIGGER USER",),
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
    assert "<bdi>Administrator</bdi>. Exported: the audit log" in page.get("/en/desk/audit/").text


def test_no_cell_of_the_export_is_a_formula(three):
    with three.app_context():
        assert "\"'=HYPERLINK" in audit.as_csv(audit.entries())


# --- in the language of the reader --------------------------------------------------------------


def logged() -> set[str]:
    """The deeds that our code logs."""
    trees = [ast.parse(p.read_text("utf-8")) for p in Path(lamppost.__file__).parent.rglob("*.py")]
    calls = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))
    named = [call for call in calls if ast.unparse(call.func) in ("audit.log", "log", "_added")]
    said = {
        call.args[0].value for call in named if call.args and isinstance(call.args[0], ast.Constant)
    }
    # The moves of drafts are logged by their names; the last two lead to other deeds.
    return said | {f"{name} draft" for name in MOVES if name not in {"withdraw", "new-version"}}


def test_every_deed_that_is_logged_has_its_sentence():
    found = logged()
    assert found - set(audit.DEEDS) == set()
    assert len(found) > 5


@pytest.mark.parametrize(
    ("deed", "what", "told"),
    [
        ("sign in", "", "Signed in"),
        ("invite", "author@example.org: author, case_officer",
         "Invited author@example.org: Author, Case officer"),
        ("change roles", "a@b: author > author, reviewer",
         "Changed roles: a@b: Author > Author, Reviewer"),
        ("export", "audit log", "Exported: the audit log"),
        ("clear log", "12 0f0f", "Took out what is older than the log is kept, up to entry 12"),
        ("a deed of the future", "100 %(what)s", "a deed of the future: 100 %(what)s"),
        ("submit draft", "co-lab: draft > in_review", "Submitted the brief co-lab for review"),
        ("publish", "100 %", "Published the release 100 %"),
    ],
)  # fmt: skip
def test_a_deed_is_told_as_a_sentence(deed, what, told):
    assert audit.said(AuditEntry(deed=deed, what=what)) == told


def test_the_log_is_told_in_the_language_of_the_reader(desk):
    with desk.app_context():
        entry = audit.log("invite", "a@b: translator")
        speak("es")
        assert "Traducción" in audit.said(entry)
        assert entry.deed == "invite"


# --- how long it is kept ------------------------------------------------------------------------


@pytest.fixture
def old(desk: Flask, monkeypatch) -> Flask:
    """A desk with four entries: two of three years ago, one of last year, one of today."""
    now = datetime.now(UTC)
    with desk.app_context():
        for days, what in ((1100, "one"), (1000, "two"), (400, "three"), (0, "four")):
            monkeypatch.setattr(audit, "now", lambda days=days: now - timedelta(days=days))
            audit.log("export", what)
    return desk


def whats() -> list[str]:
    return [entry.what for entry in audit.entries()][::-1]


def test_what_is_older_goes_and_the_chain_stays_provable(old):
    with old.app_context():
        seal = audit.entries()[2].seal
        assert audit.clear(730) == 2
        assert whats() == ["three", "four", f"2 {seal}"]
        assert audit.verify() is None
        assert audit.clear(730) == 0
        audit.log("export", "five")
        assert audit.clear(365) == 1
        assert whats()[0] == "four"
        assert audit.verify() is None


def test_an_entry_that_goes_without_being_told_is_noticed(old):
    with old.app_context():
        audit.clear(730)
        for deed in (*DISARM[dialect()], "DELETE FROM audit WHERE id = 3"):
            sessions().execute(text(deed))
        sessions().commit()
        assert audit.verify() == 4


def test_the_database_lets_nothing_go_that_no_entry_tells_of_or_that_is_young(old):
    with old.app_context():
        for id_, told in ((3, "2 0f0f"), (4, "5 0f0f"), (5, "5 0f0f")):
            audit.log("clear log", told)
            with pytest.raises(DBAPIError, match="only added to"):
                sessions().execute(text("DELETE FROM audit WHERE id = :id"), {"id": id_})
            sessions().rollback()


def test_a_forged_checkpoint_proves_nothing(old):
    with old.app_context():
        audit.log("clear log", "2 0f0f")
        sessions().execute(text("DELETE FROM audit WHERE id <= 2"))
        sessions().commit()
        assert audit.verify() == 3


def test_the_page_tells_how_long_entries_are_kept_and_that_old_ones_went(old, sign_in):
    client = sign_in("auditor")
    assert "Entries are kept for 730 days." in client.get("/en/desk/audit/").text
    with old.app_context():
        audit.clear(730)
    page = client.get("/en/desk/audit/").text
    assert "Those before number 3 were older than the log is kept" in page
    assert "up to entry 2" in page


def test_the_time_is_a_setting_that_keeps_a_month_at_least(monkeypatch):
    monkeypatch.setenv("LAMPPOST_AUDIT_DAYS", "90")
    config = Config.from_environment()
    assert config.audit_days == 90
    assert config.as_environment()["LAMPPOST_AUDIT_DAYS"] == "90"
    monkeypatch.setenv("LAMPPOST_AUDIT_DAYS", "29")
    with pytest.raises(ValueError, match="at least 30"):
        Config.from_environment()
