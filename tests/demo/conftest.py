"""What tests of the demo share: a site on which nothing has happened, and one with its month."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from lamppost import create_app
from lamppost.cli import main
from lamppost.config import PROJECT, Config

from ..conftest import TODAY


@pytest.fixture
def record(record: Path) -> Path:
    """The shipped record with its surveys."""
    shutil.copytree(PROJECT / "surveys", record / "surveys", dirs_exist_ok=True)
    return record


@pytest.fixture
def fresh(kept_record, config, migrated, monkeypatch) -> Config:
    """A site on which nothing has happened, named by the environment."""
    fresh = Config(instance=config.instance, record=kept_record, as_of=TODAY)
    migrated(fresh.database_url)
    for name, value in fresh.as_environment().items():
        monkeypatch.setenv(name, value)
    return fresh


@pytest.fixture
def demo(fresh):  # noqa: ARG001 - which it fills
    """What the command has told that fills the site."""
    told = CliRunner().invoke(main, ["demo"])
    assert told.exit_code == 0, told.output
    return told


@pytest.fixture
def desk(fresh, demo):  # noqa: ARG001 - how it begins
    """A desk where a month has passed: cases are there in most of the states they can be in."""
    app = create_app(fresh)
    app.testing = True
    return app
