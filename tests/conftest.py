"""What tests share: the app on a copy of the shipped record, and the shipped record frozen once."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lamppost import catalogs, create_app
from lamppost.config import PROJECT, Config
from lamppost.freezer import freeze

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session", autouse=True)
def compiled_catalogs() -> None:
    """Without compiled catalogs every page would be English."""
    list(catalogs.compile_all())


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A copy of the shipped record, to be changed at will; it has no history."""
    shutil.copytree(PROJECT / "content", tmp_path / "record" / "content")
    (tmp_path / "record" / "surveys").mkdir()
    return tmp_path / "record"


@pytest.fixture
def config(tmp_path: Path, record: Path) -> Config:
    """Settings for an instance of its own, on a fixed day."""
    return Config(instance=tmp_path / "instance", record=record, as_of=TODAY)


@pytest.fixture(scope="session")
def shipped() -> Config:
    """Settings that read the shipped content itself, for tests that change nothing."""
    return Config(record=PROJECT, as_of=TODAY)


@pytest.fixture(scope="session")
def app(shipped: Config) -> Flask:
    """The live app on the shipped content."""
    app = create_app(shipped)
    app.testing = True
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of the live app."""
    return app.test_client()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, shipped: Config) -> Path:
    """The shipped content as plain files, frozen once for all test processes."""
    root = tmp_path_factory.getbasetemp().parent / "frozen-site"
    root.mkdir(exist_ok=True)
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "site").is_dir():
            freeze(shipped, root / "site")
    return root / "site"


@pytest.fixture
def broken(record: Path) -> Callable[[str, str, str], None]:
    """A function that replaces a text in a file of the record, to break it."""

    def replace(name: str, found: str, put: str) -> None:
        path = record / name
        words = path.read_text("utf-8")
        assert found in words
        path.write_text(words.replace(found, put, 1), "utf-8")

    return replace
