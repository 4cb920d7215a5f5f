"""What tests of entries share: forms as a browser sees and sends them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from lamppost.config import Config
from lamppost.content import Content, read_content


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
