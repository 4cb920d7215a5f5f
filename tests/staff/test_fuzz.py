"""Every form of the desk, filled with what nobody would: no fault of ours, and a sound record."""

from __future__ import annotations

import io
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from lamppost.config import PROJECT
from lamppost.content import read_content
from lamppost.staff.roles import ROLES

ALL = [role for role in ROLES if role != "auditor"]
A_BRIEF = "pitch-long-beach-2023"
"""The brief of which a new version is written, so that the forms of drafts are there too."""

ELSEWHERE = ("/publish/", "/sign-out/", "/account/")
"""Forms without a word to fill that start a process or end the visit, and Flask-Security's own."""

ODD = (
    "", " ", "0", "-1", "1e309", "NaN", "9" * 400, "x" * 70_000, "2026-02-30", "P1X", "../../etc",
    "'; DROP TABLE staff; --", "<script>alert(1)</script>", "{{ 7*7 }}", "%(name)s %s {0}",
    "a: b\n- c\n", "&amp;#0;", "\x00", "\r\n\r\n", "\u202eabc", "ក្រុង\u200bឡុងប៊ិច", "ﷺ" * 40, "🏳️‍🌈",
    "=cmd|' /C calc'!A0", "javascript:alert(1)", "//evil.example", "https://[", "\ufeff",
)  # fmt: skip
FILES = (
    b"", b"\x00" * 9, b"code\n", b"code,latitude\n,\n", "កូដ;\n\x80".encode("utf-16"), b"PK\x03\x04",
    b"{}", b'{"type":"FeatureCollection","features":[{}]}', b"\x89PNG\r\n\x1a\n", b"<svg onload=x>",
)  # fmt: skip
NAMES = ("a.csv", "a.xlsx", "a.geojson", "a.png", "a.svg", "../a", "", "កក.csv")

LONG = {"language": "en", "case": "ZZZZ-ZZZZ"}
"""What stands for arguments that have a set length."""


class Form(NamedTuple):
    """A form as a page shows it: where it is sent, and its fields with what they may hold."""

    action: str
    fields: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Name, type, and the values that the page holds or offers."""


@pytest.fixture
def record(record: Path) -> Path:
    """The record with surveys too: one is a draft."""
    shutil.copytree(PROJECT / "surveys", record / "surveys", dirs_exist_ok=True)
    path = record / "surveys/page-clarity.yaml"
    path.write_text(path.read_text("utf-8").replace("state: open", "state: draft"), "utf-8")
    return record


def forms_in(page: str, at: str) -> Iterator[Form]:
    for form in BeautifulSoup(page, "html.parser").find_all("form", method="post"):
        fields: dict[str, tuple[str, list[str]]] = {}
        for tag in form.find_all(["input", "textarea", "select", "button"]):
            if name := tag.get("name"):
                kind = str(tag.get("type", tag.name))
                fields.setdefault(str(name), (kind, []))[1].extend(_values(tag))
        held = tuple((name, kind, tuple(values)) for name, (kind, values) in fields.items())
        yield Form(urlsplit(urljoin(at, str(form.get("action") or at))).path, held)


def _values(tag: Tag) -> list[str]:
    if tag.name == "select":
        return [str(option.get("value", option.text)) for option in tag.find_all("option")]
    return [tag.text if tag.name == "textarea" else str(tag.get("value", ""))]


def filled(form: Form, chance: random.Random) -> dict[str, Any]:
    """What is sent: for each field what the page holds, or something odd, or nothing."""
    sent: dict[str, Any] = {}
    for name, kind, values in form.fields:
        if kind == "file":
            sent[name] = (io.BytesIO(chance.choice(FILES)), chance.choice(NAMES))
        elif name == "csrf_token":
            sent[name] = values[0]
        elif chance.random() < 0.45:
            sent[name] = chance.choice(ODD)
        elif values and chance.random() < 0.9:
            sent[name] = chance.choice(values)
    return sent


def walked(client) -> dict[str, list[Form]]:
    """The forms of every page that links of the desk lead to, one page of each view."""
    app, waiting, seen = client.application, ["/en/desk/"], set()
    found: dict[str, list[Form]] = {}
    addresses = app.url_map.bind("localhost", url_scheme="https")
    for path in waiting:
        view, _ = addresses.match(path)
        if view in seen or view.endswith(".export"):
            continue
        seen.add(view)
        answer = client.get(path)
        assert answer.status_code == 200, path
        soup = BeautifulSoup(answer.text, "html.parser")
        links = (
            urlsplit(urljoin(path, str(a["href"]))).path for a in soup.find_all("a", href=True)
        )
        waiting += [link for link in links if link.startswith("/en/desk/")]
        forms = [
            f for f in forms_in(answer.text, path) if not any(e in f.action for e in ELSEWHERE)
        ]
        if forms:
            found[path] = forms
    return found


def fuzz(sign_in, seed: int, times: int) -> int:
    """Send every form of the desk, filled oddly; gives how many were sent."""
    chance, sent = random.Random(seed), 0  # noqa: S311 - no secret: the same seed, the same forms
    sign_in(*ALL).post(f"/en/desk/briefs/published/{A_BRIEF}/new-version/")
    for path, forms in walked(sign_in(*ALL)).items():
        for form in forms:
            for _ in range(times):
                client = sign_in(*ALL, email=f"{chance.randrange(4)}@staff.example")
                answer = client.post(form.action, data=filled(form, chance))
                assert answer.status_code < 500, (seed, path, form.action)
                sent += 1
    return sent


def test_no_form_of_the_desk_breaks_on_what_nobody_would_write(desk, sign_in):
    assert fuzz(sign_in, seed=0, times=1) >= 5
    read_content(desk.extensions["config"])


@pytest.mark.drill
@pytest.mark.parametrize("_", range(12))
def test_nor_on_many_more(desk, sign_in, _):
    assert fuzz(sign_in, seed=random.randrange(10**6), times=25) >= 100  # noqa: S311
    read_content(desk.extensions["config"])


def test_no_address_breaks_on_names_that_no_file_can_have(desk, sign_in):
    client = sign_in(*ALL)
    for rule in desk.url_map.iter_rules():
        for name in ("a" * 400, "9" * 400):
            held = LONG | {"picture": f"{name}.png", "pdf": f"{name}.pdf"}
            path = re.sub(r"<(?:[^>:]*:)?(\w+)>", lambda f: held.get(f[1], name), rule.rule)  # noqa: B023
            for method in rule.methods & {"GET", "POST"}:
                assert client.open(path, method=method).status_code < 500, (method, rule.rule)
