"""Small numbers of cases are hidden, and never just one of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lamppost.cases.tallies import MONTHS, SMALLEST, figures_of, gone, hidden, moderated
from lamppost.cases.ways import WAYS
from lamppost.i18n import speaking


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 60), max_size=8))
def test_no_small_number_is_shown_and_none_is_hidden_alone(counts):
    told = hidden(counts)
    assert [n for n in told.values() if n is not None and n < SMALLEST] == []
    assert {name: n for name, n in told.items() if n is not None}.items() <= counts.items()
    gone = [name for name, n in told.items() if n is None]
    assert len(gone) != 1 or len(counts) == 1


def test_the_figures_have_rows_in_the_order_of_their_words():
    way = WAYS["concern"]
    tallies = {"outcome": {"changed": 3, "not_city": 12, "explained_no_change": 40}, "days": {}}
    (figure,) = figures_of(tallies, way)
    assert [row.number for row in figure.rows] == [None, 40, None]


def test_what_was_deleted_is_told_by_year_and_small_counts_are_not():
    told = gone({"2025": {"drafts": 30}, "2026": {"contacts": 9, "drafts": 10, "answers": 250}})
    assert [figure.name for figure in told] == ["deleted-2026", "deleted-2025"]
    assert [row.number for row in told[0].rows] == [10, None, 250]
    assert "2026" in str(told[0].title)


def test_what_was_decided_is_counted_by_month_the_newest_first():
    months = {f"{year}-{month:02}": 10 + month for year in (2025, 2026) for month in range(1, 13)}
    counts = {"concern": {"month": months}, "pitch": {"month": {"2026-12": 4}}}
    for code, name in (("en", "December 2026"), ("es", "diciembre de 2026")):
        with speaking(code):
            (figure,) = moderated(counts)
        assert [row.number for row in figure.rows] == [26, *range(21, 10, -1)]
        assert (len(figure.rows), figure.rows[0].title) == (MONTHS, name)


def test_a_month_with_few_is_hidden_with_its_neighbour():
    with speaking("en"):
        (figure,) = moderated({"concern": {"month": {"2026-10": 30, "2026-11": 12, "2026-12": 3}}})
    assert [row.number for row in figure.rows] == [None, None, 30]


def test_the_reasons_for_which_parts_were_taken_out_are_counted():
    with speaking("en"):
        (figure,) = moderated({"concern": {"cut": {"about_a_person": 12, "": 40}}})
    assert [(str(row.title), row.number) for row in figure.rows] == [("It is about a person", 12)]
