"""PDFs for which somebody at the desk waits: one is made at a time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Response, current_app, flash, make_response, redirect
from werkzeug.wrappers import Response as Answer

from ..config import Config
from ..i18n import gettext as _
from ..printing import PrintError, paper, printed
from ..trees import BusyError
from ..urls import root

SECONDS = 120
"""How long a PDF may take; somebody waits for it."""


def as_pdf(path: str, html: str, size: str, *, name: str, back: str) -> Response | Answer:
    """A page as the file ``name`` on paper of this size; else ``back``, where it is told why not.

    ``path`` is where the page stands. What it shows besides comes from the site itself.
    """
    try:
        with _alone():
            data = printed([paper(path, html, size, _fetch)], seconds=SECONDS)[0]
    except BusyError:
        flash(_("Another PDF is being made. Try again in a minute."), "error")
    except PrintError as error:
        flash(_("The PDF was not made: %(found)s", found=str(error)), "error")
    else:
        answer = Response(data, mimetype="application/pdf")
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    return redirect(back, 303)


def _fetch(path: str) -> tuple[str, bytes]:
    """What the site has at a path, without a request of its own."""
    view, values = current_app.url_map.bind("localhost").match(path.removeprefix(root()))
    answer = make_response(current_app.view_functions[view](**values))
    answer.direct_passthrough = False
    with answer:
        return answer.content_type, answer.get_data()


@contextmanager
def _alone() -> Iterator[None]:
    """Be the one who prints. Raises :class:`~lamppost.trees.BusyError` when another does."""
    config: Config = current_app.extensions["config"]
    with (config.instance / "printing.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BusyError("another PDF is being made") from None
        yield
