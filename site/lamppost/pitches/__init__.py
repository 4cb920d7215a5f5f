"""Pitches: ideas for technology that people and companies offer the City, and their whole way."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the reading pages."""
    # The table of moves must be importable without the views.
    from . import views  # noqa: PLC0415

    app.register_blueprint(views.blueprint)
