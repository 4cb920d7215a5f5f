"""What looks as if it were about a person is pointed out."""

from __future__ import annotations

import pytest

from lamppost.cases.personal import personal_in


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Write to ana.b+x@mail.example, please", "mail", "ana.b+x@mail.example"),
        ("Call (562) 555-0199 after six", "phone", "(562) 555-0199"),
        ("ទូរស័ព្ទ ៥៦២-៥៥៥-០១៩៩", "phone", "៥៦២-៥៥៥-០១៩៩"),
        ("my car 7ABC123 stood there", "plate", "7ABC123"),
        ("his number is 123-45-6789", "number", "123-45-6789"),
        ("I live at 1234 E Broadway Ave", "address", "1234 E Broadway Ave"),
        ("vivo en Calle Pino 45", "address", "Calle Pino 45"),
        ("Officer Smith told me", "name", "Officer Smith"),
        ("Me llamo Rosa", "name", "Me llamo Rosa"),
        ("Ako si Jun", "name", "Ako si Jun"),
        ("ខ្ញុំឈ្មោះ សុខា", "name", "ខ្ញុំឈ្មោះ សុខា"),
    ],
)
def test_what_looks_personal_is_found(text, kind, words):
    assert [tuple(found) for found in personal_in(text)] == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    ["The camera on Pine Avenue at 3rd Street", "In 2023 there were 120 pitches", "code 7Q4KZM1",
     "កាមេរ៉ានៅជិតសាលារៀន", "It costs $1,200,000"],
)  # fmt: skip
def test_what_is_about_no_person_is_left_alone(text):
    assert list(personal_in(text)) == []


def test_a_long_text_is_looked_through_quickly_however_it_is_made():
    for text in ("1 " * 5000, "A" * 10_000, "555-" * 2500, "a.b+" * 2500, "1 E Aa " * 1400):
        assert len(list(personal_in(text))) >= 0
