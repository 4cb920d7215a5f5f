"""The registry counted: every number is the length of a list that a reader can go through."""

from __future__ import annotations

import csv
import io
import re
from copy import copy
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lamppost.content import read_content
from lamppost.i18n import speak
from lamppost.registry import numbers
from lamppost.registry.addresses import addresses
from lamppost.registry.load import Parts
from lamppost.registry.models import Contact, Contract, Group, Identifiability
from lamppost.registry.queries import Registry, groups_of, is_answered


@pytest.fixture(autouse=True)
def request_context(app):
    with app.test_request_context("/en/"):
        yield
    speak("en")


def seen(registry: Registry, *, on: date | None = None, **parts) -> Registry:
    """The same registry with other parts, or on another day."""
    names = ("words", "organizations", "places", "technologies", "devices")
    given = {name: parts.get(name, getattr(registry, name)) for name in names}
    return Registry(Parts(**given), on or registry.as_of)


def counts(chart) -> dict[str, float]:
    (series,) = chart.series
    return dict(zip(map(str, chart.labels), series.values, strict=True))


# --- devices ------------------------------------------------------------------------------------


def test_a_district_has_as_many_devices_as_its_own_page_says(client):
    page = client.get("/en/numbers/").text
    rows = re.findall(
        r'<a href="(/en/places/[\w-]+/)">.*?<td class="chart__number">(\d+)</td>', page, re.DOTALL
    )
    assert len(rows) == 9
    for address, number in rows:
        district = client.get(address).text
        words = rf'<p class="count">{number} devices?\b' if number != "0" else "No device is listed"
        assert re.search(words, district), address


def test_devices_in_no_district_are_counted_too(registry):
    found = counts(numbers.devices_by_district(registry))
    districts = {id_ for id_, place in registry.places.items() if place.kind == "district"}
    without = [d for d in registry.devices.values() if not districts & set(d.place)]
    assert found["In no district"] == len(without)


def test_every_technology_and_device_has_one_level(registry):
    technologies = counts(numbers.technologies_by_level(registry))
    devices = counts(numbers.devices_by_level(registry))
    assert sum(technologies.values()) == len(registry.technologies)
    assert sum(devices.values()) == len(registry.devices)


def test_a_device_that_differs_from_its_technology_is_counted_as_it_is(registry):
    device = copy(next(iter(registry.devices.values())))
    before = counts(numbers.devices_by_level(seen(registry, devices={device.code: device})))
    device.override_identifiability = "pseudonymous"
    after = counts(numbers.devices_by_level(seen(registry, devices={device.code: device})))
    words = "Not by name. It can tell that you are the same person again."
    assert (before[words], after[words]) == (0, 1)


def test_counts_of_devices_say_how_many_are_samples_as_long_as_any_is(registry):
    samples = sum(device.sample for device in registry.devices.values())
    assert samples
    for chart in (numbers.devices_by_district(registry), numbers.devices_by_level(registry)):
        assert chart.note.startswith(f"{samples} of these devices are samples: invented")
    real = {code: copy(device) for code, device in registry.devices.items()}
    for device in real.values():
        device.sample = False
    assert numbers.devices_by_district(seen(registry, devices=real)).note == ""


def test_a_registry_without_devices_can_be_counted(registry):
    bare = seen(registry, devices={})
    assert set(counts(numbers.devices_by_district(bare)).values()) == {0}
    assert set(counts(numbers.devices_by_level(bare)).values()) == {0}


# --- answers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("group", "answered"),
    [
        (Group(items=("x",)), True),
        (Group(items=("x",), gap="not_published"), True),
        (Group(gap="none"), True),
        (Group(gap="not_published", grade="press", sources=("S1",)), False),
        (Group(gap="unknown"), False),
        (Identifiability(level="none"), True),
        (Identifiability(level="unknown", sources=("S1",)), False),
        (Contract(gap="not_published"), False),
        (Contract(gap="not_published", vendor="x"), True),
        (Contact(office="x"), True),
    ],
)
def test_what_says_something_of_its_own_is_answered(group, answered):
    assert is_answered(group) == answered


