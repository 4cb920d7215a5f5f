"""The registry's facts as phrases, in every language of the site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from lamppost.fields import Duration
from lamppost.i18n import languages, speak
from lamppost.registry import labels, wording
from lamppost.registry.changes import Change, Detail
from lamppost.registry.models import (
    CHOICES,
    GAPS,
    GRADES,
    LEVELS,
    PLATE_POLICY_PARTS,
    ROLES,
    Device,
    Group,
    OptOut,
    Retention,
    Technology,
)
from lamppost.registry.queries import Registry, groups_of
from lamppost.registry.rows import HOSTS, STATUSES
from lamppost.text import Text


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """A test may speak another language; the next one finds English."""
    speak("en")
    yield
    speak("en")


@pytest.fixture(scope="module")
def wifi(registry: Registry) -> Technology:
    return registry.technologies["public-wifi"]


# --- how long -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("duration", "working_days", "words"),
    [
        (Duration(days=60), False, "60 days"),
        (Duration(days=1), False, "1 day"),
        (Duration(years=1, months=6), False, "1 year, 6 months"),
        (Duration(hours=12), False, "12 hours"),
        (Duration(days=5), True, "5 working days"),
        ("none", False, "Not kept"),
        ("indefinite", False, "Kept without an end"),
        ("unknown", False, "Not published"),
    ],
)
def test_a_time_is_told_in_words(duration, working_days, words):
    assert wording.kept(duration, working_days=working_days) == words


@pytest.mark.parametrize("language", ["es", "km", "tl"])
@pytest.mark.parametrize("duration", [Duration(days=60), "none", "indefinite", "unknown"])
def test_a_time_is_told_in_the_language_of_the_reader(language, duration):
    english = wording.kept(duration)
    speak(language)
    assert wording.kept(duration) not in ("", english)


def keeping(technology: Technology, *items: Retention, **known: str) -> Technology:
    return replace(technology, retention=Group(items=items, **known))


VIDEO = Retention(applies_to=Text({"en": "Video"}), duration=Duration(days=5), working_days=True)
REST = Retention(applies_to=Text({"en": "The rest"}))


@pytest.mark.parametrize(
    ("items", "known", "words"),
    [
        ((), {"gap": "unknown"}, "We have not found this out yet."),
        ((), {"gap": "not_published"}, "The City has not published how long this is kept."),
        ((VIDEO,), {"grade": "law"}, "Up to 5 working days"),
        ((VIDEO,), {"grade": "press"}, "Up to 5 working days (as reported, not from the City)"),
        (
            (VIDEO, REST),
            {"gap": "not_published", "grade": "law"},
            "Up to 5 working days. For the rest, the City has not published it.",
        ),
        ((replace(VIDEO, duration="none"),), {"grade": "stated"}, "Not kept"),
    ],
)
def test_the_short_answer_says_how_far_it_is_known(wifi, items, known, words):
    assert wording.longest(keeping(wifi, *items, **known)) == words


def test_a_clock_runs_only_for_a_time_that_is_known(wifi):
    del wifi
    assert wording.has_clock(VIDEO)
    assert not wording.has_clock(REST)


# --- what is not known --------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "es", "km", "tl"])
def test_every_gap_of_every_group_has_its_words(registry, language):
    speak(language)
    said = {
        (name, gap, wording.gap(name, replace(group, gap=gap)))
        for technology in registry.technologies.values()
        for name, group in groups_of(technology).items()
        for gap in GAPS
    }
    assert all(words for _, _, words in said)
    not_published = [words for _, gap, words in said if gap == "not_published"]
    assert len(not_published) == len(set(not_published))


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (labels.LEVELS, LEVELS),
        (labels.SHORT_LEVELS, LEVELS),
        (labels.GRADES, GRADES),
        (labels.ROLES, (*ROLES, "storage", "contact")),
        (labels.DEVICE_STATUSES, STATUSES),
        (labels.HOSTS, [host for host in HOSTS if host]),
        (labels.POLICY_PARTS, PLATE_POLICY_PARTS),
    ],
)
def test_every_fixed_value_of_the_record_has_its_words(words, values):
    assert set(words) == set(values)


def test_every_group_of_a_technology_has_a_title_and_a_stage(wifi):
    assert set(groups_of(wifi)) | {"plate_policy"} == set(labels.GROUPS)
    assert {label.stage for label in labels.GROUPS.values()} <= set(labels.STAGES)


@pytest.mark.parametrize(
    ("degrees", "point"),
    [(0, "north"), (22, "north"), (23, "northeast"), (90, "east"), (359, "north")],
)
def test_a_direction_is_told_by_the_nearest_point_of_the_compass(degrees, point):
    assert str(labels.compass(degrees)) == point


# --- where --------------------------------------------------------------------------------------


def test_a_place_is_told_in_the_readers_language_where_the_record_has_it(registry):
    device = next(d for d in registry.devices.values() if d.location_km)
    speak("km")
    assert wording.place(device) == device.location_km


@pytest.mark.parametrize("language", ["en", "es", "km", "tl"])
def test_a_street_has_the_same_name_in_every_language(registry, language):
    device = next(d for d in registry.devices.values() if d.location and not d.location_km)
    speak(language)
    assert wording.place(device) == device.location


def test_a_device_without_any_words_for_its_place_still_has_some(registry):
    device = _copy(next(iter(registry.devices.values())))
    device.location = device.location_es = device.location_km = device.location_tl = ""
    assert wording.place(device) == "No fixed place"


def _copy(device: Device) -> Device:
    return Device(*(getattr(device, name) for name in Device.__dataclass_fields__))


# --- changes ------------------------------------------------------------------------------------


def sentences(registry: Registry, *details: Detail, device: str = "") -> list[str]:
    change = Change("0" * 40, date(2026, 11, 22), "Note", "public-wifi", device, (), details)
    return list(wording.sentences(change, registry))


THIRTY, SIXTY = Duration(days=30), Duration(days=60)


@pytest.mark.parametrize(
    ("detail", "device", "sentence"),
    [
        (
            Detail("retention", "value", THIRTY, SIXTY),
            "",
            "How long the data is kept changed from 30 days to 60 days",
        ),
        (
            Detail("retention", "value", "unknown", SIXTY),
            "",
            "How long the data is kept changed from Not published to 60 days",
        ),
        (
            Detail("override_retention", "value", "", "P7D"),
            "X",
            "How long the data is kept here: now 7 days",
        ),
        (
            Detail("override_retention", "value", "P7D", ""),
            "X",
            "How long the data is kept here: no longer 7 days",
        ),
        (
            Detail("identifiability", "value", "unknown", "none"),
            "",
            "Can it tell who you are? changed from Not known to No",
        ),
        (Detail("status", "value", "active", "paused"), "", "Status changed from In use to Paused"),
        (
            Detail("status", "value", "approved", "active"),
            "X",
            "Status changed from Approved, not installed to In use",
        ),
        (
            Detail("purpose", "words", (), ("connectivity",)),
            "",
            "Why it is there: added Connectivity.",
        ),
        (
            Detail("purpose", "words", ("connectivity",), ()),
            "",
            "Why it is there: removed Connectivity.",
        ),
        (Detail("purpose", "words", (), ("gone",)), "", "Why it is there: added gone."),
        (Detail("location", "moved"), "X", "The point on the map was corrected."),
        (
            Detail("location", "value", "Elm Ave", "Pine Ave"),
            "X",
            "Location changed from Elm Ave to Pine Ave",
        ),
        (Detail("device", "added"), "X", "Added to the registry."),
        (Detail("device", "removed"), "X", "Taken out of the registry."),
        (Detail("technology", "added"), "", "This technology was added."),
        (Detail("contract", "text"), "", "Contract: the wording or the details changed"),
    ],
)
def test_a_fact_that_changed_is_a_sentence(registry, detail, device, sentence):
    assert sentences(registry, detail, device=device) == [sentence]


@pytest.mark.parametrize("language", ["es", "km", "tl"])
def test_a_changed_time_is_told_in_the_language_of_the_reader(registry, language):
    detail = Detail("retention", "value", THIRTY, SIXTY)
    english = sentences(registry, detail)[0]
    speak(language)
    [sentence] = sentences(registry, detail)
    assert "30" in sentence
    assert "60" in sentence
    assert sentence.index("30") < sentence.index("60")
    assert not set(sentence.split()) & set(english.split()) - {"30", "60"}


@pytest.mark.parametrize("what", [*labels.GROUPS, "technology", "device", "host", "place"])
def test_whatever_changed_has_a_heading(what):
    assert wording.title(what)


# --- small things -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "pages", "named"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 9, [1, 2, 3, None, 9]),
        (5, 9, [1, None, 3, 4, 5, 6, 7, None, 9]),
        (9, 9, [1, None, 7, 8, 9]),
    ],
)
def test_a_pager_names_the_ends_and_the_pages_around(number, pages, named):
    assert wording.page_numbers(number, pages) == named


def test_a_sign_carries_its_address_as_a_square_to_scan():
    picture = wording.qr("https://example.org/d/7Q4KZM1/")
    assert picture.startswith("<svg")
    assert wording.qr("https://example.org/d/7Q4KZN1/") != picture


def test_the_languages_of_the_site_are_those_of_the_record():
    assert list(languages()) == ["en", "es", "km", "tl"]


# --- saying no ----------------------------------------------------------------------------------


def test_whether_one_can_say_no_is_told_with_whose_reading_it_is(wifi):
    told = wording.choice(wifi)
    assert told == "Yes. You can do without it. (our reading, not from the City)"


def test_where_it_is_not_known_whether_one_can_say_no_nothing_is_claimed(wifi):
    assert wording.choice(replace(wifi, opt_out=OptOut(gap="not_published"))) == ""


def test_every_way_to_say_no_has_words():
    assert labels.CHOICES.keys() == set(CHOICES)


# --- the life of data ---------------------------------------------------------------------------


def test_a_stage_names_what_happens_to_data_there(registry):
    readers = registry.technologies["police-plate-readers"]
    told = {name: wording.stage(name, readers, registry) for name in labels.LIFE}
    assert told["collected"] == "Pixel-based image, Plate number, Location history and 1 more"
    assert told["stored"] == "The City has not published where the data is kept."
    assert told["shared"].startswith("Other agencies")
    assert "Homeland Security" not in told["shared"]  # it gets nothing any more
    assert told["deleted"] == wording.longest(readers)


@pytest.mark.parametrize("code", languages())
def test_every_stage_of_every_technology_has_words(code, registry):
    speak(code)
    for technology in registry.technologies.values():
        assert all(wording.stage(name, technology, registry) for name in labels.LIFE)


def test_a_stage_in_which_a_device_differs_is_known():
    assert labels.differs("deleted", ("retention",))
    assert not labels.differs("stored", ("retention",))


def test_where_something_is_known_the_gap_speaks_of_the_rest():
    known = Group(items=("x",), gap="not_published")
    assert wording.missing("data", known).startswith("There may be more.")
    assert wording.missing("data", Group(gap="unknown")) == "We have not found this out yet."
