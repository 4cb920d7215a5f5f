"""What axe finds: all of its rules once, and in other looks those that may find something else."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

SCRIPT = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
_LEVELS = [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"
]  # fmt: skip
# The stricter rule on contrast finds all that the other does.
_RULES = {
    "color-contrast": {"enabled": False},
    "color-contrast-enhanced": {"enabled": True},
    "target-size": {"enabled": True},
}
_COLOURS = ["color-contrast-enhanced", "link-in-text-block"]
_BUT_COLOURS = {rule: {"enabled": False} for rule in _COLOURS}
_RUN = """options => axe.run(document, options).then(found => found.violations.flatMap(
  rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")}`)))"""


def _found(page: Page, **options: Any) -> list[str]:
    return list(page.evaluate(_RUN, {**options, "resultTypes": ["violations"]}))


def axe(page: Page) -> list[str]:
    """All of axe's rules."""
    return _found(page, runOnly=_LEVELS, rules=_RULES)


def axe_colours(page: Page) -> list[str]:
    """Its rules on colours, which take three quarters of its time: where only colours change."""
    return _found(page, runOnly=_COLOURS)


def axe_places(page: Page) -> list[str]:
    """All other rules, where parts move, grow or vanish."""
    return _found(page, runOnly=_LEVELS, rules=_RULES | _BUT_COLOURS)
