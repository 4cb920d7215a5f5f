"""Results of surveys: what is counted of the answers, what of it is shown, and who approves it.

``counting.py`` counts, ``suppression.py`` hides small groups, ``compose.py`` makes the payload of a
release of both, and ``checker.py`` judges it by what is public of it. A release is a file of the
record (``release.py``, ``load.py``), from which page, chart, CSV and JSON come (``views.py``).
"""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the reading pages."""
    # The models must be importable without the views.
    from . import views  # noqa: PLC0415

    app.register_blueprint(views.blueprint)
