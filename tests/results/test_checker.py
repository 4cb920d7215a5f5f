"""The checker: it finds a leak of each kind, and none in what the rules let through."""

from __future__ import annotations

import copy
import json
import random
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamppost.results import checker
from lamppost.results.checker import leaks
from lamppost.results.suppression import (
    NARROWEST,
    any_of,
    named_by_answers,
    one_of,
    rounded,
)

COUNTS = {"a": 60, "b": 30, "c": 4}
CHOOSE = {"least": 1, "most": 3, "alone": []}


def told(payload, before=None):
    return " / ".join(map(str, leaks(payload, before)))


# --- a leak of each kind is found ---------------------------------------------------------------


@pytest.fixture
def sound(table, release):
    """A release in which nothing is given away: a table of each kind."""
    return release(
        table(one_of(COUNTS), key="one"),
        table(named_by_answers({"90802": 40, "90803": 30, "90810": 2}), "open", key="open"),
        table(any_of({"x": 30, "y": 40, "z": 5}, 60), "several", key="several", choose=CHOOSE),
        table(any_of({"t": 30}, 60), "themes", key="themes"),
        table(one_of({"a": 50, "b": 60}), key="whole", mean_tenths=25),
    )


def test_nothing_is_found_in_a_sound_release(sound):
    assert leaks(sound) == []


def change(payload, key, **values):
    found = copy.deepcopy(payload)
    checker.tables(found)[key].update(values)
    return found


def cell(payload, key, name, count, percent=None):
    found = copy.deepcopy(payload)
    for one in checker.tables(found)[key]["cells"]:
        if one["key"] == name:
            one.update(count=count, percent=percent)
    return found


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        (lambda p: cell(p, "one", "c", 5, 5), "not rounded to five, or too small"),
        (lambda p: cell(p, "one", "a", 61, 64), "61 is not rounded"),
        (lambda p: cell(p, "one", "b", 30, 32), "c is what is left over"),
        (lambda p: change(p, "one", together=None), "is what is left over"),
        (lambda p: change(p, "one", base=94), "the base 94 is not rounded"),
        (lambda p: change(p, "one", base=60), "contradict each other"),
        (lambda p: change(p, "one", together=5), "hidden together: 5"),
        (lambda p: cell(p, "one", "a", 60, 63.8), "63.8 % is not 60 of 95"),
        (lambda p: cell(p, "one", "b", None, 32), "its share is not"),
        (lambda p: change(p, "one", mean_tenths=14), "a mean stands beside hidden counts"),
        (lambda p: change(p, "one", state="few"), "holds something all the same"),
        (lambda p: change(p, "one", state="secret"), "the state 'secret' is none"),
        (lambda p: change(p, "one", kind="two-way"), "cannot be judged"),
        (lambda p: change(p, "open", together=None), "there is no rest"),
        (lambda p: cell(p, "open", "90802", None), "names answers that are hidden"),
        (lambda p: cell(p, "several", "x", 55, 92), "fewer than ten have not chosen it"),
        (lambda p: change(p, "several", together=10), "have no sum"),
        (lambda p: cell(p, "themes", "t", None), "names a theme that is hidden"),
        (lambda p: cell(p, "themes", "t", 55, 92), "fewer than ten did not write of it"),
        (lambda p: change(p, "themes", after=["one"]), "one, which decides of whom, is hidden"),
        (lambda p: change(p, "themes", after=["gone"]), "gone, which decides of whom, is hidden"),
        (lambda p: {**p, "responses": 7}, "the 7 responses"),
        (lambda p: {**p, "questions": [*p["questions"], p["questions"][0]]}, "stands there twice"),
        (lambda _: {"responses": 100}, "cannot be read"),
        (lambda p: change(p, "one", cells=None), "cannot be read: TypeError"),
    ],
)  # fmt: skip
def test_a_planted_leak_is_found(sound, planted, found):
    assert found in told(planted(sound))


