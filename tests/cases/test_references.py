"""References are read however they were typed."""

from __future__ import annotations

from lamppost.cases.references import new_reference, reference_from


def test_a_reference_is_read_however_it_was_typed():
    made = new_reference()
    assert reference_from(made.lower().replace("-", " ")) == made
    assert len({new_reference() for _ in range(100)}) == 100


def test_what_can_be_no_reference_is_none():
    assert [reference_from(typed) for typed in ("", "7Q4K", "7Q4K-2DDA", "7Q4K-2DDJ9")] == [""] * 4
