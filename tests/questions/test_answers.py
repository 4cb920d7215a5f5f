"""Answers seen through questions: what is asked, what counts, what is carried into later texts."""

from __future__ import annotations

import pytest

BRANCH = """
- title: {en: First}
  questions:
    - {key: seen, type: single, text: {en: Seen}, choices: [{key: "yes", text: {en: "Yes", km: បាទ}}, {key: "no", text: {en: "No"}}]}
    - {key: where, type: short_text, required: true, text: {en: Where}, show_if: "${seen} = 'yes'"}
    - {key: how, type: short_text, text: {en: How}, show_if: "${where} != ''"}
- title: {en: "About ${where}"}
  show_if: "${seen} = 'yes'"
  questions:
    - {key: more, type: long_text, text: {en: "You said ${seen}: ${where}", km: "${where}៖ ${seen}"}}
- title: {en: Last}
  questions:
    - {key: last, type: note, text: {en: Thanks}}
"""  # noqa: E501


@pytest.fixture
def branch(read, problems):
    sections = read(BRANCH)
    assert problems == []
    return sections


def test_a_question_is_asked_when_its_condition_holds(branch, answers):
    assert list(answers(branch, {}).asked) == ["seen", "last"]
    assert list(answers(branch, {"seen": "no"}).asked) == ["seen", "last"]
    assert list(answers(branch, {"seen": "yes"}).asked) == ["seen", "where", "more", "last"]
    full = answers(branch, {"seen": "yes", "where": "Pine"})
    assert list(full.asked) == ["seen", "where", "how", "more", "last"]


def test_a_section_without_questions_is_passed_over(branch, answers):
    assert answers(branch, {"seen": "no"}).numbers == [1, 3]
    assert answers(branch, {"seen": "yes"}).numbers == [1, 2, 3]


def test_what_is_not_asked_counts_as_not_answered(branch, answers):
    seen = answers(branch, {"seen": "no", "where": "Pine", "how": "So", "more": "More"})
    assert list(seen.stored) == ["seen"]
    assert seen.mistakes == {}


def test_a_required_question_is_missed_only_where_it_is_asked(branch, answers):
    assert answers(branch, {"seen": "no"}).mistakes == {}
    assert answers(branch, {"seen": "yes"}).mistakes == {"where": "Write an answer."}


def test_an_answer_that_cannot_be_taken_counts_as_none_for_conditions(branch, answers):
    seen = answers(branch, {"seen": "yes", "where": "x" * 300})
    assert "how" not in seen.asked
    assert "where" in seen.mistakes


def test_mistakes_are_shown_when_they_are_asked_for(branch, answers):
    seen = answers(branch, {"seen": "yes"})
    assert not seen.section(1).errors
    assert seen.section(1, tell=True).errors


def test_an_answer_is_carried_into_a_later_text_and_nothing_in_it_is_markup(branch, answers):
    seen = answers(branch, {"seen": "yes", "where": "<b>Pine ${seen}</b>"})
    section = seen.section(2)
    assert section.title == "About &lt;b&gt;Pine ${seen}&lt;/b&gt;"
    assert section.drawn[0].label.text == "You said Yes: &lt;b&gt;Pine ${seen}&lt;/b&gt;"


def test_an_answer_is_carried_in_the_language_that_is_spoken(app, branch, answers):
    with app.test_request_context("/km/"):
        app.preprocess_request()
        seen = answers(branch, {"seen": "yes", "where": "Pine"})
        assert seen.section(2).drawn[0].label.text == "Pine៖ បាទ"


def test_a_text_waits_with_dots_for_an_answer_that_is_not_there(branch, answers):
    assert answers(branch, {"seen": "yes"}).section(2).title == "About …"
