"""What tests of entries share: forms as a browser sees and sends them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from werkzeug.datastructures import MultiDict

from lamppost.config import Config
from lamppost.content import Content, read_content

Pairs = list[tuple[str, str]]


@pytest.fixture(scope="session")
def content(shipped: Config) -> Content:
    """The shipped content."""
    return read_content(shipped)


@pytest.fixture
def kept(desk):
    """The record of the desk."""
    return desk.extensions["config"].record


@pytest.fixture
def author(sign_in):
    return sign_in("author")


def sent_by(html: str) -> Pairs:
    """What a browser would send of the form of a page that has a note, or carries one."""
    soup = BeautifulSoup(html, "html.parser")
    form = next(f for f in soup.find_all("form") if f.get("method") == "post")
    return [pair for part in form.find_all(["input", "textarea", "select"]) for pair in _of(part)]


def _of(part: Any) -> Iterator[tuple[str, str]]:
    name = part.get("name")
    if part.name == "select":
        chosen = part.find("option", selected=True) or part.find("option")
        yield name, chosen["value"]
    elif part.name == "textarea":
        yield name, part.text.removeprefix("\r\n").removeprefix("\n").replace("\n", "\r\n")
    elif part.get("type") not in ("checkbox", "radio") or part.has_attr("checked"):
        yield name, part.get("value", "")


@pytest.fixture
def fill() -> Callable[..., MultiDict[str, str]]:
    """A function that fills in the form of a page: a value, a list of values, or None for none."""

    def filled(html: str, changes: dict[str, Any]) -> MultiDict[str, str]:
        sent = MultiDict(sent_by(html))
        for name, value in changes.items():
            if value is None:
                sent.poplist(name)
            else:
                sent.setlist(name, value if isinstance(value, list) else [value])
        return sent

    return filled


@pytest.fixture
def change(fill):
    """A function that changes an entry as one does: opens the form, looks at it, saves."""

    def changed(client, path: str, changes: dict[str, Any], note: str = "Put right"):
        page = client.get(path)
        assert page.status_code == 200, page.status_code
        sent = fill(page.text, {**changes, "change-note": note, "do": "preview"})
        looked = client.post(path, data=sent)
        if looked.status_code != 200:
            return looked
        return client.post(path, data=fill(looked.text, {"do": "save"}))

    return changed


@pytest.fixture(scope="session")
def told() -> Callable[[str], list[str]]:
    """A function that gives the inputs to which a page's summary of errors leads."""

    def leads(html: str) -> list[str]:
        found = re.search(r'class="error-summary".*?</div>', html, re.DOTALL)
        return re.findall(r'href="#([^"]+)"', found[0]) if found else []

    return leads
