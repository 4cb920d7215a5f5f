"""Surveys: what the City asks everybody, and what is sent in answer.

A survey is a file of the record, ``surveys/ID.yaml``: ``definitions.py`` says what it holds,
``opening.py`` what it needs before it opens. What people send is in the database: ``models.py``.
"""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the reading pages."""
    # The models must be importable without the views.
    from . import views  # noqa: PLC0415

    app.register_blueprint(views.blueprint)
