"""What tests of drafts share: forms filled in as a browser does, and a whole draft."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

FACTS = {
    "kind": "notice", "year": "2026", "contact": "technology-and-innovation", "grade": "stated",
    "sources": ["S22"], "technologies": ["public-wifi"],
}  # fmt: skip
ENGLISH = {
    "title": "What a brief is",
    "summary": "A short text for everybody.",
    "body": "## Why\n\nSo that all can read it. See [the page](page:how-to-read).",
    "made": "human",
}
SPANISH = {
    "title": "Qué es un informe",
    "summary": "Un texto corto para todos.",
    "body": "## Por qué\n\nPara que todos lo lean. Vea [la página](page:how-to-read).",
    "made": "human",
    "follows": "y",
}


@pytest.fixture
def kept(desk):
    """The record of the desk."""
    return desk.extensions["config"].record


@pytest.fixture
def send() -> Callable:
    """A function that fills in the form of a page and sends it, with what the page had hidden."""

    def sent(client, path: str, **filled: object):
        page = client.get(path).text
        hidden = dict(re.findall(r'name="(seen)"[^>]*value="([^"]*)"', page))
        return client.post(path, data={**hidden, **filled})

    return sent


@pytest.fixture
def written(sign_in, send) -> Callable[[], str]:
    """A function that writes a whole brief in two languages; gives the address of its draft."""

    def make() -> str:
        author = sign_in("author")
        draft = send(author, "/en/desk/briefs/new/", title=ENGLISH["title"]).location
        assert send(author, f"{draft}facts/", **FACTS).status_code == 303
        assert send(author, f"{draft}texts/en/", **ENGLISH).status_code == 303
        assert send(author, f"{draft}texts/es/", **SPANISH).status_code == 303
        return draft

    return make


@pytest.fixture
def moved(sign_in) -> Callable:
    """A function that makes a move with a draft as somebody of these roles."""

    def move(draft: str, name: str, *roles: str, **said: str):
        said = {f"{name}-{key}": value for key, value in said.items()}
        return sign_in(*roles).post(f"{draft}moves/{name}/", data=said)

    return move
