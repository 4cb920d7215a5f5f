"""Technologies, words, places and organizations: every rule of the record has its message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from lamppost.content import Content
from lamppost.fields import Problem
from lamppost.i18n import languages
from lamppost.record import Record
from lamppost.registry.load import Parts, load
from lamppost.registry.rows import Bounds

CAMERAS = "technologies/traffic-cameras.yaml"
NOTHING = object()


@pytest.fixture
def read(small: Path, content: Content) -> Callable[[], tuple[Parts, list[Problem]]]:
    """A function that reads the registry of the small record and gives its problems."""

    def registry() -> tuple[Parts, list[Problem]]:
        record = Record(small)
        parts = load(
            record,
            languages=tuple(languages()),
            sources=content.sources,
            bounds=Bounds(33.60, -118.40, 34.00, -117.95),
            as_of=date(2026, 11, 22),
        )
        return parts, record.problems

    return registry


@pytest.fixture
def put(small: Path) -> Callable[[str, str, Any], None]:
    """A function that puts a value at a key of a YAML file, or takes the key away."""

    def at(name: str, key: str, value: Any) -> None:
        path = small / "content" / "registry" / name
        whole = part = yaml.safe_load(path.read_text("utf-8"))
        *above, last = [int(step) if step.isdigit() else step for step in key.split(".")]
        for step in above:
            part = part[step]
        if value is NOTHING:
            del part[last]
        else:
            part[last] = value
        path.write_text(yaml.safe_dump(whole, allow_unicode=True), "utf-8")

    return at


def test_the_small_record_is_sound(read):
    assert read()[1] == []


@pytest.mark.parametrize(
    ("key", "value", "told", "found", "expected"),
    [
        ("status", "bust", "status", "'bust'", "one of proposed, approved, active,"),
        ("status", ["active"], "status", "['active']", "one of proposed, approved, active,"),
        ("color", "red", "color", "the key 'color'", "one of name, summary, status,"),
        ("name", NOTHING, "name", "nothing", "a value"),
        ("name", "Cameras", "name", "'Cameras'", "a text in each language: en, es, km, tl"),
        ("name.en", NOTHING, "name.en", "nothing", "the text in English, from which others come"),
        ("name.fr", "Caméras", "name.fr", "the language 'fr'", "one of en, es, km, tl"),
        ("name.es", "x" * 91, "name.es", "'xxx", "at most 90 characters, not 91"),
        ("name.by", {"es": "robot"}, "name.by.es", "'robot'", "human, machine or reviewed"),
        ("provenance.es", "robot", "provenance.es", "'robot'", "human, machine or reviewed"),
        ("icon", "traffic-light", "icon", "'traffic-light'", "did you mean 'traffic-lights'?"),
        ("verified_on", "soon", "verified_on", "'soon'", "a date such as 2026-11-22"),
        ("verify_by", date(2026, 11, 22), "verify_by", "'2026-11-22'", "a day after verified_on"),
        ("contact", NOTHING, "contact", "nothing", "a value"),
        ("contact.office", "mayor", "contact.office", "'mayor'", "ids in organizations"),
        ("contact.mailbox", "Jane Doe", "contact.mailbox", "'Jane Doe'", "clerk@example.org"),
        ("contact.phone", "ask Jane", "contact.phone", "'ask Jane'", "something like 562-570-0000"),
        ("purpose", "mobility", "purpose", "'mobility'", "a group: items or gap, with sources"),
        ("purpose.items", ["mobilty"], "purpose.items[0]", "'mobilty'", "did you mean 'mobility'?"),
        ("purpose.items", ["mobility"] * 2, "purpose.items", "the same id twice", "each id once"),
        ("purpose.sources", NOTHING, "purpose.sources", "nothing", "at least one source"),
        ("purpose.sources", ["S999"], "purpose.sources[0]", "'S999'", "ids in sources"),
        ("purpose.grade", NOTHING, "purpose.grade", "nothing", "one of stated, stated_by_vendor,"),
        ("purpose.grade", "rumor", "purpose.grade", "'rumor'", "one of stated, stated_by_vendor,"),
        (
            "retention",
            {},
            "retention",
            "neither items nor gap",
            "items, or a gap: not_published,",
        ),
        ("retention.gap", "secret", "retention.gap", "'secret'", "one of not_published, unknown,"),
        ("retention.gap", "none", "retention.sources", "nothing", "at least one source"),
        ("data.items.0", "video", "data.items[0]", "'video'", "a mapping of type, description"),
        ("data.items.0.type", "gold", "data.items[0].type", "'gold'", "ids in words/data"),
        (
            "accountable.items.0.role",
            "boss",
            "accountable.items[0].role",
            "'boss'",
            "one of deployer,",
        ),
        (
            "documents.items.0.url",
            "www.x.org",
            "documents.items[0].url",
            "'www.x.org'",
            "starts with https://",
        ),
        (
            "documents.items.0.date",
            "May",
            "documents.items[0].date",
            "'May'",
            "a date such as 2025, 2025-12",
        ),
        (
            "identifiability.level",
            "maybe",
            "identifiability.level",
            "'maybe'",
            "one of none, de_identified,",
        ),
        (
            "identifiability.level",
            "none",
            "identifiability.sources",
            "nothing",
            "why local__traffic_camera identifies nobody",
        ),
        (
            "identifiability.level",
            "identifiable",
            "identifiability.sources",
            "nothing",
            "at least one source for the level",
        ),
        (
            "opt_out.level",
            "no",
            "opt_out.level",
            "'no'",
            "one of possible, partly, not_possible, unknown",
        ),
        (
            "opt_out.level",
            "possible",
            "opt_out.sources",
            "nothing",
            "at least one source for the level",
        ),
        (
            "technology_type.items",
            ["local__plate_reader"],
            "plate_policy",
            "nothing",
            "Civil Code 1798.90.51",
        ),
    ],
)
def test_a_mistake_in_a_technology_is_told(read, put, key, value, told, found, expected):
    put(CAMERAS, key, value)
    problem = next(p for p in read()[1] if p.key == told)
    assert problem.file == f"content/registry/{CAMERAS}"
    assert problem.found.startswith(found)
    assert expected in problem.expected


SOURCED = {"sources": ["S11"], "grade": "press"}


@pytest.mark.parametrize(
    ("group", "item", "told", "expected"),
    [
        ("recipients", {"what": {"en": "Video"}}, "recipients.items[0].organization", "a value"),
        (
            "retention",
            {"applies_to": {"en": "x"}, "duration": "60 days"},
            "retention.items[0].duration",
            "an ISO 8601 duration such as P60D",
        ),
        ("retention", {"duration": "P60D"}, "retention.items[0].applies_to", "a value"),
        (
            "storage",
            {"where": "stored_locally", "country": "USA"},
            "storage.items[0].country",
            "something like US",
        ),
        (
            "rights",
            {"what": {"en": "x"}, "how": {"en": "x"}, "days": 0},
            "rights.items[0].days",
            "a whole number from 1 to 3650",
        ),
        (
            "plate_policy",
            {"part": "hopes", "text": {"en": "x"}},
            "plate_policy.items[0].part",
            "one of purposes, people,",
        ),
        ("does_not", "see faces", "does_not.items[0]", "a text in each language"),
    ],
)
def test_a_mistake_in_an_item_of_a_group_is_told(read, put, group, item, told, expected):
    put(CAMERAS, group, {"items": [item], **SOURCED})
    problem = next(p for p in read()[1] if p.key == told)
    assert expected in problem.expected


def test_more_than_three_purposes_are_told(read, put):
    put(CAMERAS, "purpose.items", ["mobility", "enforcement", "connectivity", "safety_security"])
    assert ("the 4 entries", "at most 3") in [problem[2:] for problem in read()[1]]


def test_a_camera_that_identifies_nobody_needs_a_note_and_a_source(read, put):
    put(CAMERAS, "identifiability", {"level": "none", "grade": "seen"})
    assert [problem.key for problem in read()[1]] == [
        "identifiability.note",
        "identifiability.sources",
    ]


def test_a_camera_that_identifies_nobody_may_say_why(read, put):
    note = {"en": "The picture is too coarse."}
    put(CAMERAS, "identifiability", {"level": "none", "note": note, **SOURCED})
    assert read()[1] == []


def test_all_mistakes_of_a_technology_are_told_at_once(read, put):
    for key in ("status", "icon", "purpose", "contact.office", "data.items.0.type"):
        put(CAMERAS, key, "wrong")
    assert {problem.key for problem in read()[1]} >= {
        "status", "icon", "purpose", "contact.office", "data.items[0].type",
    }  # fmt: skip


def test_a_mistake_in_a_technology_makes_none_in_its_devices(read, put):
    put(CAMERAS, "status", "bust")
    assert [problem.file for problem in read()[1]] == [f"content/registry/{CAMERAS}"]


def test_a_group_that_is_left_out_is_a_gap(read, put):
    put(CAMERAS, "storage", NOTHING)
    parts, problems = read()
    assert problems == []
    assert parts.technologies["traffic-cameras"].storage.is_gap


@pytest.mark.parametrize("name", ["Traffic-Cameras", "traffic cameras", "traffic--cameras", "ភ"])
def test_a_file_name_that_cannot_be_an_id_is_told(read, small, name):
    folder = small / "content" / "registry" / "technologies"
    (folder / "public-wifi.yaml").rename(folder / f"{name}.yaml")
    assert "a file name of lower-case words joined by -" in {p.expected for p in read()[1]}


@pytest.mark.parametrize(
    ("name", "key", "value", "told", "expected"),
    [
        ("words/purpose.yaml", "words", ["mobility"], "words", "a mapping of ids"),
        ("words/purpose.yaml", "wrods", {}, "wrods", "one of provenance, words"),
        ("words/purpose.yaml", "words.mobility.label", NOTHING, "words.mobility.label", "a value"),
        (
            "words/purpose.yaml",
            "words.mobility.icon",
            "wlak",
            "words.mobility.icon",
            "ids in icons",
        ),
        (
            "places.yaml",
            "places.district-1.kind",
            "ward",
            "places.district-1.kind",
            "one of district,",
        ),
        (
            "places.yaml",
            "places.District 10",
            {"name": {"en": "x"}, "kind": "district"},
            "places.District 10",
            "an id of letters",
        ),
        (
            "organizations.yaml",
            "organizations.city.url",
            "longbeach.gov",
            "organizations.city.url",
            "starts with https://",
        ),
        (
            "organizations.yaml",
            "organizations.city.kind",
            "club",
            "organizations.city.kind",
            "one of city, authority,",
        ),
    ],
)
def test_a_mistake_in_what_technologies_refer_to_is_told(
    read, put, name, key, value, told, expected
):
    put(name, key, value)
    problem = next(p for p in read()[1] if p.key == told)
    assert problem.file == f"content/registry/{name}"
    assert expected in problem.expected


@pytest.mark.parametrize("name", ["words/purpose.yaml", "organizations.yaml", "places.yaml"])
def test_a_file_of_words_that_cannot_be_read_is_told_once(read, small, name):
    (small / "content" / "registry" / name).write_text("words: [\n")
    assert [problem.file for problem in read()[1]] == [f"content/registry/{name}"]


@pytest.mark.parametrize("folder", ["technologies", "devices"])
def test_a_folder_where_a_file_should_be_is_told(read, small, folder):
    ending = ".csv" if folder == "devices" else ".yaml"
    path = small / "content" / "registry" / folder / f"public-wifi{ending}"
    path.unlink()
    path.mkdir()
    expected = "the folder or device of this name"
    assert [(p.file, p.found) for p in read()[1]] == [
        (path.relative_to(small).as_posix(), expected)
    ]
