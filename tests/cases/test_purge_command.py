"""The command that deletes what is past its day: tried first, stopped, forced, and kept from."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from lamppost import db
from lamppost.apart.models import Contact
from lamppost.cases.models import Case
from lamppost.cli import main

from .test_purging import LONG_AGO, TODAY, a_case

TOO_MUCH = "That is much at once. Is the clock right? Then use --force.\n"


@pytest.fixture
def purge(desk, monkeypatch):
    """A function that runs the command on the desk's instance."""
    for name, value in desk.extensions["config"].as_environment().items():
        monkeypatch.setenv(name, value)
    return lambda *options: CliRunner().invoke(main, ["purge", *options])


@pytest.fixture
def cases(desk):
    """A function that puts so many cases past their day, and some that are not or are held."""

    def made(number):
        with desk.app_context():
            for n in range(number):
                a_case(f"1111-{1000 + n}", ended=LONG_AGO)
            a_case("2222-2222", ended=TODAY)
            a_case("3333-3333", ended=LONG_AGO, held="A court asks for it")

    return made


@pytest.fixture
def left(desk):
    """A function that gives of which cases it is left what was said, and how to reach whom."""

    def counted():
        with desk.app_context():
            session = db.sessions()
            session.expire_all()
            whole = [case for case in session.query(Case) if case.answers and case.receipt]
            reached = {row.subject_key for row in session.query(Contact)}
            assert {case.id for case in whole} == reached
            return sorted(case.reference for case in whole)

    return counted


def told(answer, kind):
    return [line for line in answer.stdout.splitlines() if line.startswith(kind)]


KEPT = ["2222-2222", "3333-3333"]


def test_what_would_go_is_told_first_and_goes_when_it_is_little(purge, cases, left):
    cases(3)
    tried = purge("--dry-run")
    assert (tried.exit_code, tried.stderr) == (0, "")
    assert told(tried, "Cases") == ["Cases past their day: 3 of 5, still there."]
    assert told(tried, "Contacts") == ["Contacts past their day: 3 of 5, still there."]
    assert len(left()) == 5
    done = purge()
    assert (done.exit_code, done.stderr) == (0, "")
    assert told(done, "Cases") == ["Cases past their day: 3 of 5, deleted."]
    assert told(done, "Contacts") == ["Contacts past their day: 3 of 5, deleted."]
    assert left() == KEPT
    again = purge("--dry-run")
    assert told(again, "Cases") == ["Cases past their day: 0 of 5, still there."]


def test_too_much_at_once_stays_until_it_is_forced_and_what_is_held_stays_then(purge, cases, left):
    cases(21)
    tried = purge("--dry-run")
    assert (tried.exit_code, tried.stderr) == (0, TOO_MUCH)
    stopped = purge()
    assert (stopped.exit_code, stopped.stderr) == (1, TOO_MUCH)
    assert told(stopped, "Cases") == ["Cases past their day: 21 of 23, still there."]
    assert told(stopped, "Contacts") == ["Contacts past their day: 21 of 23, still there."]
    assert len(left()) == 23
    tried = purge("--dry-run", "--force")
    assert (tried.exit_code, tried.stderr) == (0, "")
    assert told(tried, "Cases") == ["Cases past their day: 21 of 23, still there."]
    assert len(left()) == 23
    forced = purge("--force")
    assert (forced.exit_code, forced.stderr) == (0, "")
    assert told(forced, "Cases") == ["Cases past their day: 21 of 23, deleted."]
    assert told(forced, "Contacts") == ["Contacts past their day: 21 of 23, deleted."]
    assert left() == KEPT


def test_what_is_too_much_of_one_kind_does_not_stop_the_others(purge, cases, desk):
    cases(21)
    with desk.app_context():
        old = db.sessions().query(Case).filter(Case.reference.startswith("1111")).limit(3)
        mine = [case.id for case in old]
        db.sessions().query(Contact).filter(Contact.subject_key.in_(mine)).delete()
        db.sessions().commit()
    stopped = purge()
    assert stopped.exit_code == 1
    assert told(stopped, "Cases") == ["Cases past their day: 21 of 23, still there."]
    assert told(stopped, "Contacts") == ["Contacts past their day: 18 of 20, deleted."]


def test_what_is_released_goes_like_all_else(purge, cases, desk, left):
    cases(1)
    purge()
    with desk.app_context():
        (held,) = db.sessions().query(Case).filter_by(reference="3333-3333")
        held.held = ""
        db.sessions().commit()
    assert purge().exit_code == 0
    assert left() == ["2222-2222"]
