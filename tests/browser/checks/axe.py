"""What axe finds. Our own checks look again where colours and places change: axe takes its time."""

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
_NARROW = ["scrollable-region-focusable"]
_RUN = """options => axe.run(document, options).then(found => found.violations.flatMap(
  rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")}`)))"""


def _found(page: Page, **options: Any) -> list[str]:
    return list(page.evaluate(_RUN, {**options, "resultTypes": ["violations"]}))


def axe(page: Page) -> list[str]:
    """All of axe's rules."""
    return _found(page, runOnly=_LEVELS, rules=_RULES)


def axe_narrow(page: Page) -> list[str]:
    """Its rules on what only a narrow page may have, and no check of ours is for."""
    return _found(page, runOnly=_NARROW)
