"""The database: models equal migrations, and migrations go up and down."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

import lamppost
from lamppost.db import MIGRATIONS, Base, engine, upgrade


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'lamppost.sqlite'}"


@pytest.fixture
def connect(url: str) -> Iterator[Callable[[], Connection]]:
    """A function that connects to the database as the site does."""
    made = engine(url)
    yield made.connect
    made.dispose()


@pytest.fixture
def alembic(url: str) -> Config:
    """Alembic's own settings, as the site gives them."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.attributes["url"] = url
    return settings


def known_tables() -> None:
    """Every module that declares tables is imported, so that the models are whole."""
    root = Path(lamppost.__file__).parent
    for path in root.glob("*/models.py"):
        importlib.import_module(f"lamppost.{path.parent.name}.models")


def test_models_equal_migrations(url, connect):
    known_tables()
    upgrade(url)
    with connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_an_upgrade_that_is_not_needed_does_nothing(url):
    assert (upgrade(url), upgrade(url)) == (True, False)


def test_every_migration_goes_down_and_up_again(url, alembic, connect):
    upgrade(url)
    for revision in ScriptDirectory.from_config(alembic).walk_revisions():
        command.downgrade(alembic, revision.down_revision or "base")
        command.upgrade(alembic, revision.revision)
        command.downgrade(alembic, revision.down_revision or "base")
    with connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    assert upgrade(url)


def test_there_is_one_newest_migration(alembic):
    assert len(ScriptDirectory.from_config(alembic).get_heads()) == 1


@pytest.mark.parametrize(
    ("pragma", "value"), [("foreign_keys", 1), ("journal_mode", "wal"), ("synchronous", 2)]
)
def test_sqlite_keeps_references_and_what_was_written(connect, pragma, value):
    with connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_every_constraint_has_a_name_so_that_a_migration_can_change_it():
    known_tables()
    for table in Base.metadata.tables.values():
        assert all(constraint.name for constraint in table.constraints)
