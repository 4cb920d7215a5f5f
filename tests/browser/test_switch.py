"""Another language is the same page, and with a script the same place in it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

PAGE = "technologies/police-plate-readers/"


@pytest.mark.parametrize("path", [PAGE, "sources/", "devices/28JJQQ8/"])
def test_the_links_to_other_languages_keep_the_page(path, visit, host):
    page = visit(f"/en/{path}", java_script_enabled=False)
    page.click('.languages__link[hreflang="km"]')
    assert page.url == f"{host.url}/km/{path}"


def test_the_place_in_the_page_is_kept(visit, host):
    page = visit(f"/en/{PAGE}#retention")
    page.click('.languages__link[hreflang="es"]')
    assert page.url == f"{host.url}/es/{PAGE}#retention"


def test_a_place_that_was_chosen_on_the_page_is_kept(visit, host):
    page = visit(f"/en/{PAGE}")
    page.click('.chain a[href="#stage-deleted"]')
    page.click('.languages__link[hreflang="tl"]')
    assert page.url == f"{host.url}/tl/{PAGE}#stage-deleted"


def test_a_page_without_a_place_has_none_afterwards(visit, host):
    page = visit(f"/en/{PAGE}")
    page.click('.languages__link[hreflang="es"]')
    assert page.url == f"{host.url}/es/{PAGE}"


def test_the_words_that_are_searched_for_are_kept(visit, host):
    page = visit("/en/search/")
    page.fill("#q", "wi-fi & more")
    page.click('.languages__link[hreflang="es"]')
    page.wait_for_url(f"{host.url}/es/search/#q=wi-fi%20%26%20more")
    expect(page.locator("#q")).to_have_value("wi-fi & more")
