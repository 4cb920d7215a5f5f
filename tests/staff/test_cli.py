"""The commands of accounts."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from lamppost import db
from lamppost.cli import main


@pytest.fixture
def run(config, monkeypatch):
    """A function that runs a command on an instance of its own, and gives what it printed."""
    db.upgrade(config.database_url)
    monkeypatch.setenv("LAMPPOST_INSTANCE", str(config.instance))
    return lambda *words: CliRunner().invoke(main, ["staff", *words])


def test_an_account_is_made_listed_changed_and_closed(run):
    for email in ("a@staff.example", "b@staff.example"):
        made = run("invite", email, "--name", "A", "--role", "administrator")
        assert "/en/desk/invitation/" in made.stdout
    assert run("roles", "a@staff.example", "--role", "author").exit_code == 0
    assert run("close", "b@staff.example").output == "Error: the last administrator stays\n"
    assert run("close", "a@staff.example").exit_code == 0
    assert "a@staff.example  A  author  (closed)" in run("list").output
    assert run("check-log").output == "The audit log is whole.\n"


def test_what_is_not_allowed_is_said(run):
    assert "no such role: king" in run("invite", "a@a", "--name", "A", "--role", "king").output
    assert "--name and --role" in run("invite", "a@a").output
    assert "has no account" in run("close", "a@a").output
