"""What tests of the whole frozen site share: its files, and what its pages hold, read once."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import pytest

from lamppost.i18n import languages

_TAG = re.compile(r"<([a-z][a-z0-9]*)(\s[^<>]*)?>")
_ATTRIBUTE = re.compile(r'([\w:-]+)(?:="([^"]*)")?')


class Tag(NamedTuple):
    """An opening tag: its name and attributes."""

    name: str
    attributes: dict[str, str]


class Page:
    """A frozen page. It is read with regular expressions, since there are thousands of them.

    That every page is such that they read it right is what the test with a parser shows.
    """

    def __init__(self, name: str, words: str) -> None:
        self.name, self.words = name, words

    @property
    def address(self) -> str:
        return "/" + self.name.removesuffix("index.html")

    @cached_property
    def tags(self) -> list[Tag]:
        return [
            Tag(name, {n: html.unescape(v) for n, v in _ATTRIBUTE.findall(attributes)})
            for name, attributes in _TAG.findall(self.words)
        ]

    @cached_property
    def ids(self) -> list[str]:
        return [tag.attributes["id"] for tag in self.tags if "id" in tag.attributes]

    @cached_property
    def links(self) -> set[str]:
        """Where the page's links, forms, images, scripts and styles lead."""
        return {
            tag.attributes[name]
            for tag in self.tags
            for name in ("href", "src", "action", "data-index", "data-find")
            if name in tag.attributes
        }

    def all_of(self, kind: str, /, **attributes: str) -> Iterator[dict[str, str]]:
        """The attributes of the tags of a kind with these attributes."""
        for tag in self.tags:
            if tag.name == kind and attributes.items() <= tag.attributes.items():
                yield tag.attributes


def read_pages(root: Path) -> dict[str, Page]:
    """The pages of a frozen tree by the names of their files."""
    names = {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*.html"))}
    return {name: Page(name, path.read_text("utf-8")) for name, path in names.items()}


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Page]:
    """Every page of the shipped site."""
    return read_pages(site)


@pytest.fixture(scope="session")
def spoken_pages(pages: dict[str, Page]) -> dict[str, Page]:
    """The pages that stand in one language."""
    return {name: page for name, page in pages.items() if name.split("/")[0] in languages()}


@pytest.fixture(scope="session")
def files(site: Path) -> set[str]:
    """The names of all files of the shipped site."""
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def page_of() -> Callable[[str, str], Page]:
    """A function that gives a page of its name and its words."""
    return Page


@pytest.fixture(scope="session")
def pages_in() -> Callable[[Path], dict[str, Page]]:
    """A function that reads the pages of another frozen tree."""
    return read_pages
