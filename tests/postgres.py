"""Databases on the PostgreSQL server that ``LAMPPOST_TEST_DATABASE_URL`` names, one an instance."""

from __future__ import annotations

import os
import secrets
from collections import defaultdict
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, inspect, make_url, text
from sqlalchemy.pool import Pool

from lamppost import db

of_sqlite = pytest.mark.skipif(
    "LAMPPOST_TEST_DATABASE_URL" in os.environ, reason="it is about the files of SQLite"
)
"""Marks a test of what lies in SQLite's files, and how."""


class Databases:
    """What takes the place of the SQLite files of all instances in a process of tests."""

    def __init__(self, server: str) -> None:
        self._server = make_url(server)
        self._engine = db.engine(server)
        self._names: dict[Path, str] = {}
        self._open: defaultdict[str, list[Any]] = defaultdict(list)
        event.listen(Pool, "connect", self._note)

    def url(self, instance: Path) -> str:
        """Where an instance has its database: an empty one, until it is dropped."""
        if instance not in self._names:
            self._names[instance] = self._new_name()
            self._do(f"CREATE DATABASE {self._names[instance]}")
        return self._url(self._names[instance])

    def migrate(self, url: str) -> None:
        """Give an empty database all tables: a copy of one that was migrated takes its place."""
        name = make_url(url).database
        self._do(f"DROP DATABASE {name}")
        self._do(f"CREATE DATABASE {name} TEMPLATE {self._migrated}")

    def stored(self, instance: Path) -> bytes:
        """All that the tables of an instance hold."""
        made = db.engine(self.url(instance))
        with made.connect() as connection:
            cursor = connection.connection.cursor()
            parts = []
            for name in inspect(connection).get_table_names():
                with cursor.copy(f'COPY "{name}" TO STDOUT (FORMAT binary)') as copied:
                    parts += [bytes(part) for part in copied]
        made.dispose()
        return b"".join(parts)

    def drop(self, instance: Path) -> None:
        """Take the database of an instance away, whoever is still connected to it."""
        if name := self._names.pop(instance, None):
            # An app keeps its connections, and complains when they are cut from outside.
            for connection in self._open.pop(name, ()):
                connection.close()
            self._do(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        """Take all of them away."""
        for instance in [*self._names]:
            self.drop(instance)
        event.remove(Pool, "connect", self._note)
        if "_migrated" in self.__dict__:
            self._do(f"DROP DATABASE {self._migrated}")
        self._engine.dispose()

    @cached_property
    def _migrated(self) -> str:
        name = self._new_name()
        self._do(f"CREATE DATABASE {name}")
        db.upgrade(self._url(name))
        return name

    @staticmethod
    def _new_name() -> str:
        return f"lamppost_{secrets.token_hex(8)}"

    def _url(self, name: str) -> str:
        return self._server.set(database=name).render_as_string(hide_password=False)

    def _do(self, sql: str) -> None:
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(sql))

    def _note(self, connection: Any, _record: Any) -> None:
        if hasattr(connection, "info"):  # else it is SQLite's
            self._open[connection.info.dbname].append(connection)
