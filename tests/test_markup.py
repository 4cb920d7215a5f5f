"""Markdown becomes HTML that holds nothing outside the allowlist, whatever was written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamppost.markup import ATTRIBUTES, TAGS, html, links


def test_what_a_page_needs_is_kept():
    written = (
        "## Head\n\nText with **weight**, *stress*, `code` and [a link](https://example.org).\n\n"
        "1. one\n\n- item\n\n> said\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    tags = set(re.findall(r"<(\w+)", html(written)))
    assert tags == {
        "h2", "p", "strong", "em", "code", "a", "ol", "ul", "li", "blockquote", "table", "thead",
        "tbody", "tr", "th", "td",
    }  # fmt: skip


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://example.org/x.png)",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:msgbox)",
        "<javascript:alert(1)>",
        '[x](https://example.org "&quot; onmouseover=&quot;alert(1)")',
        "<a href='javascript:alert(1)'>x</a>",
        "<iframe src=https://example.org></iframe>",
        "<style>body{display:none}</style>",
        "<svg/onload=alert(1)>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "`<script>alert(1)</script>`",
        "    <script>alert(1)</script>",
        "# <b onclick=alert(1)>x</b>",
        "| <script>a</script> |\n|---|\n| <img src=x> |",
        "<!-- --><script>alert(1)</script>",
        "<!--[if IE]><script>alert(1)</script><![endif]-->",
        "\x00<script\x00>alert(1)</script>",
    ],
)
def test_what_is_not_allowed_is_inert(written):
    assert_inert(html(written))


def test_raw_html_is_shown_as_text_even_where_its_tag_is_allowed():
    assert html("<strong>x</strong>") == "<p>&lt;strong&gt;x&lt;/strong&gt;</p>\n"


def assert_inert(made: str) -> None:
    for tag, attributes in re.findall(r"<(\w+)((?:\s+[^<>]*)?)>", made):
        assert tag in TAGS
        names = set(re.findall(r'([\w-]+)="[^"]*"', attributes))
        assert names <= ATTRIBUTES.get(tag, set())
    for address in re.findall(r'href="([^"]*)"', made):
        assert re.match(r"(https?|mailto|tel):|[^:]*$", address)


PIECES = st.sampled_from(
    ["<", ">", '"', "'", "&", "/", "script", "img", " onerror=", "href=", "javascript:", "[x](",
     ")", "`", "|", "\n", "\n\n", "    ", "<a ", "<!--", "-->", "&lt;", "&#x3c;", "é", "ភ", "\x00"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_mix_of_markup_is_inert(written):
    assert_inert(html(written))


def test_links_are_turned_by_the_given_function_and_checked_after_it():
    turn = {"page:home": "/en/", "page:evil": "javascript:alert(1)"}.__getitem__
    assert html("[a](page:home)", turn) == '<p><a href="/en/">a</a></p>\n'
    assert "javascript" not in html("[a](page:evil)", turn)


@pytest.mark.parametrize("link", [None, {"page:home": "/km/"}.__getitem__])
def test_words_of_another_language_say_which(link):
    made = html("“[number *one*](lang:en)” ភាសា", link)
    assert made == '<p>“<span lang="en" dir="auto">number <em>one</em></span>” ភាសា</p>\n'


def test_a_link_after_words_of_another_language_is_a_link():
    made = html("[one](lang:en) [two](https://example.org)")
    assert made.endswith('<a href="https://example.org">two</a></p>\n')


def test_the_name_of_a_language_cannot_leave_its_attribute():
    assert_inert(html('[x](<lang:en" onclick="alert(1)>)'))


def test_quotations_are_marked_with_their_language():
    assert html("> As published", quoted="en").startswith(
        '<blockquote lang="en" dir="auto">\n<p>As'
    )
    assert html("> As published").startswith("<blockquote>")


def test_the_links_of_a_text_are_told_as_they_are_written():
    written = "[a](page:home) and [b](https://example.org/?q=1)\n\n- [c](term:retention)\n"
    assert links(written) == ["page:home", "https://example.org/?q=1", "term:retention"]
