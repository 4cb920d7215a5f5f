"""The database of what people send. This is the only module that makes engines and sessions."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask, current_app
from sqlalchemy import (
    CursorResult,
    Dialect,
    Engine,
    Executable,
    MetaData,
    create_engine,
    event,
    inspect,
    text,
)
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session, sessionmaker

MIGRATIONS = Path(__file__).parent / "migrations"
T = TypeVar("T")


MOST_AT_ONCE = 30
"""Connections that are kept open: one for each hand of the server, and some for its own tasks.

Those that would be opened beyond, and closed again, cost more than what they are asked.
"""

SAFE = ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON")
"""What is committed survives a loss of power, and what is deleted is overwritten."""


class Base(DeclarativeBase):
    """Base of all tables. Constraints have names, so that a migration can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def engine(url: str) -> Engine:
    """An engine for ``url``; SQLite keeps foreign keys and lets readers read while one writes.

    Its errors tell a statement and not what was to be written, since errors go into logs.
    """
    made = create_engine(url, pool_size=MOST_AT_ONCE, pool_use_lifo=True, hide_parameters=True)
    if made.dialect.name == "sqlite":

        @event.listens_for(made, "connect")
        def careful(connection: object, _record: object) -> None:
            cursor = connection.cursor()  # type: ignore[attr-defined]
            for pragma in SAFE:
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()

    return made


def upgrade(url: str) -> bool:
    """Bring the database at ``url`` to the newest migration; False when it was there already."""
    # Few processes migrate.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config as AlembicConfig  # noqa: PLC0415
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    settings = AlembicConfig()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.attributes["url"] = url
    newest = ScriptDirectory.from_config(settings).get_current_head()
    made = engine(url)
    with made.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    made.dispose()
    if current == newest:
        return False
    command.upgrade(settings, "head")
    return True


def init_app(app: Flask, url: str) -> None:
    """Give the app sessions on the database at ``url``; each request has its own, closed after."""
    bound = engine(url)
    sessions = scoped_session(sessionmaker(bound))
    app.extensions["engine"] = bound
    app.extensions["sessions"] = sessions
    app.extensions["together"] = _Together(sessions)

    @app.teardown_appcontext
    def close(_error: BaseException | None) -> None:
        sessions.remove()


def found(statement: Executable, **values: Any) -> tuple[Any, ...] | None:
    """The first row that the database has, as its driver gives it, or None.

    Past SQLAlchemy's own results, which take four times as long as the database, for what every
    page of a form asks: SQLite has days as ISO 8601 and truth as 0 and 1. ``statement`` is made
    once, and ``values`` are those that it has left open.
    """
    bound: Engine = current_app.extensions["engine"]
    words, order = _words(statement, bound.dialect)
    connection = bound.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(words, [values[name] for name in order] if order else values)
        row: tuple[Any, ...] | None = cursor.fetchone()
    finally:
        connection.close()
    return row


def execute(statement: Executable, values: Any = None) -> CursorResult[Any]:
    """Execute in the transaction of this request a statement that is made of tables, not classes.

    Past the session, which looks at each statement for what the ORM would have to do.
    """
    return sessions().connection().execute(statement, values)


@lru_cache(maxsize=32)
def _words(statement: Executable, dialect: Dialect) -> tuple[str, list[str]]:
    """A statement as the driver takes it, and the order of its values where they have no names."""
    compiled = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
    return str(compiled), compiled.positiontup or []


def together(deed: Callable[[], T]) -> T:
    """Do and commit ``deed``, with what other requests bring while one waits for the disk.

    One transaction takes in all of them, so the disk is waited for once, not once for each. When
    this returns, what was done is on the disk. A deed writes by :func:`sessions` and nothing else:
    another request may do it, in another language, and a second time where the first one failed.
    What it raises reaches who brought it; then nothing of it was done. Whoever brings one has
    written nothing before it in this request.
    """
    do: _Together = current_app.extensions["together"]
    result: T = do(deed)
    return result


