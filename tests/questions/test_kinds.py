"""Each kind of question: what it takes, what it refuses, how it is asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tinyhtml5.parser import HTMLParser

import lamppost
from lamppost.questions.kinds import KINDS

TEMPLATES = Path(lamppost.__file__).parent / "templates" / "questions"
AB = "choices: [{key: a, text: {en: A}}, {key: b, text: {en: B}}, {key: c, text: {en: C}}]"
FEW = f"type: multiple, max: 2, exclusive: [c], {AB}"
OWN = f"type: single, {AB}, other: {{en: Other}}"
SCALE = "type: scale, points: [{en: Low}, {en: High}], no_opinion: {en: None}"
ROWS = (
    "type: matrix, required: true, rows: [{key: x, text: {en: X}}, {key: y, text: {en: Y}}], " + AB
)
DATE = "type: date, earliest: 2020-01-01, latest: 2026-12-31"
LONG = "x" * 81


def day(month: str, of_month: str, year: str) -> dict[str, str]:
    return {"q.month": month, "q.day": of_month, "q.year": year}


@pytest.mark.parametrize(
    ("definition", "sent", "stored", "told"),
    [
        (f"type: single, {AB}", {"q": "b"}, {"q": ["b"]}, ["B"]),
        (OWN, {"q": "other", "q.other": " Mine "}, {"q": ["other"], "q.other": "Mine"},
         ["Other", "“Mine”"]),
        (OWN, {"q": "a", "q.other": "left behind"}, {"q": ["a"]}, ["A"]),
        (FEW, {"q": ["b", "a"]}, {"q": ["a", "b"]}, ["A", "B"]),
        (FEW, {"q": ["c"]}, {"q": ["c"]}, ["C"]),
        (SCALE, {"q": "2"}, {"q": "2"}, ["High"]),
        (SCALE, {"q": "no_opinion"}, {"q": "no_opinion"}, ["None"]),
        (f"type: ranking, {AB}", {"q.a": "3", "q.b": "1", "q.c": "2"}, {"q": ["b", "c", "a"]},
         ["1. B", "2. C", "3. A"]),
        ("type: short_text", {"q": " a\nb "}, {"q": "a b"}, ["a b"]),
        ("type: short_text, format: web_address", {"q": "https://a.example/"},
         {"q": "https://a.example/"}, ["https://a.example/"]),
        ("type: long_text", {"q": "a\r\nb"}, {"q": "a\nb"}, ["a\nb"]),
        ("type: long_text", {"q": "a", "q.quote": "yes"}, {"q": "a"}, ["a"]),
        ("type: long_text, quotable: true", {"q": "a"}, {"q": "a"}, ["a"]),
        ("type: long_text, quotable: true", {"q": "a", "q.quote": "no"}, {"q": "a"}, ["a"]),
        (
            "type: long_text, quotable: true", {"q": "a", "q.quote": "yes"},
            {"q": "a", "q.quote": "yes"}, ["a", "My words may be quoted."],
        ),
        ("type: whole_number", {"q": "1200"}, {"q": 1200}, ["1,200"]),
        ("type: whole_number", {"q": "១២"}, {"q": 12}, ["12"]),
        (DATE, day("2", "29", "2024"), {"q": "2024-02-29"}, ["February 29, 2024"]),
        ("type: zip_code", {"q": "90802-1234"}, {"q": "90802"}, ["90802"]),
        ("type: place", {"q": "district-1"}, {"q": "district-1"}, ["District 1"]),
        ("type: place, none: {en: Elsewhere}", {"q": "none"}, {"q": "none"}, ["Elsewhere"]),
        ("type: technology", {"q": "public-wifi"}, {"q": "public-wifi"}, ["Public Wi-Fi"]),
        ("type: device_code", {"q": "lb 28j jqq 8"}, {"q": "28JJQQ8"}, ["LB 28J JQQ 8"]),
        (ROWS, {"q.x": "a", "q.y": "b"}, {"q.x": "a", "q.y": "b"}, ["X: A", "Y: B"]),
        ("type: consent", {"q": "yes"}, {"q": "yes"}, ["Yes"]),
    ],
)  # fmt: skip
def test_an_answer_is_taken(definition, sent, stored, told, questions, answers):
    seen = answers(questions(f"key: q, {definition}"), sent)
    assert seen.mistakes == {}
    assert seen.stored["q"][1] == stored
    assert [str(line) for line in seen.told("q")] == told


@pytest.mark.parametrize(
    ("definition", "sent", "told"),
    [
        (f"type: single, {AB}", {"q": ["a", "b"]}, "Choose one answer."),
        (OWN, {"q": "other"}, "Say in your own words"),
        (OWN, {"q": "other", "q.other": "x" * 201}, "at most 200 characters"),
        (FEW, {"q": ["a", "c"]}, "“C” cannot go with other answers"),
        (f"type: multiple, max: 2, {AB}", {"q": ["a", "b", "c"]}, "at most 2 answers"),
        (f"type: multiple, min: 2, {AB}", {"q": ["a"]}, "at least 2 answers"),
        (f"type: ranking, {AB}", {"q.a": "1"}, "Give “B” a place."),
        (f"type: ranking, {AB}", {"q.a": "1", "q.b": "2", "q.c": "4"}, "Give “C” a place."),
        (f"type: ranking, {AB}", {"q.a": "1", "q.b": "1", "q.c": "2"}, "Place 1 is there more"),
        ("type: short_text, max_chars: 80", {"q": LONG}, "at most 80 characters"),
        ("type: short_text, format: web_address", {"q": "javascript:a"}, "starts with https://"),
        ("type: long_text, max_chars: 80", {"q": LONG}, "You have written 81."),
        ("type: whole_number, least: 1, most: 9", {"q": "10"}, "from 1 to 9"),
        ("type: whole_number", {"q": "1.5"}, "a whole number"),
        ("type: whole_number", {"q": "9" * 40}, "a whole number"),
        (DATE, day("2", "30", "2024"), "There is no such day."),
        (DATE, day("2", "", "2024"), "month, day and year in digits"),
        (DATE, day("1", "1", "2019"), "not before January 1, 2020"),
        (DATE, day("1", "1", "2027"), "not after December 31, 2026"),
        (DATE, day("1", "1", "0"), "There is no such day."),
        ("type: zip_code", {"q": "9080"}, "five digits"),
        ("type: device_code", {"q": "28JJQQ9"}, "This is not a code."),
        ("type: device_code", {"q": "7Q4KZM1"}, "No device of this registry"),
        (ROWS, {"q.x": "a"}, "Choose an answer for “Y”."),
        ("type: contact", {"q.email": "sokha at example.org"}, "an e-mail address with an @"),
        ("type: contact", {"q.email": "a@b.example, c@d.example"}, "an e-mail address with an @"),
        ("type: contact", {"q.phone": "570-5237"[:6]}, "a phone number with its area code"),
        ("type: contact", {"q.phone": "call me at noon"}, "a phone number with its area code"),
        ("type: contact, required: true", {"q.name": "Sokha"}, "an e-mail address or a phone"),
        ("type: contact", {"q.name": "x" * 201}, "at most 200 characters"),
    ],
)  # fmt: skip
def test_an_answer_is_refused(definition, sent, told, questions, answers):
    seen = answers(questions(f"key: q, {definition}"), sent)
    assert told in seen.mistakes["q"]
    assert seen.values == {}


@pytest.mark.parametrize(
    ("sent", "value"),
    [
        ({"q.email": " sokha@example.org "}, {"email": "sokha@example.org"}),
        ({"q.email": "សុខា@ឧទាហរណ៍.org"}, {"email": "សុខា@ឧទាហរណ៍.org"}),
        ({"q.phone": "+1 (562) 555-0100 ext. 2"}, {"phone": "+1 (562) 555-0100 ext. 2"}),
        ({"q.phone": "៥៦២ ៥៥៥ ០១០០"}, {"phone": "៥៦២ ៥៥៥ ០១០០"}),
        ({"q.name": "Sokha", "q.language": "km"}, {"name": "Sokha", "language": "km"}),
        ({"q.name": "Sokha", "q.language": "xx"}, {"name": "Sokha"}),
    ],
)
def test_how_to_reach_somebody_is_no_part_of_what_is_stored(sent, value, questions, answers):
    seen = answers(questions("key: q, type: contact"), sent)
    assert seen.mistakes == {}
    assert seen.values == {"q": value}
    assert seen.stored == {}
    assert seen.apart["q"][1] == value


def test_a_language_alone_reaches_nobody(questions, answers):
    seen = answers(questions("key: q, type: contact"), {"q.language": "km"})
    assert (seen.values, seen.mistakes) == ({}, {})


def test_conditions_see_which_ways_there_are_and_not_what_they_are(questions, answers):
    sections = questions(
        "key: q, type: contact", "key: r, type: note, show_if: \"selected(${q}, 'email')\""
    )
    assert "r" in answers(sections, {"q.email": "a@example.org"}).asked
    assert "r" not in answers(sections, {"q.phone": "562 555 0100"}).asked


def test_no_input_that_is_taken_as_words_can_name_a_file(questions, answers):
    (section,) = questions("key: q, type: file")
    assert section.questions[0].names == ()
    assert "q" not in answers((section,), {}).values


FORGED = {"q": "forged", "q.a": "forged", "q.x": "forged", "q.month": "forged"}


@pytest.mark.parametrize(
    "definition",
    [f"type: single, {AB}", FEW, SCALE, "type: place", "type: technology", "type: consent",
     ROWS.replace("required: true, ", "")],
)  # fmt: skip
def test_what_was_not_offered_is_no_answer(definition, questions, answers):
    seen = answers(questions(f"key: q, {definition}"), FORGED)
    assert (seen.values, seen.mistakes) == ({}, {})


# --- the examples -------------------------------------------------------------------------------


def test_every_kind_has_a_template_and_an_example():
    assert {path.stem for path in TEMPLATES.glob("*.html")} == set(KINDS)
    examples = Path(__file__).with_name("examples").glob("*.yaml")
    assert {path.stem for path in examples} == set(KINDS)


def test_an_example_that_must_be_answered_says_so(example, answers):
    seen = answers(example, {})
    (question,) = example[0].questions
    assert list(seen.mistakes) == (["example"] if question.required else [])


@pytest.mark.parametrize("tell", [False, True])
def test_the_field_of_each_kind_is_sound_html_with_all_its_inputs(app, example, answers, tell):
    (question,) = example[0].questions
    typed = dict.fromkeys(question.names, '<">&')
    with app.test_request_context("/en/"):
        (field,) = answers(example, typed).section(1, tell=tell)
        html = field.__html__()
    parser = HTMLParser(namespace_html_elements=False)
    root = parser.parse(f"<!doctype html><title>a</title>{html}")
    assert parser.errors == []
    assert '<">' not in html
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    inputs = [e for e in elements if e.tag in ("input", "select", "textarea")]
    assert {e.attrib["name"] for e in inputs} == (
        set() if question.kind == "note" else {*question.names} or {"example"}
    )
    ids = [e.attrib["id"] for e in elements if "id" in e.attrib]
    assert len(ids) == len(set(ids))
    assert "q-example" in ids
    assert {e.attrib["for"] for e in elements if e.tag == "label"} >= {
        e.attrib["id"] for e in inputs
    }
    described = {i for e in elements for i in e.attrib.get("aria-describedby", "").split()}
    assert described <= set(ids)


TRICKY = ["<script>alert(1)</script>", "' OR 1=1 --", "${q}", "%(num)s {0} {{ 7*7 }}", "\u202eabc",
          "ខ្មែរ\u200bខ្មែរ", "👩‍👩‍👧", "\\", "=1+1", "Ω≈ç√∫µ≤", "\u0000", "a\tb"]  # fmt: skip


@pytest.mark.parametrize("words", TRICKY)
@pytest.mark.parametrize("kind", ["short_text", "long_text"])
def test_words_come_back_as_they_were_written(kind, words, questions, answers):
    seen = answers(questions(f"key: q, type: {kind}"), {"q": words})
    assert seen.stored["q"][1] == {"q": words}


def test_a_date_is_a_date_to_conditions(questions, answers):
    sections = questions(
        "key: q, type: date", "key: r, type: note, show_if: \"${q} < '2026-01-01'\""
    )
    assert "r" in answers(sections, day("12", "31", "2025")).asked
    assert "r" not in answers(sections, day("1", "1", "2026")).asked
    assert answers(sections, day("1", "1", "2026")).values["q"] == date(2026, 1, 1)
