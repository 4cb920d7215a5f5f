"""Each language writes dates, numbers, lists and durations in its own way, and in its own words."""

from __future__ import annotations

from datetime import date

import pytest
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from lamppost.config import TRANSLATIONS
from lamppost.fields import Duration
from lamppost.i18n import Language, Speech, languages, speech_of
from lamppost.text import Made, Text

DAY = date(2026, 11, 22)
OTHERS = [code for code in languages() if code != "en"]


@pytest.mark.parametrize(
    ("code", "day", "words"),
    [
        ("en", DAY, "November 22, 2026"),
        ("es", DAY, "22 de noviembre de 2026"),
        ("km", DAY, "22 វិច្ឆិកា 2026"),
        ("tl", DAY, "Nobyembre 22, 2026"),
        ("es", "2025-12", "diciembre de 2025"),
        ("km", "2025-12", "ធ្នូ 2025"),
        ("tl", "2025-12", "Disyembre 2025"),
        ("es", "2026-11-22", "22 de noviembre de 2026"),
        ("km", "2025", "2025"),
    ],
)
def test_a_day_is_written_as_its_language_writes_it_and_as_far_as_it_is_known(code, day, words):
    assert speech_of(code).day(day) == words


@pytest.mark.parametrize("code", languages())
def test_numbers_are_written_as_people_in_the_city_write_them(code):
    # es-US has a comma between thousands, as signs and bills there have; es-ES would have a dot.
    assert speech_of(code).number(1234.5) == "1,234.5"


@pytest.mark.parametrize(
    ("code", "words"),
    [("en", "a, b, and c"), ("es", "a, b y c"), ("km", "a, b និង c"), ("tl", "a, b, at c")],
)
def test_a_list_is_joined_as_its_language_joins_it(code, words):
    assert speech_of(code).listed("abc") == words


@pytest.mark.parametrize(
    ("code", "one", "more"),
    [
        ("en", "1 year, 6 months", "2 weeks"),
        ("es", "1 año, 6 meses", "2 semanas"),
        ("km", "1 ឆ្នាំ, 6 ខែ", "2 សប្តាហ៍"),
        ("tl", "1 taon, 6 buwan", "2 linggo"),
    ],
)
def test_a_span_of_time_has_units_in_its_language(code, one, more):
    speech = speech_of(code)
    assert (speech.duration(Duration(1, 6)), speech.duration(Duration(weeks=2))) == (one, more)


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalog_has_the_plural_forms_of_its_language_and_fills_each(code):
    catalog = languages()[code].catalog
    with (TRANSLATIONS / catalog / "LC_MESSAGES" / "messages.po").open("rb") as stream:
        messages = read_po(stream, locale=catalog)
    plural = get_plural(languages()[code].locale)
    assert messages.plural_forms == str(plural)
    forms = [message.string for message in messages if isinstance(message.id, tuple)]
    assert forms
    assert [form for form in forms if len(form) != plural.num_plurals or not all(form)] == []


@pytest.mark.parametrize("code", languages())
def test_every_count_finds_its_form(code):
    speech = speech_of(code)
    said = {n: speech.ngettext("%(num)s day", "%(num)s days", n) for n in (0, 1, 2, 5, 11, 1000)}
    assert all(said.values())
    assert (said[1] == said[2]) is (code in ("km", "tl"))


# --- words of another language ------------------------------------------------------------------

ARABIC = Language("ar", "ar", "ar", "العربية", Made.MACHINE)
TEXT = Text({"en": "Public Wi-Fi", "es": "Wi-Fi público"})


def test_a_text_in_the_readers_language_bears_no_mark():
    assert speech_of("es").say(TEXT) == "Wi-Fi público"


def test_a_text_that_had_to_stay_english_says_so():
    assert speech_of("km").say(TEXT) == '<span lang="en">Public Wi-Fi</span>'


def test_among_words_from_right_to_left_english_says_where_it_runs():
    speech = Speech(ARABIC)
    assert speech.say(TEXT) == '<span lang="en" dir="ltr">Public Wi-Fi</span>'
    assert speech.language.direction == "rtl"


def test_what_is_in_the_readers_language_needs_no_attribute():
    assert speech_of("km").lang_of("km") == ""
