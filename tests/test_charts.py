"""Charts: what is drawn is as long as what is told, and the table tells everything."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from flask import get_template_attribute
from hypothesis import given
from hypothesis import strategies as st

from lamppost.charts import KINDS, Chart, Series
from lamppost.i18n import speak

LABELS = ("one", "two", "three")


def chart(*series: tuple[float | None, ...], labels: tuple[str, ...] = LABELS, **more) -> Chart:
    named = tuple(Series(f"series {n}", values) for n, values in enumerate(series, 1))
    return Chart(title="A chart", labels=labels, series=named, **more)


def percent(words: str) -> float:
    assert words.endswith("%")
    return float(words[:-1])


# --- what can be drawn --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "broken",
    [
        {"values": (1, 2)},
        {"values": (1, 2, 3, 4)},
        {"values": (1, -2, 3)},
        {"values": (1, float("nan"), 3)},
        {"values": (1, float("inf"), 3)},
        {"values": (), "labels": ()},
        {"values": (1, 2, 3), "kind": "pie"},
        {"values": (1, 2, 3), "links": ("/a/",)},
    ],
)
def test_what_cannot_be_drawn_is_refused(broken):
    values = broken.pop("values")
    with pytest.raises(ValueError, match="A chart: "):
        chart(values, **broken)


@pytest.mark.parametrize("count", [0, 3])
def test_no_series_and_three_series_are_refused(count):
    with pytest.raises(ValueError, match="1 to 2 series"):
        chart(*[(1, 2, 3)] * count)


# --- bars ---------------------------------------------------------------------------------------


def test_bars_are_as_long_as_their_values_and_the_greatest_of_both_series_fills_the_row():
    bars = chart((10, 5, 0), (40, None, 1))
    assert [bars.length(value) for value in (40, 10, 5, 1, 0, None)] == [
        "100%", "25%", "12.5%", "2.5%", "0%", "0%"
    ]  # fmt: skip


def test_a_chart_of_nothing_but_zeros_has_no_bars_and_a_scale():
    nothing = chart((0, 0, None))
    assert nothing.length(0) == "0%"
    assert nothing.scale == (2, 1, 0)


# --- over time ----------------------------------------------------------------------------------

VALUES = st.lists(st.none() | st.integers(0, 10**7), min_size=1, max_size=40).map(tuple)


@pytest.mark.parametrize(
    ("most", "top"),
    [(1, 2), (3, 4), (7, 8), (10, 10), (11, 12), (21, 30), (99, 100), (101, 120), (0.3, 0.3)],
)
def test_the_scale_ends_at_the_next_round_number(most, top):
    assert chart((most, 0, 0)).scale == (top, top / 2, 0)


@given(st.integers(1, 10**9))
def test_the_scale_of_whole_numbers_holds_them_and_is_whole(most):
    top, half, _ = chart((most, 0, 0)).scale
    assert most <= top <= 2 * most
    assert half == int(half)


@given(VALUES)
def test_columns_stand_in_the_picture_in_order_and_beside_each_other(values):
    drawn = chart(values, labels=("x",) * len(values), kind="columns")
    boxes = [tuple(map(percent, box)) for box in drawn.columns(drawn.series[0])]
    assert len(boxes) == sum(value is not None for value in values)
    for x, y, width, height in boxes:
        assert 0 <= x < x + width <= 100
        assert 0 <= y <= 100
        assert y + height == pytest.approx(100, abs=0.02)
    for (x, _, width, _), (following, *_) in pairwise(boxes):
        assert x + width <= following


def test_the_columns_of_a_second_series_stand_right_after_those_of_the_first():
    drawn = chart((1, 2, 3), (3, 2, 1), kind="columns")
    first, second = map(drawn.columns, drawn.series)
    for one, other in zip(first, second, strict=True):
        assert percent(one.x) + percent(one.width) == pytest.approx(percent(other.x), abs=0.02)


def test_a_line_goes_through_all_points_but_over_no_gap():
    labels = tuple("abcdef")
    drawn = chart((1, 2, None, 3, 4, None), labels=labels, kind="lines")
    (series,) = drawn.series
    points = drawn.points(series)
    assert len(points) == 4
    assert drawn.lines(series) == [(points[0], points[1]), (points[2], points[3])]


def test_labels_that_have_no_room_below_a_picture_are_left_to_the_table():
    six, seven = tuple("abcdef"), tuple("abcdefg")
    assert chart((1,) * 6, labels=six, kind="columns").marks == six
    assert chart((1,) * 7, labels=seven, kind="columns").marks == ("a", "g")


# --- on the page --------------------------------------------------------------------------------


@pytest.fixture
def draw(app):
    """A function that gives the HTML of a chart."""
    with app.test_request_context("/en/"):
        macro = get_template_attribute("components/charts.html", "chart")
        yield lambda chart: str(macro(chart, "name"))
    speak("en")


def cells(html: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    cell = re.compile(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", words).strip() for words in cell.findall(r)] for r in rows]


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_tells_every_value(kind, draw):
    html = draw(chart((1200, 0, 7.5), (1, None, 3), kind=kind))
    assert cells(html) == [
        ["", "series 1", "series 2"],
        ["one", "1,200", "1"],
        ["two", "0", "Not published"],
        ["three", "7.5", "3"],
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_drawn_says_nothing_to_a_screen_reader_that_the_table_does_not(kind, draw):
    html = draw(chart((1, 2, 3), (3, 2, 1), kind=kind))
    table = re.sub(r'<div class="plot" aria-hidden="true">.*?</div>', "", html, flags=re.DOTALL)
    pictures = re.findall(r'<svg class="chart[^>]*>', table)
    assert pictures
    assert all("aria-hidden" in svg for svg in pictures)


def test_a_value_that_is_not_shown_says_so_in_words_of_its_chart(draw):
    html = draw(chart((1, None, 3), missing="Fewer than 10"))
    assert ["two", "Fewer than 10"] in cells(html)


def test_labels_are_escaped_and_lead_where_they_are_told_to(draw):
    html = draw(chart((1, 2, 3), labels=("<b>", "two", "three"), links=("/a/", "", "")))
    assert '<a href="/a/">&lt;b&gt;</a>' in html
    assert html.count("<a ") == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_second_series_differs_by_shape(kind, draw):
    html = draw(chart((1, 2, 3), (3, 2, 1), kind=kind))
    parts = (html.split(f"--{n}", 1)[1].partition("</g>")[0] for n in (1, 2))
    first, second = (set(re.findall(r"<(\w+)", part.partition("</svg>")[0])) for part in parts)
    assert first != second
