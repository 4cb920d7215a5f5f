"""Raw answers: taken out by a records officer alone, and deleted with a certificate."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from lamppost import db, purging
from lamppost.answering import unsent
from lamppost.answering.world import world_of
from lamppost.cli import main
from lamppost.config import PROJECT
from lamppost.fields import Duration
from lamppost.registry.models import Retention
from lamppost.staff.audit import entries
from lamppost.surveys.definitions import Survey
from lamppost.surveys.deletion import deletions_of, kept_until
from lamppost.surveys.models import Answer, DetachedAnswer, Response
from lamppost.workbooks import UnreadableError
from lamppost.xlsform.models import TakenIn
from lamppost.xlsform.returned import read_returned

ANSWERS = "/en/desk/surveys/page-clarity/answers/"
RARE = "nobody else has written these words"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A copy of the shipped record in which a survey is closed; it has no history yet."""
    for name in ("content", "surveys"):
        shutil.copytree(PROJECT / name, tmp_path / "record" / name)
    path = tmp_path / "record/surveys/page-clarity.yaml"
    path.write_text(path.read_text("utf-8").replace("state: open", "state: closed"), "utf-8")
    return tmp_path / "record"


@pytest.fixture
def officer(sign_in):
    return sign_in("records_officer")


@pytest.fixture
def answered(desk) -> list[str]:
    """Three responses; gives their ids in hexadecimal."""
    with desk.app_context():
        session, monday = db.sessions(), desk.extensions["config"].as_of
        session.add(TakenIn(survey="page-clarity", mark=b"a row that was taken in"))
        for words in ("=1+1", RARE, "ok"):
            one = Response(
                survey="page-clarity", version="1", language="km", mode="web", week=monday
            )
            one.answers = [
                Answer(part="clear", value='"3"'), Answer(part="missing", value=f'"{words}"')
            ]  # fmt: skip
            session.add(one)
        session.add(
            DetachedAnswer(survey="page-clarity", version="1", part="age", value='["a", "b"]')
        )
        session.commit()
        return sorted(one.id.hex() for one in session.query(Response))


def table(client, name: str) -> list[list[str]]:
    answer = client.get(f"{ANSWERS}{name}/csv/")
    assert "attachment" in answer.headers["Content-Disposition"]
    return list(csv.reader(io.StringIO(answer.text)))


def test_a_table_has_every_response_by_its_id_and_no_time(desk, officer, answered):
    header, *rows = table(officer, "responses")
    assert header == ["id", "version", "language", "mode", "clear", "missing"]
    assert [row[0] for row in rows] == answered
    assert sorted(row[5] for row in rows) == ["'=1+1", RARE, "ok"]
    assert table(officer, "detached") == [["version", "part", "answer"], ["1", "age", "a;b"]]
    assert officer.get(f"{ANSWERS}responses/xlsx/").data.startswith(b"PK")
    with desk.app_context():
        told = [(entry.deed, entry.what) for entry in entries()]
    assert ("export answers", "page-clarity-responses.csv") in told


def test_nobody_else_takes_answers_out(sign_in):
    client = sign_in("administrator", "author", "reviewer", "auditor", "moderator")
    assert client.get(f"{ANSWERS}responses/csv/").status_code == 403
    assert client.post(ANSWERS).status_code == 403


def test_answers_are_deleted_for_good_and_a_certificate_says_so(desk, officer, answered, stored):
    told = {"rule": "Results were published twelve months ago"}
    assert officer.post(ANSWERS, data={"rule": " "}).status_code == 422
    refused = officer.post(ANSWERS, data=told)
    assert (refused.status_code, "more than a fifth" in refused.text) == (422, True)
    done = officer.post(ANSWERS, data={**told, "sure": "y"})
    assert done.status_code == 303
    page = officer.get(done.location).text
    digest = hashlib.sha256("".join(f"{id_}\n" for id_ in answered).encode()).hexdigest()
    assert digest in page
    file = officer.get(f"{done.location.rstrip('/')}.txt").text
    assert "Responses: 3. Answers in them: 6." in file
    assert "Approved by: Records_Officer" in file
    assert table(officer, "responses") == [["id", "version", "language", "mode"]]
    with desk.test_request_context("/"):
        assert db.sessions().scalars(select(TakenIn)).all() == []
        content, config = desk.extensions["published"].content, desk.extensions["config"]
        survey, world = content.surveys["page-clarity"], world_of(content)
        with pytest.raises(UnreadableError, match="None can come back"):
            read_returned(b"clear,_uuid\n3,1\n", "a.csv", survey, world, config)
    assert RARE.encode() not in stored(config)


def test_answers_to_an_open_survey_stay(officer):
    answer = officer.post(ANSWERS.replace("page-clarity", "technology-and-privacy"),
                          data={"rule": "x", "sure": "y"})  # fmt: skip
    assert (answer.status_code, "closed survey" in answer.text) == (422, True)


@pytest.fixture
def closed(desk):
    """A function that closes the survey on a day, its answers to be kept for so long."""
    surveys = desk.extensions["published"].content.surveys

    def close(day: date, *spans: Duration | str) -> Survey:
        survey = surveys["page-clarity"]
        items = tuple(Retention(duration=span) for span in spans)
        card = replace(survey.card, retention=replace(survey.card.retention, items=items))
        surveys["page-clarity"] = replace(survey, closes_on=day, card=card)
        return surveys["page-clarity"]

    return close


def test_answers_are_kept_for_the_time_that_their_practices_name(closed):
    day = date(2025, 11, 22)
    assert kept_until(closed(day, Duration(years=1))) == date(2026, 11, 22)
    assert kept_until(closed(day, Duration(weeks=2), Duration(years=1))) == date(2026, 11, 22)
    for unsaid in ((), ("unknown",), (Duration(years=1), "indefinite")):
        assert kept_until(closed(day, *unsaid)) is None


def test_answers_whose_time_is_over_go_by_themselves_with_a_certificate(desk, answered, closed):
    with desk.app_context():
        closed(date(2025, 11, 23), Duration(years=1))
        purging.purge(date(2026, 11, 22))
        assert db.sessions().query(Response).count() == len(answered)
        purging.purge(date(2026, 11, 23))
        assert db.sessions().query(Response).count() == 0
        (certificate,) = deletions_of("page-clarity")
        assert (certificate.responses, certificate.by) == (len(answered), "the site")


def told(drafts: str) -> str:
    rest = "".join(
        f"{kind} past their day: 0 of 0, {drafts.partition(', ')[2]}.\n"
        for kind in ("Contacts", "Files", "Cases", "Originals", "Answers")
    )
    return f"Drafts past their day: {drafts}.\n{rest}"


def test_drafts_past_their_day_go_with_a_command_that_can_be_tried_first(desk, monkeypatch):
    config = desk.extensions["config"]
    with desk.app_context():
        unsent.begin("page-clarity", {}, now=0, today=date(2026, 1, 5))
    for name, value in config.as_environment().items():
        monkeypatch.setenv(name, value)
    run = CliRunner().invoke
    assert run(main, ["purge", "--dry-run"]).output == told("1 of 1, still there")
    assert run(main, ["purge"]).output == told("1 of 1, deleted")
    assert run(main, ["purge", "--dry-run"]).output == told("0 of 0, still there")
