"""The record read and checked as a whole: every mistake at once, each once, and never a crash."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamppost import create_app
from lamppost.config import PROJECT, Config
from lamppost.content import read_content
from lamppost.fields import Problem
from lamppost.freezer import freeze
from lamppost.published import BrokenRecordError

REGISTRY = "content/registry"
TECHNOLOGY = f"{REGISTRY}/technologies/traffic-cameras.yaml"
DEVICES = f"{REGISTRY}/devices/traffic-cameras.csv"
FILES = (
    "content/site.yaml",
    "content/sources.yaml",
    "content/glossary.yaml",
    "content/plan.yaml",
    "content/accessibility.yaml",
    "content/pages/home/en.md",
    "content/pages/home/km.md",
    f"{REGISTRY}/organizations.yaml",
    f"{REGISTRY}/places.yaml",
    f"{REGISTRY}/words/purpose.yaml",
    f"{REGISTRY}/words/data.yaml",
    TECHNOLOGY,
    DEVICES,
)
"""One of each kind of file."""


@pytest.fixture
def config(tmp_path: Path, small: Path) -> Config:
    return Config(instance=tmp_path / "instance", record=small, as_of=date(2026, 11, 22))


def test_the_shipped_record_has_no_mistake(shipped):
    assert read_content(shipped).problems == []


# --- one mistake, told once ---------------------------------------------------------------------


def swap(words: str, found: str, put: str) -> str:
    assert found in words
    return words.replace(found, put, 1)


@pytest.mark.parametrize(
    ("name", "found", "put", "problem"),
    [
        (
            "content/site.yaml",
            "code_prefix: LB",
            "code_prefix: lb",
            ("code_prefix", "'lb'", "something like LB"),
        ),
        (
            "content/site.yaml",
            "America/Los_Angeles",
            "America/Atlantis",
            ("time_zone", "'America/Atlantis'", "a time zone such as America/Los_Angeles"),
        ),
        (
            "content/site.yaml",
            "time_zone: A",
            "time_zone: [A]  # A",
            ("time_zone", "['A']", "a line of text"),
        ),
        (
            "content/site.yaml",
            "bounds: [",
            "bounds: [one, ",
            (
                "bounds",
                "['one', 33.6, -118.4, 34.0, -117.95]",
                "four numbers: south, west, north, east, in degrees",
            ),
        ),
        (
            "content/site.yaml",
            "publisher: ",
            "publisher: no-",
            ("publisher", "'no-technology-and-innovation'", "one of the "),
        ),
        (
            "content/site.yaml",
            "name: Lamppost",
            "\tname: Lamppost",
            ("line 3, column 1", "the fault “found ", "YAML"),
        ),
        (
            "content/site.yaml",
            "name: Lamppost",
            "name: A\nname: B",
            ("line 4, column 1", "the fault “the key 'name' for a second time”", "YAML"),
        ),
        (
            "content/sources.yaml",
            "    kind: city",
            "    kind: blog",
            ("sources.S1.kind", "'blog'", "one of city, council,"),
        ),
        (
            "content/sources.yaml",
            "sources:",
            "source:",
            ("source", "the key 'source'", "one of provenance, sources"),
        ),
        (
            "content/glossary.yaml",
            "    group: programme",
            "    group: other",
            ("terms.data-privacy.group", "'other'", "one of programme, registry"),
        ),
        (
            "content/glossary.yaml",
            "      en: [data privacy]",
            "      en: ['']",
            ("terms.data-privacy.forms.en", "''", "a word as it stands in running text"),
        ),
        (
            "content/glossary.yaml",
            "      en: [data privacy]",
            "      xx: [data privacy]",
            ("terms.data-privacy.forms.xx", "the language 'xx'", "one of en, es, km, tl"),
        ),
        ("content/plan.yaml", "total: ", "total: -", ("total", "-", "a whole number from 1 to 99")),
        (
            "content/accessibility.yaml",
            "tested_on: ",
            "tested_on: about ",
            ("tested_on", "'about 20", "a date such as 2026-11-22"),
        ),
        (
            "content/accessibility.yaml",
            "check: axe",
            "check: luck",
            ("checks[1].check", "'luck'", "one of weight, axe, headings"),
        ),
        (
            "content/accessibility.yaml",
            "- tl",
            "- xx",
            ("languages[3]", "'xx'", "one of the ids in languages: en, es, km, tl"),
        ),
        (
            "content/accessibility.yaml",
            "faults: ",
            "# faults: ",
            ("faults", "nothing", "How many faults were put in, and found"),
        ),
        (
            f"{REGISTRY}/places.yaml",
            "    kind: district",
            "    kind: ward",
            ("places.district-1.kind", "'ward'", "one of district, neighborhood"),
        ),
        (
            f"{REGISTRY}/places.yaml",
            "places:\n",
            "places:\n  Über uns: {name: {en: x}, kind: district}\n",
            ("places.Über uns", "'Über uns'", "an id of letters, digits, - and _"),
        ),
        (
            f"{REGISTRY}/words/purpose.yaml",
            "    icon: ",
            "    icon: no-such-",
            ("words.", "'no-such-", "ids in icons"),
        ),
        (
            "content/pages/home/en.md",
            "title: ",
            "titel: ",
            ("titel", "the key 'titel'", "one of title, summary,"),
        ),
        (
            "content/pages/home/en.md",
            "updated: 2026",
            "updated: 20026",
            ("updated", "'20026-", "a date such as 2026-11-22"),
        ),
        (
            "content/pages/for-vendors/en.md",
            "(term:retention)",
            "(term:retntion)",
            ("text", "'term:retntion'", "a link to something of the record (term:)"),
        ),
        (
            "content/pages/for-vendors/en.md",
            "(page:data-privacy)",
            "(ftp://example.org)",
            ("text", "'ftp://example.org'", "a link to https: or to one of "),
        ),
        (
            "content/pages/for-vendors/en.md",
            "sources: [S7",
            "sources: [S999",
            ("sources[0]", "'S999'", "one of the "),
        ),
    ],
)
def test_a_mistake_is_told_with_its_key_and_what_was_expected(config, name, found, put, problem):
    path = config.record / name
    path.write_text(swap(path.read_text("utf-8"), found, put), "utf-8")
    told = [p for p in read_content(config).problems if p.key.startswith(problem[0])]
    assert told
    assert told[0].file == name
    assert told[0].found.startswith(problem[1])
    assert problem[2] in told[0].expected


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("fault", ["binary junk", "nothing", "a folder", "too much"])
def test_a_file_that_cannot_be_read_is_told_and_nothing_that_refers_to_it(config, name, fault):
    path = config.record / name
    if fault == "binary junk":
        path.write_bytes(bytes(range(256)) * 20)
    elif fault == "nothing":
        path.write_bytes(b"")
    elif fault == "too much":
        os.truncate(path, 50_000_000)
    else:
        path.unlink()
        path.mkdir()
    assert [problem.file for problem in read_content(config).problems] == [name]


@pytest.mark.parametrize(
    ("name", "found", "expected"),
    [
        ("content/pages/en.md", "'en.md'", "a folder of lower-case words joined by -"),
        (
            "content/pages/Not An Id/en.md",
            "'Not An Id'",
            "a folder of lower-case words joined by -",
        ),
        ("content/pages/home/fr.md", "'fr.md'", "a file named for a language: en, es, km, tl"),
        (f"{REGISTRY}/technologies/old/loops.yaml", "the file in a folder", "a file directly in"),
        (f"{REGISTRY}/devices/old/loops.csv", "the file in a folder", "a file directly in"),
        (
            f"{REGISTRY}/devices/no-such.csv",
            "'no-such'",
            "the id of a technology as the file’s name",
        ),
    ],
)
def test_a_file_in_a_wrong_place_is_told(config, name, found, expected):
    path = config.record / name
    path.parent.mkdir(parents=True, exist_ok=True)
    kind = DEVICES if name.endswith(".csv") else TECHNOLOGY
    shutil.copy(config.record / (kind if "pages" not in name else "content/pages/home/en.md"), path)
    told = next(p for p in read_content(config).problems if p.file == name)
    assert told.key == "(file)"
    assert told.found.startswith(found)
    assert expected in told.expected


@pytest.mark.parametrize("page", ["home", "languages", "accessibility"])
def test_a_page_that_every_page_links_to_must_be_there(config, page):
    shutil.rmtree(config.record / "content" / "pages" / page)
    name = f"content/pages/{page}/en.md"
    expected = Problem(name, "(file)", "no such page", "a page, linked from all")
    assert expected in read_content(config).problems


def test_a_page_needs_its_english(config):
    (config.record / "content/pages/home/en.md").unlink()
    told = read_content(config).problems
    expected = "the text in English, from which others come"
    assert Problem("content/pages/home/en.md", "(file)", "nothing", expected) in told


# --- many mistakes ------------------------------------------------------------------------------


def test_mistakes_in_many_files_are_told_all_at_once(config, broken):
    broken("content/site.yaml", "code_prefix: LB", "code_prefix: lb")
    broken("content/pages/home/km.md", "title: ", "titel: ")
    broken("content/sources.yaml", "    kind: city", "    kind: blog")
    broken(TECHNOLOGY, "status: active", "status: bust")
    broken(DEVICES, ",active,", ",bust,")
    (config.record / "content/glossary.yaml").write_bytes(b"\xff")
    told = {(problem.file, problem.key) for problem in read_content(config).problems}
    assert told == {
        ("content/site.yaml", "code_prefix"),
        ("content/pages/home/km.md", "titel"),
        ("content/pages/home/km.md", "title"),
        ("content/sources.yaml", "sources.S1.kind"),
        (TECHNOLOGY, "status"),
        (DEVICES, "line 2, status"),
        ("content/glossary.yaml", "line 1"),
    }


def test_mistakes_come_in_the_order_of_files(config, broken):
    broken("content/sources.yaml", "    kind: city", "    kind: blog")
    broken("content/site.yaml", "code_prefix: LB", "code_prefix: lb")
    broken(DEVICES, ",active,", ",bust,")
    told = [problem.file for problem in read_content(config).problems]
    assert told == [DEVICES, "content/site.yaml", "content/sources.yaml"]


# --- nothing half published ---------------------------------------------------------------------


def test_a_broken_record_is_not_served(config, broken):
    broken(DEVICES, ",active,", ",bust,")
    with pytest.raises(BrokenRecordError):
        create_app(config)


def test_a_broken_record_is_not_frozen_and_the_old_site_stays(config, broken, tmp_path):
    old = tmp_path / "site" / "index.html"
    old.parent.mkdir()
    old.write_text("the old site")
    broken(DEVICES, ",active,", ",bust,")
    with pytest.raises(BrokenRecordError):
        freeze(config, old.parent, jobs=1)
    assert old.read_text() == "the old site"


# --- whatever is in the files -------------------------------------------------------------------

BITS = (
    "\t", "\n", "\r\n", ":", ": ", "- ", "[", "]", "{", "}", "'", '"', "&a ", "*a", "<<: ",
    "!!set ",
    "!!int ''", "#", "|", ">", "---\n", "1", "no", "~", "2026-13-45", "2026-01-01 25:61:00", "0o9",
    "http://[", "\x07", "\u2028", "\ufeff", ",", ",,", ";", "=1+1", "<script>", "é", "ភ", "😀",
)  # fmt: skip


@pytest.fixture(scope="module")
def patient(tmp_path_factory) -> Path:
    """A record in which one file after the other is damaged and restored."""
    root = tmp_path_factory.mktemp("patient")
    shutil.copytree(PROJECT / "content", root / "content")
    shutil.copytree(PROJECT / "surveys/practices", root / "surveys/practices")
    for path in (root / REGISTRY).glob("[td]e*/*"):
        if path.stem not in ("this-website", "traffic-cameras", "public-wifi"):
            path.unlink()
    return root


@settings(max_examples=20)
@given(
    name=st.sampled_from(FILES),
    at=st.floats(0, 1, exclude_max=True),
    cut=st.integers(0, 40),
    put=st.lists(st.sampled_from(BITS) | st.text(max_size=3), max_size=6).map("".join),
)
def test_any_damage_to_a_file_is_read_or_told(patient, name, at, cut, put):
    path = patient / name
    words = path.read_text("utf-8")
    start = int(len(words) * at)
    path.write_text(words[:start] + put + words[start + cut :], "utf-8")
    try:
        content = read_content(Config(record=patient, as_of=date(2026, 11, 22)))
    finally:
        path.write_text(words, "utf-8")
    assert all(problem.found and problem.expected for problem in content.problems)


@settings(max_examples=10)
@given(name=st.sampled_from(FILES), data=st.binary())
def test_any_bytes_in_a_file_are_read_or_told(patient, name, data):
    path = patient / name
    words = path.read_bytes()
    path.write_bytes(data)
    try:
        content = read_content(Config(record=patient, as_of=date(2026, 11, 22)))
    finally:
        path.write_bytes(words)
    assert content.problems


# --- what the content knows ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def content(app):
    return app.extensions["published"].content


def test_every_source_knows_the_technologies_that_rest_on_it(content):
    for id_, technologies in content.cited.items():
        assert id_ in content.sources
        for technology in technologies:
            assert f"{id_}" in str(technology)


def test_a_file_that_changes_changes_its_digest_alone(config):
    before = read_content(config).digests
    path = config.record / "content" / "plan.yaml"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    after = read_content(config).digests
    assert {name for name in after if after[name] != before[name]} == {"content/plan.yaml"}
