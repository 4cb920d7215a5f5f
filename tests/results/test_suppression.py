"""What of a table is shown: small groups are hidden, and nobody can reckon them back."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamppost.results.suppression import (
    NARROWEST,
    THRESHOLD,
    any_of,
    named_by_answers,
    one_of,
    per_cent,
    rounded,
)

COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 120), min_size=2)


def test_a_table_without_small_groups_is_shown_whole_and_rounded():
    shown = one_of({"a": 48, "b": 52, "c": 23})
    assert (shown.base, shown.together) == (125, None)
    assert dict(shown.counts) == {"a": 50, "b": 50, "c": 25}


def test_a_small_group_is_hidden_and_the_smallest_other_with_it():
    shown = one_of({"a": 60, "b": 30, "c": 4})
    assert dict(shown.counts) == {"a": 60, "b": None, "c": None}
    assert shown.together == 35


def test_an_answer_that_nobody_gave_is_hidden_like_any_small_group():
    assert one_of({"a": 60, "b": 30, "c": 0}).counts["c"] is None


def test_small_groups_that_are_too_few_together_take_another_with_them():
    shown = one_of({"a": 60, "b": 30, "c": 3, "d": 2})
    assert [key for key, count in shown.counts.items() if count is None] == ["b", "c", "d"]


def test_of_fewer_than_ten_answers_nothing_is_shown():
    for shown in (one_of({"a": 5, "b": 4}), named_by_answers({"a": 9}), any_of({"a": 9}, 9)):
        assert shown == (None, {}, None, False)


def test_where_all_would_be_hidden_the_table_is_withheld():
    assert one_of({"a": 90, "b": 3}).withheld
    assert any_of({"a": 95, "b": 3}, 100).withheld
    assert named_by_answers({"90802": 30}).withheld


def test_of_any_number_of_answers_each_is_a_table_of_its_own():
    shown = any_of({"few": 9, "some": 10, "most": 90, "nearly all": 91}, 100)
    assert dict(shown.counts) == {"few": None, "some": 10, "most": 90, "nearly all": None}
    assert shown.together is None


def test_an_answer_that_is_hidden_has_no_name_where_answers_name_it():
    shown = named_by_answers({"90802": 40, "90803": 30, "90810": 2})
    assert dict(shown.counts) == {"90802": 40}
    assert shown.together == 30


@pytest.mark.parametrize(("count", "base", "whole"), [(50, 125, 40), (5, 40, 13), (15, 200, 8)])
def test_a_share_is_a_whole_per_cent_of_rounded_counts(count, base, whole):
    assert per_cent(count, base) == whole


@given(st.integers(0, 10_000))
def test_a_count_is_rounded_to_the_nearest_five(count):
    assert rounded(count) % 5 == 0
    assert abs(rounded(count) - count) <= 2


@given(COUNTS)
def test_no_small_group_is_shown_and_what_is_hidden_is_at_least_two_that_are_ten(counts):
    shown = one_of(counts)
    if shown.base is None or shown.withheld:
        return
    hidden = [key for key, count in shown.counts.items() if count is None]
    assert all(counts[key] >= THRESHOLD for key in counts if key not in hidden)
    if hidden:
        assert len(hidden) >= 2
        assert sum(counts[key] for key in hidden) >= THRESHOLD
        assert shown.together == rounded(sum(counts[key] for key in hidden))
    assert (shown.together is None) == (not hidden)


@pytest.mark.parametrize(("many", "below"), [(3, 34), pytest.param(4, 18, marks=pytest.mark.drill)])
def test_who_knows_the_rules_and_tries_all_tables_learns_no_hidden_count(many, below):
    """Every table is put to the rules; all that look the same are what a reader may think of."""
    alike: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(below), repeat=many):
        shown = one_of(dict(enumerate(counts)))
        if shown.together is not None and not shown.withheld:
            alike[shown.base, tuple(shown.counts.values()), shown.together].append(counts)
    judged = 0
    for (_base, looks, together), tables in alike.items():
        if max(together, *(count or 0 for count in looks)) > below - 4:
            continue  # larger tables look the same, and were not tried
        judged += 1
        for position, look in enumerate(looks):
            if look is None:
                values = [counts[position] for counts in tables]
                assert max(values) - min(values) >= NARROWEST, (looks, together)
    assert judged >= 20
