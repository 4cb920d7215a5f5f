"""What is pasted from a word processor becomes plain Markdown, whatever it holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamppost.pasted import markdown_of

WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0}</style>
<!--[if gte mso 9]><xml><o:p>no</o:p></xml><![endif]--></head><body lang=EN-US>
<h1 style='mso-pagination:none'><span style='font-size:20pt'>What we&nbsp;did</span></h1>
<p class=MsoNormal><b>Two</b> pilots <i>ended</i>. <a href="https://example.org/a">More</a><o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0'><span>·<span>&nbsp;&nbsp; </span></span>One</p>
<p class=MsoListParagraph>·&nbsp;Two</p>
<p class=MsoListParagraph>1.&nbsp; First</p>
<p class=MsoListParagraph>2.&nbsp; Second</p>
<table><tr><td><p>Year</p></td><td><p>Ideas</p></td></tr><tr><td>2023</td><td>120</td></tr></table>
</body></html>
"""


def test_what_a_word_processor_copies_becomes_markdown():
    assert markdown_of(WORD).split("\n\n") == [
        "## What we did",
        "**Two** pilots *ended*. [More](https://example.org/a)",
        "- One\n- Two",
        "1. First\n2. Second",
        "| Year | Ideas |\n| --- | --- |\n| 2023 | 120 |",
    ]


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<script>alert(1)</script>a", "a"),
        ('<a href="javascript:alert(1)">a</a>', "a"),
        ('<img src=x onerror="alert(1)">a', "a"),
        ("<h6>a</h6>", "#### a"),
        ("", ""),
    ],
)
def test_what_could_do_harm_is_left_out(html, markdown):
    assert markdown_of(html) == markdown


def test_what_is_nested_too_deep_keeps_its_words():
    assert "deep" in markdown_of("<blockquote>" * 3000 + "deep")


@settings(max_examples=60)
@given(st.text(alphabet="<>/phliuo l1.·&;=\"'", max_size=80))
def test_nothing_that_is_pasted_breaks_it(html):
    markdown_of(html)
