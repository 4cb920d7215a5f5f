"""A release, from answers to pages: what is public of it, and what a broken one is told."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date

import pytest
from click.testing import CliRunner
from tinyhtml5.parser import HTMLParser

from lamppost.cli import main
from lamppost.config import Config
from lamppost.content import read_content
from lamppost.freezer import freeze
from lamppost.i18n import languages
from lamppost.record import Record
from lamppost.results.checker import leaks, tables
from lamppost.results.compose import NotYetError
from lamppost.results.load import done_name, load_results, release_name
from lamppost.results.release import as_file

SURVEY = "technology-and-privacy"


def page_of(client, language="en"):
    answer = client.get(f"/{language}/surveys/{SURVEY}/results/")
    assert answer.status_code == 200
    return answer.text


# --- what it holds ------------------------------------------------------------------------------


def test_a_small_group_is_hidden_with_the_smallest_other(released):
    table = tables(released)["seen_sign"]
    assert {cell["key"]: cell["count"] for cell in table["cells"]} == {
        "yes": 60, "no": None, "not_sure": None,
    }  # fmt: skip
    assert (table["base"], table["together"]) == (95, 35)
    assert leaks(released) == []


def test_a_question_that_a_hidden_answer_decides_is_withheld(released):
    assert tables(released)["sign_clear"]["state"] in ("withheld", "few")
    assert "base" not in tables(released)["sign_clear"]


def test_what_people_wrote_is_not_in_it_and_texts_are_in_four_languages(released):
    words = json.dumps(released)
    assert "Words yes" not in words
    assert set(tables(released)["useful"]["text"]) >= set(languages())


def test_it_holds_how_the_survey_was_made(released):
    assert released["limits"]["en"].startswith("The answers speak for those who answered")
    assert (released["responses"], released["interim"]) == (95, False)


def test_the_languages_and_ways_of_responses_follow_the_same_rule(released):
    cells = {c["key"]: c["count"] for c in tables(released)["by-language"]["cells"]}
    assert cells["km"] is None
    assert cells["tl"] is None
    assert tables(released)["by-mode"]["state"] == "withheld"


def test_fewer_than_ten_responses_tell_nothing(closed, answered, compose_now):
    with pytest.raises(NotYetError):
        compose_now(closed)
    answered(closed, {"yes": 6, "no": 3})
    payload = compose_now(closed)
    assert payload["responses"] is None
    assert {table["state"] for table in tables(payload).values()} <= {"few", "withheld"}
    assert not re.search(r'"(count|base|together)": *[1-9]', json.dumps(payload))


def test_a_second_release_keeps_what_too_few_new_answers_would_tell(closed, answered, compose_now):
    answered(closed)
    first = compose_now(closed)
    answered(closed, {"yes": 3, "no": 2})
    with pytest.raises(NotYetError) as told:
        compose_now(closed, first)
    assert told.value.reason == "few_new"
    answered(closed, {"yes": 95, "no": 3})
    second = compose_now(closed, first)
    assert leaks(second, first) == []
    assert second["number"] == 2
    carried = tables(second)["seen_sign"]
    assert (carried["carried"], carried["cells"]) == (1, tables(first)["seen_sign"]["cells"])
    assert tables(second)["useful"].get("carried") is None


# --- pages and downloads ------------------------------------------------------------------------


@pytest.mark.parametrize("language", languages())
def test_the_small_group_is_hidden_on_the_page_in_every_language(client, language):
    page = page_of(client, language)
    rows = re.findall(r"<tr>.*?</tr>", page[page.index('id="seen_sign"') :], re.DOTALL)[1:5]
    shown = [re.findall(r'<td class="chart__number"[^>]*>(.*?)</td>', row) for row in rows]
    assert len(shown[0]) == 2
    assert [len(cells) for cells in shown[1:3]] == [1, 1]
    assert ["gap-word" in cells[0] for cells in shown[1:3]] == [True, True]
    assert "chart__bar" not in rows[1] + rows[2]
    parser = HTMLParser(namespace_html_elements=False)
    parser.parse(page.encode())
    assert parser.errors == []


def test_the_downloads_hold_the_same_as_the_page(client, released):
    answer = client.get(f"/surveys/{SURVEY}/results/1.json")
    assert answer.json["release"] == released
    rows = list(csv.DictReader(io.StringIO(client.get(
        f"/es/surveys/{SURVEY}/results/1.csv").text)))  # fmt: skip
    mine = [row for row in rows if row["question"] == "seen_sign"]
    assert [(row["answer"], row["count"], row["state"]) for row in mine] == [
        ("yes", "60", "shown"), ("no", "", "hidden"), ("not_sure", "", "hidden"),
        ("", "35", "hidden together"),
    ]  # fmt: skip
    assert mine[0]["words"] == "Sí"


@pytest.mark.parametrize("path", ["results/", "results/1.csv", "results/2.csv"])
def test_what_was_not_released_is_not_found(client, path):
    assert client.get(f"/en/surveys/page-clarity/{path}").status_code == 404
    assert client.get(f"/surveys/{SURVEY}/results/2.json").status_code == 404


def test_the_pages_of_surveys_lead_to_the_results(client):
    for page in ("surveys/", f"surveys/{SURVEY}/"):
        assert f"/km/surveys/{SURVEY}/results/" in client.get(f"/km/{page}").text


def test_what_was_done_with_it_stands_on_the_page_in_four_languages(client):
    assert "Pusimos letreros" in page_of(client, "es")
    assert '<a href="/km/technologies/public-wifi/">' in page_of(client, "km")


@pytest.mark.drill
def test_results_are_frozen_with_the_site(with_results, tmp_path, released):
    config = Config(record=with_results, as_of=date(2026, 11, 22))
    freeze(config, tmp_path / "site", jobs=1)
    page = (tmp_path / "site" / "km" / "surveys" / SURVEY / "results" / "index.html").read_text(
        "utf-8"
    )
    assert "gap-word" in page
    stored = tmp_path / "site" / "surveys" / SURVEY / "results" / "1.json"
    assert json.loads(stored.read_text("utf-8"))["release"] == released


# --- broken files -------------------------------------------------------------------------------


@pytest.fixture
def problems(closed_app, with_results):
    """A function that tells the mistakes in the results of the record."""
    content = closed_app.extensions["published"].content
    known = {"surveys": content.surveys, "technologies": content.registry.technologies}

    def read():
        record = Record(with_results)
        load_results(record, tuple(languages()), known)
        return "\n".join(map(str, record.problems))

    return read


def leaked(payload):
    table = tables(payload)["seen_sign"]
    table["cells"][2].update(count=5, percent=5)
    return payload


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (lambda _: b"{", "expected JSON"),
        (lambda _: b"[]", "expected a mapping of sha256 and release"),
        (lambda p: as_file(p).replace(b"95", b"90", 1), "found the seal of another content"),
        (lambda p: as_file({**p, "number": 2}), "the one that the file is named after"),
        (lambda p: as_file({**p, "secret": 1}), "found the key 'secret'"),
        (lambda p: as_file(leaked(p)), "a release that gives nobody away"),
        (lambda p: as_file({**p, "questions": 7}), "expected a list"),
    ],
)
def test_a_release_that_is_broken_is_a_mistake_of_the_record(
    problems, with_results, released, broken, told
):
    (with_results / release_name(SURVEY, 1)).write_bytes(broken(released))
    assert told in problems()


@pytest.mark.parametrize(
    ("name", "words", "told"),
    [
        (release_name(SURVEY, 3), "{}", "found the release 3"),
        (release_name("gone", 1), '{"sha256": "", "release": {}}', "found the seal"),
        ("surveys/results/notes.txt", "x", "SURVEY-NUMBER.json, or SURVEY.yaml"),
        (done_name("gone"), "done: []", "a release of results before it"),
        (done_name(SURVEY), "done: 7", "expected a list"),
        (done_name(SURVEY), "{}", "done: found nothing"),
    ],
)
def test_other_files_of_results_are_checked_too(problems, with_results, name, words, told):
    (with_results / name).write_text(words, "utf-8")
    assert told in problems()


def test_a_sound_record_with_results_has_no_mistakes(problems, with_results):
    assert problems() == ""
    assert read_content(Config(record=with_results)).problems == []


# --- the command line -----------------------------------------------------------------------------


def test_the_command_line_prints_the_stored_release(with_results, stored, monkeypatch):
    monkeypatch.setenv("LAMPPOST_RECORD", str(with_results))
    found = CliRunner().invoke(main, ["surveys", "results", SURVEY, "--json"])
    assert found.stdout.encode() == stored
    told = CliRunner().invoke(main, ["surveys", "results", SURVEY]).stdout
    assert "seen_sign: shown\n  yes: 60\n  no: hidden\n  not_sure: hidden" in told


def test_the_command_line_says_what_there_is_not(with_results, monkeypatch):
    monkeypatch.setenv("LAMPPOST_RECORD", str(with_results))
    for words, told in ((["gone"], "no survey gone"), (["page-clarity"], "has no results")):
        found = CliRunner().invoke(main, ["surveys", "results", *words])
        assert found.exit_code == 1
        assert told in found.output
