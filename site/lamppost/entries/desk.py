"""The record's entries at the desk: listed, opened in forms, looked at, saved."""

from __future__ import annotations

from typing import Any

from flask import abort, current_app, redirect, render_template, request
from werkzeug.wrappers import Response

from ..config import Config
from ..i18n import gettext as _
from ..i18n import lazy_gettext as _l
from ..published import content
from ..record import YamlError
from ..saves import file_now
from ..staff.gate import desk_blueprint, i_may, may
from ..text import SOURCE_LANGUAGE, folded
from ..urls import url
from . import entry, labels
from .drafts import Place
from .flow import Editing, Page
from .kinds import KINDS, ONLY, Kind

blueprint = desk_blueprint("entries", __name__)


@blueprint.get("/record/")
@may("translate", menu=_l("The record"))
def index() -> str:
    """The kinds of entries."""
    listed = [(kind, len(_titles(kind))) for kind in KINDS.values() if not kind.about]
    return render_template("entries/index.html", listed=listed, only=ONLY)


@blueprint.get("/record/<id:kind>/")
@may("translate")
def listing(kind: str) -> str | Response:
    """The entries of a kind, those whose name or id holds what is asked for."""
    found = _kind(kind)
    if found.is_only:
        return redirect(url("entries.one", kind=kind, entry=ONLY), 303)
    asked = request.args.get("words", "")
    titles = _titles(found)
    shown = {id_: words for id_, words in titles.items() if folded(asked) in folded(id_ + words)}
    return render_template(
        "entries/list.html", kind=found, titles=shown, asked=asked, whole=i_may(found.deed),
        file=KINDS.get(f"{found.id}-file"), only=ONLY,
    )  # fmt: skip


@blueprint.get("/record/<id:kind>/<entry:entry>/")
@may("translate")
def one(kind: str, entry: str) -> str | Response:
    """The sections of an entry; one that has a single section is opened at once."""
    found, title = _entry(kind, entry)
    names = list(_sections(found))
    if len(names) == 1:
        return redirect(url("entries.edit", kind=kind, entry=entry, section=names[0]), 303)
    sections = {name: labels.section(name) for name in names}
    return render_template(
        "entries/sections.html", kind=found, entry=entry, title=title, sections=sections
    )


@blueprint.route("/record/<id:kind>/new/", methods=["GET", "POST"])
@may("edit the record")
def new(kind: str) -> Page:
    """A new entry, with what it cannot be without."""
    found = _kind(kind)
    if not found.grows or not i_may(found.deed):
        abort(404 if not found.grows else 403)
    return _answer(Place(found, "", ""), _("Add to: %(what)s", what=found.title), whole=True)


@blueprint.route("/record/<id:kind>/<entry:entry>/<id:section>/", methods=["GET", "POST"])
@may("translate")
def edit(kind: str, entry: str, section: str) -> Page:
    """One section of an entry in a form. Who may only translate sees the translations alone."""
    found, title = _entry(kind, entry)
    if section not in _sections(found):
        abort(404)
    place = Place(found, entry, section)
    return _answer(place, title, whole=i_may(found.deed) or place.is_translation)


def _answer(place: Place, title: str, *, whole: bool) -> Page:
    many = bool(place.section) and len(_sections(place.kind)) > 1
    section = labels.section(place.section) if many else ""
    return Editing(place, title, section, _back(place, title), _from(place), whole).answer()


def _back(place: Place, title: str) -> tuple[str, Any]:
    """Where the form's page leads back to, and what that is called."""
    if place.section and len(_sections(place.kind)) > 1:
        return _from(place), title
    return _from(place), _("The record") if place.kind.is_only else place.kind.title


def _from(place: Place) -> str:
    """Where one came from: the sections of the entry, else the list that it stands in."""
    if place.section and len(_sections(place.kind)) > 1:
        return url("entries.one", kind=place.kind.id, entry=place.id)
    if place.kind.is_only:
        return url("entries.index")
    return url("entries.listing", kind=place.kind.id)


# --- what there is ------------------------------------------------------------------------------


def _kind(id_: str) -> Kind:
    return KINDS.get(id_) or abort(404)


def _sections(kind: Kind) -> dict[str, Any]:
    return entry.sections(kind)


def _entry(kind: str, id_: str) -> tuple[Kind, str]:
    found = _kind(kind)
    return found, _titles(found, unread=id_).get(id_) or abort(404)


def _titles(kind: Kind, *, unread: str = "") -> dict[str, str]:
    """The entries of a kind by id, each with its name; ``unread`` of a file that is no YAML."""
    if kind.is_only:
        return {ONLY: str(kind.title)}
    if "{id}" in kind.file:
        ids = kind.ids_in(content().digests)
        return {id_: labels.title(kind, _raw(kind, id_), id_) for id_ in ids}
    try:
        held = entry.entries(kind, file_now(_config(), kind.file) or b"")
    except (YamlError, ValueError):
        return {unread: unread}
    return {id_: labels.title(kind, raw, id_) for id_, raw in held.items()}


def _raw(kind: Kind, id_: str) -> dict[str, Any]:
    try:
        data = file_now(_config(), kind.name(id_, SOURCE_LANGUAGE))
        return entry.value(kind, id_, data) or {}
    except (YamlError, ValueError):
        return {}


def _config() -> Config:
    config: Config = current_app.extensions["config"]
    return config
