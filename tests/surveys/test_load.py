"""Surveys with mistakes, and the gate before an open one: every reason is told with its place."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from lamppost.cli import main
from lamppost.config import PROJECT

CLARITY = "surveys/page-clarity.yaml"
PRIVACY = "surveys/technology-and-privacy.yaml"
CARD = "surveys/practices/anonymous-survey.yaml"


def test_the_shipped_surveys_are_open_and_nothing_stops_them(app):
    content = app.extensions["published"].content
    assert list(content.surveys) == ["page-clarity", "technology-and-privacy"]
    assert all(survey.state == "open" and survey.example for survey in content.surveys.values())
    assert [r for found in content.reasons.values() for r in found if r.stops] == []


@pytest.mark.parametrize(
    ("name", "found", "put", "key", "told"),
    [
        (CLARITY, "state: open", "state: ajar", "state", "one of draft, in_review, open, paused"),
        (CLARITY, "state: open", "states: open", "states", "the key 'states'"),
        (CLARITY, "practices: anonymous-survey", "practices: none", "practices",
         "anonymous-survey"),
        (CLARITY, "type: scale", "type: scales", "sections[0].questions[1].type", "one of note"),
        (CARD, "items: [planning_decision_making]", "items: [naught]", "purpose.items[0]",
         "ids in words/purpose"),
        (CARD, "duration: unknown", "duration: long", "retention.items[0].duration", "ISO 8601"),
        # the gate
        (CLARITY, "practices: anonymous-survey\n", "", "practices",
         "what is done with the answers"),
        (CLARITY, "opens_on: 2026-11-20\n", "", "opens_on", "the first day"),
        (CLARITY, "opens_on: 2026-11-20\n", "opens_on: 2026-11-20\ncloses_on: 2026-11-19\n",
         "closes_on", "a day from 2026-11-20 on"),
        (CLARITY, "  sponsor: technology-and-innovation\n", "", "method.sponsor", "Who asks"),
        (CLARITY, "    tl: Para mas luminaw ang mga page ng talaang ito.\n", "",
         "method.purpose.tl", "the text in this language"),
        (CLARITY, "      tl: Ang page na binasa mo\n", "", "sections[0].title.tl",
         "the text in this language"),
        (CLARITY, "talaang ito.\nstate", "talaang ito.\n  stale: {tl: 2026-11-21}\nstate",
         "summary.tl", "one that follows it"),
        (CLARITY, "type: long_text\n        publish: themes_only", "type: file",
         "sections[0].questions[2].type",
         "the answers to a survey are anonymous"),
        (PRIVACY, "\"${seen_sign} = 'yes'\"", "\"${seen_sign} = 'yes' and ${seen_sign} = 'no'\"",
         "sections[0].questions[2].show_if", "a condition that some answers make true"),
        (PRIVACY, "You chose: ${about}.", "You chose: ${more}.", "sections[2].questions[1].text",
         "an earlier question"),
        (PRIVACY, "Pinili mo: ${about}.", "Pinili mo.", "sections[2].questions[1].text.tl",
         "as in English"),
    ],
)  # fmt: skip
def test_a_mistake_is_told(name, found, put, key, told, broken, reread):
    broken(name, found, put)
    problems = reread().problems
    assert (name, key) in {(p.file, p.key) for p in problems}
    assert any(told in str(p) for p in problems)


def test_texts_of_unknown_making_stop_a_survey(broken, reread):
    broken(
        CLARITY,
        "provenance: {es: machine, km: machine, tl: machine}",
        "provenance: {es: machine, km: machine}",
    )
    problems = reread().problems
    assert problems
    assert all("human, machine or reviewed" in str(p) and p.key.endswith(".tl") for p in problems)


def test_a_draft_may_have_whatever_stops_an_open_survey(broken, reread):
    broken(CLARITY, "state: open", "state: draft")
    broken(CLARITY, "practices: anonymous-survey\n", "")
    content = reread()
    assert content.problems == []
    assert [r.key for r in content.reasons["page-clarity"] if r.stops] == ["practices"]


@pytest.mark.parametrize(
    ("found", "put", "told"),
    [
        ("How clear was the page?", "Don’t you think it is clear?", "words that lead"),
        ("How clear was the page?", "How clear and short was it?", "about one thing"),
        ("required: true", "required: true\n        show_if: \"${technology} != ''\"",
         "a required question that some are not asked"),
    ],
)  # fmt: skip
def test_advice_stops_nothing(found, put, told, broken, reread):
    broken(CLARITY, found, put)
    content = reread()
    assert content.problems == []
    assert told in " ".join(map(str, content.reasons["page-clarity"]))


@pytest.mark.parametrize("name", ["surveys/Ünï.yaml", "surveys/a.txt", "surveys/more/a.yaml"])
def test_a_file_with_another_name_is_told(name, record, reread):
    (record / name).parent.mkdir(exist_ok=True)
    (record / name).write_text("a: b")
    assert {p.file for p in reread().problems} >= {name}


@pytest.mark.parametrize("words", ["", "- a", "a: [", "sections: 5"])
def test_a_broken_file_makes_problems_and_no_more(words, record, reread):
    (record / CLARITY).write_text(words)
    assert {p.file for p in reread().problems} == {CLARITY}


def check(*arguments):
    environment = {"LAMPPOST_RECORD": str(PROJECT)}
    return CliRunner().invoke(main, ["surveys", "check", *arguments], env=environment)


def test_the_command_tells_that_nothing_stops_a_survey():
    answer = check("page-clarity")
    assert (answer.exit_code, answer.output) == (0, f"{CLARITY}: nothing stops it.\n")
    assert check().exit_code == 0


def test_the_command_tells_which_surveys_there_are():
    answer = check("nothing")
    assert answer.exit_code == 1
    assert "page-clarity" in answer.output


def test_the_command_tells_what_stops_a_survey(broken, record):
    broken(CLARITY, "practices: anonymous-survey\n", "")
    environment = {"LAMPPOST_RECORD": str(record)}
    answer = CliRunner().invoke(main, ["surveys", "check"], env=environment)
    assert answer.exit_code == 1
    assert f"{CLARITY}: stops: practices: found nothing" in answer.output
