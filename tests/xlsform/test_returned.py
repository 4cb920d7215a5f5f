"""Answers of field teams: each row of a table a response, all of them or none, and only once."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from lamppost import db
from lamppost.cli import main
from lamppost.config import PROJECT
from lamppost.staff.audit import entries
from lamppost.surveys.detached import TOGETHER
from lamppost.surveys.models import DetachedAnswer, Response
from lamppost.workbooks import UnreadableError, made
from lamppost.xlsform.returned import keep_all, read_returned

PAGE = "/en/desk/surveys/page-clarity/answers/import/"
KINDS = """
- title: {en: All}
  questions:
  - {key: one, type: single, text: {en: One}, other: {en: Other}, required: true,
     choices: [{key: a, text: {en: A}}, {key: b, text: {en: B}}]}
  - {key: many, type: multiple, text: {en: Many}, max: 2,
     choices: [{key: a, text: {en: A}}, {key: b, text: {en: B}}, {key: c, text: {en: C}}]}
  - {key: grid, type: matrix, text: {en: Grid},
     rows: [{key: x, text: {en: X}}, {key: y, text: {en: Y}}],
     choices: [{key: good, text: {en: Good}}, {key: bad, text: {en: Bad}}]}
  - {key: ranks, type: ranking, text: {en: Order},
     choices: [{key: a, text: {en: A}}, {key: b, text: {en: B}}]}
  - {key: day, type: date, text: {en: Day}}
  - {key: number, type: whole_number, most: 90, text: {en: Number}}
  - {key: fine, type: consent, text: {en: Fine}}
  - {key: level, type: scale, points: [{en: Low}, {en: High}], text: {en: Level}}
  - {key: place, type: place, text: {en: Place}}
  - {key: code, type: device_code, text: {en: Code}}
  - {key: words, type: long_text, text: {en: Words}, show_if: "${one} = 'b'"}
  - {key: zip, type: zip_code, text: {en: ZIP}, detached: true}
"""
ROW = {
    "SubmissionDate": "2026-11-20T10:11:12Z", "deviceid": "x:1", "section.1-one": "other",
    "section.1-one.other": "Mine", "section.1-many": "b a", "section.1-many/a": "1",
    "section.1-grid-grid.x": "good", "section.1-ranks": "b a", "section.1-day": "2026-11-20",
    "section.1-number": "12.0", "section.1-fine": "OK", "section.1-level": "2",
    "section.1-place": "district-1", "section.1-code": "28JJQQ8", "section.1-words": "",
    "section.1-zip": "90802", "meta-instanceID": "uuid:1",
}  # fmt: skip
STORED = {
    "one": ["other"], "one.other": "Mine", "many": ["a", "b"], "grid.x": "good",
    "ranks": ["b", "a"], "day": "2026-11-20", "number": 12, "fine": "yes", "level": "2",
    "place": "district-1", "code": "28JJQQ8",
}  # fmt: skip


def table(*rows: dict[str, str]) -> bytes:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A copy of the shipped record, to be changed at will; it has no history yet."""
    for name in ("content", "surveys"):
        shutil.copytree(PROJECT / name, tmp_path / "record" / name)
    return tmp_path / "record"


@pytest.fixture
def asked(sections, survey):
    """A survey with a question of nearly each kind."""
    return survey(sections(KINDS))


@pytest.fixture
def read(desk, asked, world):
    """A function that reads a table of answers to it."""
    with desk.app_context():
        yield lambda data, name="a.csv": read_returned(
            data, name, asked, world, desk.extensions["config"]
        )


def told(found) -> list[tuple[int, str, str]]:
    return sorted((wrong.row, wrong.column, wrong.told) for wrong in found.wrong)


