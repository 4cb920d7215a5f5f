"""Signs that are to be printed again, as one PDF: a sheet for each."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from flask import Response, current_app, flash, make_response, redirect, render_template
from werkzeug.wrappers import Response as Answer

from ..i18n import gettext as _
from ..i18n import speak, speech
from ..printing import PrintError, paper, printed
from ..published import content
from ..registry.models import Device, Technology
from ..staff.gate import desk_blueprint, may
from ..trees import BusyError
from ..urls import root, url
from .desk import config, technology_or_404
from .forms import signs_form
from .overdue import REASONS

blueprint = desk_blueprint("devices_signs", __name__)
SECONDS = 120
"""How long a PDF may take; somebody waits for it."""


@blueprint.post("/devices/<id:technology>/signs/")
@may("edit devices")
def signs(technology: str) -> Response | Answer:
    """The signs that were chosen, as a PDF."""
    found, ledger = technology_or_404(technology)
    form = signs_form("", list(ledger.rows.items()))
    reason = form.reason.data if form.reason.data in REASONS else "signs"
    back = url("devices.listing", technology=found.id) + f"?show={reason}#signs"
    shown = content().registry.devices
    devices = [shown[code] for code in form.codes.data or () if code in shown]
    if not form.validate_on_submit() or not devices:
        flash(_("Tick one sign at least, and 60 at most."), "error")
        return redirect(back, 303)
    try:
        with _alone():
            data = _pdf(found, devices, form.size.data)
    except BusyError:
        flash(_("Another PDF is being made. Try again in a minute."), "error")
    except PrintError as error:
        flash(_("The PDF was not made: %(found)s", found=str(error)), "error")
    else:
        answer = Response(data, mimetype="application/pdf")
        name = f"signs-{found.id}-{form.size.data}.pdf"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    return redirect(back, 303)


def _pdf(technology: Technology, devices: Sequence[Device], size: str) -> bytes:
    spoken = speech()
    title = f"{_('Signs')}: {spoken.plain(technology.name)}"
    html = render_template(
        "devices/signs.html", title=title, technology=technology, devices=devices
    )
    speak(spoken.code)  # signs have spoken all languages
    sheets = paper(url("registry.sign", code=devices[0].code), html, size, _fetch)
    return printed([sheets], seconds=SECONDS)[0]


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
    with (config().instance / "printing.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BusyError("another PDF is being made") from None
        yield
