"""Finding a device or a page: by its code, and by words in four languages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

DEVICE = "/en/devices/28JJQQ8/"


# --- by its code --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        " LB-28JJ-QQ8 ",
        *(
            pytest.param(typed, marks=pytest.mark.drill)
            for typed in ("28JJQQ8", "lb 28jjqq8", "28J JQQ 8")
        ),
    ],
)
def test_a_code_leads_to_its_device_however_it_is_typed(typed, visit, host):
    page = visit("/en/")
    page.get_by_label("Enter the code on the sign").fill(typed)
    page.keyboard.press("Enter")
    page.wait_for_url(host.url + DEVICE)


@pytest.mark.parametrize(
    "typed",
    [
        "28JJQQ9",
        *(
            pytest.param(typed, marks=pytest.mark.drill)
            for typed in ("", "hello", "ZZZZZZZ", "../../x")
        ),
    ],
)
def test_what_is_no_code_is_told_beside_the_field_and_stays(typed, visit, host):
    page = visit("/en/")
    field = page.get_by_label("Enter the code on the sign")
    field.fill(typed)
    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_role("alert")).to_contain_text("That is not a code")
    expect(field).to_be_focused()
    expect(field).to_have_value(typed)
    assert page.url == host.url + "/en/"


def test_without_a_script_a_code_leads_to_the_lists(visit):
    page = visit("/km/", java_script_enabled=False)
    page.locator("#code").fill("28JJQQ8")
    page.locator("#code").press("Enter")
    page.wait_for_url("**/km/devices/?code=28JJQQ8")
    page.locator("main a[href='/km/devices/starting-with/2/']").click()
    page.locator("main a[href='/km/devices/28JJQQ8/']").first.click()
    assert page.locator("h1").is_visible()


# --- by words -----------------------------------------------------------------------------------


def found(page, words: str) -> list[str]:
    """The addresses that a search for ``words`` finds."""
    page.locator("#q").fill("")
    expect(page.locator("#count")).to_be_empty()
    page.locator("#q").fill(words)
    expect(page.locator("#count")).not_to_be_empty()
    links = page.locator("#results a")
    return [str(link.get_attribute("href")) for link in links.all()]


@pytest.mark.parametrize(
    ("language", "words", "address"),
    [
        ("en", "28jjqq8", "/en/devices/28JJQQ8/"),
        ("en", "plate", "/en/technologies/police-plate-readers/"),
        *(
            pytest.param("en", words, address, marks=pytest.mark.drill)
            for words, address in (
                ("LIBRARY", "/en/organizations/library/"),
                ("enforce", "/en/purposes/enforcement/"),
                ("algorithm", "/en/terms/algorithm/"),
            )
        ),
        ("en", "district 1", "/en/places/district-1/"),
        ("es", "tecnologia", "/es/organizations/technology-and-innovation/"),
        ("tl", "camera", "/tl/technologies/traffic-cameras/"),
    ],
)
def test_words_find_what_they_name(language, words, address, visit):
    assert address in found(visit(f"/{language}/search/"), words)


def test_a_street_finds_the_devices_in_it(visit):
    page = visit("/en/search/")
    found(page, "ocean")
    titles = page.locator("#results li", has_text="Device").locator("a").all_inner_texts()
    assert titles
    assert all("Ocean" in title for title in titles)


def test_khmer_is_found_with_and_without_invisible_spaces(visit):
    page = visit("/km/technologies/traffic-cameras/")
    name = page.locator("h1").inner_text().strip()
    bare = re.sub("[\u200b\u200c\u200d]", "", name)
    assert re.search("[\u1780-\u17ff]{4}", bare)
    parted = "\u200b".join([bare[:4], bare[4:]])
    page = visit("/km/search/")
    address = "/km/technologies/traffic-cameras/"
    assert address in found(page, name)
    assert found(page, bare) == found(page, parted) == found(page, name)


def test_spanish_is_found_with_and_without_accents(visit):
    page = visit("/es/search/")
    assert found(page, "cámaras") == found(page, "camaras") == found(page, "CÁMARAS")
    assert "/es/technologies/traffic-cameras/" in found(page, "camaras")


def test_nothing_found_is_said_in_words(visit):
    page = visit("/tl/search/")
    assert found(page, "xyzzyx") == []
    told = page.locator("#count")
    expect(told).to_have_attribute("role", "status")
    assert str(told.get_attribute("data-none")) == told.inner_text()


def test_words_from_the_home_page_are_searched_and_kept_from_the_server(visit, host):
    page = visit("/en/")
    page.get_by_role("search").get_by_role("searchbox").fill("wi-fi")
    page.keyboard.press("Enter")
    page.wait_for_url(host.url + "/en/search/#q=wi-fi")
    expect(page.locator("#results a").first).to_have_attribute("href", re.compile("public-wifi"))
    assert not [sent for sent in host.sent if "wi-fi" in sent.path]


def test_what_is_typed_is_never_run(visit):
    page = visit("/en/search/#q=" + "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    expect(page.locator("#count")).not_to_be_empty()
    assert page.locator("main img").count() == 0
    assert page.locator("#q").input_value() == "<img src=x onerror=alert(1)>"


def test_without_a_script_the_search_page_leads_on(visit):
    page = visit("/en/search/", java_script_enabled=False)
    expect(page.locator("noscript p")).to_be_visible()
    page.locator("main").get_by_role("link", name="By place").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
