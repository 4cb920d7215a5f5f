"""The page to which every message leads that tells of a case: one press ends them."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from ..registry.codes import meant
from ..security import keep_private
from . import notices
from .models import Case

blueprint = Blueprint("stopping", __name__, url_prefix="/<language:language>/stop")
MOST_BYTES = 10_000


keep_private(blueprint, MOST_BYTES)


@blueprint.get("/<mark>/")
def ask(mark: str) -> str:
    """Ask whether no more messages are wanted: a program that looks ahead ends nothing."""
    return render_template("cases/stop.html", case=_found(mark), done=False)


@blueprint.post("/<mark>/")
def stop(mark: str) -> str:
    """End them, for whoever has pressed the button here or in their mail program."""
    found = _found(mark)
    notices.stop(found)
    return render_template("cases/stop.html", case=found, done=True)


def _found(mark: str) -> Case:
    # Somebody may type it from a telephone that opens no links.
    return notices.case_marked(meant(mark)) or abort(404)
