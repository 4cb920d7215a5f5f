"""The styles: a file per component in ``static/css``, sent as few: each costs a phone time."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

CSS = Path(__file__).parent / "static" / "css"
SITE = (
    "tokens", "base", "frame", "marks", "label", "chain", "lists", "map", "home", "plain",
    "forms", "chart", "brief", "letter", "print",
)  # fmt: skip
"""What every page loads."""

LIVE = ("fields", "publish", "write", "entries", "cover")
"""What pages with forms load besides: a reading page must not pay for it."""


@cache
def sheet(*names: str) -> str:
    """These components' styles as one stylesheet."""
    styles = "".join((CSS / f"{name}.css").read_text("utf-8") for name in names)
    # Comments and indentation are for us: without them a phone fetches a sixth less.
    for pattern, put in ((r"(?s)/\*.*?\*/", ""), (r"\s+", " "), (r" ?([{};]) ?", r"\1")):
        styles = re.sub(pattern, put, styles)
    return styles
