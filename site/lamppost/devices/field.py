"""Devices are checked on the spot, with a phone in one hand; several checks are one change."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from ..i18n import gettext as _
from ..i18n import lazy_gettext as _l
from ..i18n import ngettext
from ..published import content
from ..registry.codes import code_from
from ..registry.models import Device
from ..registry.nearby import metres_between
from ..staff.gate import desk_blueprint, may
from ..urls import url
from .desk import config, drawer, save
from .ledger import Cells, read_ledger

blueprint = desk_blueprint("field", __name__)

MOST_SHOWN = 12
SEEN = {
    "there": _l("Still there"),
    "gone": _l("Gone"),
    "moved": _l("Moved"),
    "sign_old": _l("Its sign is old"),
}
"""What somebody can say who stands before a device."""


@blueprint.get("/device-checks/")
@may("check devices", menu=_l("Check on the spot"))
def checks() -> str:
    """The devices that are nearest to a code, or those of a place."""
    near, place = request.args.get("near", ""), request.args.get("place", "")
    return render_template(
        "devices/field.html", near=near, place=place, places=content().registry.places,
        devices=_asked(near, place), seen=SEEN, form=FlaskForm(),
    )  # fmt: skip


def _asked(near: str, place: str) -> list[Device]:
    now = content()
    device = now.registry.devices.get(code_from(near, now.settings.code_prefix))
    if device:
        return [device, *_nearest(device)][:MOST_SHOWN]
    found = now.registry.places.get(place)
    listed = now.registry.devices_at(found) if found else []
    standing = [d for d in listed if d.status != "removed"]
    return sorted(standing, key=_last_seen)[:MOST_SHOWN]


def _nearest(device: Device) -> list[Device]:
    if not device.has_point:
        return []
    others = [
        (metres, other.code, other)
        for other in content().registry.devices.values()
        if other.has_point
        and other.code != device.code
        and other.status != "removed"
        and abs(other.latitude - device.latitude) < 0.02  # type: ignore[operator]  # noqa: PLR2004
        and (metres := metres_between(_point(device), _point(other))) < 2_000  # noqa: PLR2004
    ]
    return [other for _metres, _code, other in sorted(others, key=lambda one: one[:2])]


def _point(device: Device) -> tuple[float, float]:
    return device.latitude or 0.0, device.longitude or 0.0


def _last_seen(device: Device) -> tuple[str, str]:
    """What was seen longest ago stands first."""
    return device.last_seen_on.isoformat() if device.last_seen_on else "", device.code


@blueprint.post("/device-checks/")
@may("check devices")
def check() -> Response:
    """Save what was seen: all of it in one change."""
    back = redirect(url("field.checks"), 303)
    if not FlaskForm().validate_on_submit():
        flash(_("This page has waited too long. Please send it again."), "error")
        return back
    devices = content().registry.devices
    told = {code: what for code, what in request.form.items() if code in devices and what in SEEN}
    if not told:
        flash(_("Nothing was chosen, so nothing was saved."), "error")
        return back
    ledgers = [
        read_ledger(config().record, id_) for id_ in {devices[code].technology for code in told}
    ]
    files = {ledger.name: ledger.with_rows(_cells(ledger.rows, told)) for ledger in ledgers}
    seen = {ledger.name: ledger.digest for ledger in ledgers}
    # The note stands in the record, whose source language is English.
    fault = save(files, seen, f"Checked on the spot: {', '.join(sorted(told))}")
    if fault:
        flash(fault, "error")
        return back
    wrong = {code: what for code, what in told.items() if what in ("moved", "sign_old")}
    drawer().report(wrong, settled=[code for code, what in told.items() if what == "gone"])
    flash(ngettext("%(num)s check was saved.", "%(num)s checks were saved.", len(told)))
    return back


def _cells(rows: dict[str, Cells], told: dict[str, str]) -> dict[str, Cells]:
    """The cells that change; where something has moved, its point waits to be put right."""
    day = content().as_of.isoformat()
    put = {
        "there": {"last_seen_on": day},
        "sign_old": {"last_seen_on": day},
        "moved": {"last_seen_on": day},
        "gone": {"status": "removed", "removed_on": day},
    }
    return {code: put[what] for code, what in told.items() if code in rows}
