"""What a first view of a page transfers: its parts as a server sends them, and how many."""

from __future__ import annotations

import gzip
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

# The name of the Khmer language stands on every page, in its own letters.
FONTS = {"km": "static/fonts/khmer.woff2"}
OTHER_FONT = "static/fonts/khmer-name.woff2"


class Weight(NamedTuple):
    """The bytes of a page's parts, compressed, and the number of requests for them."""

    html: int
    css: int
    scripts: int
    fonts: int
    images: int
    requests: int

    @property
    def total(self) -> int:
        """All bytes."""
        return sum(self[:-1])


class _Parts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.css: set[str] = set()
        self.scripts: set[str] = set()
        self.images: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and given.get("rel") == "stylesheet":
            self.css.add(given["href"])
        elif tag == "link" and given.get("rel") == "icon":
            self.images.add(given["href"])
        elif tag == "script" and "src" in given:
            self.scripts.add(given["src"])
        elif tag == "img":
            self.images.add(given["src"])
        self.images = {address for address in self.images if not address.startswith("data:")}


def weigh(site: Path, page: str) -> Weight:
    """The weight of ``page`` (``en/devices/…/``) of the frozen ``site``."""
    html = (site / page / "index.html").read_bytes()
    parts = _Parts()
    parts.feed(html.decode())
    fonts = {FONTS.get(page[:2], OTHER_FONT)}

    def sizes(names: set[str]) -> int:
        return sum(_sent(site / name.lstrip("/")) for name in names)

    return Weight(
        len(gz(html)), sizes(parts.css), sizes(parts.scripts), sizes(fonts), sizes(parts.images),
        1 + len(parts.css) + len(parts.scripts) + len(parts.images) + len(fonts),
    )  # fmt: skip


def _sent(file: Path) -> int:
    data = file.read_bytes()
    return len(data if file.suffix == ".woff2" else gz(data))


def gz(data: bytes) -> bytes:
    return gzip.compress(data, 6)  # the usual level of servers


def heaviest(site: Path, folder: str) -> str:
    """The page of those directly below ``folder`` that is the largest."""
    pages = [p for p in (site / folder).glob("*/index.html") if p.parent.name != "starting-with"]
    return f"{folder}/{max(pages, key=lambda page: page.stat().st_size).parent.name}/"
