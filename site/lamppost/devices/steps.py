"""A table is taken in by steps: sent, its columns matched, its plan looked at, confirmed."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template
from werkzeug.wrappers import Response

from ..i18n import gettext as _
from ..published import content
from ..record import Table
from ..staff.gate import desk_blueprint, may, me
from ..urls import url
from ..workbooks import UnreadableError
from . import tables
from .desk import drawer, save, technology_or_404
from .forms import NoteForm, TableForm, columns_form
from .headings import match
from .imports import Plan, plan

blueprint = desk_blueprint("devices_import", __name__)

MOST_SHOWN = 100
Page = str | Response | tuple[str, int]


@blueprint.route("/devices/<id:technology>/import/", methods=["GET", "POST"])
@may("edit devices", most_bytes=tables.MOST_BYTES + 100_000)
def upload(technology: str) -> Page:
    """A table is sent; it waits on the server, and nothing is written of it yet."""
    found, ledger = technology_or_404(technology)
    form = TableForm()
    if form.validate_on_submit():
        file = form.file.data
        try:
            table = tables.read_table(
                file.read(tables.MOST_BYTES + 1), file.filename, form.encoding.data
            )
        except UnreadableError as error:
            form.file.errors = [str(error)]
        else:
            mapping = match(table.header, drawer().remembered(ledger.technology))
            waiting = {
                "technology": technology, "by": me().id, "table": [*table], "mapping": mapping,
                "missing": form.missing.data,
            }  # fmt: skip
            return _to("columns", drawer().keep(waiting))
    page = render_template("devices/upload.html", technology=found, form=form)
    return (page, 422) if form.errors else page


@blueprint.route("/devices/import/<id:waiting>/columns/", methods=["GET", "POST"])
@may("edit devices")
def columns(waiting: str) -> Page:
    """Which column of the table is which of ours."""
    held = _held(waiting)
    header = held["table"][0]
    form = columns_form(header, held["mapping"])
    if form.validate_on_submit():
        chosen = {name: form[f"column{n}"].data for n, name in enumerate(header) if name}
        given = [ours for ours in chosen.values() if ours]
        twice = {n for n, name in enumerate(header) if given.count(chosen.get(name, "")) > 1}
        for n in twice:
            form[f"column{n}"].errors = [_("Choose this column once only")]
        if not twice:
            drawer().put_back(waiting, {**held, "mapping": chosen})
            return _to("preview", waiting)
    technology, _ledger = technology_or_404(held["technology"])
    page = render_template("devices/columns.html", technology=technology, form=form)
    return (page, 422) if form.errors else page


@blueprint.route("/devices/import/<id:waiting>/preview/", methods=["GET", "POST"])
@may("edit devices")
def preview(waiting: str) -> Page:
    """What the table would change; it is written when this is confirmed, and not before."""
    held = _held(waiting)
    technology, found = _planned(held)
    form = NoteForm(data={"seen": found.ledger.digest})
    fault = ""
    if form.validate_on_submit() and not found.mistakes:
        ledger = found.ledger
        fault = save(found.files(), {ledger.name: form.seen.data or ""}, form.note.data or "")
        if not fault:
            drawer().remember(ledger.technology, held["mapping"])
            drawer().drop(waiting)
            flash(_("Saved: %(summary)s.", summary=found.summary()))
            return redirect(url("devices.listing", technology=ledger.technology), 303)
        form.seen.data = ledger.digest
    page = render_template(
        "devices/preview.html", technology=technology, plan=found, form=form, fault=fault,
        waiting=waiting, most=MOST_SHOWN, details=list(found.details())[:MOST_SHOWN],
    )  # fmt: skip
    return (page, 422) if form.errors or fault else page


def _held(waiting: str) -> dict[str, Any]:
    """The table that waits; only who sent it may see it."""
    held = drawer().find(waiting)
    if held is None or held["by"] != me().id:
        abort(404)
    return held


def _planned(held: dict[str, Any]) -> tuple[Any, Plan]:
    technology, ledger = technology_or_404(held["technology"])
    table, missing = Table(*held["table"]), held["missing"]
    made = plan(content(), ledger, table, held["mapping"], removed_when_missing=missing)
    return technology, made


def _to(step: str, waiting: str) -> Response:
    return redirect(url(f"devices_import.{step}", waiting=waiting), 303)
