"""Fields: what each reads, what it says when it cannot, and that it never gives up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamppost.fields import (
    At,
    Choice,
    Day,
    Duration,
    Flag,
    Items,
    Kept,
    Key,
    Line,
    Part,
    RoughDay,
    Unread,
    Url,
    Whole,
    Words,
    provenance,
    read,
    read_all,
    shown,
    texts_read,
)
from lamppost.pages.models import Source
from lamppost.registry.models import Place, Storage
from lamppost.text import Made

LANGUAGES = ("en", "es", "km", "tl")


@pytest.fixture
def at() -> At:
    known = {"places": {"downtown": 1, "wrigley": 2}}
    return At("file.yaml", [], known, LANGUAGES, {"es": Made.MACHINE}, "key")


MAILBOX = Line(pattern=r"[^@\s]+@[^@\s]+", example="clerk@example.org")
PLACES = Items(of=Key(kind="places"), most=3)


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        (Line(), "As published", "As published"),
        (MAILBOX, "clerk@example.org", "clerk@example.org"),
        (Day(), date(2026, 11, 22), date(2026, 11, 22)),
        (Day(), "2026-11-22", date(2026, 11, 22)),
        (RoughDay(), date(2025, 12, 16), "2025-12-16"),
        (RoughDay(), "2025-12", "2025-12"),
        (RoughDay(), 2025, "2025"),
        (Kept(), "P60D", Duration(days=60)),
        (Kept(), "P1Y6M", Duration(years=1, months=6)),
        (Kept(), "PT12H", Duration(hours=12)),
        (Kept(), "indefinite", "indefinite"),
        (Url(), "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        (Whole(least=1, most=9), 9, 9),
        (Flag(), False, False),
        (Choice(of=("a", "b")), "b", "b"),
        (Key(kind="places"), "downtown", "downtown"),
        (PLACES, ["wrigley", "downtown"], ("wrigley", "downtown")),
    ],
)
def test_a_field_reads_what_it_is_for(field, raw, value, at):
    assert (field.read(raw, at), at.problems) == (value, [])


@pytest.mark.parametrize(
    ("field", "raw", "found", "expected"),
    [
        (Line(), None, "nothing", "a line of text"),
        (Line(), 7, "7", "a line of text"),
        (Line(), "two\nlines", r"'two\nlines'", "a line of text"),
        (Line(), "bell\x07", r"'bell\x07'", "a line of text"),
        (Line(most=3), "four", "'four'", "at most 3 characters, not 4"),
        (MAILBOX, "nobody", "'nobody'", "something like clerk@example.org"),
        (Words(), "English only", "'English only'", "a text in each language: en, es, km, tl"),
        (Day(), "2026-02-30", "'2026-02-30'", "a date such as 2026-11-22"),
        (Day(), 2026, "2026", "a date such as 2026-11-22"),
        (RoughDay(), "2025-13", "'2025-13'", "a date such as 2025, 2025-12 or 2025-12-16"),
        (RoughDay(), "2025-02-30", "'2025-02-30'", "a date such as 2026-11-22"),
        (Kept(), "60 days", "'60 days'", "an ISO 8601 duration such as P60D"),
        (Kept(), "P0D", "'P0D'", "an ISO 8601 duration such as P60D"),
        (Url(), "javascript:alert(1)", "'javascript:alert(1)'", "starts with https://"),
        (Url(), "http://[", "'http://['", "starts with https://"),
        (Url(), "https://a\nb", r"'https://a\nb'", "starts with https://"),
        (Whole(least=1, most=9), 10, "10", "a whole number from 1 to 9"),
        (Whole(), True, "True", "a whole number"),
        (Flag(), "yes", "'yes'", "true or false"),
        (Choice(of=("a", "b")), "c", "'c'", "one of a, b"),
        (Choice(of=("a", "b")), ["a"], "['a']", "one of a, b"),
        (Key(kind="places"), "down", "'down'", "one of the ids in places: downtown, wrigley"),
        (Part(of=Storage), "here", "'here'", "a mapping of where, country, provider"),
    ],
)
def test_a_field_says_what_it_found_and_what_it_expected(field, raw, found, expected, at):
    assert field.read(raw, at) is None or field == Part(of=Storage)
    [problem] = at.problems
    assert problem[:3] == ("file.yaml", "key", found)
    assert expected in problem.expected


def test_an_entry_of_a_list_is_named_by_its_number(at):
    PLACES.read(["downtown", "nowhere"], at)
    assert [problem.key for problem in at.problems] == ["key[1]"]


def test_a_list_that_is_too_long_is_told(at):
    Items(of=Line(), most=2).read(["a", "b", "c"], at)
    assert [(p.found, p.expected) for p in at.problems] == [("the 3 entries", "at most 2")]


def test_the_same_id_twice_in_a_list_is_told(at):
    PLACES.read(["downtown", "downtown"], at)
    assert [p.found for p in at.problems] == ["the same id twice"]


def test_among_many_ids_the_nearest_is_offered(at):
    many = {f"place-{n}": n for n in range(50)} | {"belmont-shore": 50}
    Key(kind="places").read("belmont-shor", At("f", at.problems, {"places": many}, LANGUAGES, {}))
    assert at.problems[0].expected == "one of the 51 ids in places (did you mean 'belmont-shore'?)"


def test_what_refers_to_a_file_that_could_not_be_read_is_not_told_as_well(at):
    unread = At("f", at.problems, {"places": Unread()}, LANGUAGES, {})
    assert (Key(kind="places").read("any", unread), at.problems) == ("any", [])


# --- texts --------------------------------------------------------------------------------------


def test_a_text_knows_how_each_of_its_languages_was_made(at):
    raw = {"en": "a", "es": "b", "tl": " c ", "by": {"tl": "human"}, "stale": {"es": "2026-11-20"}}
    text = Words().read(raw, at)
    assert text.languages == {"en": "a", "es": "b", "tl": "c"}
    assert text.made == {"es": Made.MACHINE, "tl": Made.HUMAN}
    assert text.stale == {"es": "2026-11-20"}


@pytest.mark.parametrize(
    ("raw", "key", "expected"),
    [
        ({"es": "b"}, "key.en", "the text in English, from which others come"),
        ({"en": "", "es": "b"}, "key.en", "a text"),
        ({"en": "a", "xx": "b"}, "key.xx", "one of en, es, km, tl"),
        ({"en": "a", "es": ["b"]}, "key.es", "a text"),
        ({"en": "a", "es": "\x07"}, "key.es", "a text"),
        ({"en": "a", "es": "b" * 1801}, "key.es", "at most 1800 characters, not 1801"),
        ({"en": "a" * 1201}, "key.en", "at most 1200 characters, not 1201"),
        ({"en": "a", "by": {"es": "robot"}}, "key.by.es", "human, machine or reviewed"),
        ({"en": "a", "by": {"es": {"reviewed": ""}}}, "key.by.es.reviewed", "a line of text"),
        ({"en": "a", "by": {"es": {"human": "b"}}}, "key.by.es", "human, machine or reviewed"),
        ({"en": "a", "by": {"xx": "human"}}, "key.by.xx", "one of the site’s languages"),
        ({"en": "a", "by": "human"}, "key.by", "a mapping of languages"),
        ({"en": "a", "stale": {"es": "soon"}}, "key.stale.es", "a date such as 2026-11-22"),
        ({"en": "a", "stale": "2026-11-22"}, "key.stale", "a mapping of languages to dates"),
    ],
)
def test_a_text_names_the_language_with_the_mistake(raw, key, expected, at):
    Words().read(raw, at)
    [problem] = at.problems
    assert problem.key == key
    assert expected in problem.expected


def test_a_text_may_name_the_office_that_reviewed_it(at):
    raw = {"en": "a", "es": "b", "by": {"es": {"reviewed": "City Clerk"}}}
    assert Words().read(raw, at).in_language("es").made == Made.REVIEWED
    assert at.problems == []


def test_the_texts_that_are_read_meanwhile_can_be_told_with_place_and_field(at):
    with texts_read() as texts:
        text = Words(most=60).read({"en": "a"}, at / "name")
    Words().read({"en": "b"}, at / "more")
    assert texts == [(at / "name", Words(most=60), text)]


def test_a_files_provenance_names_only_the_sites_languages(at):
    assert provenance({"es": "human", "xx": "human"}, at) == {"es": Made.HUMAN}
    assert [problem.key for problem in at.problems] == ["key.provenance.xx"]


# --- durations ----------------------------------------------------------------------------------

SPANS = st.tuples(*[st.integers(0, 10_000)] * 6).filter(any)


@given(SPANS)
def test_a_duration_reads_as_it_is_written(span):
    assert Duration.parse(str(Duration(*span))) == Duration(*span)


@given(st.text())
def test_other_words_are_no_duration_and_no_crash(words):
    duration = Duration.parse(words)
    assert duration is None or words.startswith("P")


# --- records ------------------------------------------------------------------------------------


def test_all_mistakes_of_a_mapping_are_told_at_once(at):
    read(Source, {"titel": "A", "kind": "blog", "url": "www"}, at, id="S1")
    assert {problem.key for problem in at.problems} == {
        "key.titel", "key.title", "key.kind", "key.url",
    }  # fmt: skip


def test_an_unknown_key_is_told_with_those_that_there_are(at):
    read(
        Storage,
        {"where": "x", "contry": "US"},
        At("f", at.problems, {"words/storage": Unread()}, LANGUAGES, {}),
    )
    assert [(p.key, p.found, p.expected) for p in at.problems] == [
        ("contry", "the key 'contry'", "one of where, country, provider")
    ]


def test_an_id_that_cannot_stand_in_an_address_is_told(at):
    raw = {"../etc": {"name": {"en": "x"}, "kind": "district"}}
    read_all(Place, raw, at)
    assert [problem.found for problem in at.problems] == ["'../etc'"]


@given(st.text(min_size=50) | st.text(min_size=50).map("the {}".format))
def test_what_was_found_is_shown_on_one_short_line(words):
    assert len(shown(words)) <= 80
    assert len(shown(words).splitlines()) == 1


@pytest.mark.parametrize(
    ("duration", "day", "then"),
    [
        ("P12M", date(2026, 11, 22), date(2027, 11, 22)),
        ("P1Y2M", date(2026, 11, 22), date(2028, 1, 22)),
        ("P1M", date(2027, 1, 31), date(2027, 2, 28)),
        ("P1Y", date(2028, 2, 29), date(2029, 2, 28)),
        ("P2W3D", date(2026, 12, 20), date(2027, 1, 6)),
        ("PT36H", date(2026, 11, 22), date(2026, 11, 24)),
    ],
)
def test_a_duration_ends_on_the_day_that_a_calendar_has(duration, day, then):
    assert Duration.parse(duration).after(day) == then
