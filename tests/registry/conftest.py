"""What tests of the registry share: the shipped one, and one that is changed and saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lamppost import create_app
from lamppost.config import Config
from lamppost.content import Content, read_content
from lamppost.history import save, start
from lamppost.registry.queries import Registry


@pytest.fixture(scope="session")
def content(app: Flask) -> Content:
    """The shipped content."""
    content: Content = app.extensions["published"].content
    return content


@pytest.fixture(scope="session")
def registry(content: Content) -> Registry:
    """The shipped registry."""
    return content.registry


@pytest.fixture
def kept(tmp_path: Path, small: Path) -> Path:
    """The small record with a history."""
    root = tmp_path / "instance" / "record"
    start(root, small, "First published")
    return root


@pytest.fixture
def change(kept: Path) -> Callable[[str, str, str], None]:
    """A function that replaces a text in a file of the kept record."""

    def replace(name: str, found: str, put: str) -> None:
        path = kept / "content" / "registry" / name
        words = path.read_text("utf-8")
        assert found in words
        path.write_text(words.replace(found, put, 1), "utf-8")

    return replace


@pytest.fixture
def saved(kept: Path) -> Callable[[str], Content]:
    """A function that saves the kept record with a note, and gives its content."""

    def save_with(note: str) -> Content:
        assert save(kept, note)
        content = read_content(Config(record=kept, as_of=date(2026, 11, 22)))
        assert content.problems == []
        return content

    return save_with


@pytest.fixture
def visit(kept: Path) -> Callable[[], FlaskClient]:
    """A function that gives a client of the site that shows the kept record as it is now."""

    def client() -> FlaskClient:
        config = Config(instance=kept.parent, record=kept, as_of=date(2026, 11, 22))
        return create_app(config).test_client()

    return client
