"""Every frozen page is sound HTML with a title, a language and a heading."""

from __future__ import annotations

import random
import re

import pytest
from tinyhtml5.parser import HTMLParser

from lamppost.i18n import languages

NEUTRAL = ("", "d", "surveys")
"""Where pages stand that speak several languages at once: at the door, on signs, on posters."""

RUNS = re.compile(r"on[a-z]+$")


def of_devices(name: str) -> bool:
    return re.match(r"(../devices|d)/[0-9A-Z]{7}/", name) is not None


# --- sound --------------------------------------------------------------------------------------


def mistakes(page) -> list[object]:
    """What a browser would have to repair in a page, and what the quick reading missed."""
    parser = HTMLParser(namespace_html_elements=False)
    root = parser.parse(page.words.encode())
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    # The parser adds what may be left out, and names elements of SVG by their namespace.
    seen = sorted(e.attrib["id"] for e in elements if "id" in e.attrib)
    links = {e.attrib["href"] for e in elements if "href" in e.attrib}
    missed = [] if seen == sorted(page.ids) and links <= page.links else ["read in another way"]
    return [*parser.errors, *missed]


REST = [code for code in languages() if code not in ("en", "km")]


@pytest.mark.parametrize(
    "folder", ["en", "km", *NEUTRAL, *(pytest.param(c, marks=pytest.mark.drill) for c in REST)]
)
def test_nothing_in_a_page_needs_to_be_repaired(folder, pages):
    names = [name for name in pages if name.rpartition("/")[0].split("/")[0] == folder]
    devices = [name for name in names if of_devices(name)]
    others = [name for name in names if not of_devices(name)]
    sample = random.Random(folder).sample(devices, min(8, len(devices)))  # noqa: S311 - no secret
    assert others or sample
    found = {name: mistakes(pages[name]) for name in others + sample}
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.drill
@pytest.mark.parametrize("folder", [*languages(), "d"])
def test_nothing_in_any_page_of_a_device_needs_to_be_repaired(folder, pages):
    names = [name for name in pages if name.startswith(f"{folder}/") and of_devices(name)]
    found = {name: mistakes(pages[name]) for name in names}
    assert {name: told for name, told in found.items() if told} == {}


def test_every_page_is_of_the_standard_and_in_utf_8(pages):
    start = re.compile(r'\s*<!doctype html>\n<html lang="[a-z]{2}"( dir="ltr")?>\n<head>\n')
    assert [name for name, page in pages.items() if not start.match(page.words)] == []
    without = [n for n, page in pages.items() if not list(page.all_of("meta", charset="utf-8"))]
    assert without == []


def test_no_part_of_a_page_has_the_name_of_another(pages):
    twice = {name for name, page in pages.items() if len(set(page.ids)) < len(page.ids)}
    assert twice == set()


@pytest.mark.parametrize("attribute", ["for", "aria-labelledby", "aria-describedby"])
def test_what_names_a_part_of_the_page_finds_it(attribute, pages):
    lost = {
        (page.name, id_)
        for page in pages.values()
        for tag in page.tags
        for id_ in tag.attributes.get(attribute, "").split()
        if id_ not in page.ids
    }
    assert lost == set()


# --- what every page has ------------------------------------------------------------------------


def test_every_page_has_one_main_heading_with_words(pages):
    heading = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
    found = {name: heading.findall(page.words) for name, page in pages.items()}
    assert [name for name, headings in found.items() if len(headings) != 1] == []
    without = [n for n, (h,) in found.items() if not re.sub(r"<[^>]+>|\s", "", h)]
    assert without == []


def titles(pages) -> dict[str, str]:
    title = re.compile(r"<title>(.*?)</title>", re.DOTALL)
    return {name: title.search(page.words)[1].strip() for name, page in pages.items()}


def test_every_page_has_a_title(pages):
    assert [name for name, title in titles(pages).items() if len(title.strip(" –")) < 3] == []


@pytest.mark.parametrize("code", languages())
def test_no_two_pages_of_a_language_have_the_same_title(code, pages):
    seen: dict[str, str] = {}
    same = []
    for name, title in titles(pages).items():
        if name.startswith(f"{code}/") and seen.setdefault(title, name) != name:
            same.append((name, seen[title], title))
    assert same == []


def test_every_page_says_its_language(pages):
    for name, page in pages.items():
        (root,) = page.all_of("html")
        first = name.split("/")[0]
        assert root["lang"] == (first if first in languages() else "en"), name


def test_every_page_of_a_language_describes_itself(spoken_pages):
    for name, page in spoken_pages.items():
        (described,) = page.all_of("meta", name="description")
        assert len(described["content"]) > 20, name


def test_every_page_can_be_read_on_a_phone(pages):
    assert [n for n, page in pages.items() if not list(page.all_of("meta", name="viewport"))] == []


def test_every_page_leads_past_its_head_to_its_main_part(pages):
    assert [name for name, page in pages.items() if "main" not in page.ids] == []


# --- what no page has ---------------------------------------------------------------------------


def test_no_page_needs_an_exception_from_the_content_security_policy(pages):
    odd = set()
    for page in pages.values():
        for name, attributes in page.tags:
            if name == "style" or "style" in attributes or any(map(RUNS.match, attributes)):
                odd.add((page.name, name))
            if name == "script" and not attributes.get("src", "").startswith("/"):
                odd.add((page.name, name))
    assert odd == set()


def test_no_page_loads_anything_from_elsewhere(pages):
    loads = {"script": "src", "img": "src", "iframe": "src", "link": "href", "source": "src"}
    elsewhere = {
        (page.name, name)
        for page in pages.values()
        for name, attributes in page.tags
        if name in loads
        and attributes.get("rel") not in ("alternate", "canonical")
        and not attributes.get(loads[name], "/").startswith(("/", "data:"))
    }
    assert elsewhere == set()


def test_no_script_of_the_site_knows_a_cookie(site):
    scripts = [path.read_text("utf-8") for path in (site / "static").rglob("*.js")]
    assert scripts
    assert [words for words in scripts if "cookie" in words or "localStorage" in words] == []


def test_no_template_leaves_a_trace(pages):
    trace = re.compile(r"\{\{|\}\}|\{%|%\}|&lt;(?:span|a|bdi)\b|%\([a-z]+\)s|Undefined")
    assert [name for name, page in pages.items() if trace.search(page.words)] == []