class _Deed:
    """What one request wants done, and what has come of it."""

    def __init__(self, do: Callable[[], Any]) -> None:
        self.do = do
        self.done = False
        self.result: Any = None
        self.error: Exception | None = None


class _Together:
    """Whoever gets the turn does what all others have brought until then, and commits it."""

    def __init__(self, sessions: scoped_session[Session]) -> None:
        self._sessions = sessions
        self.brought: deque[_Deed] = deque()
        self._turn = threading.Lock()

    def __call__(self, do: Callable[[], Any]) -> Any:
        mine = _Deed(do)
        self.brought.append(mine)
        with self._turn:
            if not mine.done:
                self._do([self.brought.popleft() for _ in range(len(self.brought))])
        if mine.error:
            raise mine.error
        return mine.result

    def _do(self, deeds: list[_Deed]) -> None:
        try:
            self._commit(deeds)
        except Exception as error:  # noqa: BLE001 - it is raised where the deed came from
            self._sessions.rollback()
            if len(deeds) == 1:
                deeds[0].error = error
            else:
                # One of them spoils it for all, so each is done by itself.
                for deed in deeds:
                    self._do([deed])
        for deed in deeds:
            deed.done = True

    def _commit(self, deeds: list[_Deed]) -> None:
        for deed in deeds:
            deed.result = deed.do()
        self._sessions.commit()


def scrub() -> bool:
    """Write SQLite's file anew, so that nothing that was deleted stays in it or beside it.

    In PostgreSQL the tables with random keys are; the room of other deleted rows it reuses by
    itself. False where somebody else was at work in it.
    """
    bound = sessions().get_bind()
    try:
        sort()
        if bound.dialect.name != "sqlite":
            return True
        with bound.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM"))
            busy: int = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).scalar_one()
    except OperationalError:
        return False
    return not busy


def settle() -> None:
    """Let nothing stay in SQLite's log beside the file of what was deleted; for after a commit.

    Where others read this very moment, it goes with the next time: :func:`sort` does it each night.
    """
    bound = sessions().get_bind()
    if bound.dialect.name == "sqlite":
        with suppress(OperationalError), bound.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def sort() -> None:
    """Put the rows of tables with random keys into the order of these, for between transactions.

    SQLite has them in no other (``WITHOUT ROWID``), PostgreSQL in that in which they came. Raises
    ``OperationalError`` where somebody else uses a table for too long.
    """
    bound = sessions().get_bind()
    sessions().remove()
    if bound.dialect.name == "sqlite":
        return
    for table in Base.metadata.tables.values():
        if table.dialect_kwargs.get("sqlite_with_rowid") is False:
            with bound.engine.begin() as connection:
                index = inspect(connection).get_pk_constraint(table.name)["name"]
                connection.execute(text("SET LOCAL lock_timeout = '10s'"))
                connection.execute(text(f"CLUSTER {table.name} USING {index}"))


def sessions() -> scoped_session[Session]:
    """The app's sessions: used as one, they are the session of this request."""
    found: scoped_session[Session] = current_app.extensions["sessions"]
    return found


def empty_log(session: Session | scoped_session[Session]) -> None:
    """Take SQLite's write-ahead log into its file, and cut it off; for between transactions.

    The log tells what was written together. While others read it stays, until the next time.
    """
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        session.rollback()


def empty_log_after_commit(session: scoped_session[Session]) -> None:
    """Do the same as soon as the transaction of this request is done, at most once a second.

    It waits for the disk, and the log keeps no more than what came in within that second.
    """
    extensions = current_app.extensions

    def empty(done: Session) -> None:
        if time.monotonic() - extensions.get("log_emptied", 0.0) >= 1:
            extensions["log_emptied"] = time.monotonic()
            with sessionmaker(done.get_bind())() as own:
                empty_log(own)

    event.listen(session(), "after_commit", empty, once=True)