def test_what_the_shown_counts_leave_is_reckoned(table, release):
    few = table(one_of(COUNTS))
    few["cells"][1].update(count=30, percent=32)
    few["cells"].append({"key": "d", "count": None, "percent": None})
    few["together"] = 10  # c and d: one is below ten, neither above ten
    assert leaks(release(few)) == []
    few.update(base=100)  # but a and b can be 94 at most, so c and d are six at least
    few["cells"][1].update(percent=30)
    few["cells"][0].update(percent=60)
    assert leaks(release(few)) == []
    few.update(together=20)
    few["cells"].pop(1)  # and now only a is shown
    few["cells"][0].update(count=10, percent=10)
    assert "contradict" in told(release(few))


def test_one_that_nearly_all_must_have_chosen_gives_the_others_away(table, release):
    counts = any_of({"a": 82, "b": 10, "c": 9}, 100)
    only_two = table(counts, "several", choose={"least": 1, "most": 3, "alone": []})
    assert "c is hidden and must be between" in told(release(only_two))
    four = any_of({"a": 68, "b": 68, "c": 63, "d": 1}, 100)
    at_most_two = table(four, "several", choose={"least": 1, "most": 2, "alone": []})
    assert "d is hidden and must be between" in told(release(at_most_two))


# --- two releases -------------------------------------------------------------------------------


def pair(table, release, then, now, **more):
    first = release(table(one_of(then)), responses=rounded(sum(then.values())))
    second = release(table(one_of(now), **more), responses=rounded(sum(now.values())))
    return second, first


@pytest.mark.parametrize(
    ("then", "now", "found"),
    [
        ({"a": 40, "b": 40}, {"a": 80, "b": 80}, ""),
        ({"a": 40, "b": 40}, {"a": 90, "b": 43}, "b: 40 before and 45 now"),
        ({"a": 40, "b": 40}, {"a": 55, "b": 55}, "30 responses more than before, and not 50"),
        ({"a": 80, "b": 80}, {"a": 40, "b": 40}, "responses more than before"),
        ({"a": 40, "b": 40, "c": 9}, {"a": 90, "b": 70, "c": 10}, "c is hidden and must be"),
        ({"a": 60, "b": 30, "c": 4}, {"a": 120, "b": 31, "c": 4}, "hidden together"),
        ({"a": 4, "b": 4}, {"a": 35, "b": 35}, ""),
        ({"a": 5, "b": 4}, {"a": 60, "b": 4}, ""),
    ],
)
def test_the_difference_of_two_releases_is_judged_like_a_table(table, release, then, now, found):
    second, first = pair(table, release, then, now)
    assert (found in told(second, first)) if found else (told(second, first) == "")


def test_a_table_that_was_taken_over_must_say_so_and_be_as_it_was(table, release):
    old = release(table(one_of(COUNTS)), responses=95)
    new = release(table(one_of(COUNTS)), responses=195)
    assert "does not say that it is from before" in told(new, old)
    new["questions"][0]["carried"] = 1
    assert told(new, old) == ""
    new["questions"][0].update(base=100)
    new["questions"][0]["cells"][0].update(percent=60)
    assert "is not as it was" in told(new, old)


def test_a_release_without_new_responses_may_stay_as_it_was(table, release):
    old = release(table(one_of(COUNTS)))
    assert told(old, old) == ""


# --- what comes of the rules passes, and what passes is safe --------------------------------------


def random_counts(chance):
    """Answers to a question of two to eight choices, as unequal as they may be."""
    many = chance.randint(2, 8)
    weights = [chance.random() ** 3 + 0.001 for _ in range(many)]
    found = chance.choices(range(many), weights, k=chance.randint(20, 400))
    return {f"c{n}": found.count(n) for n in range(many)}


def test_what_the_rules_let_through_passes_in_thousands_of_random_questions(table, release):
    chance, hidden = random.Random(4), 0  # noqa: S311 - the same every time
    for _ in range(2500):
        counts = random_counts(chance)
        made = table(one_of(counts))
        assert leaks(release(made)) == [], counts
        found = checker.ranges(made) if made["together"] is not None else {}
        hidden += bool(found)
        for name, (least, most) in found.items():
            assert least <= counts[name] <= most
            assert most - least >= NARROWEST
    assert hidden > 1200


