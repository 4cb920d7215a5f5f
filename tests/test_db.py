"""The database: models equal migrations, and migrations go up and down."""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from click.testing import CliRunner
from sqlalchemy import Connection, MetaData, inspect, make_url, text

import lamppost
from lamppost.cli import main
from lamppost.db import MIGRATIONS, Base, engine, upgrade


@pytest.fixture
def connect(database_url: str) -> Iterator[Callable[[], Connection]]:
    """A function that connects to the database as the site does."""
    made = engine(database_url)
    yield made.connect
    made.dispose()


@pytest.fixture
def alembic(database_url: str) -> Config:
    """Alembic's own settings, as the site gives them."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.attributes["url"] = database_url
    return settings


def known_tables() -> None:
    """Every module that declares tables is imported, so that the models are whole."""
    root = Path(lamppost.__file__).parent
    for path in root.glob("*/*.py"):
        if "__tablename__" in path.read_text("utf-8"):
            importlib.import_module(f"lamppost.{path.parent.name}.{path.stem}")


def test_models_equal_migrations(database_url, connect):
    known_tables()
    upgrade(database_url)
    with connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_an_upgrade_that_is_not_needed_does_nothing(database_url):
    assert (upgrade(database_url), upgrade(database_url)) == (True, False)


def test_every_migration_goes_down_and_up_again(database_url, alembic, connect):
    upgrade(database_url)
    for revision in ScriptDirectory.from_config(alembic).walk_revisions():
        command.downgrade(alembic, revision.down_revision or "base")
        command.upgrade(alembic, revision.revision)
        command.downgrade(alembic, revision.down_revision or "base")
    with connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    assert upgrade(database_url)


def test_who_has_cleared_a_case_before_counts_as_having_had_a_part_in_it(alembic, connect):
    command.upgrade(alembic, "0019")
    with connect() as connection:
        for number, clearer in enumerate((None, 7)):
            tables = MetaData()
            tables.reflect(connection, only=["cases", "staff"])
            if clearer:
                connection.execute(
                    tables.tables["staff"].insert().values(_filled(tables, "staff", id=clearer))
                )
            row = _filled(
                tables,
                "cases",
                id=bytes([number]) * 16,
                reference=f"r{number}",
                receipt=None,
                cleared_by=clearer,
                claimed_by=None,
            )
            connection.execute(tables.tables["cases"].insert().values(row))
        connection.commit()
    command.upgrade(alembic, "0020")
    with connect() as connection:
        found = connection.execute(
            text("SELECT moderated_by FROM cases ORDER BY reference")
        ).scalars()
        assert [one if isinstance(one, list) else json.loads(one) for one in found] == [[], [7]]


def test_cases_of_before_get_marks_of_their_own_and_days_for_what_was_decided(alembic, connect):
    command.upgrade(alembic, "0022")
    with connect() as connection:
        tables = MetaData()
        tables.reflect(connection, only=["cases", "staff"])
        for number, moderation in enumerate(("pending", "withheld")):
            row = _filled(
                tables, "cases", id=bytes([number]) * 16, reference=f"r{number}",
                receipt=bytes([number]) * 32, visibility="private", moderation=moderation,
                moderated_by=[],
            )  # fmt: skip
            connection.execute(tables.tables["cases"].insert().values(row))
        connection.commit()
    command.upgrade(alembic, "0025")
    with connect() as connection:
        told = "SELECT stop_mark, moderated_on FROM cases ORDER BY reference"
        marks, days = zip(*connection.execute(text(told)).all(), strict=True)
    assert [len(mark) for mark in {*marks}] == [12, 12]
    assert [day is None for day in days] == [True, False]


def _filled(tables: MetaData, name: str, **given: Any) -> dict[str, Any]:
    """A row of a table in which something stands wherever something must."""
    plain = {
        str: "x",
        int: 1,
        bool: False,
        bytes: b"x",
        dict: {},
        date: date(2026, 1, 1),
        datetime: datetime(2026, 1, 1, tzinfo=UTC),
        list: [],
    }
    return {
        column.name: given[column.name] if column.name in given else plain[column.type.python_type]
        for column in tables.tables[name].columns
        if column.name in given or not column.nullable
    }


def test_there_is_one_newest_migration(alembic):
    assert len(ScriptDirectory.from_config(alembic).get_heads()) == 1


@pytest.mark.parametrize(
    ("pragma", "value"), [("foreign_keys", 1), ("journal_mode", "wal"), ("synchronous", 2)]
)
def test_sqlite_keeps_references_and_what_was_written(tmp_path, pragma, value):
    made = engine(f"sqlite:///{tmp_path / 'lamppost.sqlite'}")
    with made.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
    made.dispose()


def test_every_constraint_has_a_name_so_that_a_migration_can_change_it():
    known_tables()
    for table in Base.metadata.tables.values():
        assert all(constraint.name for constraint in table.constraints)


@pytest.mark.skipif(
    "LAMPPOST_TEST_DATABASE_URL" not in os.environ,
    reason="SQLite's file has no password; make postgres runs this",
)
def test_init_does_not_print_the_password_of_the_database(config, monkeypatch):
    url = make_url(config.database_url)
    url = url.set(password=url.password or "not to be seen")
    monkeypatch.setenv("LAMPPOST_DATABASE_URL", url.render_as_string(hide_password=False))
    monkeypatch.setenv("LAMPPOST_INSTANCE", str(config.instance))
    printed = CliRunner().invoke(main, ["init"]).output
    assert f"Brought the database {url.drivername}://{url.username}:***@" in printed
