"""Takes the pictures in ``docs/``: the README's, eight key pages, the desk.

Each key page is one sheet of eight pictures: desktop and phone, English and Khmer, light and dark.
"""

from __future__ import annotations

import base64
import functools
import http.server
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import desk_pictures
from playwright.sync_api import Browser, sync_playwright

from lamppost.config import PROJECT, Config
from lamppost.freezer import freeze

DOCS = PROJECT / "docs"
CHROMIUM = PROJECT / ".venv" / "chromium-path"
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
PAGES = {
    "home": "",
    "technologies": "technologies/",
    "technology": "technologies/police-plate-readers/",
    "device": "devices/X0XTQQ7/",
    "place": "places/district-1/",
    "search": "search/#q=wi-fi",
    "numbers": "numbers/",
    "how-to-read": "about/how-to-read/",
}
SCREENS = {"desktop": (1280, 1000), "phone": (360, 1000)}
AS_OF = date(2026, 11, 25)
"""The day that the pictures show, so that the same content gives the same pictures."""

SHEET = """<style>
  body { margin: 0; padding: 16px; inline-size: max-content; background: #7c8a92; }
  div { display: flex; gap: 16px; margin-block-end: 16px; }
  img { block-size: 620px; }
</style>"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Silence."""


@contextmanager
def served() -> Iterator[str]:
    """The shipped content, frozen, on a server; yields its address."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        freeze(Config(record=PROJECT, as_of=AS_OF), site)
        handler = functools.partial(_Quiet, directory=str(site))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def taken(browser: Browser, address: str, screen: str, scheme: str) -> bytes:
    """A picture of a page as it opens."""
    width, height = SCREENS[screen]
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    page.goto(address, wait_until="networkidle")
    picture: bytes = page.screenshot()
    page.close()
    return picture


def sheet(browser: Browser, base: str, path: str) -> bytes:
    """The eight pictures of a page, beside and below each other."""
    rows = []
    for scheme in ("light", "dark"):
        shown = [
            taken(browser, f"{base}/{code}/{path}", screen, scheme)
            for screen in SCREENS
            for code in ("en", "km")
        ]
        encoded = [base64.b64encode(picture).decode() for picture in shown]
        images = [f'<img src="data:image/png;base64,{data}">' for data in encoded]
        rows.append(f"<div>{''.join(images)}</div>")
    page = browser.new_page(viewport={"width": 2000, "height": 600})
    page.set_content(SHEET + "".join(rows))
    picture: bytes = page.locator("body").screenshot(type="jpeg", quality=78)
    page.close()
    return picture


def main() -> None:
    """Write ``docs/home.png``, ``docs/pictures/`` and ``docs/desk/``."""
    (DOCS / "pictures").mkdir(exist_ok=True)
    with served() as base, sync_playwright() as playwright:
        path = CHROMIUM.read_text("utf-8").strip()
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        (DOCS / "home.png").write_bytes(taken(browser, f"{base}/en/", "desktop", "light"))
        for name, address in PAGES.items():
            (DOCS / "pictures" / f"{name}.jpg").write_bytes(sheet(browser, base, address))
            print(f"wrote docs/pictures/{name}.jpg")
        for name in desk_pictures.take(browser):
            print(f"wrote {name}")
        browser.close()


if __name__ == "__main__":
    main()