def test_a_row_becomes_a_response_of_the_field_with_its_week_and_no_more(read, world):
    found = read(table(ROW))
    assert told(found) == []
    assert keep_all(found, "km", world)
    db.sessions().commit()
    (response,) = db.sessions().scalars(select(Response))
    assert (response.mode, response.language, response.week.isoformat()) == (
        "field", "km", "2026-11-16"
    )  # fmt: skip
    assert {one.part: json.loads(one.value) for one in response.answers} == STORED
    assert db.sessions().scalars(select(DetachedAnswer)).all() == []


def test_detached_answers_of_ten_rows_are_written_together(read, world):
    rows = [{**ROW, "meta-instanceID": f"uuid:{n}"} for n in range(TOGETHER)]
    keep_all(read(table(*rows)), "km", world)
    db.sessions().commit()
    apart = db.sessions().scalars(select(DetachedAnswer)).all()
    assert [(one.part, one.value) for one in apart] == [("zip", '"90802"')] * TOGETHER


def test_columns_are_found_however_their_groups_are_written(read):
    kobo = {"section.1/one": "a", "section.1/many": "a", "_uuid": "1"}
    plain = {"one": "a", "many": "a", "KEY": "1"}
    for row in (kobo, plain):
        (answers,) = read(table(row)).new
        assert set(answers.values) == {"one", "many"}


def test_a_workbook_is_read_as_well(read):
    data = made({"answers": [["one", "number", "_uuid"], ["b", 12, "1"]]})
    (answers,) = read(data, "a.xlsx").new
    assert answers.values["number"] == 12


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("section.1-one", "A", "“A” is not among the choices."),
        ("section.1-one", "", "Choose one answer."),
        ("section.1-many", "a zz", "“zz” is not among the choices."),
        ("section.1-many", "a b c", "Choose at most 2 answers."),
        ("section.1-grid-grid.x", "well", "“well” is not among the choices."),
        ("section.1-ranks", "b b", "Give “A” a place."),
        ("section.1-day", "yesterday", "Write a day such as 2026-11-22."),
        ("section.1-day", "2026-02-30", "There is no such day. Look at month, day and year."),
        ("section.1-number", "99", "Write a whole number from 0 to 90, in digits."),
        ("section.1-level", "3", "“3” is not among the choices."),
        ("section.1-place", "nowhere", "“nowhere” is not among the choices."),
        ("section.1-zip", "9", "Write the five digits of a ZIP code."),
        ("meta-instanceID", "", "The id of the response is missing."),
    ],
)
def test_what_is_no_answer_is_told_by_row_and_column(column, cell, words, read):
    found = read(table(ROW, {**ROW, column: cell, **({} if "ID" in column else
                                                     {"meta-instanceID": "uuid:2"})}))  # fmt: skip
    (wrong,) = told(found)
    assert wrong[0] == 3
    assert wrong[1] in (column, "grid")
    assert wrong[2] == words


def test_all_mistakes_are_told_at_once(read):
    rows = [{**ROW, "meta-instanceID": str(n), "section.1-zip": "9"} for n in range(3)]
    assert len(told(read(table(*rows)))) == 3


def test_an_answer_to_what_was_not_asked_is_dropped(read):
    (answers,) = read(table({**ROW, "section.1-words": "typed before"})).new
    assert "words" not in answers.values


def test_a_row_comes_in_once_also_from_another_file(read, world):
    assert keep_all(read(table(ROW)), "en", world)
    db.sessions().commit()
    again = read(table(ROW, {**ROW, "meta-instanceID": "uuid:2"}))
    assert (len(again.new), again.before) == (1, 1)


def test_two_who_take_in_the_same_at_once_take_it_in_once(read, world):
    first, second = read(table(ROW)), read(table(ROW))
    assert keep_all(first, "en", world)
    db.sessions().commit()
    assert not keep_all(second, "en", world)
    assert len(db.sessions().scalars(select(Response)).all()) == 1


