"""What tests of surveys share: a record with the shipped surveys."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lamppost.config import PROJECT, Config
from lamppost.content import Content, read_content


@pytest.fixture
def record(record: Path) -> Path:
    """A copy of the shipped record with its surveys, to be changed at will."""
    shutil.copytree(PROJECT / "surveys", record / "surveys", dirs_exist_ok=True)
    return record


@pytest.fixture
def reread(config: Config) -> Callable[[], Content]:
    """A function that reads the record as it is now."""
    return lambda: read_content(config)
