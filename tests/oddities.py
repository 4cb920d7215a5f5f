"""Forms of pages filled with what nobody would send, for tests that send them."""

from __future__ import annotations

import io
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

from lamppost.staff.roles import ROLES

ALL = [role for role in ROLES if role != "auditor"]
ELSEWHERE = ("/publish/", "/sign-out/", "/account/")
"""Forms without a word to fill that start a process or end the visit, and Flask-Security's own."""

ODD = (
    "", " ", "0", "-1", "1e309", "NaN", "9" * 400, "x" * 70_000, "2026-02-30", "P1X", "../../etc",
    "'; DROP TABLE staff; --", "<script>alert(1)</script>", "{{ 7*7 }}", "%(name)s %s {0}",
    "a: b\n- c\n", "&amp;#0;", "\x00", "\r\n\r\n", "\u202eabc", "ក្រុង\u200bឡុងប៊ិច", "ﷺ" * 40, "🏳️‍🌈",
    "=cmd|' /C calc'!A0", "javascript:alert(1)", "//evil.example", "https://[", "\ufeff",
)  # fmt: skip
WORDS = "It counts people."
ONWARDS = 0.8
"""How often a form is sent on its way, and not back or aside."""

FILES = (
    b"", b"\x00" * 9, b"code\n", b"code,latitude\n,\n", "កូដ;\n\x80".encode("utf-16"), b"PK\x03\x04",
    b"{}", b'{"type":"FeatureCollection","features":[{}]}', b"\x89PNG\r\n\x1a\n", b"<svg onload=x>",
)  # fmt: skip
NAMES = ("a.csv", "a.xlsx", "a.geojson", "a.png", "a.svg", "../a", "", "កក.csv")


class Form(NamedTuple):
    """A form as a page shows it: where it is sent, and its fields with what they may hold."""

    method: str
    action: str
    fields: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Name, type, and the values that the page holds or offers."""


def forms_in(page: str, at: str) -> Iterator[Form]:
    for form in BeautifulSoup(page, "html.parser").find_all("form"):
        fields: dict[str, tuple[str, list[str]]] = {}
        for tag in form.find_all(["input", "textarea", "select", "button"]):
            if name := tag.get("name"):
                kind = str(tag.get("type", tag.name))
                fields.setdefault(str(name), (kind, []))[1].extend(_values(tag))
        held = tuple((name, kind, tuple(values)) for name, (kind, values) in fields.items())
        action = urlsplit(urljoin(at, str(form.get("action") or at))).path
        yield Form(str(form.get("method", "get")), action, held)


def links_in(page: str, at: str) -> Iterator[str]:
    """The addresses of this site to which a page leads."""
    for link in BeautifulSoup(page, "html.parser").find_all("a", href=True):
        there = urlsplit(urljoin(f"https://localhost{at}", str(link["href"])))
        if there.netloc == "localhost":
            yield there.path


def _values(tag: Tag) -> list[str]:
    if tag.name == "select":
        return [str(option.get("value", option.text)) for option in tag.find_all("option")]
    return [tag.text if tag.name == "textarea" else str(tag.get("value", ""))]


def filled(form: Form, chance: random.Random) -> dict[str, Any]:
    """What is sent: for each field what the page holds, or something odd, or nothing.

    In some forms nearly all is odd, in others nearly nothing: those come further.
    """
    sent: dict[str, Any] = {}
    odd = chance.choice((0.02, 0.1, 0.5))
    for name, kind, values in form.fields:
        if kind == "file":
            sent[name] = (io.BytesIO(chance.choice(FILES)), chance.choice(NAMES))
        elif name == "csrf_token" or (name == "go" and chance.random() < ONWARDS):
            sent[name] = values[0]
        elif chance.random() < (odd / 4 if kind == "hidden" else odd):
            sent[name] = chance.choice(ODD)
        elif chance.random() < 0.9:
            held = [value for value in values if value] or [WORDS]
            sent[name] = chance.choice(held)
    return sent


def walked(client: FlaskClient, *, of_each: int = 1) -> dict[str, list[Form]]:
    """The forms of the pages that links of the desk lead to, of so many pages of each view."""
    waiting, seen = ["/en/desk/"], Counter[str]()
    known, found = set(waiting), dict[str, list[Form]]()
    addresses = client.application.url_map.bind("localhost", url_scheme="https")
    for path in waiting:
        view, _ = addresses.match(path)
        if seen[view] == of_each or view.endswith(".export"):
            continue
        seen[view] += 1
        answer = client.get(path, follow_redirects=True)
        assert answer.status_code == 200, path
        if answer.mimetype != "text/html":
            continue
        for there in links_in(answer.text, path):
            if there.startswith("/en/desk/") and there not in known:
                known.add(there)
                waiting.append(there)
        forms = [f for f in forms_in(answer.text, path) if f.method == "post"]
        if forms := [f for f in forms if not any(e in f.action for e in ELSEWHERE)]:
            found[path] = forms
    return found


def send_oddly(
    sign_in: Callable[..., FlaskClient], seed: int, *, times: int, of_each: int = 1
) -> int:
    """Send every form of the desk ``times``, filled oddly; gives how many were sent."""
    chance, sent = random.Random(seed), 0  # noqa: S311 - no secret: the same seed, the same forms
    for path, forms in walked(sign_in(*ALL), of_each=of_each).items():
        for form in forms:
            for _ in range(times):
                client = sign_in(*ALL, email=f"{chance.randrange(4)}@staff.example")
                answer = client.post(form.action, data=filled(form, chance))
                assert answer.status_code < 500, (seed, path, form.action)
                sent += 1
    return sent


def wander(
    client: FlaskClient, chance: random.Random, start: str, within: tuple[str, ...], steps: int
) -> Counter[str]:
    """Go on from page to page by what each offers: forms, filled oddly, and links ``within``.

    Gives how often each view was reached.
    """
    addresses = client.application.url_map.bind("localhost", url_scheme="https")
    page, reached = client.get(start), Counter[str]()
    for _ in range(steps):
        at = page.request.path
        text = page.text if page.mimetype == "text/html" else ""
        forms = [f for f in forms_in(text, at) if f.action.split("/", 2)[-1].startswith(within)]
        links = [
            there for there in links_in(text, at) if there.split("/", 2)[-1].startswith(within)
        ]
        if forms and chance.random() < ONWARDS:
            form = chance.choice(forms)
            sent = filled(form, chance)
            if form.method == "post":
                page = client.post(form.action, data=sent, follow_redirects=True)
            else:
                page = client.get(form.action, query_string=sent, follow_redirects=True)
        else:
            page = client.get(chance.choice([start, *links]), follow_redirects=True)
        assert page.status_code < 500, (page.request.path, at)
        with suppress(HTTPException):  # what is not there, or not to be opened so
            reached[addresses.match(page.request.path, method=page.request.method)[0]] += 1
    return reached


def _below(path: str, within: tuple[str, ...]) -> bool:
    """Whether an address, but for its language, begins so."""
    return path.split("/", 2)[-1].startswith(within)
