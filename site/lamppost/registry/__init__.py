"""The registry: technologies, their devices, and the words that describe their practices.

To add a field to a technology: declare it in ``models.py``, name it in ``labels.py``, show it in
``templates/registry/practices.html``; the check, the exports and their documentation follow.
"""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the reading pages and the downloads."""
    # The models must be importable without the views.
    from . import exports, feeds, labels, views, wording  # noqa: PLC0415

    app.jinja_env.globals.update(labels=labels, wording=wording)
    for module in (views, exports, feeds):
        app.register_blueprint(module.blueprint)
