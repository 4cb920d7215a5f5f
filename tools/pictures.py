"""Takes the picture in the README: the home page of the shipped content, frozen."""

from __future__ import annotations

import functools
import http.server
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

from lamppost.config import PROJECT, Config
from lamppost.freezer import freeze

TARGET = PROJECT / "docs" / "home.png"
CHROMIUM = PROJECT / ".venv" / "chromium-path"
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]


def main() -> None:
    """Write ``docs/home.png``."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        freeze(Config(record=PROJECT), site)
        handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(site))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            path = CHROMIUM.read_text("utf-8").strip()
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(f"http://127.0.0.1:{server.server_port}/en/")
            page.screenshot(path=TARGET)
            browser.close()
        server.shutdown()
    print(f"wrote {TARGET}")


if __name__ == "__main__":
    main()
