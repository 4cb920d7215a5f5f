"""Forms at the desk and on the command line: out of a survey, into a draft."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from lamppost import history
from lamppost.cli import main
from lamppost.config import PROJECT
from lamppost.content import read_content

PAGE = "/en/desk/surveys/import/"
SURVEY = ["type", "name", "label", "label::Español (es)"]
ROWS = [
    SURVEY,
    ["begin_group", "g", "A section", "Una sección"],
    ["text", "q", "A question", "Una pregunta"],
    ["end_group"],
]
SETTINGS = [["form_title", "form_id"], ["After the storm", "After the storm"]]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A copy of the shipped record, to be changed at will; it has no history yet."""
    for name in ("content", "surveys"):
        shutil.copytree(PROJECT / name, tmp_path / "record" / name)
    return tmp_path / "record"


def sent(client, data: bytes, name: str = "a.xlsx", **fields: str):
    fields = {"key": "", "made": "human", "note": "A form of ours", **fields}
    return client.post(PAGE, data={"file": (io.BytesIO(data), name), **fields})


def test_a_form_becomes_a_draft_as_one_save_with_its_note(desk, sign_in, form):
    client = sign_in("author")
    answer = sent(client, form(survey=ROWS, settings=SETTINGS))
    assert answer.status_code == 303, answer.text
    assert answer.location.endswith("/en/desk/surveys/after-the-storm/")
    page = client.get(answer.location).text
    assert "After the storm" in page
    config = desk.extensions["config"]
    (last, *_before) = history.saves(config.record)
    assert (last.note, [file.name for file in last.files]) == (
        "A form of ours", ["surveys/after-the-storm.yaml"]
    )  # fmt: skip
    found = read_content(config).surveys["after-the-storm"]
    assert found.state == "draft"
    assert found.sections[0].questions[0].text.languages == {
        "en": "A question", "es": "Una pregunta"
    }  # fmt: skip


def test_mistakes_are_told_and_nothing_is_written(desk, sign_in, form):
    rows = [*ROWS, ["geopoint", "where", "Where?"]]
    answer = sent(sign_in("author"), form(survey=rows, settings=SETTINGS))
    assert answer.status_code == 422
    assert "Sheet survey, row 5, column type: found “geopoint”" in answer.text
    assert not (desk.extensions["config"].record / "surveys/after-the-storm.yaml").exists()


def test_no_survey_is_written_over(sign_in, form):
    answer = sent(sign_in("author"), form(survey=ROWS, settings=SETTINGS), key="page-clarity")
    assert answer.status_code == 422
    assert "There is a survey of this id already." in answer.text


@pytest.mark.parametrize("key", ["import", "../a", "A b", "x" * 61])
def test_an_id_that_no_address_can_hold_is_refused(key, sign_in, form):
    answer = sent(sign_in("author"), form(survey=ROWS, settings=SETTINGS), key=key)
    assert answer.status_code == 422


def test_what_is_no_form_is_refused(sign_in):
    answer = sent(sign_in("author"), b"nothing", "a.xls")
    assert answer.status_code == 422
    assert "Send a file that ends in .xlsx or .csv." in answer.text


def test_who_prepares_no_surveys_takes_in_no_form(sign_in):
    assert sign_in("reviewer").get(PAGE).status_code == 403


def test_a_survey_goes_out_and_comes_back_under_another_id(desk, sign_in):
    client = sign_in("author")
    data = client.get("/en/desk/surveys/technology-and-privacy/xlsform/").data
    answer = sent(client, data, key="another")
    assert answer.status_code == 303, answer.text
    content = read_content(desk.extensions["config"])
    old, new = content.surveys["technology-and-privacy"], content.surveys["another"]
    assert [q.key for s in new.sections for q in s.questions] == [
        q.key for s in old.sections for q in s.questions
    ]
    assert new.title.languages == old.title.languages
    assert client.get("/en/desk/surveys/nothing/xlsform/").status_code == 404


def test_the_pages_lead_to_both(sign_in):
    client = sign_in("author")
    assert PAGE in client.get("/en/desk/surveys/").text
    page = client.get("/en/desk/surveys/page-clarity/").text
    assert "/en/desk/surveys/page-clarity/xlsform/" in page


# --- the command line ---------------------------------------------------------------------------


@pytest.fixture
def run(record, tmp_path, monkeypatch):
    """A function that runs a command of surveys on the record."""
    monkeypatch.setenv("LAMPPOST_RECORD", str(record))
    monkeypatch.setenv("LAMPPOST_INSTANCE", str(tmp_path / "instance"))
    return lambda *words: CliRunner().invoke(main, ["surveys", *words])


@pytest.mark.drill
def test_commands_take_a_form_in_and_write_one(run, record, tmp_path, form):
    path = tmp_path / "a.xlsx"
    path.write_bytes(form(survey=ROWS, settings=SETTINGS))
    done = run("import", str(path))
    assert done.exit_code == 0, done.output
    assert "Wrote surveys/after-the-storm.yaml, a draft." in done.output
    assert (record / "surveys/after-the-storm.yaml").exists()
    again = run("import", str(path))
    assert again.exit_code == 1
    assert "there is a survey after-the-storm already" in again.output
    assert run("import", str(path), "--key", "other").exit_code == 0
    out = tmp_path / "out.xlsx"
    assert run("export", "other", str(out)).exit_code == 0
    assert out.stat().st_size > 0
    assert run("export", "nothing", str(out)).exit_code == 1


def test_a_command_tells_all_mistakes(run, tmp_path, form):
    path = tmp_path / "a.xlsx"
    path.write_bytes(form(survey=[SURVEY, ["image", "a", "A"], ["audio", "b", "B"]]))
    done = run("import", str(path))
    assert done.exit_code == 1
    assert done.output.count("Sheet survey, row") == 2
