"""Key terms are linked where they first occur, and nowhere else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from lamppost.i18n import speak
from lamppost.pages.models import Term
from lamppost.pages.terms import with_terms
from lamppost.text import Text


def term(id_: str, **forms: tuple[str, ...]) -> Term:
    words = Text({"en": id_})
    return Term(id=id_, group="registry", term=words, definition=words, forms=forms)


TERMS = {
    "data": term("data", en=("data",), km=("ទិន្នន័យ",)),
    "data-privacy": term("data-privacy", en=("data privacy",), es=("privacidad",)),
    "ai": term("ai", en=("AI", "R&D")),
}


@pytest.fixture(autouse=True)
def addresses(app):
    """Addresses are built in an app; one context for all examples of a test."""
    with app.test_request_context("/en/"):
        speak("en")
        yield


def linked(html: str, language: str = "en", but: str = "") -> str:
    made = str(with_terms(Markup(html), TERMS, language, but=but))  # noqa: S704 - our own HTML
    return re.sub(r'<a class="term" href="/en/terms/([\w-]+)/">(.*?)</a>', r"[\1:\2]", made)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>All data here</p>", "<p>All [data:data] here</p>"),
        ("<p>Data and data</p>", "<p>[data:Data] and data</p>"),
        ("<p>data</p><p>data</p>", "<p>[data:data]</p><p>data</p>"),
        ("<p>data privacy</p>", "<p>[data-privacy:data privacy]</p>"),
        ("<p>database metadata</p>", "<p>database metadata</p>"),
        ("<h2>data</h2><p>data</p>", "<h2>data</h2><p>[data:data]</p>"),
        ('<a href="/data">data</a> data', '<a href="/data">data</a> [data:data]'),
        ('<a href="/x" title="a > data">x</a>', '<a href="/x" title="a > data">x</a>'),
        ("<code>data</code>", "<code>data</code>"),
        ('<span lang="es">data</span>', '<span lang="es">data</span>'),
        ("<p>R&amp;D, ai</p>", "<p>[ai:R&amp;D], ai</p>"),
        ("<p><strong>data</strong></p>", "<p><strong>[data:data]</strong></p>"),
        ("", ""),
    ],
)
def test_a_term_is_linked_once_outside_headings_links_and_code(html, expected):
    assert linked(html) == expected


def test_a_term_does_not_link_to_itself():
    assert linked("<p>data and AI</p>", but="data") == "<p>data and [ai:AI]</p>"


def test_khmer_terms_are_found_without_spaces_around_them():
    assert linked("<p>អំពីទិន្នន័យនេះ</p>", "km") == "<p>អំពី[data:ទិន្នន័យ]នេះ</p>"


def test_a_language_has_its_own_forms():
    assert linked("<p>data y privacidad</p>", "es") == "<p>data y [data-privacy:privacidad]</p>"
    assert linked("<p>data</p>", "tl") == "<p>data</p>"


def test_a_letter_that_looks_like_another_case_is_no_crash():
    assert linked("<p>A\u0130, A\u0131, \u212a</p>").startswith("<p>")


TEXTS = st.text(alphabet="aiI\u0130\u0131dtAD &;<>/", max_size=30)


@given(TEXTS)
def test_no_word_of_a_text_is_lost_or_changed(words):
    html = str(Markup("<p>{}</p>").format(words))
    assert re.sub(r"</?a[^>]*>", "", with_terms(Markup(html), TERMS, "en")) == html  # noqa: S704
