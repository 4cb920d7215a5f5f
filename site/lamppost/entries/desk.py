"""The record's entries at the desk: listed, opened in forms, looked at, saved."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from ..config import Config
from ..fields import Problem
from ..history import FileChange, Save
from ..i18n import gettext as _
from ..i18n import lazy_gettext as _l
from ..published import content, look_again
from ..record import YamlError, yaml_value
from ..registry.changes import Change, changes
from ..saves import (
    Files,
    RefusedError,
    SaveError,
    StaleError,
    file_now,
    problems_with,
    save_files,
)
from ..staff import audit
from ..staff.gate import desk_blueprint, i_may, may, me
from ..text import SOURCE_LANGUAGE, folded
from ..urls import url
from . import entry, labels
from .drafts import MOST_NOTE, NEW_ID, NOTE, Conflict, Draft, Place
from .kinds import KINDS, ONLY, Kind

blueprint = desk_blueprint("entries", __name__)
Page = str | Response | tuple[str, int]
UNTOLD = {"csrf_token", "do", "add", "seen"}
"""What is sent with a form and is not part of what was typed."""


@blueprint.get("/record/")
@may("translate", menu=_l("The record"))
def index() -> str:
    """The kinds of entries."""
    listed = [(kind, len(_titles(kind))) for kind in KINDS.values()]
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
        "entries/list.html", kind=found, titles=shown, asked=asked, whole=i_may(found.deed)
    )


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
    config = _config()
    if request.method == "GET":
        return _form(Draft(config, content(), place, whole=whole), title)
    draft = Draft(config, content(), place, whole=whole, sent=request.form)
    asked = request.form.get("do", "")
    if "add" in request.form or asked == "edit":
        return _form(draft, title)
    if draft.is_gone:
        return _form(
            draft, title, [_("Somebody has taken this entry out of the record meanwhile.")]
        )
    conflicts = draft.catch_up(_choices())
    if conflicts:
        return _conflicts(draft, title, conflicts)
    if _told_wrong(draft):
        return _form(draft, title)
    try:
        files = draft.files()
    except (ValueError, YamlError) as error:
        return _form(draft, title, [_("Nothing was saved: %(found)s", found=str(error))])
    if not files:
        return _form(draft, title, [_("Nothing has been changed yet.")])
    if asked != "save" or draft.caught_up:
        problems = problems_with(config, files)
        return _refused(draft, title, files, problems) or _preview(draft, title, files)
    return _saved(draft, title, files)


def _told_wrong(draft: Draft) -> bool:
    """Whether the note or the id is wrong, which is told beside it."""
    inputs = draft.form.form
    note = " ".join((inputs[NOTE].data or "").split())
    if not note or len(note) > MOST_NOTE:
        inputs[NOTE].errors = [_("Write what changes, and why. People will read it.")]
    if draft.id_fault:
        inputs[NEW_ID].errors = [draft.id_fault]
    return bool(inputs.errors)


def _refused(draft: Draft, title: str, files: Files, problems: list[Problem]) -> Page | None:
    if not problems:
        return None
    others = draft.tell(problems, files)
    return _form(draft, title, [str(problem) for problem in others])


def _saved(draft: Draft, title: str, files: Files) -> Page:
    (name,) = files
    note = " ".join(draft.form.form[NOTE].data.split())
    seen = {name: draft.seen} if draft.data is not None else {}
    try:
        save_files(_config(), files, seen=seen, note=note, author=(me().name, me().email))
    except StaleError:  # in this very moment: what was typed is put on top of that
        draft = Draft(_config(), content(), draft.place, whole=draft.whole, sent=request.form)
        conflicts = draft.catch_up(_choices())
        return _conflicts(draft, title, conflicts) if conflicts else _form(draft, title)
    except RefusedError as error:
        return _refused(draft, title, files, error.problems) or abort(422)
    except SaveError as error:
        return _form(draft, title, [_("Nothing was saved: %(found)s", found=str(error))])
    look_again()
    if draft.place.kind.deed == "change settings":
        audit.log("change settings", f"{name}: {note}")
    flash(_("Saved."))
    kind = draft.place.kind
    if kind.is_only:
        return redirect(url("entries.index"), 303)
    return redirect(url("entries.listing", kind=kind.id), 303)


# --- pages --------------------------------------------------------------------------------------


def _form(draft: Draft, title: str, faults: list[str] | None = None) -> Page:
    page = render_template(
        "entries/edit.html", draft=draft, place=draft.place, form=draft.form, title=title,
        section=labels.section(draft.place.section), faults=faults or [], note=NOTE,
        many=len(_sections(draft.place.kind)) > 1,
        english=draft.english() if draft.place.is_translation else None,
    )  # fmt: skip
    return (page, 422) if faults or draft.form.form.errors else page


def _preview(draft: Draft, title: str, files: Files) -> Page:
    return render_template(
        "entries/preview.html", draft=draft, place=draft.place, title=title,
        section=labels.section(draft.place.section), differences=draft.form.differences(),
        said=draft.form.form[NOTE].data, told=_told(draft, files), registry=content().registry,
        pairs=[pair for pair in draft.form.pairs() if pair[0] not in UNTOLD],
    )  # fmt: skip


def _told(draft: Draft, files: Files) -> list[Change]:
    """The change as the page “What changed” will tell it."""
    found = tuple(FileChange(name, draft.data, data) for name, data in files.items())
    save = Save("", datetime.now(UTC), draft.form.form[NOTE].data, found)
    return changes([save], content().settings.time_zone)


def _conflicts(draft: Draft, title: str, conflicts: list[Conflict]) -> Page:
    sent = [pair for pair in request.form.items(multi=True) if pair[0] not in UNTOLD]
    asked = {f"choose.{conflict.path}" for conflict in conflicts}
    page = render_template(
        "entries/conflicts.html", draft=draft, title=title, conflicts=conflicts,
        pairs=[*(pair for pair in sent if pair[0] not in asked), ("seen", draft.seen)],
    )  # fmt: skip
    return page, 409


def _choices() -> dict[str, str]:
    return {
        name.removeprefix("choose."): chosen
        for name, chosen in request.form.items()
        if name.startswith("choose.")
    }


# --- what there is ------------------------------------------------------------------------------


def _kind(id_: str) -> Kind:
    return KINDS.get(id_) or abort(404)


def _sections(kind: Kind) -> dict[str, Any]:
    return entry.sections(kind)


def _entry(kind: str, id_: str) -> tuple[Kind, str]:
    found = _kind(kind)
    return found, _titles(found).get(id_) or abort(404)


def _titles(kind: Kind) -> dict[str, str]:
    """The entries of a kind by id, each with its name."""
    if kind.is_only:
        return {ONLY: str(kind.title)}
    if "{id}" in kind.file:
        now = content()
        ids = list(now.pages if kind.is_article else now.registry.technologies)
        return {id_: labels.title(kind, _raw(kind, id_), id_) for id_ in ids}
    top = yaml_value((file_now(_config(), kind.file) or b"{}").decode())
    held = (top or {}).get(kind.key) or {}
    if isinstance(held, list):
        held = {item["id"]: item for item in held}
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
