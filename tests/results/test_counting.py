"""How the answers to each kind of question are counted."""

from __future__ import annotations

from datetime import date

import pytest

from lamppost.fields import At
from lamppost.i18n import languages
from lamppost.questions.load import read_sections
from lamppost.questions.models import World
from lamppost.record import yaml_value
from lamppost.results.counting import counted, parts_of
from lamppost.text import Text

WORLD = World(
    today=date(2026, 11, 22),
    places={"north": Text({"en": "North"}), "south": Text({"en": "South"})},
    technologies={"wifi": Text({"en": "Wi-Fi"})},
)
AB = "choices: [{key: a, text: {en: A}}, {key: b, text: {en: B}}]"


def question(words: str):
    raw = yaml_value(f"[{{title: {{en: T}}, questions: [{{key: q, text: {{en: Q}}, {words}}}]}}]")
    problems: list[object] = []
    (section,) = read_sections(raw, At("x", problems, {}, tuple(languages()), {}))
    assert problems == []
    return section.questions[0]


def tables(words: str, **answers):
    found = counted(question(words), {k.replace("_", "."): v for k, v in answers.items()}, WORLD)
    return {one.key: one for one in found}


@pytest.mark.parametrize(
    ("words", "answers", "counts"),
    [
        (f"type: single, {AB}", [["a"], ["b"], ["a"], ["gone"]], {"a": 2, "b": 1}),
        (f"type: single, {AB}, other: {{en: O}}", [["other"]], {"a": 0, "b": 0, "other": 1}),
        (f"type: multiple, {AB}", [["a", "b"], ["a"], ["gone"]], {"a": 2, "b": 1}),
        (f"type: multiple, max: 1, {AB}", [["a"], ["b"]], {"a": 1, "b": 1}),
        ("type: scale, points: [{en: L}, {en: H}]", ["1", "2", "2"], {"1": 1, "2": 2}),
        (f"type: ranking, {AB}", [["b", "a"], ["b", "a"], ["a", "b"]], {"a": 1, "b": 2}),
        ("type: zip_code", ["90802", "90802", "90803"], {"90802": 2, "90803": 1}),
        ("type: device_code", ["28JJQQ8"], {"28JJQQ8": 1}),
        ("type: place, none: {en: N}", ["north", "none"], {"north": 1, "south": 0, "none": 1}),
        ("type: technology", ["wifi"], {"wifi": 1}),
    ],
)
def test_answers_are_counted(words, answers, counts):
    assert dict(tables(words, q=answers)["q"].counts) == counts


def test_what_is_no_longer_offered_counts_as_no_answer():
    assert tables(f"type: single, {AB}", q=[["a"], ["gone"]])["q"].base == 1
    assert tables(f"type: multiple, {AB}", q=[["a"], ["gone"]])["q"].base == 1


def test_each_row_of_a_matrix_is_a_table():
    words = f"type: matrix, rows: [{{key: x, text: {{en: X}}}}, {{key: y, text: {{en: Y}}}}], {AB}"
    found = tables(words, q_x=["a", "b"], q_y=["a"])
    assert {key: dict(one.counts) for key, one in found.items()} == {
        "q.x": {"a": 1, "b": 1}, "q.y": {"a": 1, "b": 0},
    }  # fmt: skip
    assert parts_of(question(words)) == ("q.x", "q.y")


def test_the_mean_of_a_scale_leaves_out_who_had_no_opinion():
    words = "type: scale, points: [{en: L}, {en: M}, {en: H}], no_opinion: {en: N}"
    assert tables(words, q=["1", "2", "no_opinion"])["q"].mean == 1.5
    assert tables(words, q=["no_opinion"])["q"].mean is None


@pytest.mark.parametrize(
    ("words", "answers", "counts"),
    [
        ("type: whole_number, least: 0, most: 4", [0, 4, 4, 9],
         {"0": 1, "1": 0, "2": 0, "3": 0, "4": 2}),
        ("type: whole_number, least: 18, most: 99", [18, 19, 20, 99],
         {"18–19": 2, "20–29": 1, "30–39": 0, "40–49": 0, "50–59": 0, "60–69": 0, "70–79": 0,
          "80–89": 0, "90–99": 1}),
        ("type: date, earliest: 2020-03-01, latest: 2022-01-01", ["2020-05-05", "2022-01-01"],
         {"2020": 1, "2021": 0, "2022": 1}),
    ],
)  # fmt: skip
def test_numbers_and_dates_are_counted_in_bands_that_the_question_sets(words, answers, counts):
    assert dict(tables(words, q=answers)["q"].counts) == counts


@pytest.mark.parametrize(
    "words",
    [
        "type: whole_number", "type: date", "type: date, earliest: 2020-01-01", "type: consent",
        "type: short_text", "type: long_text", "type: note", f"type: single, publish: never, {AB}",
        f"type: single, publish: themes_only, {AB}",
    ],
)  # fmt: skip
def test_what_cannot_be_told_safely_is_not_counted(words):
    assert tables(words, q=["1", "2020-01-01"]) == {}


@pytest.mark.parametrize("answers", [[None], [7], ["a"], [[]], [{}], [[7]]])
def test_answers_of_another_shape_are_none(answers):
    assert tables(f"type: single, {AB}", q=answers)["q"].base == 0
