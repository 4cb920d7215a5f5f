"""Changing one value in a YAML file: comments, order and quotes of the rest stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamppost.record import yaml_value
from lamppost.texts.sheet import Sheet

BLOCK = """\
# above
name:        # beside
  en: One
  es: Uno    # a word

  # below
  km: 'Mine'
list:
  - {en: "Two", es: Dos}
  - en: |
      Three
      lines
    es: Tres
last: [1, 2]
"""


@pytest.mark.parametrize(
    ("path", "value", "found", "put"),
    [
        ("name.es", "Una", "es: Uno ", "es: Una "),
        ("name.es", "a: b", "es: Uno ", 'es: "a: b" '),
        ("name.es", "No", "es: Uno ", 'es: "No" '),
        ("name.es", "2026-11-22", "es: Uno ", 'es: "2026-11-22" '),
        ("name.es", "a, b}", "es: Uno ", "es: a, b} "),
        ("name.km", "It’s 'it'", "'Mine'", "'It’s ''it'''"),
        ("list.0.en", "Duo", '"Two"', '"Duo"'),
        ("list.0.es", "a, b", "es: Dos", 'es: "a, b"'),
        ("list.1.en", "Four", "|\n      Three\n      lines\n", "Four\n"),
        ("list.1.en", "Four\nlines", "|\n      Three\n      lines\n", '"Four\\nlines"\n'),
        ("name.tl", "Isa", "'Mine'\n", "'Mine'\n  tl: Isa\n"),
        ("list.0.tl", "Dalawa", "es: Dos}", "es: Dos, tl: Dalawa}"),
        ("list.1.by", {"es": {"reviewed": "A: b"}},
         "Tres\n", 'Tres\n    by: {es: {reviewed: "A: b"}}\n'),
    ],
)  # fmt: skip
def test_one_value_changes_and_no_other_byte(path, value, found, put):
    assert found in BLOCK
    sheet = Sheet(BLOCK)
    sheet.put(tuple(path.split(".")), value)
    assert sheet.text() == BLOCK.replace(found, put, 1)


def test_a_key_can_be_put_behind_another():
    sheet = Sheet(BLOCK)
    sheet.put(("name", "tl"), "Isa", after="es")
    assert sheet.text() == BLOCK.replace("# a word\n", "# a word\n  tl: Isa\n")


@pytest.mark.parametrize(
    ("path", "found", "put"),
    [
        ("name.km", "\n  # below\n  km: 'Mine'\n", "\n  # below\n"),
        ("name.en", "  en: One\n  es", "  es"),
        ("list.0.es", ", es: Dos", ""),
        ("list.0.en", 'en: "Two", ', ""),
    ],
)
def test_a_key_can_be_taken_out(path, found, put):
    assert found in BLOCK
    sheet = Sheet(BLOCK)
    sheet.drop(tuple(path.split(".")))
    assert sheet.text() == BLOCK.replace(found, put, 1)


def test_a_mapping_goes_with_its_only_key():
    sheet = Sheet("a:\n  en: x\n  by: {es: human}\n  stale:\n    es: 2026-11-20 # why\nb: 1\n")
    sheet.drop(("a", "by", "es"))
    sheet.drop(("a", "stale", "es"))
    assert yaml_value(sheet.text()) == {"a": {"en": "x"}, "b": 1}


@given(
    words=st.text(
        st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), min_size=1
    ),
    path=st.sampled_from(["name.es", "name.km", "list.0.en", "list.0.es", "list.1.en", "name.tl"]),
)
def test_whatever_is_put_in_is_what_yaml_reads(words, path):
    keys = path.split(".")
    sheet = Sheet(BLOCK)
    sheet.put(tuple(keys), words)
    expected = yaml_value(BLOCK)
    inner = expected
    for key in keys[:-1]:
        inner = inner[int(key)] if isinstance(inner, list) else inner[key]
    inner[keys[-1]] = words
    assert yaml_value(sheet.text()) == expected
