"""The patterns page shows every component in every language; one that it lacks is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes
from jinja2.runtime import Macro
from tinyhtml5.parser import HTMLParser

import lamppost
from lamppost import create_app
from lamppost.i18n import languages

ROOT = Path(lamppost.__file__).parent
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))


@pytest.fixture(params=languages())
def language(request) -> str:
    return request.param


@pytest.fixture
def page(client, language) -> str:
    answer = client.get(f"/{language}/patterns/")
    assert answer.status_code == 200
    return answer.text


def classes(page: str) -> set[str]:
    return {name for found in re.findall(r' class="([^"]*)"', page) for name in found.split()}


# --- everything is shown ------------------------------------------------------------------------


def macros(app: Flask) -> set[tuple[str, str]]:
    """The components: the file and the name of each macro."""
    trees = {path.name: app.jinja_env.parse(path.read_text("utf-8")) for path in COMPONENTS}
    found = {(f, m.name) for f, tree in trees.items() for m in tree.find_all(nodes.Macro)}
    assert ("registry.html", "label") in found
    return found


def test_every_component_is_shown(shipped, monkeypatch):
    shown = set()
    invoke = Macro._invoke  # noqa: SLF001 - where Jinja comes by whenever it draws one

    def told(self, *arguments):
        shown.add((Path(self._func.__code__.co_filename).name, self.name))
        return invoke(self, *arguments)

    monkeypatch.setattr(Macro, "_invoke", told)
    app = create_app(shipped)  # of its own, since the other remembers what it has drawn
    assert app.test_client().get("/en/patterns/").status_code == 200
    assert macros(app) - shown == set(), "show it in templates/patterns/patterns.html"


def blocks(css: str) -> set[str]:
    """The blocks that a stylesheet has selectors for."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    selectors = re.findall(r"([^{}]+)\{", css)
    starts = (one.strip() for selector in selectors for one in selector.split(","))
    return {m[1] for m in (re.match(r"\.([a-z]+(?:-[a-z]+)*)", one) for one in starts) if m}


def test_the_blocks_of_a_stylesheet_are_found():
    css = "/* .no */ .a-b__c,\n.d--e .f > li { x: y } @media print { .g:hover { x: .h } }"
    assert blocks(css) == {"a-b", "d", "g"}


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_every_block_of_the_styles_is_shown(path, client):
    shown = {re.split("__|--", name)[0] for name in classes(client.get("/en/patterns/").text)}
    assert blocks(path.read_text("utf-8")) - shown == set(), "show it in templates/patterns"


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("level", ["none", "de_identified", "pseudonymous", "identifiable", "unknown"]),
        ("grade", ["stated", "contract", "policy", "law", "audited", "seen", "press", "inferred"]),
        ("shape", ["proposed", "approved", "installed", "active", "paused", "removed", "ended"]),
        ("series", ["1", "2"]),
        ("trend", ["1", "2"]),
    ],
)
def test_every_state_is_shown(kind, names, client):
    shown = classes(client.get("/en/patterns/").text)
    assert {f"{kind}--{name}" for name in names} - shown == set()


def test_gaps_of_each_kind_notices_and_empty_lists_are_shown(client):
    page = client.get("/en/patterns/").text
    for words in (
        "We have not found this out yet.", "There is none.", "For the rest, the City has not",
        "different here", "The end date has passed", "No device is listed here.",
        "Nothing is overdue.", "There is a problem", "Sample: this device is invented.",
    ):  # fmt: skip
        assert words in page, words


# --- and is sound -------------------------------------------------------------------------------


def test_the_page_is_live_only(app, shipped):
    rules = {rule.endpoint for rule in create_app(shipped, frozen=True).url_map.iter_rules()}
    assert "patterns.patterns" in {rule.endpoint for rule in app.url_map.iter_rules()} - rules


def test_nothing_in_the_page_needs_to_be_repaired(page):
    parser = HTMLParser(namespace_html_elements=False)
    parser.parse(page.encode())
    assert parser.errors == []


def test_every_part_of_the_page_has_a_name_of_its_own_and_is_found_by_it(page):
    ids = re.findall(r' id="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))
    named = re.findall(r' (?:for|aria-labelledby|aria-describedby)="([^"]+)"', page)
    lost = {id_ for found in named for id_ in found.split()} - set(ids)
    lost |= {id_ for id_ in re.findall(r' href="#([^"]+)"', page) if id_ not in ids}
    assert lost == set()


def test_the_page_goes_on_in_its_language_after_what_speaks_all_of_them(page, client, language):
    footer = re.compile(r'<footer class="footer">.*?</footer>', re.DOTALL)
    other = client.get(f"/{language}/plan/").text
    assert footer.search(page)[0] == footer.search(other)[0]


def test_the_page_keeps_to_the_content_security_policy(page):
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)", page)


def test_search_engines_are_asked_to_leave_it_out(page):
    assert '<meta name="robots" content="noindex">' in page
