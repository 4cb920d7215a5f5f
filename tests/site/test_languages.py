"""The four languages of the site are one site: the same addresses, each linked with the others."""

from __future__ import annotations

import pytest

from lamppost.i18n import languages


def in_language(files: set[str], code: str) -> set[str]:
    return {name.removeprefix(f"{code}/") for name in files if name.startswith(f"{code}/")}


@pytest.mark.parametrize("code", languages())
def test_a_language_has_the_addresses_of_every_other(code, files):
    assert in_language(files, code) ^ in_language(files, "en") == set()
    assert len(in_language(files, code)) > 400


def test_nothing_else_stands_at_the_top(files):
    tops = {name.split("/")[0] for name in files} - languages().keys()
    assert tops == {
        "index.html", "404.html", "robots.txt", "sitemap.xml", "site.css", "registry.js",
        "letters.js",
        "d", "downloads", "search", "static", "surveys",
    }  # fmt: skip


def test_every_page_names_itself_in_every_language(spoken_pages):
    wrong = []
    for name, page in spoken_pages.items():
        own, _, rest = page.address.removeprefix("/").partition("/")
        expected = {code: f"/{code}/{rest}" for code in languages()}
        expected["x-default"] = f"/en/{rest}"
        found = [a for a in page.all_of("link", rel="alternate") if "hreflang" in a]
        (canonical,) = page.all_of("link", rel="canonical")
        named = {a["hreflang"]: a["href"] for a in found}
        right = named == expected and len(found) == len(expected)
        if not right or canonical["href"] != f"/{own}/{rest}":
            wrong.append(name)
    assert wrong == []


def test_every_page_links_to_itself_in_every_language(spoken_pages):
    wrong = []
    for name, page in spoken_pages.items():
        rest = page.address.split("/", 2)[2]
        links = {a["href"]: a for a in page.all_of("a") if a.get("class") == "languages__link"}
        if list(links) != [f"/{code}/{rest}" for code in languages()]:
            wrong.append(name)
            continue
        for code, link in zip(languages(), links.values(), strict=True):
            here = name.startswith(f"{code}/")
            if link["lang"] != code or (link.get("aria-current") == "true") != here:
                wrong.append(name)
    assert wrong == []


def test_pages_without_a_language_name_no_other_language_of_themselves(pages, spoken_pages):
    neutral = pages.keys() - spoken_pages.keys()
    assert neutral
    for name in neutral:
        assert [a for a in pages[name].all_of("link", rel="alternate") if "hreflang" in a] == []


@pytest.mark.parametrize("name", ["index.html", "404.html"])
def test_the_door_and_the_missing_page_lead_into_every_language(name, pages):
    assert {f"/{code}/" for code in languages()} <= pages[name].links


def test_the_address_on_a_sign_leads_into_every_language(pages):
    short = next(page for name, page in pages.items() if name.startswith("d/"))
    code = short.name.split("/")[1]
    assert {f"/{language}/devices/{code}/" for language in languages()} <= short.links


def test_every_language_speaks_with_its_own_words(pages):
    glossaries = {code: pages[f"{code}/terms/index.html"].words for code in languages()}
    assert "Key terms" in glossaries["en"]
    assert "Key terms" not in glossaries["es"] + glossaries["km"]
