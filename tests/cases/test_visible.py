"""One function says who may see what of a case: every door is gone through."""

from __future__ import annotations

import re
from datetime import date
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest

import lamppost
from lamppost.cases.visible import ANYBODY, DOORS, HOLDER, PUBLIC, Seen, seen


class Case(NamedTuple):
    """What the function looks at."""

    wish: str = "words"
    visibility: str = "words"
    moderation: str = "cleared"
    outcome: str = ""
    state: str = "answered"
    kind: str = "concern"
    moderated_on: date | None = date(2026, 11, 22)


PACKAGE = Path(lamppost.__file__).parent
SHOWING = sorted({*PUBLIC} - {"count"})
"""The public doors through which words come."""


@pytest.mark.parametrize("door", SHOWING)
def test_through_a_public_door_words_come_only_when_all_have_said_yes(door):
    for wish, visibility, moderation, outcome in product(
        ("nothing", "summary", "words"), ("private", "summary", "words"),
        ("pending", "cleared", "redacted", "withheld"),
        ("", "changed", "withdrawn", "erased", "spam"),
    ):  # fmt: skip
        much = seen(ANYBODY, Case(wish, visibility, moderation, outcome), door)
        is_whole = moderation in ("cleared", "redacted") and outcome in ("", "changed")
        assert (much >= Seen.WORDS) == (is_whole and wish == visibility == "words")
        shows = is_whole and wish != "nothing" and visibility != "private"
        assert (much >= Seen.SUMMARY) == shows


@pytest.mark.parametrize("door", SHOWING)
@pytest.mark.parametrize("outcome", ["withdrawn", "erased", "spam"])
def test_what_is_gone_leaves_a_page_that_says_so_and_nothing_else(door, outcome):
    much = seen(ANYBODY, Case(outcome=outcome), door)
    assert much == (Seen.THAT_IT_IS if door == "page" else Seen.NOTHING)


@pytest.mark.parametrize("door", SHOWING)
def test_what_was_never_public_leaves_no_page(door):
    for case in (Case(outcome="withdrawn"), Case(moderation="pending"), Case(outcome="spam")):
        hidden = case._replace(visibility="private", moderated_on=None)
        assert seen(ANYBODY, hidden, door) == Seen.NOTHING


@pytest.mark.parametrize("door", SHOWING)
@pytest.mark.parametrize("visibility", ["private", "words"])
def test_what_was_public_and_is_looked_at_again_leaves_a_page_that_says_so(door, visibility):
    much = seen(ANYBODY, Case(visibility=visibility, moderation="pending"), door)
    assert much == (Seen.THAT_IT_IS if door == "page" else Seen.NOTHING)


def test_what_is_withheld_leaves_a_page_unless_its_writer_wanted_nothing_public():
    held = Case(moderation="withheld", visibility="private")
    assert seen(ANYBODY, held, "page") == Seen.THAT_IT_IS
    assert seen(ANYBODY, held._replace(wish="nothing"), "page") == Seen.NOTHING


@pytest.mark.parametrize("door", DOORS)
def test_whoever_holds_the_receipt_reads_the_thread_and_nobody_else_does(door):
    hidden = Case("nothing", "private", "pending")
    assert (seen(HOLDER, hidden, door) == Seen.THREAD) == (door == "thread")
    assert seen(ANYBODY, hidden, door) <= Seen.THAT_IT_IS


def test_the_doors_are_those_that_are_asked_for():
    code = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    asked = re.findall(r"\bseen\((?:ANYBODY|HOLDER), \w+, ([^)]*)\)", code)
    assert {door.strip('"') for door in asked} == set(DOORS)


def test_counts_take_in_everything_but_junk():
    assert seen(ANYBODY, Case("nothing", "private", "pending"), "count") == Seen.THAT_IT_IS
    assert seen(ANYBODY, Case(outcome="spam"), "count") == Seen.NOTHING


def test_a_door_that_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="no door"):
        seen(ANYBODY, Case(), "window")


@pytest.mark.parametrize("door", SHOWING)
@pytest.mark.parametrize("state", ["submitted", "reviewed", "decided", "expired", "closed"])
def test_of_a_confidential_case_only_that_it_is_comes_and_only_once_it_is_decided(door, state):
    much = seen(ANYBODY, Case(kind="assessment", state=state), door)
    is_told = state in ("decided", "expired") and door != "attachment"
    assert much == (Seen.THAT_IT_IS if is_told else Seen.NOTHING)
