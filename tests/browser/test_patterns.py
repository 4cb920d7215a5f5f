"""Components and charts in a browser: every state, at every width, in every colour."""

from __future__ import annotations

import pytest
from flask import get_template_attribute
from werkzeug.datastructures import MultiDict

from lamppost.patterns.forms import SampleForm

BEYOND = """() => [...document.querySelectorAll("main *")]
  .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .filter((e) => !e.parentElement.closest("svg, .table") && e.offsetWidth > 1)
  .map((e) => `${e.tagName}.${e.className}`)"""


@pytest.mark.parametrize("language", ["en", "km"])
def test_no_state_of_any_component_sticks_out_of_a_telephone(language, live):
    page = live(f"/{language}/patterns/", viewport={"width": 320, "height": 640})
    assert page.evaluate(BEYOND) == []


# --- charts -------------------------------------------------------------------------------------

BARS = """() => [...document.querySelectorAll("#chart-1 ~ table .chart__bar")].map((bar) => {
  const [all, drawn] = [bar, bar.querySelector("rect")].map((e) => e.getBoundingClientRect());
  const row = bar.closest("tr");
  return {
    share: drawn.width / all.width,
    start: Math.abs(drawn.left - all.left) < 1, end: Math.abs(drawn.right - all.right) < 1,
    height: drawn.height, width: all.width,
    apart: bar.parentElement.getBoundingClientRect().right <=
      row.lastElementChild.getBoundingClientRect().left + 1,
  };
})"""


@pytest.mark.parametrize("media", ["screen", "print"])
def test_bars_are_drawn_as_long_as_their_values_on_a_telephone_and_on_paper(media, live):
    page = live("/km/patterns/", viewport={"width": 320, "height": 640})
    page.emulate_media(media=media)
    bars = page.evaluate(BARS)
    assert [round(bar["share"], 3) for bar in bars] == [1, 0, 0.006]
    assert all(bar["width"] > 150 for bar in bars)
    assert bars[0]["height"] > 8
    assert all(bar["apart"] for bar in bars)


def test_bars_begin_where_reading_begins(live):
    page = live("/en/patterns/")
    assert page.evaluate(BARS)[2]["start"]
    page.evaluate("document.documentElement.dir = 'rtl'")
    bar = page.evaluate(BARS)[2]
    assert bar["end"]
    assert not bar["start"]


CONTRAST = """() => {
  const light = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((n) => n / 255)
      .map((n) => (n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4));
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const paper = light(getComputedStyle(document.body).backgroundColor);
  const seen = (e, name) => {
    const drawn = light(getComputedStyle(e)[name]);
    return (Math.max(drawn, paper) + 0.05) / (Math.min(drawn, paper) + 0.05);
  };
  return [
    seen(document.querySelector(".series--1"), "fill"),
    seen(document.querySelector(".series--2"), "stroke"),
    seen(document.querySelector(".trend--1"), "stroke"),
    seen(document.querySelector(".trend--2"), "stroke"),
  ];
}"""


@pytest.mark.parametrize(
    "media",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"forced_colors": "active", "color_scheme": "light"},
        {"forced_colors": "active", "color_scheme": "dark"},
    ],
)
def test_what_is_drawn_stands_out_from_the_paper(media, live):
    page = live("/en/patterns/", **media)
    assert min(page.evaluate(CONTRAST)) >= 3


def test_labels_stand_below_their_columns(live):
    page = live("/en/patterns/", viewport={"width": 320, "height": 640})
    middles = page.evaluate("""() => {
      const chart = document.querySelector("#chart-3").closest("figure");
      const middle = (e) => { const b = e.getBoundingClientRect(); return b.left + b.width / 2; };
      return [".plot__picture rect", ".plot__labels li"]
        .map((names) => [...chart.querySelectorAll(names)].map(middle));
    }""")
    columns, labels = middles
    assert len(columns) == len(labels) == 5
    assert labels == pytest.approx(columns, abs=1.5)


# --- forms --------------------------------------------------------------------------------------


def test_the_summary_of_errors_has_the_focus_and_its_links_lead_to_the_fields(app, live):
    form = SampleForm(MultiDict({"line": "x"}))
    form.validate()
    with app.test_request_context("/en/"):
        parts = {
            name: get_template_attribute("components/forms.html", name)
            for name in ("error_summary", "control", "choices")
        }
        html = parts["error_summary"](form) + parts["control"](form.words)
        html += parts["choices"](form.radios)
    page = live("/en/plan/", html=f"<!doctype html><title>x</title><main>{html}</main>")
    focused = "document.activeElement.className"
    page.wait_for_function(f"{focused} === 'error-summary'")
    for name in ("words", "radios"):
        page.get_by_role("link", name=form[name].label.text).click()
        assert page.evaluate("document.activeElement.id") == name
