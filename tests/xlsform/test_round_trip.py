"""A survey goes out as a form that pyxform accepts, and comes back as the same questions."""

from __future__ import annotations

import dataclasses
import io
import warnings
from pathlib import Path

import pytest
import yaml
from pyxform.xls2xform import convert

from lamppost.fields import At
from lamppost.i18n import languages, speak
from lamppost.questions.conditions import Condition
from lamppost.questions.kinds import KINDS
from lamppost.questions.load import read_sections
from lamppost.text import Text
from lamppost.xlsform.book import read_form
from lamppost.xlsform.composed import sheets_of, workbook
from lamppost.xlsform.parse import parse
from lamppost.xlsform.typed import COMPOSED

EXAMPLES = Path(__file__).parents[1] / "questions" / "examples"
SHIPPED = ["page-clarity", "technology-and-privacy"]
HARD = """
- title: {en: First, es: Primera}
  intro: {en: Something to read, es: Algo que leer}
  questions:
  - {key: seen, type: single, text: {en: Seen?}, other: {en: Otherwise},
     choices: [{key: "yes", text: {en: "Yes"}}, {key: "no", text: {en: "No"}}]}
  - {key: why, type: multiple, text: {en: "You said ${seen}. Why?", es: "Dijo ${seen}. ¿Por qué?"},
     min: 2, max: 3, exclusive: [none], required: true, show_if: "${seen} != 'no'",
     choices: [{key: a, text: {en: "=A"}}, {key: b, text: {en: B}}, {key: c, text: {en: C}},
               {key: none, text: {en: None}}]}
  - {key: grid, type: matrix, required: true, text: {en: Grid}, hint: {en: For each},
     rows: [{key: x, text: {en: X}}, {key: y, text: {en: Y}}],
     choices: [{key: good, text: {en: Good}}, {key: bad, text: {en: Bad}}]}
- title: {en: "Second, ${why}"}
  show_if: "selected(${grid}, 'x') and count-selected(${why}) >= 2"
  questions:
  - {key: link, type: short_text, format: web_address, max_chars: 99, publish: never,
     text: {en: "${grid}: a link"}}
  - {key: order, type: ranking, detached: true, text: {en: Order},
     choices: [{key: a, text: {en: A}}, {key: b, text: {en: B}}]}
  - {key: other, type: whole_number, least: 3, most: 9, text: {en: "How many of ${order}?"}}
  - {key: when, type: date, earliest: 2020-01-01, text: {en: "When (${link}, ${other})?"}}
  - {key: free, type: long_text, text: {en: "Since ${when}"}, publish: themes_only,
     quotable: true}
"""


def plain(thing):
    """A set of questions without how its texts were made."""
    if isinstance(thing, Text):
        return dict(thing.languages)
    if isinstance(thing, Condition):
        return thing.words
    if isinstance(thing, tuple):
        return [plain(one) for one in thing]
    if dataclasses.is_dataclass(thing):
        held = {f.name: plain(getattr(thing, f.name)) for f in dataclasses.fields(thing)}
        return {"kind": getattr(thing, "kind", ""), **held}
    return thing


def pyxform_accepts(data: bytes) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = convert(xlsform=io.BytesIO(data), file_type=".xlsx", warnings=(told := []))
    assert [one for one in told if not one.startswith("Language ")] == []
    return made.xform


def returned(data: bytes):
    parsed = parse(read_form(data, "a.xlsx"), tuple(languages()))
    assert [str(fault) for fault in parsed.faults] == []
    problems = []
    # As it is written to a file, and read again from there.
    raw = yaml.safe_load(yaml.safe_dump(parsed.sections, allow_unicode=True))
    found = read_sections(raw, At("a", problems, {}, tuple(languages()), {}, "sections"))
    assert problems == []
    return found


def test_every_kind_of_question_is_in_the_map():
    assert {kind for kind, one in KINDS.items() if not one.apart} == set(COMPOSED)


@pytest.mark.parametrize("kind", ["contact", "file"])
def test_what_is_kept_apart_is_not_asked_in_the_field(kind, sections, survey, world):
    found = sections((EXAMPLES / f"{kind}.yaml").read_text("utf-8"))
    rows = sheets_of(survey(found), world)["survey"]
    assert [row["type"] for row in rows] == ["begin_group", "end_group"]


@pytest.mark.parametrize("kind", sorted(COMPOSED))
def test_each_kind_comes_back_as_it_went(kind, sections, survey, world):
    before = sections((EXAMPLES / f"{kind}.yaml").read_text("utf-8"))
    data = workbook(survey(before), world)
    assert "<h:title>A survey</h:title>" in pyxform_accepts(data)
    assert plain(returned(data)) == plain(before)


@pytest.mark.parametrize("id_", SHIPPED)
def test_each_shipped_survey_comes_back_as_it_went(app, id_, world):
    found = app.extensions["published"].content.surveys[id_]
    data = workbook(found, world)
    xform = pyxform_accepts(data)
    for language in ("English (en)", "Español (es)", "ខ្មែរ (km)", "Tagalog (tl)"):
        assert f'lang="{language}"' in xform
    assert plain(returned(data)) == plain(found.sections)


def test_conditions_rules_and_carried_answers_come_back_as_they_went(sections, survey, world):
    before = sections(HARD)
    data = workbook(survey(before), world)
    pyxform_accepts(data)
    assert plain(returned(data)) == plain(before)


def test_a_carried_answer_is_told_by_its_words(sections, survey, world):
    rows = sheets_of(survey(sections(HARD)), world)["survey"]
    by_name = {row.get("name"): row for row in rows}
    assert by_name["why"]["label::English (en)"] == "You said ${seen.said}. Why?"
    assert by_name["seen.said"]["calculation"] == "jr:choice-name(${seen}, '${seen}')"
    assert by_name["section.2"]["relevant"].startswith("selected(${grid.rows}, 'x')")
    assert by_name["other"]["label::English (en)"] == "How many of ${order.said}?"


def test_a_rule_that_is_not_kept_is_told_in_every_language(sections, survey, world):
    rows = sheets_of(survey(sections(HARD)), world)["survey"]
    speak("en")
    other = next(row for row in rows if row.get("name") == "other")
    assert other["constraint_message::English (en)"].startswith("Write a whole number from 3 to 9")
    assert other["constraint_message::Español (es)"].startswith("Escriba")


def test_a_rule_is_told_only_in_the_languages_that_a_form_has(sections, survey, world):
    rows = sheets_of(survey(sections(HARD)), world)["survey"]
    assert not any("(km)" in column for row in rows for column in row)


def test_words_that_look_like_a_formula_stay_words(sections, survey, world):
    data = workbook(survey(sections(HARD)), world)
    assert "=A" in {line["label::English (en)"] for line in read_form(data, "a.xlsx")["choices"]}
