"""Text in several languages, and the form in which words are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamppost.text import Made, Text, folded

TEXT = Text(
    {"en": "Camera", "es": "Cámara", "km": "កាមេរ៉ា", "tl": "Camera"},
    made={"es": Made.HUMAN, "km": Made.REVIEWED, "tl": Made.MACHINE},
    stale={"tl": "2026-11-20"},
)


@pytest.mark.parametrize(
    ("language", "passage"),
    [
        ("en", ("Camera", "en", Made.HUMAN)),
        ("es", ("Cámara", "es", Made.HUMAN)),
        ("km", ("កាមេរ៉ា", "km", Made.REVIEWED)),
        ("tl", ("Camera", "tl", Made.STALE)),
        ("vi", ("Camera", "en", Made.MISSING)),
    ],
)
def test_a_passage_says_its_language_and_how_it_was_made(language, passage):
    assert TEXT.in_language(language) == passage


def test_a_translation_of_which_nothing_is_said_does_not_pass_for_a_persons():
    assert Text({"en": "Camera", "es": "Cámara"}).in_language("es").made is Made.MACHINE


def test_a_text_is_its_english():
    assert str(TEXT) == "Camera"


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("Cámara ÑANDÚ", "camara nandu"),
        ("  two\u00a0 \n words ", "two words"),
        ("\u200bកាមេ\u200bរ៉ា\ufeff", "កាមេរ៉ា"),
        ("Ｌｏｎｇ　Ｂｅａｃｈ", "long beach"),  # noqa: RUF001 - as an input method for Khmer or Chinese may type it
        ("\u210bello \U0001d400\U0001d401", "hello ab"),
        ("STRASSE Straße", "strasse strasse"),
        ("", ""),
    ],
)
def test_words_are_compared_without_case_accents_and_invisible_marks(words, form):
    assert folded(words) == form


def test_khmer_vowels_and_subscripts_still_tell_words_apart():
    assert folded("ស្រុក") != folded("សរក")


@given(st.text())
def test_folding_twice_is_folding_once(words):
    assert folded(folded(words)) == folded(words)


@given(st.text())
def test_invisible_marks_never_decide_whether_words_are_the_same(words):
    assert folded("\u200b".join(words)) == folded("\u200c".join(words))
