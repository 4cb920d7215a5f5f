"""What tests in a browser share: the frozen site on a server, and a Chromium that looks at it."""

from __future__ import annotations

import gzip
import mimetypes
import os
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route, sync_playwright
from werkzeug.serving import make_server

import checks
from lamppost.config import PROJECT
from lamppost.i18n import languages
from lamppost.security import HEADERS
from statement import pytest_addoption, pytest_runtest_logreport, pytest_sessionfinish

__all__ = ["pytest_addoption", "pytest_runtest_logreport", "pytest_sessionfinish"]

QUIET = ("--no-sandbox", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run", "--enable-unsafe-swiftshader")  # fmt: skip
"""The last draws WebGL without a graphics card."""


class Sent(NamedTuple):
    """A file that the server sent: its address and its bytes on the wire, without headers."""

    path: str
    status: int
    size: int


class Host(ThreadingHTTPServer):
    """A plain file server as a host of the frozen site would be, with gzip."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, root: Path, headers: Mapping[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.root, self.headers = root, headers
        self.sent: list[Sent] = []

    @cached_property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that closes a connection is no mistake."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Host

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self.server.root / path.lstrip("/")
        if file.is_dir():
            file /= "index.html"
        status = 200 if file.is_file() else 404
        file = file if status == 200 else self.server.root / "404.html"
        data = file.read_bytes()
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        span = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if span and status == 200:
            status, data = 206, data[int(span[1]) : int(span[2]) + 1]
        self.send_response(status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        if kind.startswith("text/") or kind.endswith(("json", "javascript", "xml")):
            data = gzip.compress(data, 6)  # the usual level of servers
            self.send_header("Content-Encoding", "gzip")
            kind += "; charset=utf-8"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)
            self.server.sent.append(Sent(path, status, len(data)))

    do_HEAD = do_GET  # noqa: N815 - what http.server looks for

    def log_message(self, *_: object) -> None:
        """Silence."""


def served(root: Path, **headers: str) -> Iterator[Host]:
    """A host for a folder, as long as it is looked at."""
    host = Host(root, headers)
    thread = threading.Thread(target=host.serve_forever, daemon=True)
    thread.start()
    yield host
    host.shutdown()
    host.server_close()
    thread.join()


@pytest.fixture(scope="session")
def serve() -> Callable[[Path], Iterator[Host]]:
    """A function that gives a host for another folder, for fixtures."""
    return served


@pytest.fixture(scope="session")
def host(site: Path) -> Iterator[Host]:
    """The shipped content, frozen, on a server."""
    yield from served(site)


@pytest.fixture
def strict_host(tmp_path: Path) -> Iterator[Host]:
    """A test's own folder ``public`` on a server that sends the headers the README asks for."""
    (tmp_path / "public").mkdir()
    yield from served(tmp_path / "public", **HEADERS)


@pytest.fixture
def desk_host(desk: Flask) -> Iterator[str]:
    """The name and port of the desk on a server of this machine."""
    server = make_server("127.0.0.1", 0, desk, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright itself, for what it knows of devices."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium, whose path ``tools/chromium.sh`` has written down."""
    written = PROJECT / ".venv" / "chromium-path"
    path = os.environ.get("LAMPPOST_CHROMIUM") or written.read_text("utf-8").strip()
    browser = playwright.chromium.launch(executable_path=path, args=QUIET)
    yield browser
    browser.close()


@pytest.fixture
def contexts(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """A function that makes a browser of its own, with the options of Playwright."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        context = chromium.new_context(**options)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def visit(contexts: Callable[..., BrowserContext], host: Host) -> Callable[..., Page]:
    """A function that opens a page of the frozen site; mistakes of its scripts are errors."""

    def visit(path: str, *, at: str = "", **options: Any) -> Page:
        page = contexts(**options).new_page()

        def stop(error: Exception) -> None:
            raise AssertionError(f"{path}: {error}")

        page.on("pageerror", stop)
        page.goto((at or host.url) + path)
        return page

    return visit


@pytest.fixture(scope="session")
def looked_at(chromium: Browser) -> Iterator[Page]:
    """One page for all that is looked at: to make a new one takes longer than to open an address.

    It keeps nothing of what it has seen, so that each view is a first one.
    """
    context = chromium.new_context()
    context.add_init_script(checks.SCRIPT)
    page = context.new_page()
    context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    yield page
    context.close()


@pytest.fixture
def open_for_checks(looked_at: Page, host: Host) -> Callable[[str], Page]:
    """A function that opens a page of the frozen site for the checks."""

    def visit(path: str) -> Page:
        checks.put_on(looked_at, next(iter(checks.LOOKS.values())))
        looked_at.goto(host.url + path)
        return looked_at

    return visit


@pytest.fixture
def open_with(looked_at: Page, host: Host) -> Iterator[Callable[[str, dict[str, str]], Page]]:
    """A function that opens a page for the checks, with words of its own for some addresses."""

    def visit(path: str, instead: dict[str, str]) -> Page:
        for address, words in instead.items():
            kind = mimetypes.guess_type(address)[0] or "text/html"
            looked_at.route(host.url + address, partial(_send, words, f"{kind}; charset=utf-8"))
        checks.put_on(looked_at, next(iter(checks.LOOKS.values())))
        looked_at.goto(host.url + path)
        return looked_at

    yield visit
    looked_at.unroute_all()
    # What a fault's script has kept or begun does not outlive it: the next view is a first one.
    looked_at.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    looked_at.context.clear_cookies()
    looked_at.goto("about:blank")


def _send(words: str, kind: str, route: Route) -> None:
    route.fulfill(body=words, content_type=kind)


@pytest.fixture
def live(contexts: Callable[..., BrowserContext], client: FlaskClient) -> Callable[..., Page]:
    """A function that opens a page of the live site; ``html`` takes its place if given."""

    def visit(path: str, html: str = "", **options: Any) -> Page:
        context = contexts(**options)
        context.add_init_script(checks.SCRIPT)
        page = context.new_page()

        def answer(route: Route) -> None:
            asked = urlsplit(route.request.url).path
            found = client.get(asked)
            body = html.encode() if html and asked == path else found.data
            route.fulfill(status=found.status_code, body=body, content_type=found.content_type)
            found.close()

        page.route("**/*", answer)
        page.goto("http://live.test" + path)
        return page

    return visit


# --- which pages --------------------------------------------------------------------------------

SPOKEN = {
    "home": "/",
    "technologies": "/technologies/",
    "technology": "/technologies/police-plate-readers/",
    "technology with gaps": "/technologies/smart-street-lights/",
    "this website": "/technologies/this-website/",
    "what you can do": "/technologies/police-plate-readers/ask/",
    "device": "/devices/28JJQQ8/",
    "device that differs": "/devices/X0XTQQ7/",
    "device that was removed": "/devices/6VJ3G4F/",
    "device without a point": "/devices/2TDDJDB/",
    "device past its end": "/devices/3C3D4M4/",
    "what is not a sensor": "/devices/47R217F/",
    "devices": "/devices/",
    "devices by character": "/devices/starting-with/2/",
    "places": "/places/",
    "place": "/places/district-1/",
    "purposes": "/purposes/",
    "purpose": "/purposes/enforcement/",
    "kinds of data": "/data/",
    "kind of data": "/data/boolean/",
    "organizations": "/organizations/",
    "organization": "/organizations/library/",
    "briefs": "/briefs/",
    "annual report": "/briefs/annual-report-2023/",
    "brief with a chart": "/briefs/perceptions-of-privacy-2024/",
    "surveys": "/surveys/",
    "survey": "/surveys/technology-and-privacy/",
    "survey on paper": "/surveys/technology-and-privacy/paper/",
    "concerns": "/concerns/",
    "pitches": "/pitches/",
    "pitch programme": "/about/pitch/",
    "vendor assessments": "/vendor-assessments/",
    "changes": "/changes/",
    "checks": "/checks/",
    "numbers": "/numbers/",
    "search": "/search/",
    "downloads": "/downloads/",
    "sources": "/sources/",
    "plan": "/plan/",
    "key terms": "/terms/",
    "key term": "/terms/algorithm/",
    "data privacy": "/about/data-privacy/",
    "for vendors": "/about/for-vendors/",
    "how to read": "/about/how-to-read/",
    "about the data": "/about/about-the-data/",
    "accessibility": "/about/accessibility/",
    "languages": "/about/languages/",
}
"""Pages that stand in each language, below its code."""

STATES = {
    "technology with gaps", "this website", "device that differs", "device that was removed",
    "device without a point", "device past its end", "what is not a sensor",
}  # fmt: skip
"""Pages of a kind that stands above already: once in each script is enough."""

NEUTRAL = {
    "door": "/",
    "short page": "/d/28JJQQ8/",
    "short page of one that differs": "/d/X0XTQQ7/",
    "sign": "/d/28JJQQ8/sign/",
    "poster": "/surveys/technology-and-privacy/poster/",
    "lost": "/404.html",
}
"""Pages that speak several languages at once."""

LIVE = {
    "concern about a technology": "/concerns/new/technologies/police-plate-readers/",
    "pitch of a resident": "/pitches/new/residents/",
    "pitch of a company": "/pitches/new/companies/",
    "concern about a device": "/concerns/new/devices/28JJQQ8/",
}
"""Pages of the live site alone, that anybody may see, below a language's code."""

EVERY = [
    *[
        f"/{code}{path}"
        for code in languages()
        for name, path in SPOKEN.items()
        if code in {"en", "km"} or name not in STATES
    ],
    *NEUTRAL.values(),
]
"""All of them, each kind in every language."""


IN_KHMER = (
    "home", "technologies", "technology", "device", "devices", "place", "brief with a chart",
    "survey", "survey on paper", "concerns", "search", "languages",
)  # fmt: skip
"""Pages that are also looked at in the tallest script: one for each way in which they are built."""

NEAR = [
    *[f"/en{path}" for name, path in SPOKEN.items() if name not in STATES],
    *[f"/km{SPOKEN[name]}" for name in IN_KHMER],
    *NEUTRAL.values(),
]
"""Those that every run of the tests looks at: the drill looks at all, in every language."""


@pytest.fixture(params=NEAR)
def near_path(request: pytest.FixtureRequest) -> str:
    """Each kind of page in English, and some in Khmer, one after the other."""
    return str(request.param)


@pytest.fixture(params=EVERY)
def path(request: pytest.FixtureRequest) -> str:
    """Each kind of page in each language, one after the other."""
    return str(request.param)


@pytest.fixture(params=[SPOKEN[name] for name in IN_KHMER], ids=IN_KHMER)
def khmer_path(request: pytest.FixtureRequest) -> str:
    """A page for each way in which they are built, below a language's code."""
    return str(request.param)


@pytest.fixture(params=SPOKEN.values(), ids=SPOKEN)
def spoken_path(request: pytest.FixtureRequest) -> str:
    """Each kind of page below a language's code, one after the other."""
    return str(request.param)


@pytest.fixture(params=LIVE.values(), ids=LIVE)
def live_path(request: pytest.FixtureRequest) -> str:
    """Each kind of live page, one after the other."""
    return str(request.param)


@pytest.fixture(scope="session")
def every_path() -> list[str]:
    """Each kind of page in each language, all at once."""
    return EVERY


@pytest.fixture(scope="session")
def kinds() -> list[str]:
    """The kinds of pages."""
    return [*SPOKEN, *NEUTRAL]
