"""The checks that every page passes, and the ways of looking in which each is made.

To add one: write a function that takes a page and gives what it finds, in the module of its kind;
put it into :data:`CHECKS`; plant the fault that it is for in ``faults.py``; give it an id in
``lamppost.pages.models`` and a title in ``lamppost.pages.statement``, which names every check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page

from . import axe, fit, forms, frame, languages, operate, order, structure, text, weight

SCRIPT = axe.SCRIPT + (Path(__file__).parent / "shared.js").read_text("utf-8")
"""What the checks need in the page."""

SPACED = """
* {
  line-height: 1.5 !important;
  letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important;
}
p { margin-block-end: 2em !important }
"""
"""As much space as a reader may ask for without losing anything (1.4.12)."""


class Look(NamedTuple):
    """A way of looking at a page: what the reader's machine asks for, its width, its own style."""

    colours: str = "light"
    contrast: str = "no-preference"
    forced: str = "none"
    motion: str = "no-preference"
    width: int = 1280
    height: int = 900
    style: str = ""


LOOKS = {
    "phone": Look(width=360, height=740),
    "light": Look(),
    "dark": Look(colours="dark"),
    "dark_contrast": Look(colours="dark", contrast="more"),
    "contrast": Look(contrast="more"),
    "forced": Look(forced="active"),
    "still": Look(motion="reduce"),
    "narrow": Look(width=320, height=640),
    "spaced": Look(width=320, height=640, style=SPACED),
    "large": Look(width=640, height=800, style="html { font-size: 200% }"),
}
"""In this order, in which little changes from one to the next."""


class Check(NamedTuple):
    """A check: its id in the statement, its looks, and what it finds in a page.

    Where ``alike``, it finds the same in pages whose elements are the same: it is left out where
    the English page has them, except in the drill.
    """

    id: str
    looks: tuple[str, ...]
    find: Callable[[Page], list[str]]
    alike: bool = False


COLOURS = ("light", "dark", "dark_contrast", "contrast", "narrow")
CHECKS = (
    Check("weight", ("phone",), weight.weight),
    Check("axe", ("light",), axe.axe),
    Check("axe", ("dark",), axe.axe_colours, alike=True),
    Check("axe", ("narrow",), axe.axe_places, alike=True),
    Check("axe", ("spaced",), axe.axe_places, alike=True),
    Check("headings", ("light",), structure.headings),
    Check("landmarks", ("light",), structure.landmarks, alike=True),
    Check("references", ("light",), structure.references, alike=True),
    Check("tables", ("light",), structure.tables, alike=True),
    Check("pictures", ("light",), structure.pictures, alike=True),
    Check("languages", ("light",), languages.languages),
    Check("khmer", ("light", "narrow"), languages.khmer),
    Check("sizes", ("light", "narrow"), text.sizes),
    Check("contrast", COLOURS, text.contrast, alike=True),
    Check("links", ("light",), text.links, alike=True),
    Check("forced", ("forced",), text.forced, alike=True),
    Check("forced", ("forced",), operate.forced_focus, alike=True),
    Check("fit", ("narrow", "spaced", "large"), fit.fit),
    Check("turning", ("light",), fit.turning, alike=True),
    Check("order", ("narrow",), order.column),
    Check("order", ("light",), order.order, alike=True),
    Check("focus", ("still",), operate.focus, alike=True),
    Check("targets", ("light", "narrow"), operate.targets),
    Check("dragging", ("light",), operate.dragging, alike=True),
    Check("hover", ("light",), operate.hover, alike=True),
    Check("motion", ("still",), operate.stillness, alike=True),
    Check("motion", ("light",), operate.movement, alike=True),
    Check("forms", ("light",), forms.forms, alike=True),
    Check("help", ("light",), frame.help_order, alike=True),
)


def put_on(page: Page, look: Look) -> None:
    """Let a page be looked at in this way."""
    page.emulate_media(
        color_scheme=look.colours,
        contrast=look.contrast,
        forced_colors=look.forced,
        reduced_motion=look.motion,
    )
    size = {"width": look.width, "height": look.height}
    if page.viewport_size != size:
        page.set_viewport_size(size)
    page.evaluate(
        "style => { const sheet = new CSSStyleSheet(); sheet.replaceSync(style);"
        " document.adoptedStyleSheets = [sheet]; }",
        look.style,
    )


def found_in(
    page: Page, only: str = "", *, but_alike: bool = False, looks: Iterable[str] = tuple(LOOKS)
) -> Iterator[tuple[str, str, str]]:
    """What the checks (or ``only`` one) find in a page just opened: look, check, finding."""
    wanted = [check for check in CHECKS if only in ("", check.id)]
    for name, look in LOOKS.items():
        if name not in looks:
            continue
        now = [c for c in wanted if name in c.looks and not (c.alike and but_alike)]
        if now:
            put_on(page, look)
        for check in now:
            for finding in check.find(page):
                yield name, check.id, finding