@given(st.lists(st.integers(0, 30), min_size=3, max_size=4))
@settings(max_examples=12)
def test_the_ranges_are_those_that_all_possible_tables_have(table, counts):
    counts = dict(zip("abcd", counts, strict=False))
    made = table(one_of(counts))
    if made["together"] is None:
        return
    values = {key: set() for key in counts}
    for cells in product(*(_possible(one) for one in made["cells"])):
        hidden = [n for n, one in zip(cells, made["cells"], strict=True) if one["count"] is None]
        shown = [n for n, one in zip(cells, made["cells"], strict=True) if one["count"] is not None]
        fits = rounded(sum(hidden)) == made["together"] and rounded(sum(cells)) == made["base"]
        if fits and min(hidden) < 10 and max(hidden) <= min(shown):
            for one, value in zip(made["cells"], cells, strict=True):
                values[one["key"]].add(value)
    for name, found in checker.ranges(made).items():
        assert found == (min(values[name]), max(values[name]))


def _possible(one):
    count = one["count"]
    return range(33) if count is None else range(max(10, count - 2), count + 3)


@given(
    st.lists(st.integers(0, 24), min_size=2, max_size=4),
    st.integers(20, 26),
    st.integers(1, 2),
    st.integers(1, 4),
    st.integers(0, 1),
)
@settings(max_examples=150)
def test_what_passes_of_any_number_of_answers_leaves_every_hidden_one_wide(
    table, counts, base, least, most, alone
):
    counts = {name: min(count, base) for name, count in zip("abcd", counts, strict=False)}
    choose = {"least": least, "most": max(least, most), "alone": list(counts)[:alone]}
    if least > len(counts) - alone or not _can_be(counts, base, choose):
        return
    shown = any_of(counts, base)
    made = table(shown, "several", choose=choose)
    hidden = [one["key"] for one in made["cells"] if one["count"] is None]
    payload = {"responses": 100, "about": [], "questions": [made]}
    if made["state"] != "shown" or not 0 < len(hidden) <= 2 or leaks(payload):
        return
    ends: dict[tuple[str, bool], list[int]] = {}
    for people in range(max(20, made["base"] - 2), made["base"] + 3):
        small, large = range(10), range(max(10, people - 9), people + 1)
        cells = [
            [*small, *large]
            if one["count"] is None
            else range(max(10, one["count"] - 2), min(one["count"] + 2, people - 10) + 1)
            for one in made["cells"]
        ]
        for tried in product(*cells):
            possible = dict(zip(counts, tried, strict=True))
            if _can_be(possible, people, choose):
                for name in hidden:
                    ends.setdefault((name, possible[name] >= 10), []).append(possible[name])
    for found in ends.values():
        assert max(found) - min(found) >= NARROWEST


def _can_be(counts, base, choose):
    """Whether so many people can have chosen so: who chose one alone chose nothing else."""
    alone = sum(counts[name] for name in choose["alone"])
    free = [count for name, count in counts.items() if name not in choose["alone"]]
    people, most = base - alone, min(choose["most"], len(free))
    if people < 0 or max(free, default=0) > people:
        return False
    return choose["least"] * people <= sum(free) <= most * people


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(
        st.sampled_from(["responses", "about", "questions", "key", "kind", "cells", "x"]), inner
    ),
))  # fmt: skip
def test_whatever_json_is_given_it_is_judged_and_nothing_breaks(payload):
    assert leaks(payload)
    json.dumps([str(one) for one in leaks(payload)])


@pytest.mark.parametrize("questions", ["", [], {}])
def test_a_release_that_holds_no_table_is_none(questions):
    (leak,) = leaks({"about": [], "questions": questions, "responses": None})
    assert leak.told == "it holds no table"


def test_the_checker_knows_nothing_of_what_made_the_release():
    words = Path(checker.__file__).read_text("utf-8")
    lines = [line for line in words.splitlines() if line.startswith(("import", "from"))]
    assert {line.split()[1].split(".")[0] for line in lines} <= {
        "__future__", "collections", "itertools", "typing",
    }  # fmt: skip
