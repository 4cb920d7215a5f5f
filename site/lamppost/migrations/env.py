"""Runs the migrations on the database that ``lamppost.db.upgrade`` names."""

from alembic import context

from lamppost.db import Base, engine

made = engine(context.config.attributes["url"])
with made.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
made.dispose()
