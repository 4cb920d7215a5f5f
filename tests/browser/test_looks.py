"""Every kind of page in every language, looked at in every way: no check finds anything."""

from __future__ import annotations

from collections import Counter

import pytest

import checks
from lamppost import create_app

MOSTLY = ("light", "dark", "narrow")
"""The ways in which each run of the tests looks at a page; the drill looks in all of them."""


def test_no_check_finds_anything_in_the_ways_most_people_look(near_path, open_for_checks):
    page = open_for_checks(near_path)
    but_alike = not near_path.startswith("/en/")
    assert list(checks.found_in(page, but_alike=but_alike, looks=MOSTLY)) == []


@pytest.mark.drill
def test_no_check_finds_anything_in_any_language(
    path, every_path, kinds, open_for_checks, record_property
):
    page = open_for_checks(path)
    found = list(checks.found_in(page))
    counted = Counter(check for _, check, _ in found)
    record_property("checked", {check.id: [1, counted[check.id]] for check in checks.CHECKS})
    record_property("pages", {"pages": len(every_path), "kinds": len(kinds)})
    record_property("browser", f"Chromium {page.context.browser.version.split('.')[0]}")
    assert found == []


# What a live host would send is not seen here. Among the patterns a component stands as often as it
# has states, and samples speak a language of their own.
NOT_SHIPPED = {"concerns.concern", "pitches.pitch", "results.results"}
"""Kinds of pages of which the shipped record has none: the tests of each make some."""

NOT_LIVE = {"weight"}
NOT_PATTERNS = {*NOT_LIVE, "headings", "landmarks", "languages"}


@pytest.mark.parametrize("language", ["en", pytest.param("km", marks=pytest.mark.drill)])
def test_no_check_finds_anything_on_a_live_page(language, live_path, live):
    found = checks.found_in(live(f"/{language}{live_path}"))
    assert [one for one in found if one[1] not in NOT_LIVE] == []


@pytest.mark.drill
@pytest.mark.parametrize("language", ["en", "km"])
def test_no_check_finds_anything_among_the_patterns(language, live):
    # What stands here stands on another page too.
    found = checks.found_in(live(f"/{language}/patterns/"), but_alike=True)
    told = [one for one in found if one[1] not in NOT_PATTERNS]
    assert [one for one in told if "landmark-unique" not in one[2]] == []


@pytest.mark.drill
def test_axe_finds_nothing_in_any_way_of_looking(path, open_for_checks):
    page = open_for_checks(path)
    found = []
    for name, look in checks.LOOKS.items():
        if name != "forced":  # axe reads colours that are not shown then
            checks.put_on(page, look)
            found += [(name, told) for told in checks.axe.axe(page)]
    assert found == []


def test_every_way_of_looking_is_that_of_a_check():
    looks = {look for check in checks.CHECKS for look in check.looks}
    assert looks == checks.LOOKS.keys()


def test_every_kind_of_page_is_looked_at(shipped, every_path):
    app = create_app(shipped, frozen=True)
    addresses = app.url_map.bind("")
    looked_at = {addresses.match(path)[0] for path in every_path if path != "/404.html"}
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.endswith("/") and "GET" in (rule.methods or ())
    }
    assert pages - looked_at == NOT_SHIPPED
