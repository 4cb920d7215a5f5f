"""Fields of forms: what is wrong is told first, beside the field, and to a screen reader."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask, get_template_attribute
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from lamppost.patterns.forms import SampleForm, forms

GROUPS = ("radios", "boxes")
FIELDS = ("line", "words", "one", "file", *GROUPS, "tick")


@pytest.fixture
def draw(app: Flask):
    """A function that draws a part of a form."""
    with app.test_request_context("/en/"):
        yield lambda macro, *given, **named: str(
            get_template_attribute("components/forms.html", macro)(*given, **named)
        )


@pytest.fixture
def field(draw) -> Callable[..., str]:
    """A function that draws a field by its name."""

    def drawn(form: SampleForm, name: str, **named) -> str:
        macro = "choices" if name in GROUPS else "tick" if name == "tick" else "control"
        return draw(macro, form[name], **named)

    return drawn


@pytest.fixture
def wrong() -> SampleForm:
    """A form in which every field that must be filled is empty."""
    form = SampleForm(MultiDict({"file": "x"}))
    assert not form.validate()
    return form


def attribute(html: str, name: str) -> str:
    return re.search(rf' {name}="([^"]*)"', html)[1]


# --- the summary --------------------------------------------------------------------------------


def test_without_errors_there_is_no_summary(draw):
    assert draw("error_summary", SampleForm()).strip() == ""


def test_the_summary_is_focused_when_the_page_opens_and_names_itself(draw, wrong):
    html = draw("error_summary", wrong)
    start = re.search(r"<div[^>]*>", html)[0]
    assert 'role="alert"' in start
    assert 'tabindex="-1" autofocus' in start
    assert f'id="{attribute(start, "aria-labelledby")}">There is a problem<' in html


def test_the_summary_names_and_leads_to_each_wrong_field_in_order(draw, field, wrong):
    found = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', draw("error_summary", wrong))
    assert found == [(f.id, f"{f.label.text}: {f.errors[0]}") for f in wrong if f.errors]
    assert [id_ for id_, _ in found] == ["line", "words", "one", "radios", "boxes", "tick"]
    for id_, _ in found:
        target = re.search(rf'<(input|select|textarea)\b[^>]* id="{id_}"', field(wrong, id_))
        assert target, f"{id_} cannot be focused"


# --- fields -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_has_a_label(name, field):
    html = field(SampleForm(), name)
    ids = re.findall(r'<(?:input|select|textarea)\b[^>]* id="([^"]+)"', html)
    assert ids
    assert re.findall(r'<label\b[^>]* for="([^"]+)"', html) == ids
    if name in GROUPS:
        assert SampleForm()[name].label.text in re.search(r"<legend.*?</legend>", html)[0]


@pytest.mark.parametrize("name", [name for name in FIELDS if name != "file"])
def test_a_message_stands_beside_its_field_and_is_read_with_it(name, field, wrong):
    html = field(wrong, name)
    message = re.search(rf'<p class="form__error" id="{name}-error">(.*?)</p>', html)
    assert wrong[name].errors[0] in message[1]
    assert message[1].startswith('<span class="visually-hidden">Error:</span>')
    assert f"{name}-error" in attribute(html, "aria-describedby").split()
    assert 'aria-invalid="true"' in html
    assert "field--wrong" in html


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_that_is_not_wrong_says_nothing_of_errors(name, field):
    html = field(SampleForm(), name)
    assert "aria-invalid" not in html
    assert "form__error" not in html


@pytest.mark.parametrize("name", ["line", "file", "radios"])
def test_a_hint_is_read_with_its_field(name, field):
    form = SampleForm()
    html = field(form, name)
    assert f'id="{name}-hint">{form[name].description}</p>' in html
    assert attribute(html, "aria-describedby") == f"{name}-hint"


def test_a_field_with_hint_and_error_names_both(field, wrong):
    assert attribute(field(wrong, "line"), "aria-describedby") == "line-hint line-error"


def test_a_field_that_may_be_left_empty_says_so(field):
    assert "(optional)" in field(SampleForm(), "file")
    assert "(optional)" not in field(SampleForm(), "line")


def test_what_was_typed_is_kept_and_escaped(field):
    typed = '"><script>alert(1)</script>'
    sent = {
        "line": typed,
        "words": f"{typed}\nsecond line",
        "one": "b",
        "radios": "b",
        "boxes": "b",
    }
    form = SampleForm(MultiDict({**sent, "tick": "y"}))
    form.validate()
    for name in ("line", "words"):
        assert "<script>" not in field(form, name)
        assert str(Markup.escape(typed)) in field(form, name)
    assert "second line" in field(form, "words")
    assert re.search(r'<option selected value="b">', field(form, "one"))
    for name in GROUPS:
        assert re.findall(r'value="(\w)" checked', field(form, name)) == ["b"]
    assert " checked" in field(form, "tick")


def test_radios_are_one_choice_and_boxes_are_many(field):
    assert field(SampleForm(), "radios").count('type="radio"') == 2
    assert field(SampleForm(), "boxes").count('type="checkbox"') == 2
    for name in GROUPS:
        assert set(re.findall(r' name="([^"]+)"', field(SampleForm(), name))) == {name}


@pytest.mark.parametrize("name", [name for name in FIELDS if name != "tick"])
def test_a_field_can_be_disabled(name, field):
    assert re.search(r"\sdisabled\b", field(SampleForm(), name, disabled=True))
    assert not re.search(r"\sdisabled\b", field(SampleForm(), name))


def test_forms_with_a_prefix_share_no_id(field):
    html = "".join(field(form, name) for form in forms().values() for name in FIELDS)
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_steps_are_told_in_words(draw):
    assert "Step 2 of 5" in draw("progress", 2, 5)
