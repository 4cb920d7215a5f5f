"""Conditions: what they mean, in a table; docs/questions.md says the same in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamppost.questions.conditions import (
    MOST_CHARACTERS,
    Condition,
    ConditionError,
    parsed,
    value,
)

TODAY = date(2026, 11, 22)
ANSWERS = {
    "one": "yes", "several": ("police", "parking"), "age": Decimal(42), "zip": "90802",
    "day": date(2026, 11, 1), "agrees": "yes", "words": "a b",
}  # fmt: skip
"""A question that is not here has no answer."""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # choices are compared by key
        ("${one} = 'yes'", True),
        ("${one} = 'no'", False),
        ("${one} != 'no'", True),
        ('${one} = "yes"', True),
        ("${one} = 'Yes'", False),
        # selected and count-selected
        ("selected(${several}, 'police')", True),
        ("selected(${several}, 'pol')", False),
        ("selected(${one}, 'yes')", True),
        ("count-selected(${several}) = 2", True),
        ("count-selected(${one}) = 1", True),
        ("${several} = 'police parking'", True),
        # no answer: equal to no words, to nothing else
        ("${none} = ''", True),
        ("${none} != ''", False),
        ("${one} = ''", False),
        ("${one} != ''", True),
        ("${none} = 'yes'", False),
        ("${none} != 'yes'", True),
        ("${none} = ${nothing}", True),
        ("${none} = 0", False),
        ("${none} < 5", False),
        ("${none} >= 5", False),
        ("not(${none} < 5)", True),
        ("selected(${none}, 'police')", False),
        ("count-selected(${none}) = 0", True),
        ("${none} + 1 = 1", False),
        ("${none} + 1 = ''", True),
        ("${none}", False),
        ("not(${none})", True),
        # numbers
        ("${age} >= 18 and ${age} < 65", True),
        ("${age} = '42'", True),
        ("${age} = 42.0", True),
        ("${age} = 'forty-two'", False),
        ("${age} > 'forty'", False),
        ("${zip} > 90000", True),
        ("${zip} > '90000'", True),
        ("'b' > 'a'", False),
        ("${age} + 1 = 43", True),
        ("${age} - 2 * 20 = 2", True),
        ("(${age} - 2) * 2 = 80", True),
        ("${age} div 4 = 10.5", True),
        ("${age} mod 5 = 2", True),
        ("${age} div 0 = ''", True),
        ("-${age} < 0", True),
        ("0.1 + 0.2 = 0.3", True),
        ("number('12') = 12", True),
        ("number('a') = ''", True),
        # dates
        ("${day} = '2026-11-01'", True),
        ("${day} < date('2026-11-02')", True),
        ("${day} >= '2026-11-02'", False),
        ("${day} > 'soon'", False),
        ("date('2026-02-30') = ''", True),
        ("today() - ${day} = 21", True),
        ("${day} + 21 = today()", True),
        ("today() - 30 < ${day}", True),
        ("${day} = 1", False),
        # words together
        ("${one} = 'no' or ${age} = 42", True),
        ("${one} = 'no' and ${age} = 42 or true()", True),
        ("${one} = 'no' and (${age} = 42 or true())", False),
        ("not(${one} = 'yes')", False),
        ("true() and not(false())", True),
        ("true() = ${one}", True),
        ("if(${one} = 'yes', 3, 4) = 3", True),
        ("coalesce(${none}, ${one}) = 'yes'", True),
        ("string-length(${words}) = 3", True),
        ("string-length(${none}) = 0", True),
        ("0", False),
        ("'0'", True),
    ],
)
def test_a_condition_means(words, expected):
    assert Condition(words, parsed(words)).holds(ANSWERS, TODAY) is expected


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", "the end too soon"),
        ("${one} =", "the end too soon"),
        ("${one} == 'yes'", "= 'yes'"),
        ("${one} = yes", "yes"),
        ("${One} = 'yes'", "One"),
        ("one = 'yes'", "one"),
        ("${one} = 'a' = 'b'", "= 'b'"),
        ("regex(${one}, '.*')", "the function regex()"),
        ("selected(${one})", "the 1 values in selected()"),
        ("today(1)", "the 1 values in today()"),
        ("${one} = 'yes' and", "the end too soon"),
        ("__import__('os')", "__import__"),
        ("(" * (MOST_CHARACTERS + 1), "the length of 401 characters"),
    ],
)
def test_what_is_no_condition_is_told(words, found):
    with pytest.raises(ConditionError) as error:
        parsed(words)
    assert found in error.value.found
    assert error.value.expected


def test_a_condition_names_the_questions_it_asks_about_and_what_it_compares_them_with():
    words = "${a} = 'x' and (selected(${b}, 'y') or 3 < ${c}) and ${a} != ${d}"
    condition = Condition(words, parsed(words))
    assert condition.keys == ("a", "b", "c", "d")
    assert list(condition.compared) == [("a", "x"), ("b", "y"), ("c", Decimal(3))]


def test_the_deepest_condition_there_can_be_is_read_and_evaluated():
    deep = "-(" * 130 + "1" + ")" * 130
    assert value(parsed(deep), {}, TODAY) == 1


@given(st.text(max_size=60))
def test_words_are_a_condition_or_a_mistake_and_nothing_else(words):
    try:
        tree = parsed(words)
    except ConditionError:
        return
    value(tree, {}, TODAY)


@given(
    st.lists(
        st.sampled_from(
            ["${age}", "${none}", "${day}", "1", "'a'", "'2026-01-01'", "today()", "9999999999"]
        ),
        min_size=2, max_size=6,
    ),
    st.lists(st.sampled_from(["+", "-", "*", " div ", " mod ", " and ", " or "]), min_size=6),
)  # fmt: skip
def test_no_reckoning_fails(parts, signs):
    words = parts[0] + "".join(s + p for s, p in zip(signs, parts[1:], strict=False))
    value(parsed(words), ANSWERS, TODAY)
