"""What is asked of the registry: every list is whole, in order, and agrees with its counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamppost.fields import Duration
from lamppost.registry.load import Parts
from lamppost.registry.models import Group, Retention, Technology
from lamppost.registry.queries import (
    PAGE_SIZE,
    Registry,
    groups_of,
    longest_kept,
    page_of,
    pages_in,
    words_of,
)
from lamppost.text import Text


def on(registry: Registry, day: date) -> Registry:
    """The same registry, seen on another day."""
    parts = Parts(
        words=registry.words, organizations=registry.organizations, places=registry.places,
        technologies=registry.technologies, devices=registry.devices,
    )  # fmt: skip
    return Registry(parts, day)


# --- lists of devices ---------------------------------------------------------------------------


def test_every_device_stands_once_in_the_list_of_all(registry):
    assert sorted(d.code for d in registry.in_order) == sorted(registry.devices)


def test_every_device_stands_once_in_the_list_of_its_technology_and_in_no_other(registry):
    listed = [d.code for t in registry.technologies.values() for d in registry.devices_of(t)]
    assert sorted(listed) == sorted(registry.devices)
    for technology in registry.technologies.values():
        assert {d.technology for d in registry.devices_of(technology)} <= {technology.id}


def test_every_device_stands_once_in_the_list_of_each_of_its_places(registry):
    listed = [(p.id, d.code) for p in registry.places.values() for d in registry.devices_at(p)]
    assert sorted(listed) == sorted((p, d.code) for d in registry.devices.values() for p in d.place)


def test_every_device_stands_once_under_the_first_character_of_its_code(registry):
    listed = [
        (character, device.code)
        for character, found in registry.by_first_character.items()
        for device in found
    ]
    assert sorted(listed) == sorted((code[0], code) for code in registry.devices)


def test_lists_go_by_place_then_street_then_code(registry):
    keys = [(d.place[:1], d.location, d.code) for d in registry.in_order]
    assert keys == sorted(keys)


@given(st.integers(0, 5 * PAGE_SIZE))
def test_the_pages_of_a_list_make_up_the_list(length):
    whole = list(range(length))
    pages = [page_of(whole, number) for number in range(1, pages_in(length) + 1)]
    assert [value for page in pages for value in page] == whole
    assert all(pages) or length == 0


# --- facets -------------------------------------------------------------------------------------


@pytest.mark.parametrize("facet", ["purpose", "data"])
def test_a_facet_lists_exactly_the_technologies_that_have_the_word(registry, facet):
    for word, listed in registry.listed(facet).items():
        having = [t for t in registry.technologies.values() if word in words_of(t, facet)]
        assert list(listed.technologies) == having


@pytest.mark.parametrize("facet", ["purpose", "data"])
def test_a_facet_lists_the_single_devices_that_have_a_word_their_technology_has_not(
    registry, facet
):
    expected = {
        (word, device.code)
        for device in registry.devices.values()
        for word in getattr(device, f"override_{facet}")
        if word not in words_of(registry.technology_of(device), facet)
    }
    listed = registry.listed(facet).items()
    assert {(word, d.code) for word, found in listed for d in found.devices} == expected
    assert expected


@pytest.mark.parametrize("facet", ["purpose", "data"])
def test_a_word_that_nothing_has_is_not_listed(registry, facet):
    assert all(len(found) for found in registry.listed(facet).values())
    assert len(registry.listed(facet)) < len(registry.words[facet])


def test_every_part_that_an_organization_has_is_told(registry):
    told = {
        (organization, technology.id, role)
        for organization, parts in registry.roles.items()
        for technology, roles in parts
        for role in roles
    }
    for technology in registry.technologies.values():
        assert (technology.contact.office, technology.id, "contact") in told
        for item in technology.accountable.items:
            assert (item.organization, technology.id, item.role) in told
        for item in technology.recipients.items:
            assert (item.organization, technology.id, "recipient") in told


# --- time ---------------------------------------------------------------------------------------


def test_nothing_is_overdue_on_the_day_by_which_it_must_be_checked(registry):
    police = registry.technologies["police-plate-readers"]
    groups = [g.verify_by for g in groups_of(police).values() if g.verify_by]
    first = min([police.verify_by, *groups])
    assert on(registry, first).overdue_in(police) == ()
    assert on(registry, first + timedelta(days=1)).overdue_in(police) != ()


def test_what_is_not_known_is_not_overdue(registry):
    later = on(registry, date(2040, 1, 1))
    for technology in registry.technologies.values():
        overdue = {found.group for found in later.overdue_in(technology)}
        gaps = {n for n, g in groups_of(technology).items() if isinstance(g, Group) and g.is_gap}
        assert not overdue & gaps


def test_overdue_answers_come_longest_ago_first(registry):
    days = [found.since for found in on(registry, date(2040, 1, 1)).overdue]
    assert days == sorted(days)
    assert len(days) > 25


def test_an_end_has_passed_on_the_day_after_it(registry):
    device = next(d for d in registry.devices.values() if d.active_until)
    assert not on(registry, device.active_until).end_has_passed(device)
    assert on(registry, device.active_until + timedelta(days=1)).end_has_passed(device)


# --- how long data is kept ----------------------------------------------------------------------


def keeping(technology: Technology, *durations: str) -> Technology:
    what = Text({"en": "video"})
    items = tuple(
        Retention(applies_to=what, duration=Duration.parse(words) or words) for words in durations
    )
    return replace(technology, retention=Group(items=items))


@pytest.mark.parametrize(
    ("durations", "longest"),
    [
        ((), "unknown"),
        (("unknown",), "unknown"),
        (("none",), "none"),
        (("none", "unknown"), "none"),
        (("P30D", "P60D"), Duration(days=60)),
        (("P8W", "P1M"), Duration(weeks=8)),
        (("PT90M", "PT30M", "PT1H"), Duration(minutes=90)),
        (("P1Y", "indefinite"), "indefinite"),
        (("P5D", "unknown"), Duration(days=5)),
    ],
)
def test_the_longest_time_is_found_among_units_and_words(registry, durations, longest):
    technology = keeping(registry.technologies["public-wifi"], *durations)
    assert longest_kept(technology) == longest


def test_every_technology_stands_under_its_level_and_the_unknown_come_last(registry):
    by_level = registry.by_level
    assert sum(map(len, by_level.values())) == len(registry.technologies)
    assert next(iter(by_level)) == "identifiable"
    assert list(by_level)[-1] == "unknown"
    for level, listed in by_level.items():
        assert {t.identifiability.level for t in listed} == {level}
