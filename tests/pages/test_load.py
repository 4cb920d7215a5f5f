"""Pages, terms, the plan and settings: their own rules, and links that lead somewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from lamppost.fields import Problem
from lamppost.pages.load import (
    bounds_of,
    check_links,
    load_pages,
    load_plan,
    load_settings,
    load_sources,
    load_statement,
    load_terms,
    time_zone_of,
)
from lamppost.pages.models import CRITERIA, Page
from lamppost.record import Record
from lamppost.registry.rows import Bounds
from lamppost.text import Made

LANGUAGES = ("en", "es", "km", "tl")
HEAD = "---\ntitle: A\nsummary: B\nupdated: 2026-11-22\nprovenance: human\n---\n"


@pytest.fixture
def reader(small: Path) -> Record:
    return Record(small)


@pytest.fixture
def put(small: Path) -> Callable[[str, str, Any], None]:
    """A function that puts a value at a key of a YAML file of content/."""

    def at(name: str, key: str, value: Any) -> None:
        path = small / "content" / name
        whole = part = yaml.safe_load(path.read_text("utf-8"))
        *above, last = [int(step) if step.isdigit() else step for step in key.split(".")]
        for step in above:
            part = part[step]
        part[last] = value
        path.write_text(yaml.safe_dump(whole, allow_unicode=True), "utf-8")

    return at


def known(record: Record) -> dict[str, Any]:
    return {"sources": load_sources(record, LANGUAGES), "organizations": {"city": 1}}


def pages_of(record: Record) -> dict[str, Page]:
    return load_pages(record, LANGUAGES, known(record))


# --- pages --------------------------------------------------------------------------------------


def write(record: Record, name: str, words: str) -> None:
    path = record.root / "content" / "pages" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, "utf-8")


def test_a_page_is_read_with_its_languages(reader):
    write(reader, "news/en.md", f"{HEAD}Hello")
    write(reader, "news/es.md", HEAD.replace("human", "machine\ntranslates: 2026-11-22") + "Hola")
    news = pages_of(reader)["news"]
    assert reader.problems == []
    assert [news.in_language(code)[0].markdown for code in LANGUAGES] == [
        "Hello",
        "Hola",
        "Hello",
        "Hello",
    ]


@pytest.mark.parametrize(
    ("translates", "made"),
    [
        ("\ntranslates: 2026-11-22", Made.MACHINE),
        ("\ntranslates: 2026-11-21", Made.STALE),
        ("", Made.STALE),
    ],
)
def test_a_translation_of_an_older_english_is_stale(reader, translates, made):
    write(reader, "news/en.md", f"{HEAD}Hello")
    write(reader, "news/es.md", HEAD.replace("human", f"machine{translates}") + "Hola")
    assert pages_of(reader)["news"].in_language("es")[1:] == ("es", made)


def test_a_page_that_is_missing_in_a_language_is_english_there_and_says_so(reader):
    write(reader, "news/en.md", f"{HEAD}Hello")
    assert pages_of(reader)["news"].in_language("km")[1:] == ("en", Made.MISSING)


@pytest.mark.parametrize(
    ("link", "is_sound"),
    [
        ("page:home", True), ("page:plan", True), ("term:retention", True), ("source:S1", True),
        ("technology:public-wifi", True), ("https://example.org", True), ("tel:562-570-0000", True),
        ("page:nowhere", False), ("term:Retention", False), ("technology:none", False),
        ("source:S999", False), ("/en/", False), ("home", False), ("ftp://example.org", False),
        ("#part", False),
    ],
)  # fmt: skip
def test_a_link_must_lead_somewhere(reader, link, is_sound):
    write(reader, "news/en.md", f"{HEAD}See [this]({link}).")
    pages = pages_of(reader)
    linkable = {
        "page": {"home", "plan"}, "term": {"retention"}, "source": {"S1"},
        "technology": {"public-wifi"},
    }  # fmt: skip
    check_links(reader, {"news": pages["news"]}, linkable)
    told = [problem[:3] for problem in reader.problems]
    assert told == ([] if is_sound else [("content/pages/news/en.md", "text", repr(link))])


def test_every_link_of_a_page_is_checked(reader):
    write(reader, "news/en.md", f"{HEAD}- [a](page:a)\n- [b](page:b)\n\n| [c](page:c) |\n|---|\n")
    check_links(
        reader, pages_of(reader), {"page": {"home"}, "term": {}, "source": {}, "technology": {}}
    )
    told = {p.found for p in reader.problems if p.file == "content/pages/news/en.md"}
    assert told == {"'page:a'", "'page:b'", "'page:c'"}


@pytest.mark.parametrize(
    ("own", "found"),
    [
        ("[a](page:plan) [b](term:retention)", []),
        ("[b](term:retention) [a](page:plan)", []),
        ("[a](page:plan)", ["no link to term:retention"]),
        (
            "[a](page:plan) [b](page:home)",
            ["a link too many to page:home", "no link to term:retention"],
        ),
        ("[a](page:plan) [b](page:plan) [c](term:retention)", ["a link too many to page:plan"]),
    ],
)
def test_a_translation_leads_to_the_same_places(reader, own, found):
    write(reader, "news/en.md", f"{HEAD}[a](page:plan) [b](term:retention)")
    write(reader, "news/es.md", HEAD.replace("human", "machine\ntranslates: 2026-11-22") + own)
    linkable = {"page": {"plan", "home"}, "term": {"retention"}}
    check_links(reader, {"news": pages_of(reader)["news"]}, linkable)
    told = [problem[:3] for problem in reader.problems]
    assert told == [("content/pages/news/es.md", "text", one) for one in found]


def test_a_translation_that_is_stale_may_lead_elsewhere(reader):
    write(reader, "news/en.md", f"{HEAD}[a](page:plan)")
    write(reader, "news/es.md", HEAD.replace("human", "machine\ntranslates: 2026-11-21") + "Hola")
    check_links(reader, {"news": pages_of(reader)["news"]}, {"page": {"plan"}})
    assert reader.problems == []


@pytest.mark.parametrize("key", ["title", "summary", "updated", "provenance"])
def test_a_page_must_say_what_it_is(reader, key):
    head = "".join(line for line in HEAD.splitlines(keepends=True) if not line.startswith(key))
    write(reader, "news/en.md", f"{head}Hello")
    pages_of(reader)
    assert [problem[:3] for problem in reader.problems] == [
        ("content/pages/news/en.md", key, "nothing")
    ]


# --- settings -----------------------------------------------------------------------------------


def test_the_settings_of_the_site_are_read(reader):
    settings = load_settings(reader, LANGUAGES, {"organizations": {"technology-and-innovation": 1}})
    assert reader.problems == []
    assert (settings.name, settings.code_prefix) == ("Lamppost", "LB")
    assert bounds_of(reader) == Bounds(33.60, -118.40, 34.00, -117.95)
    assert time_zone_of(reader) == "America/Los_Angeles"


SOUND = {"file": "/tiles/city.pmtiles", "credit": "© The map's makers"}


def test_a_site_may_name_a_street_map_on_its_own_host(reader, put):
    known = {"organizations": {"technology-and-innovation": 1}}
    assert load_settings(reader, LANGUAGES, known).tiles is None
    put("site.yaml", "tiles", SOUND)
    tiles = load_settings(reader, LANGUAGES, known).tiles
    assert reader.problems == []
    assert (tiles.file, tiles.credit) == tuple(SOUND.values())


@pytest.mark.parametrize(
    ("tiles", "key"),
    [
        ("/tiles/city.pmtiles", "tiles"),
        ({**SOUND, "file": "https://elsewhere.example/city.pmtiles"}, "tiles.file"),
        ({**SOUND, "file": "//elsewhere.example/city.pmtiles"}, "tiles.file"),
        ({**SOUND, "file": "/tiles/city.mbtiles"}, "tiles.file"),
        ({"file": "/tiles/city.pmtiles"}, "tiles.credit"),
        ({**SOUND, "style": "dark"}, "tiles.style"),
    ],
)
def test_a_street_map_from_elsewhere_or_without_its_makers_is_told(tiles, key, reader, put):
    put("site.yaml", "tiles", tiles)
    load_settings(reader, LANGUAGES, {"organizations": {"technology-and-innovation": 1}})
    assert [(p.file, p.key) for p in reader.problems] == [("content/site.yaml", key)]


@pytest.mark.parametrize("zone", ["Nowhere/Town", ["a"], {"a": 1}, 7, None, "../../etc/passwd"])
def test_a_time_zone_that_is_none_does_not_stop_the_reader(reader, put, zone):
    put("site.yaml", "time_zone", zone)
    assert time_zone_of(reader) == "UTC"


@pytest.mark.parametrize("bounds", [[1, 2, 3], "here", [1, 2, 3, "4"], None, {"south": 1}])
def test_bounds_that_are_none_are_told_and_let_every_device_stand(reader, put, bounds):
    put("site.yaml", "bounds", bounds)
    assert bounds_of(reader) == Bounds(-90.0, -180.0, 90.0, 180.0)
    load_settings(reader, LANGUAGES, {"organizations": {"technology-and-innovation": 1}})
    assert [(p.key, p.expected) for p in reader.problems] == [
        ("bounds", "four numbers: south, west, north, east, in degrees")
    ]


# --- terms and plan -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("group", "other", "group"),
        ("definition", {"es": "x"}, "definition.en"),
        ("forms", ["words"], "forms"),
        ("forms", {"en": "words"}, "forms"),
        ("forms", {"fr": ["mots"]}, "forms.fr"),
        ("forms", {"en": [7]}, "forms.en"),
        ("sources", ["S999"], "sources[0]"),
    ],
)
def test_a_mistake_in_a_term_is_told(reader, put, key, value, told):
    put("glossary.yaml", f"terms.data-privacy.{key}", value)
    load_terms(reader, LANGUAGES, known(reader))
    assert [problem.key for problem in reader.problems] == [f"terms.data-privacy.{told}"]


@pytest.mark.parametrize(
    ("key", "value", "told", "expected"),
    [
        ("total", 1, "recommendations", "at most 1, as in total"),
        ("total", "22", "total", "a whole number from 1 to 99"),
        ("recommendations.0.id", "No Id", "recommendations[0].id", "something like privacy-staff"),
        (
            "recommendations.0.ratings",
            {"hope": 1},
            "recommendations[0].ratings",
            "a rating for each of",
        ),
        (
            "recommendations.0.grade",
            "rumor",
            "recommendations[0].grade",
            "one of stated,",
        ),
        ("criteria.0.id", "luck", "criteria[0].id", "one of community_impact"),
        ("scale", {"gap": "none"}, "scale.gap", "one of not_published, unknown"),
    ],
)
def test_a_mistake_in_the_plan_is_told(reader, put, key, value, told, expected):
    put("plan.yaml", key, value)
    load_plan(reader, LANGUAGES, known(reader))
    assert [problem.key for problem in reader.problems] == [told]
    assert expected in reader.problems[0].expected


def test_the_shipped_plan_counts_what_it_does_not_know(app):
    plan = app.extensions["published"].content.plan
    assert plan.not_known == plan.total - len(plan.recommendations) >= 0
    assert [criterion.id for criterion in plan.criteria] == list(CRITERIA)


def test_a_file_that_cannot_be_read_gives_one_problem_and_something_empty(reader):
    for name, load in (
        ("sources.yaml", load_sources),
        ("glossary.yaml", load_terms),
        ("plan.yaml", load_plan),
        ("accessibility.yaml", load_statement),
    ):
        (reader.root / "content" / name).write_text("a: [\n")
        load(reader, LANGUAGES, *([] if load in (load_sources, load_statement) else [{}]))
    assert [problem.file for problem in reader.problems] == [
        "content/sources.yaml", "content/glossary.yaml", "content/plan.yaml",
        "content/accessibility.yaml",
    ]  # fmt: skip
    assert {type(problem) for problem in reader.problems} == {Problem}
