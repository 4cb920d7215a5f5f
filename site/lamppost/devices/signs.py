"""Signs that are to be printed again, as one PDF: a sheet for each."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, flash, redirect, render_template
from werkzeug.wrappers import Response as Answer

from ..i18n import gettext as _
from ..i18n import speak, speech
from ..published import content
from ..registry.models import Device, Technology
from ..staff.gate import desk_blueprint, may
from ..staff.prints import as_pdf
from ..urls import url
from .desk import technology_or_404
from .forms import signs_form
from .overdue import REASONS

blueprint = desk_blueprint("devices_signs", __name__)


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
    size = form.size.data
    there = url("registry.sign", code=devices[0].code)
    name = f"signs-{found.id}-{size}.pdf"
    return as_pdf(there, _sheets(found, devices), size, name=name, back=back)


def _sheets(technology: Technology, devices: Sequence[Device]) -> str:
    spoken = speech()
    title = f"{_('Signs')}: {spoken.plain(technology.name)}"
    html = render_template(
        "devices/signs.html", title=title, technology=technology, devices=devices
    )
    speak(spoken.code)  # signs have spoken all languages
    return html
