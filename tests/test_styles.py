"""The styles know no left and right: they speak of where a line starts, whichever way it runs."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

import lamppost
from lamppost import styles

CSS = sorted((Path(lamppost.__file__).parent / "static" / "css").glob("*.css"))
DECLARATION = re.compile(r"(?<![\w-])(-?[a-z][a-z-]*)\s*:\s*([^;{}]+)[;}]")
PHYSICAL = re.compile(
    r"(?:.+-)?(?:left|right|top|bottom)(?:-.+)?|(?:min-|max-)?(?:width|height)|float-offset"
)
SIDES = re.compile(r"(?<![\w-])(?:left|right)(?![\w-])")
FOUR = ("margin", "padding", "inset", "border-width", "scroll-margin", "scroll-padding")


def physical(css: str) -> list[str]:
    """The declarations that hold in one direction of writing only."""
    css = re.sub(r"/\*.*?\*/|@(?:media|container|page)[^{]*", "", css, flags=re.DOTALL)
    found = []
    for name, value in DECLARATION.findall(css):
        sides = re.sub(r"\([^)]*\)", "()", value).split()
        uneven = name in FOUR and len(sides) == 4 and sides[1] != sides[3]
        if PHYSICAL.fullmatch(name) or SIDES.search(value) or uneven:
            found.append(f"{name}: {value.strip()}")
    return found


@pytest.mark.parametrize("path", CSS, ids=lambda path: path.stem)
def test_no_style_speaks_of_left_and_right(path):
    assert physical(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "css",
    [
        "a { margin-left: 1rem; }",
        "a { border-right-width: 1px }",
        "a { text-align: left; }",
        "a { float: right; }",
        "a { padding: 0 1rem 0 2rem; }",
        "a { min-width: 2rem; }",
        "@media (min-width: 1px) { a { left: 0; } }",
    ],
)
def test_left_and_right_would_be_found(css):
    assert physical(css) != []


@pytest.mark.parametrize(
    "css",
    [
        "@media (min-width: 48rem) { a { margin-inline-start: 1rem; } }",
        "a { padding: 0 1rem; float: inline-end; text-align: start; --width: 40rem; }",
        "/* at the left: */ a { stroke-width: 3; line-height: 1; vertical-align: top; }",
    ],
)
def test_what_holds_in_every_direction_is_left_alone(css):
    assert physical(css) == []


def test_each_stylesheet_is_sent_once():
    assert sorted([*styles.SITE, *styles.LIVE]) == [path.stem for path in CSS]


def test_all_styles_together_are_small():
    sent = (styles.sheet(*names) for names in (styles.SITE, styles.LIVE))
    assert sum(len(gzip.compress(sheet.encode(), 6)) for sheet in sent) <= 14_000
