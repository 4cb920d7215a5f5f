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
        ("ឈ្មោះ\u200bរបស់\u200bខ្ញុំ\u200bគឺ\u200bសុខា", "name", "ឈ្មោះ\u200bរបស់\u200bខ្ញុំ\u200bគឺ\u200bសុខា"),
        ("my plate is 7abc123", "plate", "7abc123"),
        ("the plate 7ABC 123 was seen", "plate", "7ABC 123"),
        ("I live at 1423 E 4th St", "address", "1423 E 4th St"),
        ("at 1423 E. Anaheim street, upstairs", "address", "1423 E. Anaheim street"),
        ("at 1423 pine ave", "address", "1423 pine ave"),
        ("Calle Pino #45", "address", "Calle Pino #45"),
        ("ផ្ទះលេខ ១៤២៣ ផ្លូវ Pine", "address", "ផ្ទះលេខ ១៤២៣"),
        ("ផ្ទះ\u200bលេខ\u200b១៤២៣", "address", "ផ្ទះ\u200bលេខ\u200b១៤២៣"),
        ("soy Ana Reyes y vivo aquí", "name", "soy Ana Reyes"),
        ("I’m Sok Dara", "name", "I’m Sok Dara"),
        ("Ako ay si Maria", "name", "Ako ay si Maria"),
        ("Ako po si Ángela", "name", "Ako po si Ángela"),
    ],
)
def test_what_looks_personal_is_found(text, kind, words):
    assert [tuple(found) for found in personal_in(text)] == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    ["The camera on Pine Avenue at 3rd Street", "In 2023 there were 120 pitches", "code 7Q4KZM1",
     "កាមេរ៉ានៅជិតសាលារៀន", "It costs $1,200,000", "I am worried about Pine Avenue",
     "4th Street and Pine Avenue", "Soy residente de Long Beach", "3 cars stood in the drive",
     "ផ្លូវលេខ ៤ មានកាមេរ៉ា ២"],
)  # fmt: skip
def test_what_is_about_no_person_is_left_alone(text):
    assert list(personal_in(text)) == []


def test_a_long_text_is_looked_through_quickly_however_it_is_made():
    for text in (
        "1 " * 5000,
        "A" * 10_000,
        "555-" * 2500,
        "a.b+" * 2500,
        "1 E Aa " * 1400,
        "11 e a " * 1400,
        "ផ្ទះ\u200b" * 2000,
        "calle A " * 1400,
        "I am Aa " * 1400,
    ):
        assert len(list(personal_in(text))) >= 0
