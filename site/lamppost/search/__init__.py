"""Search on a site of plain files: small indexes that a script reads, and the page that asks it."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the search page and its indexes."""
    from . import views  # noqa: PLC0415 - the index must be importable without the views

    app.register_blueprint(views.blueprint)
