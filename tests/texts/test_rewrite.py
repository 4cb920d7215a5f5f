"""A file that is to hold another value: it holds it, and every other byte stays."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lamppost.config import PROJECT
from lamppost.record import yaml_value
from lamppost.texts.rewrite import rewritten

SHIPPED = sorted((PROJECT / "content").rglob("*.yaml"))
BLOCK = """\
# above
name: {en: "One", es: Uno}   # beside
group:
  items:
    # the first
    - what:
        en: First
      days: 3
    - what: {en: Second}
  sources: [S1, S2]
last: 2026-11-22
"""


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(PROJECT)))
def test_a_shipped_file_that_holds_what_it_should_stays_byte_for_byte(path: Path):
    words = path.read_text("utf-8")
    assert rewritten(words, yaml_value(words)) == words


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(PROJECT)))
def test_in_a_shipped_file_only_the_line_of_a_new_key_is_new(path: Path):
    words = path.read_text("utf-8")
    value = yaml_value(words)
    value["added"] = "a: b"
    lines = rewritten(words, value).splitlines()
    assert [line for line in lines if line not in words.splitlines()] == ['added: "a: b"']


def edited(change) -> str:
    value = deepcopy(yaml_value(BLOCK))
    change(value)
    done = rewritten(BLOCK, value)
    assert yaml_value(done) == value
    return done


@pytest.mark.parametrize(
    ("change", "found", "put"),
    [
        (lambda v: v["name"].update(es="Una"), "es: Uno", "es: Una"),
        (lambda v: v["group"]["items"][0].update(days=5), "days: 3", "days: 5"),
        (lambda v: v["group"]["items"][1]["what"].update(en="2"), "en: Second", 'en: "2"'),
        (lambda v: v["group"]["sources"].append("S3"), "[S1, S2]", "[S1, S2, S3]"),
        (lambda v: v["group"]["items"].pop(), "    - what: {en: Second}\n", ""),
        (lambda v: v["group"]["items"].append({"what": {"en": "Third"}, "days": 1}),
         "{en: Second}\n", "{en: Second}\n    - what:\n        en: Third\n      days: 1\n"),
        (lambda v: v["group"].pop("sources"), "\n  sources: [S1, S2]\n", "\n"),
        (lambda v: v.update(last=date(2027, 1, 1)), "2026-11-22", "2027-01-01"),
        (lambda v: v["group"].update(sources=[]), "[S1, S2]", "[]"),
        (lambda v: v["group"].update(flag=True), "S2]\n", "S2]\n  flag: true\n"),
    ],
)  # fmt: skip
def test_one_value_changes_and_no_other_byte(change, found, put):
    assert edited(change) == BLOCK.replace(found, put, 1)


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), min_size=1)
ITEMS = st.fixed_dictionaries({"what": st.fixed_dictionaries({"en": TEXTS})}, optional={
    "days": st.integers(1, 99), "flag": st.booleans(), "by": st.dates(), "list": st.lists(TEXTS),
})  # fmt: skip


@example(items=[{"what": {"en": "\xa0"}}], sources=[], words="0")
@given(items=st.lists(ITEMS, min_size=1, max_size=5), sources=st.lists(TEXTS), words=TEXTS)
def test_whatever_a_form_makes_of_a_file_is_what_yaml_reads(items, sources, words):
    value = yaml_value(BLOCK)
    value["group"] = {"items": items, "sources": sources, "note": {"en": words, "km": words}}
    once = rewritten(BLOCK, value)
    assert yaml_value(once) == value
    value["group"]["items"] = [*items[1:], {"what": {"en": "more"}}]
    assert yaml_value(rewritten(once, value)) == value
