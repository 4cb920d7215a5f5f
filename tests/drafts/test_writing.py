"""Two people write at once, and translators see what has changed: nothing is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamppost.drafts.differences import differences, passages_since


def test_the_second_to_save_sees_both_texts_and_loses_neither(written, sign_in):
    draft = written()
    path = f"{draft}texts/en/"
    first, second = sign_in("author"), sign_in("administrator")
    words = {"summary": "Short", "made": "human", "seen": "1"}
    assert (
        first.post(path, data={**words, "title": "A", "body": "He wrote this."}).status_code == 303
    )
    late = second.post(path, data={**words, "title": "A", "body": "She wrote that."})
    assert late.status_code == 422
    assert "Author has saved this text meanwhile" in late.text
    assert "<del>He</del><ins>She</ins>" in late.text
    assert "She wrote that.</textarea>" in late.text
    assert "He wrote this.</textarea>" in first.get(path).text
    assert 'name="seen" type="hidden" value="2"' in late.text
    again = {**words, "seen": "2", "title": "A", "body": "He and she wrote."}
    assert second.post(path, data=again).status_code == 303
    assert "He and she wrote.</textarea>" in first.get(path).text


def test_facts_that_somebody_else_has_saved_are_not_written_over(written, sign_in):
    path = f"{written()}facts/"
    sent = {"kind": "policy", "year": "2025", "contact": "city-clerk", "grade": "law", "seen": "0"}
    late = sign_in("author").post(path, data={**sent, "sources": ["S22"]})
    assert late.status_code == 422
    assert 'value="2025"' in late.text
    assert 'value="1"' in late.text


def test_who_else_has_a_text_open_is_told_and_forgotten(written, sign_in, desk):
    path = f"{written()}texts/en/"
    start = datetime.now(UTC)
    desk.extensions["clock"] = lambda: start + timedelta(minutes=1)
    assert "has this open too" not in sign_in("author").get(path).text
    page = sign_in("administrator").get(path).text
    assert "Author has this open too" in page
    assert "Administrator has this open too" in sign_in("author").get(path).text
    desk.extensions["clock"] = lambda: start + timedelta(minutes=15)
    assert "has this open too" not in sign_in("administrator").get(path).text


def test_a_translator_sees_which_passages_have_changed(written, sign_in, send):
    draft = written()
    assert "<mark>" not in sign_in("translator").get(f"{draft}texts/es/").text
    changed = {
        "title": "What a brief is", "summary": "A short text for everybody.", "made": "human",
        "body": "## Why\n\nSo that everybody can read it.\n\nAnd more.",
    }  # fmt: skip
    send(sign_in("author"), f"{draft}texts/en/", **changed)
    page = sign_in("translator").get(f"{draft}texts/es/").text
    assert "2 passages have changed since this translation" in page
    assert "<mark>So that everybody can read it.</mark>" in page
    assert "Older than the English" in sign_in("translator").get(draft).text


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("a b", "a c", [("a ", "", ""), ("", "b", "c")]),
        ("ក្រុងមាន", "ក្រុងនាន", [("ក្រុង", "", ""), ("", "មា", "នា"), ("ន", "", "")]),
        ("", "", []),
    ],
)
def test_differences_are_told_in_words(before, after, told):
    assert [tuple(part) for part in differences(before, after)] == told


@settings(max_examples=50)
@given(st.text(max_size=80), st.text(max_size=80))
def test_of_two_texts_nothing_is_left_out(before, after):
    parts = differences(before, after)
    assert "".join(part.same + part.went for part in parts) == before
    assert "".join(part.same + part.came for part in parts) == after


def test_where_the_older_text_is_not_known_no_passage_is_marked():
    assert [p.has_changed for p in passages_since(None, "a\n\nb")] == [False, False]
    assert [p.has_changed for p in passages_since("a\n\nc", "a\n\nb\n\nc")] == [False, True, False]
