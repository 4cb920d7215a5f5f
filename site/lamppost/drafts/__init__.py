"""Drafts: staff write briefs in the browser, a second person approves them, the record gets them.

A draft lives in the database and goes when it is published: from then on it is files of the record.
"""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the desk's pages of briefs."""
    # The models must be importable without the views.
    from . import desk, figures, gallery, writing  # noqa: PLC0415

    for module in (desk, writing, figures, gallery):
        app.register_blueprint(module.blueprint)
