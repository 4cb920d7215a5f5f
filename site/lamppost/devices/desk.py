"""Devices at the desk: listed, added, edited, retired, and written into tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response, abort, current_app, flash, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from .. import printing
from ..config import Config
from ..i18n import gettext as _
from ..i18n import lazy_gettext as _l
from ..i18n import said, told
from ..published import content
from ..registry.codes import EXAMPLE, unused
from ..registry.labels import DEVICE_STATUSES
from ..registry.models import Technology
from ..saves import RefusedError, SaveError, StaleError, save_files
from ..staff.gate import desk_blueprint, may, me
from ..text import folded
from ..urls import url
from . import tables
from .drawer import Drawer
from .forms import EDITED, device_form, signs_form
from .headings import HEADINGS
from .imports import wrong_columns
from .ledger import Cells, Ledger, read_ledger
from .overdue import REASONS, reasons

blueprint = desk_blueprint("devices", __name__)

MOST_SHOWN = 200
TYPES = {
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def config() -> Config:
    """The settings of the running site."""
    found: Config = current_app.extensions["config"]
    return found


def drawer() -> Drawer:
    """The drawer of the running site."""
    return Drawer(config().instance)


def technology_or_404(id_: str) -> tuple[Technology, Ledger]:
    """A technology and its devices as they are written now."""
    technology = content().registry.technologies.get(id_) or abort(404)
    return technology, read_ledger(config().record, id_)


def save(files: Mapping[str, bytes], seen: Mapping[str, str], note: str) -> str:
    """Save with a note; what went wrong in words, or nothing."""
    try:
        save_files(config(), files, seen=seen, note=note, author=(me().name, me().email))
    except StaleError:
        return _("Somebody else has changed these devices meanwhile. Look again, then save.")
    except RefusedError as error:
        return _("The record would not be right: %(found)s", found=told(error.problems[0]))
    except SaveError as error:
        return _("Nothing was saved: %(found)s", found=said(error.args[0]))
    return ""


@blueprint.get("/devices/")
@may("edit devices", menu=_l("Devices"))
def index() -> str:
    """The technologies, each with its devices."""
    registry = content().registry
    listed = [(t, len(registry.devices_of(t))) for t in registry.technologies.values()]
    return render_template("devices/index.html", listed=listed)


@blueprint.get("/devices/<id:technology>/")
@may("edit devices")
def listing(technology: str) -> str:
    """The devices of a technology, those that are asked for."""
    found, ledger = technology_or_404(technology)
    asked = {name: request.args.get(name, "") for name in ("words", "status", "show")}
    rows = [(code, cells) for code, cells in ledger.rows.items() if _is_asked(code, cells, asked)]
    return render_template(
        "devices/list.html", technology=found, rows=rows[:MOST_SHOWN], count=len(rows),
        asked=asked, statuses=DEVICE_STATUSES, shows=REASONS, kinds=TYPES,
        signs=signs_form(asked["show"], rows[:MOST_SHOWN]) if printing.is_there() else None,
    )  # fmt: skip


def _is_asked(code: str, cells: Cells, asked: Mapping[str, str]) -> bool:
    words = folded(f"{code} {cells.get('location', '')}")
    return (
        folded(asked["words"]) in words
        and asked["status"] in ("", cells.get("status"))
        and (not asked["show"] or asked["show"] in reasons(content(), drawer(), code))
    )


@blueprint.route("/devices/<id:technology>/new/", methods=["GET", "POST"])
@may("edit devices")
def new(technology: str) -> str | Answer | tuple[str, int]:
    """A new device; it gets a code of its own when it is saved."""
    found, ledger = technology_or_404(technology)
    return _edited(found, ledger, "", {"status": "active", "sample": "no"})


@blueprint.route("/devices/<id:technology>/<device>/", methods=["GET", "POST"])
@may("edit devices")
def edit(technology: str, device: str) -> str | Answer | tuple[str, int]:
    """One device. It is retired by its status: what stood in the street stays in the record."""
    found, ledger = technology_or_404(technology)
    return _edited(found, ledger, device, ledger.rows.get(device) or abort(404))


def _edited(
    technology: Technology, ledger: Ledger, code: str, before: Cells
) -> str | Answer | tuple[str, int]:
    form = device_form(before, ledger.digest)
    fault = ""
    if form.validate_on_submit():
        cells = {name: " ".join(str(form[name].data or "").split()) for name in EDITED}
        if cells["status"] == "removed" and not cells["removed_on"]:
            cells["removed_on"] = content().as_of.isoformat()
        wrong = set(wrong_columns(content(), cells))
        if not code and not cells["location"] and not cells["latitude"]:
            wrong.add("location")
        for name in wrong:
            words = _("%(what)s: %(expected)s", what=HEADINGS[name][0], expected=HEADINGS[name][1])
            form[name].errors = [words]
        if not wrong:
            fault = _written(ledger, code, cells, form)
            if not fault:
                flash(_("Saved."))
                return redirect(url("devices.listing", technology=technology.id), 303)
    page = render_template(
        "devices/edit.html", technology=technology, code=code, form=form, fault=fault,
        report=REASONS.get(drawer().reports().get(code, ""), ""),
    )  # fmt: skip
    return (page, 422) if form.errors or fault else page


def _written(ledger: Ledger, code: str, cells: Cells, form: Any) -> str:
    if code:
        held = ledger.rows[code]
        changed = {name: c for name, c in cells.items() if c != held.get(name, "")}
        data = ledger.with_rows({code: changed}) if changed else ledger.with_rows({})
    else:
        now = content()
        taken = {EXAMPLE, *now.registry.devices, *now.changes_of_device, *ledger.rows}
        own = {"code": unused(taken), "technology": ledger.technology}
        data = ledger.with_rows({}, [{**cells, **own}])
    fault = save({ledger.name: data}, {ledger.name: form.seen.data}, form.note.data)
    if not fault and code in drawer().reports():
        drawer().report({}, settled=[code])
    return fault


@blueprint.get("/devices/<id:technology>/export/<id:kind>/")
@may("export")
def export(technology: str, kind: str) -> Response:
    """The devices of a technology as a table that can be taken in again."""
    _found, ledger = technology_or_404(technology)
    if kind not in TYPES:
        abort(404)
    rows: Iterable[list[str]] = ledger.table()
    answer = Response(tables.written_table(ledger.header, rows, kind), mimetype=TYPES[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{technology}.{kind}"'
    return answer