def test_each_group_is_counted_once_for_each_technology_that_has_it(registry):
    chart = numbers.answers_by_group(registry)
    answered, open_ = (series.values for series in chart.series)
    groups = [groups_of(t) for t in registry.technologies.values()]
    assert sum(answered) + sum(open_) == sum(map(len, groups))
    by_label = dict(zip(chart.labels, zip(answered, open_, strict=True), strict=True))
    assert by_label["Documents"] == (
        sum(is_answered(g["documents"]) for g in groups),
        sum(not is_answered(g["documents"]) for g in groups),
    )
    assert all(any(values) for values in (answered, open_))


def test_every_answer_with_a_grade_is_counted_by_it(registry):
    chart = numbers.answers_by_grade(registry)
    graded = [
        group
        for technology in registry.technologies.values()
        for group in groups_of(technology).values()
        if group.grade and is_answered(group)
    ]
    assert sum(chart.series[0].values) == len(graded)


# --- checks -------------------------------------------------------------------------------------


def test_overdue_answers_are_counted_by_technology_and_lead_to_it(registry):
    later = seen(registry, on=date(2027, 3, 1))
    chart = numbers.overdue_by_technology(later)
    assert sum(chart.series[0].values) == len(later.overdue) > 0
    for link, number in zip(chart.links, chart.series[0].values, strict=True):
        technology = registry.technologies[link.split("/")[-2]]
        assert number == len(later.overdue_in(technology))


def test_when_nothing_is_overdue_it_is_said_in_words(registry, client):
    assert registry.overdue == []
    assert numbers.overdue_by_technology(registry) is None
    assert "Nothing is overdue." in client.get("/en/numbers/").text


def test_the_year_ahead_begins_with_this_month_and_goes_over_the_end_of_the_year():
    months = numbers.months_from(date(2026, 11, 30))
    assert months[:3] == ["2026-11", "2026-12", "2027-01"]
    assert (len(months), months[-1]) == (12, "2027-10")


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2027, 5, 22), date(2025, 1, 1)])
def test_every_check_is_overdue_or_ahead_or_later(registry, day):
    then = seen(registry, on=day)
    checks = [day for t in registry.technologies.values() for _, day in then.checks_of(t)]
    chart = numbers.checks_by_month(then)
    later = int(re.match(r"\d*", chart.note)[0] or 0)
    assert sum(chart.series[0].values) + later + len(then.overdue) == len(checks)


def test_answers_to_be_checked_later_are_told_below(registry):
    long_before = seen(registry, on=date(2025, 1, 1))
    assert numbers.checks_by_month(long_before).note.endswith("are to be checked later.")
    assert numbers.checks_by_month(registry).note == ""


# --- the page -----------------------------------------------------------------------------------


def key_of(config) -> bytes:
    content = read_content(config)
    assert content.problems == []
    (key,) = (a.key for a in addresses(content) if a.endpoint == "registry.numbers")
    return key


def change_device(record: Path, column: str, value: str) -> None:
    """Change one column of the first public Wi-Fi."""
    path = record / "content/registry/devices/public-wifi.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
    assert rows[0][column] != value
    rows[0][column] = value
    stream = io.StringIO()
    writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(stream.getvalue(), "utf-8")


@pytest.mark.parametrize(
    ("column", "value"),
    [("place", "district-9"), ("override_identifiability", "pseudonymous"), ("sample", "no")],
)
def test_the_page_is_old_when_what_is_counted_of_a_device_changes(column, value, config, small):
    before = key_of(config)
    change_device(small, column, value)
    assert key_of(config) != before


def test_the_page_stays_when_something_else_changes_of_a_device(config, small):
    before = key_of(config)
    change_device(small, "host", "kiosk")
    assert key_of(config) == before


def test_the_page_is_old_when_another_month_begins(config, small):  # noqa: ARG001 - trims the record
    before = key_of(config)
    assert key_of(replace(config, as_of=date(2026, 11, 23))) == before
    assert key_of(replace(config, as_of=date(2026, 12, 1))) != before


def test_the_page_draws_every_chart_in_every_language(client):
    for language in ("en", "es", "km", "tl"):
        page = client.get(f"/{language}/numbers/").text
        assert page.count('<figure class="chart">') == 6
        assert page.count("<caption") == 0
        assert page.count("<table aria-labelledby") == 6
