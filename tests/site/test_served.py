"""The frozen site as a static host serves it, and what the app answers for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, unquote, urlsplit

import pytest

from lamppost import create_app


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits for 40 ms

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def served(out) -> Iterator[HTTPConnection]:
    """A connection to a plain file server that has the small site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=out))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    connection = HTTPConnection("127.0.0.1", server.server_port)
    yield connection
    connection.close()
    server.shutdown()
    server.server_close()
    thread.join()


def test_every_page_that_a_reader_can_reach_answers(served, out, page_of):
    answers: dict[str, int] = {}
    ahead = ["/"]
    while ahead:
        address = ahead.pop()
        if address in answers:
            continue
        served.request("GET", quote(address))
        answer = served.getresponse()
        answers[address] = answer.status
        body = answer.read()
        if answer.headers["Content-Type"].startswith("text/html"):
            links = page_of(address, body.decode()).links
            ahead += [unquote(urlsplit(link).path) for link in links if link.startswith("/")]
    assert {address: status for address, status in answers.items() if status != 200} == {}
    pages = {f"/{path.relative_to(out).as_posix()}" for path in out.rglob("*.html")}
    missed = {page for page in pages if page.removesuffix("index.html") not in answers}
    assert sorted(page for page in missed if "/about/home/" not in page) == ["/404.html"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("/en/", "text/html"),
        ("/site.css", "text/css"),
        ("/static/js/search.js", "text/javascript"),
        ("/registry.js", "text/javascript"),
        ("/static/mark.svg", "image/svg+xml"),
        ("/en/search/pages.json", "application/json"),
        ("/downloads/devices.csv", "text/csv"),
        ("/robots.txt", "text/plain"),
    ],
)
def test_the_ending_of_an_address_tells_a_plain_host_what_it_is(name, kind, served):
    served.request("GET", name)
    answer = served.getresponse()
    answer.read()
    assert answer.status == 200
    assert answer.headers["Content-Type"].split(";")[0] == kind


def test_no_answer_of_the_reading_face_sets_a_cookie(app, shipped, files):
    for each in (app, create_app(shipped, frozen=True)):
        client = each.test_client()
        for name in sorted(files)[:: len(files) // 60]:
            with client.get("/" + name.removesuffix("index.html")) as answer:
                assert answer.status_code == 200, name
                assert "Set-Cookie" not in answer.headers, name
                assert "Cookie" not in answer.headers.get("Vary", ""), name
