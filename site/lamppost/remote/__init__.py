"""The record's other copy: a git repository elsewhere, to which saves go and from which they come.

``git`` moves what git keeps, ``sync`` is the deed and remembers how it went, ``pusher`` repeats it
in the background, ``desk`` shows it and lets an officer decide where both sides differ.
"""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the desk's pages of the other copy."""
    from ..staff.waiting import add_kind  # noqa: PLC0415
    from . import desk, waiting  # noqa: PLC0415

    app.register_blueprint(desk.blueprint)
    for kind in waiting.KINDS:
        add_kind(app, kind)
