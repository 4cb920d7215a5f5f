"""Cases: what people say of their own accord, and what becomes of it.

A concern, a pitch and an assessment are cases of three kinds. They share their tables
(``models``), the way a move is made (``deeds``, over ``lifecycle``), the promise of when one is
answered (``promise``), the receipt that opens them (``thread``), and the one function that says
who may see what (``visible``). What may be read of them by anybody is put together by ``shown``.
"""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Let templates say the words of cases."""
    # The tables must be importable without these.
    from . import labels  # noqa: PLC0415
    from .told import title_of  # noqa: PLC0415
    from .ways import WAYS  # noqa: PLC0415

    app.jinja_env.globals.update(case_labels=labels, case_title=title_of, case_ways=WAYS)
