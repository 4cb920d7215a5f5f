"""The icons, inlined where they are used so that a page needs no request for them.

They are Tabler Icons (MIT licence), kept in ``icons.svg`` by ``tools/icons.py``.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from flask import Flask
from markupsafe import Markup

_SPRITE = Path(__file__).with_name("icons.svg")
_SYMBOL = re.compile(r'<symbol id="([^"]+)"[^>]*>(.*?)</symbol>', re.DOTALL)


@cache
def _shapes() -> dict[str, str]:
    return dict(_SYMBOL.findall(_SPRITE.read_text("utf-8")))


def names() -> dict[str, str]:
    """The icons there are, by the names that the record may use."""
    return _shapes()


@cache
def icon(name: str) -> Markup:
    """The icon as SVG, hidden from assistive technology: words always stand beside it.

    Raises ``KeyError`` for an icon that is not in ``icons.svg``.
    """
    shapes = re.sub(r"</?g[^>]*>", "", _shapes()[name])
    # What points along the line turns round where the line runs from right to left.
    class_ = "icon icon--along" if name.startswith("arrow-") else "icon"
    svg = f'<svg class="{class_}" viewBox="0 0 24 24" aria-hidden="true">{shapes}</svg>'
    return Markup(svg)  # noqa: S704 - from our own file


def init_app(app: Flask) -> None:
    """Make ``icon`` known to the templates."""
    app.jinja_env.globals["icon"] = icon
