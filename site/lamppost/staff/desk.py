"""The desk's first page: what needs doing."""

from __future__ import annotations

from flask import render_template

from ..i18n import lazy_gettext as _l
from .gate import desk_blueprint, may
from .waiting import queue

blueprint = desk_blueprint("staff", __name__)


@blueprint.get("/")
@may("see the desk", menu=_l("What needs doing"))
def desk() -> str:
    """What needs doing, and the ways to everything else."""
    return render_template("staff/desk.html", queue=queue())
