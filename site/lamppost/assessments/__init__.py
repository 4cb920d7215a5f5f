"""Vendor assessments: what a company answers about its product, and what the City decides."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the reading page."""
    # The table of moves must be importable without the views.
    from . import views  # noqa: PLC0415

    app.register_blueprint(views.blueprint)
