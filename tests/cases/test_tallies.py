"""Small numbers of cases are hidden, and never just one of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lamppost.cases.tallies import SMALLEST, figures_of, gone, hidden
from lamppost.cases.ways import WAYS


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
