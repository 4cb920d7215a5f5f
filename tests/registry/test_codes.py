"""Codes of devices: checked by their last character, and read however they were typed."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lamppost.registry.codes import (
    ALPHABET,
    EXAMPLE,
    check_character,
    code_from,
    is_code,
    spoken,
    unused,
)

BODIES = st.text(alphabet=ALPHABET, min_size=6, max_size=6)
CODES = BODIES.map(lambda body: body + check_character(body))
PREFIX = "LB"


def test_the_alphabet_has_no_vowels_and_nothing_that_looks_like_another():
    assert len(set(ALPHABET)) == len(ALPHABET) == 30
    assert not set("AEIOUL") & set(ALPHABET)


def test_the_check_character_is_that_of_iso_7064():
    # Worked out by hand: hybrid MOD 31,30 over the values of 7, Q, 4, K, Z, M.
    product = 30
    for character in "7Q4KZM":
        product = ((product + ALPHABET.index(character)) % 30 or 30) * 2 % 31
    assert (product + ALPHABET.index(check_character("7Q4KZM"))) % 30 == 1


@given(CODES)
def test_a_made_code_is_a_code(code):
    assert is_code(code)


@given(CODES, st.integers(0, 6), st.sampled_from(ALPHABET))
def test_a_single_wrong_character_is_refused(code, at, wrong):
    assume(code[at] != wrong)
    assert not is_code(code[:at] + wrong + code[at + 1 :])


def test_nearly_every_swap_of_two_neighbours_is_refused():
    body = "7Q4KZ"
    swaps = [(body + a + b, body + b + a) for a in ALPHABET for b in ALPHABET if a < b]
    passed = [one for one, other in swaps if check_character(one) == check_character(other)]
    assert len(passed) <= len(swaps) / 30


@given(st.text())
def test_any_text_is_a_code_or_not_and_no_crash(words):
    assert is_code(words) in (True, False)


@pytest.mark.parametrize("words", ["", "7Q4KZM", "7q4kzm1", "7Q4KZM11", "OQ4KZM1", "7Q4KZM\n"])
def test_what_is_no_code_is_refused(words):
    assert not is_code(words)


SPELLED = {"0": "0Oo", "1": "1IiLl"}


@given(CODES, st.data())
def test_a_code_is_read_however_it_was_typed(code, data):
    typed = "".join(
        data.draw(st.sampled_from(SPELLED.get(c, c + c.lower())))
        + data.draw(st.sampled_from(["", " ", "-", ".", "\u00a0", "  "]))
        for c in code
    )
    prefix = data.draw(st.sampled_from(["", "LB", "lb ", "Lb-"]))
    assert code_from(f" {prefix}{typed}", PREFIX) == code


@given(CODES)
def test_a_code_is_read_as_a_sign_shows_it(code):
    assert code_from(spoken(code, PREFIX), PREFIX) == code


@given(st.text())
def test_what_was_typed_gives_a_code_or_nothing(typed):
    code = code_from(typed, PREFIX)
    assert code == "" or is_code(code)


@pytest.mark.parametrize("typed", ["", "LB", "7Q4 KZM 2", "NY 7Q4 KZM 1", "7Q4", "កាមេរ៉ា", "\x00"])
def test_what_cannot_be_meant_as_a_code_gives_none(typed):
    assert code_from(typed, PREFIX) == ""


def test_a_code_is_shown_in_groups_that_can_be_read_aloud():
    assert (spoken(EXAMPLE, PREFIX), spoken(EXAMPLE, "")) == ("LB 7Q4 KZM 1", "7Q4 KZM 1")


def test_a_new_code_is_not_one_that_is_taken():
    taken = set()
    for _ in range(200):
        taken.add(unused(taken))
    assert len(taken) == 200
    assert all(map(is_code, taken))
