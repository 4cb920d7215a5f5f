"""Another language is the same page, and with a script the same place in it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

PAGE = "technologies/police-plate-readers/"


def switch(page, code: str) -> None:
    """Go to the page's version in another language."""
    page.click(f'.languages__link[hreflang="{code}"]')


@pytest.mark.parametrize("path", [PAGE, "sources/", "devices/28JJQQ8/"])
def test_the_links_to_other_languages_keep_the_page(path, visit, host):
    page = visit(f"/en/{path}", java_script_enabled=False)
    switch(page, "km")
    assert page.url == f"{host.url}/km/{path}"


@pytest.mark.parametrize("place", ["", "#retention"])
def test_the_place_in_the_page_is_kept(place, visit, host):
    page = visit(f"/en/{PAGE}{place}")
    switch(page, "es")
    assert page.url == f"{host.url}/es/{PAGE}{place}"


def test_a_place_that_was_chosen_on_the_page_is_kept(visit, host):
    page = visit(f"/en/{PAGE}")
    page.click('.chain a[href="#stage-deleted"]')
    switch(page, "tl")
    assert page.url == f"{host.url}/tl/{PAGE}#stage-deleted"


def test_the_words_that_are_searched_for_are_kept(visit, host):
    page = visit("/en/search/")
    page.fill("#q", "wi-fi & more")
    switch(page, "es")
    page.wait_for_url(f"{host.url}/es/search/#q=wi-fi%20%26%20more")
    expect(page.locator("#q")).to_have_value("wi-fi & more")
