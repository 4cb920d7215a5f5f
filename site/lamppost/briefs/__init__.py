"""Briefs: what was reported, decided or announced, told in plain words in each language.

A brief is a folder of the record: ``models.py`` says what it holds, ``load.py`` checks it.
"""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the reading pages and the feed."""
    # The models must be importable without the views.
    from . import feeds, labels, views  # noqa: PLC0415

    app.jinja_env.globals.update(brief_labels=labels)
    for module in (views, feeds):
        app.register_blueprint(module.blueprint)
