"""Remarks as one writes: each fault is found on its line, and a sound text has none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamppost.config import PROJECT
from lamppost.content import read_content
from lamppost.drafts.remarks import figures_of, remarks_on
from lamppost.drafts.tongues import other_tongue
from lamppost.record import Record

HARD = (
    "Notwithstanding subdivision (b), agencies utilizing automated identification technologies "
    "shall promulgate comprehensive administrative regulations regarding confidentiality "
    "obligations, responsibilities and organizational accountability."
)
ENGLISH = "This is what the City has said of the cameras that are in the streets."
SPANISH = "Esto es lo que la Ciudad ha dicho de las cámaras que hay en las calles."
TAGALOG = "Ito ang sinabi ng Lungsod tungkol sa mga camera na nasa mga kalye para sa lahat."
KHMER = "នេះជាអ្វីដែលរដ្ឋបាលក្រុងបាននិយាយអំពីកាមេរ៉ានៅតាមផ្លូវ។"

FIGURES = {"picture:walk": {"en"}, "chart:c": {"en", "es"}}


@pytest.fixture(scope="module")
def content(shipped):
    return read_content(shipped)


@pytest.mark.parametrize(
    ("body", "language", "line", "told"),
    [
        ("# Top", "en", 1, "skips a level. Begin it with ##."),
        ("## A\n\n#### B", "en", 3, "Begin it with ###."),
        ("A.\n\n![](picture:none)", "en", 3, "is no picture or chart of this brief"),
        ("A.\n\n![A dog](https://example.org/dog.png)", "en", 3, "is no picture or chart"),
        ("A.\n\n![](picture:walk)", "es", 3, "what the picture “walk” shows"),
        ("[a](page:nowhere)", "en", 1, "leads nowhere"),
        ("[a](nowhere.html)", "en", 1, "cannot be followed"),
        ("[](https://example.org)", "en", 1, "has no words"),
        (f"A.\n\n{HARD}", "en", 0, "reads at school grade"),
        (f"A.\n\n{HARD}", "en", 3, "hard to read"),
        ("palabra " * 40, "es", 1, "hard to read"),
        ("It is an algorithm.", "en", 1, "“algorithm” is a key term"),
        ("The XYZ is new.", "en", 1, "“XYZ” wants a definition"),
        (f"A.\n\n{SPANISH}", "en", 3, "another language (Español)"),
        (ENGLISH, "es", 1, "another language (English)"),
        (ENGLISH, "km", 1, "another language (English)"),
        (SPANISH, "tl", 1, "another language (Español)"),
        (KHMER, "en", 1, "another language (ខ្មែរ)"),
    ],
)
def test_a_fault_is_found_on_its_line(content, body, language, line, told):
    found = [
        remark for remark in remarks_on(body, language, content, FIGURES) if told in remark.words
    ]
    assert [remark.line for remark in found] == [line]


@pytest.mark.parametrize(
    ("body", "language"),
    [
        (f"## Why\n\n{ENGLISH}\n\n- [one](page:plan)\n- [two](https://example.org)", "en"),
        (SPANISH, "es"),
        ("A.\n\n![](picture:walk)\n\n![](chart:c)", "en"),
        (TAGALOG, "tl"),
        (KHMER, "km"),
        (f"> {ENGLISH}", "es"),
        (f"La Ciudad dice: [{ENGLISH}](lang:en)", "es"),
        ("The Long Beach Police Department (LBPD) says so. The LBPD is new.", "en"),
        ("", "en"),
    ],
)
def test_a_sound_text_has_no_remarks(content, body, language):
    assert remarks_on(body, language, content, FIGURES) == []


def shipped_figures(brief: str):
    raw = Record(PROJECT).mapping(f"content/briefs/{brief}/brief.yaml")
    return figures_of(raw.get("charts", []), raw.get("pictures", []))


def test_a_chart_that_is_not_all_there_in_a_language_is_told_there_alone(content):
    chart = {"id": "a", "title": {"en": "A", "es": "A"}, "labels": [{"en": "B"}], "series": []}
    told = [
        remarks_on("![](chart:a)", code, content, figures_of([chart], [])) for code in ["en", "es"]
    ]
    assert told[0] == []
    assert "chart “a”" in told[1][0].words


def test_what_is_shipped_is_in_its_language(content):
    wrong = [
        (brief.id, code, paragraph)
        for brief in content.briefs.values()
        for figures in [shipped_figures(brief.id)]
        for code, version in brief.versions.items()
        for remark in remarks_on(version.markdown, code, content, figures, brief.terms)
        for paragraph in [remark]
        if "another language" in remark.words or "leads nowhere" in remark.words
    ]
    assert wrong == []


@pytest.mark.parametrize("words", ["", "Long Beach", "123 456"])
@pytest.mark.parametrize("language", ["en", "es", "tl", "km"])
def test_of_few_words_no_language_is_told(words, language):
    assert other_tongue(words, language) == ""


@settings(max_examples=60)
@given(st.text(alphabet="#[]()!>*-|\n :aAB.ក", max_size=60), st.sampled_from(["en", "es", "km"]))
def test_nothing_that_is_typed_breaks_the_remarks(content, body, language):
    remarks_on(body, language, content, FIGURES)


def test_remarks_stand_below_the_text(written, sign_in, send):
    path = f"{written()}texts/en/"
    send(sign_in("author"), path, title="A", summary="B", body="# Top", made="human")
    assert "Line 1:" in sign_in("author").get(path).text
