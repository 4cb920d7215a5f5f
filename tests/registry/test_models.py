"""What a technology and a device know of themselves, and that any mapping can be read as one."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamppost.fields import At, Duration, declared, read
from lamppost.registry.models import PLATE_POLICY_PARTS, Group, Technology

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.binary(max_size=3)
    | st.dates()
    | st.datetimes()
    | st.sampled_from(["none", "P30D", "2025-12", "S5", "http://[", datetime(2026, 1, 1)]),  # noqa: DTZ001
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["en", "es", "by", "stale", "items", "gap", "sources", "grade", "note", "duration",
                 "organization", "part", "type", "level", "url", "xx"]
            ),
            inner,
            max_size=4,
        )
        | st.sets(st.text(max_size=2), max_size=2)
    ),
    max_leaves=12,
)  # fmt: skip
KEYS = st.sampled_from([*declared(Technology), "other"])


@given(st.dictionaries(KEYS, VALUES, max_size=5) | VALUES)
def test_any_value_is_read_as_a_technology_or_told(raw):
    problems = []
    languages = ("en", "es", "km", "tl")
    technology = read(Technology, raw, At("f", problems, {}, languages, {}), id="any")
    assert technology.id == "any"
    assert all(problem.found and problem.expected for problem in problems)


@pytest.fixture(scope="module")
def police(registry) -> Technology:
    return registry.technologies["police-plate-readers"]


def test_a_plate_reader_is_known_by_its_type(registry, police):
    assert police.reads_plates
    assert not registry.technologies["public-wifi"].reads_plates


def test_the_parts_of_a_policy_that_were_not_found_come_in_the_order_of_the_law(police):
    held = {item.part for item in police.plate_policy.items}
    assert police.missing_policy_parts == tuple(p for p in PLATE_POLICY_PARTS if p not in held)


def test_a_technology_without_a_policy_lacks_all_seven_parts(registry):
    assert registry.technologies["public-wifi"].missing_policy_parts == PLATE_POLICY_PARTS
    assert len(PLATE_POLICY_PARTS) == 7


def test_a_kind_of_data_that_is_told_twice_counts_once(registry):
    for technology in registry.technologies.values():
        assert len(set(technology.data_types)) == len(technology.data_types)


@pytest.mark.parametrize(
    ("group", "is_gap"),
    [
        (Group(gap="unknown"), True),
        (Group(gap="not_published"), True),
        (Group(gap="none"), False),
        (Group(items=("a",), gap="unknown"), False),
    ],
)
def test_a_group_is_a_gap_when_nothing_is_known(group, is_gap):
    assert group.is_gap is is_gap


def test_a_device_knows_where_it_differs(registry):
    differing = [device for device in registry.devices.values() if device.overrides]
    assert {group for device in differing for group in device.overrides} == {
        "purpose", "data", "identifiability", "retention", "access", "storage",
    }  # fmt: skip
    assert any(device.override_retention == Duration(days=30) for device in differing)


def test_the_registry_judges_from_the_day_it_is_given(registry):
    assert registry.as_of == date(2026, 11, 22)
