"""Every kind of page in two languages that nobody speaks: mirrored, and two fifths longer.

Nothing may be cut or stick out, and what runs from right to left is mirrored as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import checks
from checks.fit import fit

MIRRORED, LENGTHENED = "ar-xb", "en-xa"
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}

# An icon stands before the words on its line: to their right, where a line starts at the right.
ICONS_BEHIND = """() => [...document.querySelectorAll("svg.icon, svg.shape")]
  .filter((icon) => icon.closest("[dir]")?.dir === "rtl" && icon.getBoundingClientRect().width)
  .filter((icon) => {
    let next = icon.nextSibling;
    while (next && !next.textContent.trim()) next = next.nextSibling;
    if (!next) return false;
    const range = document.createRange();
    range.selectNodeContents(next);
    const box = icon.getBoundingClientRect();
    const line = [...range.getClientRects()].find((r) => r.bottom > box.top && r.top < box.bottom);
    return line && line.right > box.left + 1;
  })
  .map((icon) => icon.parentElement.textContent.trim().slice(0, 40))"""

# Words of a language that runs the other way keep their direction, and so do codes.
WRONG_WAY = """() => [...document.querySelectorAll("body [lang], .code, code")]
  .filter((e) => !e.closest("svg"))
  .filter((e) => {
    const style = getComputedStyle(e);
    const code = e.matches(".code, code");
    const other = e.closest("[lang]").lang !== document.documentElement.lang;
    const alone = style.display !== "inline" || style.unicodeBidi.startsWith("isolate");
    return (code || other) && (style.direction !== "ltr" || !alone);
  })
  .map((e) => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 40)}`)"""

# Where things stand: at the start of the line, as a share of the page's width from there.
START = """(selector) => {
  const box = document.querySelector(selector).getBoundingClientRect();
  return document.documentElement.clientWidth - box.right;
}"""


@pytest.fixture(scope="session")
def languages_host(pseudo: Path, serve: Any) -> Iterator[Any]:
    """The shipped content with the two languages, on a server."""
    yield from serve(pseudo)


@pytest.fixture
def open_page(visit, languages_host):
    """A function that opens a page of that site."""

    def opened(path: str, **options: Any):
        page = visit(path, at=languages_host.url, **options)
        page.add_script_tag(content=checks.SCRIPT)
        return page

    return opened


@pytest.mark.parametrize("language", [MIRRORED, pytest.param(LENGTHENED, marks=pytest.mark.drill)])
def test_nothing_sticks_out_or_is_cut_in_any_language(
    language, khmer_path, languages_host, looked_at
):
    look_at(language, khmer_path, languages_host, looked_at)


@pytest.mark.drill
@pytest.mark.parametrize("language", [MIRRORED, LENGTHENED])
def test_nothing_sticks_out_or_is_cut_on_any_page(language, spoken_path, languages_host, looked_at):
    look_at(language, spoken_path, languages_host, looked_at)


def look_at(language: str, spoken_path: str, languages_host, looked_at) -> None:
    page = looked_at
    found = {}
    checks.put_on(page, checks.LOOKS["narrow"])
    page.goto(f"{languages_host.url}/{language}{spoken_path}")
    for width in ("narrow", "light"):
        checks.put_on(page, checks.LOOKS[width])
        found[width] = fit(page)
    assert {width: told for width, told in found.items() if told} == {}
    if language == MIRRORED:
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert page.evaluate(ICONS_BEHIND) == []
        assert page.evaluate(WRONG_WAY) == []


def test_what_is_not_mirrored_would_be_found(open_page):
    page = open_page(f"/{MIRRORED}/devices/28JJQQ8/", viewport=NARROW)
    page.add_style_tag(content="main * { direction: ltr } .code { direction: rtl }")
    assert page.evaluate(ICONS_BEHIND)
    assert page.evaluate(WRONG_WAY)
    page.add_style_tag(content="h1 { white-space: nowrap; translate: -4rem }")
    assert fit(page)


@pytest.mark.parametrize("neutral_path", ["/", "/d/28JJQQ8/", "/d/28JJQQ8/sign/", "/404.html"])
def test_pages_of_all_languages_at_once_hold_those_two(neutral_path, open_page):
    page = open_page(neutral_path, viewport=NARROW)
    assert fit(page) == []
    assert page.evaluate(ICONS_BEHIND) == []
    part = page.locator(f'main [lang="{MIRRORED}"][dir="rtl"]')
    assert part.count() == 1


def test_a_page_from_right_to_left_starts_at_the_right(open_page):
    page = open_page(f"/{MIRRORED}/technologies/police-plate-readers/", viewport=WIDE)
    page.keyboard.press("Tab")
    assert page.evaluate(START, ".skip") == 0
    crumbs = [page.evaluate(START, f".crumbs li:nth-child({n})") for n in (1, 2)]
    assert crumbs[0] < crumbs[1]
    items = [page.evaluate(START, f".menu li:nth-child({n})") for n in (1, 2)]
    assert items[0] < items[1]
    assert page.evaluate(START, ".header__name") < page.evaluate(START, ".languages")


def test_an_arrow_to_the_next_page_points_to_where_lines_go(open_page):
    turned = "e => getComputedStyle(e).scale"
    next_ = ".pager a[rel=next] .icon"
    list_ = "technologies/signal-loops/"
    here = open_page(f"/{MIRRORED}/{list_}").locator(next_)
    there = open_page(f"/{LENGTHENED}/{list_}").locator(next_)
    assert (here.evaluate(turned), there.evaluate(turned)) == ("-1 1", "none")


def test_the_name_of_a_street_is_set_apart_from_the_words_around_it(open_page):
    page = open_page(f"/{MIRRORED}/devices/28JJQQ8/")
    names = page.locator("h1 bdi, .near bdi, dd bdi")
    assert names.count() > 2
    assert {names.nth(n).evaluate("e => getComputedStyle(e).unicodeBidi") for n in range(3)} == {
        "isolate"
    }
