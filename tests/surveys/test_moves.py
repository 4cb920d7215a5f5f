"""A survey on its way from draft to closed: two people, one save each, and residents are told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lamppost import history
from lamppost.config import PROJECT
from lamppost.staff.audit import entries

CLARITY = "/en/desk/surveys/page-clarity/"
FILE = "surveys/page-clarity.yaml"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A copy of the shipped record, to be changed at will; it has no history yet."""
    for name in ("content", "surveys"):
        shutil.copytree(PROJECT / name, tmp_path / "record" / name)
    path = tmp_path / "record" / FILE
    path.write_text(path.read_text("utf-8").replace("state: open", "state: draft"), "utf-8")
    return tmp_path / "record"


@pytest.fixture
def kept(desk) -> Path:
    """The record of the desk."""
    return desk.extensions["config"].record


def moved(client, name: str, note: str = "Why"):
    return client.post(f"{CLARITY}moves/{name}/", data={"note": note})


def state(kept: Path) -> str:
    words = (kept / FILE).read_text("utf-8")
    return next(line for line in words.splitlines() if line.startswith("state:"))


def test_two_people_open_a_survey_and_one_closes_it(desk, sign_in, kept):
    author, reviewer = sign_in("author"), sign_in("reviewer")
    before = (kept / FILE).read_text("utf-8")
    assert "Submit for review" in author.get(CLARITY).text
    assert moved(author, "submit").status_code == 303
    assert moved(reviewer, "open", "The City asks").status_code == 303
    after = (kept / FILE).read_text("utf-8")
    assert state(kept) == "state: open"
    assert after.splitlines()[0] == before.splitlines()[0].strip()  # comments stay
    newest = next(history.saves(kept))
    assert (newest.note, newest.by) == ("The City asks", "Reviewer")
    assert "Answer this survey" in reviewer.get("/en/surveys/page-clarity/").text
    for name, words in (("pause", "Paused"), ("resume", "Open"), ("close", "Closed")):
        assert moved(reviewer, name).status_code == 303
        assert words in reviewer.get("/en/surveys/page-clarity/").text
    assert "closes_on: 2026-11-22" in (kept / FILE).read_text("utf-8")
    with desk.app_context():
        deeds = [entry.deed for entry in reversed(entries())]
    assert deeds[-5:] == [
        f"{name} survey" for name in ("submit", "open", "pause", "resume", "close")
    ]


def test_closing_and_pausing_leave_the_version_as_it_was(desk, sign_in):
    content = desk.extensions["published"].content
    version = content.surveys["page-clarity"].version
    moved(sign_in("author"), "submit")
    moved(sign_in("reviewer"), "open")
    now = desk.extensions["published"].content
    assert now.surveys["page-clarity"].state == "open"
    assert now.surveys["page-clarity"].version == version


def test_who_has_written_at_it_does_not_approve_it(sign_in, kept):
    both = sign_in("author", "reviewer", email="both@staff.example")
    moved(both, "submit")
    answer = moved(both, "open")
    assert answer.status_code == 422
    assert "Somebody else has to approve this" in answer.text
    assert state(kept) == "state: in_review"


def test_what_stops_a_survey_stops_its_submission_and_is_said_in_the_readers_language(
    sign_in, kept
):
    path = kept / FILE
    words = path.read_text("utf-8").replace("      tl: Ang page na binasa mo\n", "")
    path.write_text(words.replace("practices: anonymous-survey\n", ""), "utf-8")
    history.save(kept, "Broken")
    author = sign_in("author")
    assert moved(author, "submit").status_code == 422
    page = author.get(CLARITY).text
    assert "Section 1 · Title · Tagalog:" in page
    assert "The text is missing." in page
    assert "Choose what is done with the answers." in page
    assert "Something still stops it" in page
    assert "បាត់" in author.get(CLARITY.replace("/en/", "/km/")).text


def test_a_survey_that_opens_on_a_later_day_waits_for_it(sign_in, kept):
    path = kept / FILE
    path.write_text(path.read_text("utf-8").replace("2026-11-20", "2026-12-24"), "utf-8")
    history.save(kept, "On Christmas Eve")
    moved(sign_in("author"), "submit")
    reviewer = sign_in("reviewer")
    moved(reviewer, "open")
    assert "Opens on December 24, 2026" in reviewer.get("/en/surveys/page-clarity/").text


def test_a_survey_whose_last_day_has_passed_does_not_open(sign_in, kept):
    path = kept / FILE
    days = "opens_on: 2026-11-20\ncloses_on: 2026-11-21"
    path.write_text(path.read_text("utf-8").replace("opens_on: 2026-11-20", days), "utf-8")
    history.save(kept, "For two days")
    moved(sign_in("author"), "submit")
    answer = moved(sign_in("reviewer"), "open")
    assert (answer.status_code, "Its last day has passed." in answer.text) == (422, True)


def test_a_draft_can_be_thrown_away_and_nothing_else_can(sign_in, kept):
    author = sign_in("author")
    assert moved(author, "discard").status_code == 303
    assert not (kept / FILE).exists()
    assert author.get(CLARITY).status_code == 404


@pytest.mark.parametrize("name", ["open", "resume", "close", "zz"])
def test_a_move_from_another_state_does_nothing(name, sign_in, kept):
    answer = moved(sign_in("reviewer"), name)
    assert answer.status_code in (404, 422)
    assert state(kept) == "state: draft"


def test_a_move_needs_its_note_and_its_role(sign_in, kept):
    moved(sign_in("author"), "submit")
    assert moved(sign_in("author"), "open").status_code == 403
    reviewer = sign_in("reviewer")
    assert moved(reviewer, "open", "  ").status_code == 422
    answer = moved(reviewer, "open", "x" * 501)
    assert (answer.status_code, "x" * 501 in answer.text) == (422, True)
    assert state(kept) == "state: in_review"


def test_what_waits_is_said_to_who_does_it(sign_in):
    author, reviewer = sign_in("author"), sign_in("reviewer")
    assert "Surveys that are being written (1)" in author.get("/en/desk/").text
    moved(author, "submit")
    assert "Surveys to review (1)" in reviewer.get("/en/desk/").text
