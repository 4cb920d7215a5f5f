"""What axe finds on every kind of page, in every language and every way to look at it."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
LEVELS = [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"
]  # fmt: skip
STRICTER = {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}
EVERYTHING = {"runOnly": LEVELS, "rules": STRICTER, "resultTypes": ["violations"]}
COLOURS = {
    "runOnly": ["color-contrast", "color-contrast-enhanced", "link-in-text-block"],
    "resultTypes": ["violations"],
}
PLACES = {
    "runOnly": [*COLOURS["runOnly"], "target-size", "scrollable-region-focusable", "region"],
    "resultTypes": ["violations"],
}
# In forced colours axe reads colours that are not shown; but what opts out of them can be seen.
OPTS_OUT = """() => [...document.querySelectorAll("body, body *")]
  .filter((e) => getComputedStyle(e).forcedColorAdjust === "none" && !e.closest("svg"))
  .map((e) => `${e.tagName}.${e.className}`)"""


def found_by_axe(page: Page, options: dict[str, Any]) -> dict[str, list[str]]:
    """What axe reports: for each rule the parts of the page that break it."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(AXE)
    told = page.evaluate(
        "options => axe.run(document, options).then(found => [found.passes.length, "
        "found.violations.map(rule => [rule.id, rule.nodes.map(node => node.target.join(' '))])])",
        options,
    )
    passed, broken = told
    assert passed, "axe has looked at nothing"
    return dict(broken)


def test_axe_has_nothing_to_report(path, visit):
    page = visit(path, color_scheme="light")
    found = {"light": found_by_axe(page, EVERYTHING)}
    page.emulate_media(color_scheme="dark")
    found["dark"] = found_by_axe(page, COLOURS)
    page.emulate_media(contrast="more")
    found["dark, more contrast"] = found_by_axe(page, COLOURS)
    page.emulate_media(color_scheme="light", contrast="more")
    page.set_viewport_size({"width": 320, "height": 640})
    found["320 px, more contrast"] = found_by_axe(page, PLACES)
    page.emulate_media(forced_colors="active")
    found["forced colors"] = page.evaluate(OPTS_OUT)
    assert {way: told for way, told in found.items() if told} == {}


def test_axe_sees_what_is_wrong(visit):
    page = visit("/en/")
    page.evaluate(
        "document.querySelector('h1').outerHTML = '<h4 style=\"color: #ccc\">Pale words</h4><img>'"
    )
    found = found_by_axe(page, EVERYTHING)
    assert {"image-alt", "color-contrast", "page-has-heading-one"} <= found.keys()
    page.evaluate("document.querySelector('h4').style.color = '#666'")
    assert found_by_axe(page, COLOURS).keys() == {"color-contrast-enhanced"}


def test_every_kind_of_page_is_looked_at(app, every_path):
    addresses = app.url_map.bind("")
    looked_at = {addresses.match(path)[0] for path in every_path if path != "/404.html"}
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.endswith("/") and "GET" in (rule.methods or ())
    }
    live = ("concerns", "patterns")
    pages = {endpoint for endpoint in pages if endpoint.split(".")[0] not in live}
    assert pages - looked_at == set()
