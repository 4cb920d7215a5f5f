"""Pages on paper: a technology is a leaflet of two pages, a sign fits the sheets it is made for."""

from __future__ import annotations

import re

import pytest

from lamppost.i18n import languages

LONGEST = "police-plate-readers"
SHEETS = {
    "A4": {"format": "A4"},
    "Letter": {"format": "Letter"},
    "10 x 15 cm": {"width": "10cm", "height": "15cm"},
}
SMALLEST_PT = 6.0
TYPE = """() => Math.min(...[...document.querySelectorAll(".sign *")]
  .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
  .map((e) => parseFloat(getComputedStyle(e).fontSize)))"""


def sheets_of(page, **paper: str) -> int:
    """How many sheets of paper a page takes."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(**paper)))


@pytest.mark.parametrize("code", languages())
def test_the_longest_technology_is_a_leaflet_of_two_pages(code, visit):
    page = visit(f"/{code}/technologies/{LONGEST}/")
    assert {name: sheets_of(page, format=name) for name in ("A4", "Letter")} == {
        "A4": 2,
        "Letter": 2,
    }


@pytest.mark.drill
@pytest.mark.parametrize("code", languages())
def test_every_technology_is_a_leaflet_of_at_most_two_pages(code, visit, site):
    page = visit(f"/{code}/technologies/")
    for folder in sorted((site / code / "technologies").iterdir()):
        if folder.is_dir():
            page.goto(page.url.partition("/technologies/")[0] + f"/technologies/{folder.name}/")
            assert sheets_of(page, format="Letter") <= 2, folder.name


@pytest.mark.drill
@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("code", ["28JJQQ8", "X0XTQQ7"])
def test_a_sign_fits_one_sheet(code, sheet, visit):
    assert sheets_of(visit(f"/d/{code}/sign/"), **SHEETS[sheet]) == 1


def test_the_words_of_a_small_sign_can_be_read(visit):
    page = visit("/d/28JJQQ8/sign/", viewport={"width": 340, "height": 530})  # 9 x 14 cm
    page.emulate_media(media="print")
    assert page.evaluate(TYPE) * 0.75 >= SMALLEST_PT


def test_a_leaflet_leaves_out_what_only_a_screen_can_use(visit):
    page = visit(f"/en/technologies/{LONGEST}/")
    assert page.locator("nav.menu").is_visible()
    page.emulate_media(media="print")
    assert not page.locator("nav.menu").is_visible()
    assert page.locator(".label").is_visible()
    assert page.locator("#retention").is_visible()
