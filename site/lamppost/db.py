"""The database of what people send. This is the only module that makes engines and sessions."""

from __future__ import annotations

import time
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import Engine, MetaData, create_engine, event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session, sessionmaker

MIGRATIONS = Path(__file__).parent / "migrations"


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
    """An engine for ``url``; SQLite keeps foreign keys and lets readers read while one writes."""
    made = create_engine(url)
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
    sessions = scoped_session(sessionmaker(engine(url)))
    app.extensions["sessions"] = sessions

    @app.teardown_appcontext
    def close(_error: BaseException | None) -> None:
        sessions.remove()


def scrub() -> bool:
    """Write SQLite's file anew, so that nothing that was deleted stays in it or beside it.

    False where somebody else was at work in it. PostgreSQL reuses the room of deleted rows by
    itself.
    """
    bound = sessions().get_bind()
    if bound.dialect.name != "sqlite":
        return True
    sessions().remove()
    try:
        with bound.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM"))
            busy: int = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).scalar_one()
    except OperationalError:
        return False
    return not busy


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
