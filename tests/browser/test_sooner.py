"""Questions come and go while one answers, by the same conditions as on the server."""

from __future__ import annotations

import json
from datetime import date
from itertools import product

import pytest

from lamppost.config import PROJECT
from lamppost.questions.choosing import Multiple, Scale, Single
from lamppost.questions.conditions import Condition, parsed
from lamppost.questions.sooner import when
from lamppost.text import Text

SCRIPT = PROJECT / "site/lamppost/static/js/sooner.js"
TODAY = date(2026, 11, 22)
PAGE = {
    "one": Single(key="one"), "other": Single(key="other"), "several": Multiple(key="several"),
    "point": Scale(key="point"), "none": Single(key="none"),
}  # fmt: skip
ANSWERS = (
    {"one": "yes", "other": "no", "several": ("a", "yes"), "point": "2"},
    {"one": "10", "other": "10", "several": ("yes",), "point": "no_opinion"},
    {"several": ("2",), "point": "10"},
    {},
)
SIDES = (
    "${one}", "${other}", "${several}", "${point}", "${none}", "''", "'yes'", "'2'", "'a yes'",
    "2", "10", "count-selected(${several})", "selected(${several}, 'yes')", "not(${one} = 'yes')",
)  # fmt: skip
SIGNS = ("=", "!=", "<", "<=", ">", ">=")
WORDS = (
    *(f"{a} {sign} {b}" for sign in SIGNS for a, b in product(SIDES, SIDES)),
    *(f"{a} and {b} or not({c})" for a, b, c in product(SIDES[:6], SIDES[3:9], SIDES[9:])),
    *(f"selected({a}, {key})" for a in SIDES[:9] for key in ("'yes'", "2", "''", "${point}")),
)  # fmt: skip


def asked_when(words):
    question = Single(
        key="later", text=Text({"en": "Why?"}), show_if=Condition(words, parsed(words))
    )
    return when(question, PAGE, {"before": "yes", "chosen": ("a", "b")})


def test_a_condition_means_the_same_in_a_browser_as_on_the_server(contexts):
    page = contexts().new_page()
    page.set_content('<form><input name="shown"><p data-name="a" data-when="[&quot;value&quot;]">')
    page.add_script_tag(path=SCRIPT)
    told = {words: asked_when(words) for words in WORDS if "${" in words}
    there = page.evaluate(
        """([trees, given]) => trees.map((tree) => given.map(
             (one) => truth(value(JSON.parse(tree), (key) => one[key] ?? null))))""",
        [list(told.values()), ANSWERS],
    )
    here = [
        [Condition(words, parsed(words)).holds(answers, TODAY) for answers in ANSWERS]
        for words in told
    ]
    differ = [words for words, a, b in zip(told, here, there, strict=True) if a != b]
    assert differ == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("${one} = 'yes'", ["=", ["answer", "one"], ["value", "yes"]]),
        # what was answered on an earlier page is put in
        ("${one} = ${before}", ["=", ["answer", "one"], ["value", "yes"]]),
        ("${one} = ${unanswered}", ["=", ["answer", "one"], ["value", None]]),
        ("selected(${chosen}, ${one})", ["selected", ["value", ["a", "b"]], ["answer", "one"]]),
        ("${point} >= 2", [">=", ["answer", "point"], ["value", 2]]),
        # what the script cannot know
        ("${before} = 'yes'", None),
        ("${point} + 1 = 2", None),
        ("${point} > 1.50", None),
        ("${one} = 'yes' and today() > date('2026-01-01')", None),
        ("if(${one} = 'yes', 1, 0)", None),
    ],
)
def test_the_script_is_told_what_it_can_know(words, expected):
    found = asked_when(words)
    assert (json.loads(found) if found else None) == expected


def test_the_script_is_not_told_of_a_question_that_repeats_an_answer_of_its_page():
    words = "${one} = 'yes'"
    asked = {"text": Text({"en": "Why?"}), "show_if": Condition(words, parsed(words))}
    for texts in ({"text": Text({"en": "Why ${one}?"})}, {"hint": Text({"en": "As in ${one}"})}):
        assert when(Single(key="later", **{**asked, **texts}), PAGE, {}) == ""