def test_a_file_whose_rows_have_no_ids_comes_in_once(read, world):
    rows = [{"one": "a", "many": "a"}, {"one": "a", "many": "a"}]
    first = read(table(*rows))
    assert (len(first.new), first.before) == (2, 0)
    assert keep_all(first, "en", world)
    db.sessions().commit()
    assert (len(read(table(*rows)).new), read(table(*rows)).before) == (0, 2)


def test_no_id_of_a_row_is_kept(read, world, desk, stored):
    assert keep_all(read(table(ROW)), "en", world)
    db.sessions().commit()
    held = stored(desk.extensions["config"])
    assert b"uuid:1" not in held
    assert b"2026-11-20T10" not in held


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"", "a.csv"), (b"a,b\n1,2\n", "a.csv"), (b"PK\x03\x04", "a.xlsx"), (b"one\na\n", "a.xls"),
     (b"one\n" + b"a\n" * 5001, "a.csv")],
)  # fmt: skip
def test_what_is_no_table_of_answers_is_refused(data, name, read):
    with pytest.raises(UnreadableError):
        read(data, name)


# --- at the desk, and on the command line -------------------------------------------------------


@pytest.fixture
def right(desk) -> dict[str, str]:
    """A row of answers to the shipped survey on pages."""
    survey = desk.extensions["published"].content.surveys["page-clarity"]
    row = {"_uuid": "7"}
    for section in survey.sections:
        for question in section.questions:
            match question.kind:
                case "technology":
                    row[question.key] = "public-wifi"
                case "single" | "scale":
                    row[question.key] = question.keys[0]
    return row


def sent(client, data: bytes, **fields: str):
    fields = {"language": "es", **fields}
    return client.post(PAGE, data={"file": (io.BytesIO(data), "a.csv"), **fields})


def counted(desk) -> int:
    with desk.app_context():
        return len(db.sessions().scalars(select(Response)).all())


def test_the_desk_takes_a_table_in_once_and_logs_it(desk, sign_in, right):
    client = sign_in("case_officer")
    assert PAGE in client.get("/en/desk/surveys/page-clarity/").text
    looked = sent(client, table(right), look="y")
    assert "In this table: 1 response and 0 rows" in looked.text
    assert counted(desk) == 0
    assert sent(client, table(right)).status_code == 303
    assert counted(desk) == 1
    assert sent(client, table(right)).status_code == 303
    assert counted(desk) == 1
    with desk.app_context():
        assert ("take in answers", "page-clarity: 1") in [(e.deed, e.what) for e in entries()]


def test_one_mistake_keeps_all_rows_out(desk, sign_in, right):
    first = next(name for name in right if name != "_uuid")
    answer = sent(sign_in("author"), table(right, {**right, "_uuid": "8", first: "zzz"}))
    assert answer.status_code == 422
    assert "Row 3, column" in answer.text
    assert counted(desk) == 0


def test_only_who_enters_answers_may(sign_in):
    assert sign_in("auditor").get(PAGE).status_code == 403
    assert sign_in("author").get(PAGE.replace("page-clarity", "nothing")).status_code == 404


def test_a_command_takes_a_table_in(desk, right, tmp_path, monkeypatch):
    config = desk.extensions["config"]
    monkeypatch.setenv("LAMPPOST_RECORD", str(config.record))
    monkeypatch.setenv("LAMPPOST_INSTANCE", str(config.instance))
    path = tmp_path / "a.csv"
    path.write_bytes(table(right))

    def run(*words: str):
        return CliRunner().invoke(main, ["surveys", "answers", *words])

    assert run("page-clarity", str(path), "--dry-run").exit_code == 0
    assert counted(desk) == 0
    done = run("page-clarity", str(path), "--language", "tl")
    assert done.exit_code == 0, done.output
    assert counted(desk) == 1
    assert run("nothing", str(path)).exit_code == 1
    path.write_bytes(table({**right, "_uuid": ""}))
    assert "nothing was kept" in run("page-clarity", str(path)).output
