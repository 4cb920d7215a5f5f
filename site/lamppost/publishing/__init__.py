"""Publishing: releases of the frozen site, one of which is public, and where they are sent.

``instance/public/current`` is what a web server on this machine serves: a link to the files of the
release that is public. The last five that were public are kept, so that any can be public again.
"""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the desk's page of publishing."""
    from . import desk  # noqa: PLC0415 - the command must be importable without the views

    app.register_blueprint(desk.blueprint)
