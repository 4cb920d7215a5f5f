"""The record's entries at the desk: listed, opened in forms, looked at, saved."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from ..config import Config
from ..fields import Problem
from ..history import FileChange, Save
from ..i18n import gettext as _
from ..i18n import lazy_gettext as _l
from ..published import content, look_again
from ..record import YamlError
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
    """What is to be shown: the form, what would change, two changes of one thing; or a save."""
    sent = request.form if request.method == "POST" else None
    try:
        draft = Draft(_config(), content(), place, whole=whole, sent=sent)
        if sent is None or "add" in sent or sent.get("do") == "edit":
            return _form(draft, title)
        return _taken(draft, title)
    except (ValueError, YamlError) as error:
        fault = _("The file of this entry cannot be read: %(found)s", found=str(error))
        return _conflicts(title, [], sent, fault=fault)


def _taken(draft: Draft, title: str) -> Page:
    if draft.is_gone:
        return _form(
            draft, title, [_("Somebody has taken this entry out of the record meanwhile.")]
        )
    conflicts = draft.catch_up(_choices())
    if conflicts:
        return _conflicts(title, conflicts, request.form, seen=draft.seen)
    is_noted = _has_note(draft)
    if draft.id_fault:
        draft.form.form[NEW_ID].errors = [draft.id_fault]
        return _form(draft, title)
    files = draft.files()
    if not files:
        return _form(draft, title, [_("Nothing has been changed yet.")])
    if is_noted and request.form.get("do") == "save" and not draft.caught_up:
        return _saved(draft, title, files)
    return _looked_at(draft, title, files, problems_with(_config(), files))


def _has_note(draft: Draft) -> bool:
    """Whether there is a public note; that there is none is told beside it."""
    field = draft.form.form[NOTE]
    note = " ".join((field.data or "").split())
    if not note or len(note) > MOST_NOTE:
        field.errors = [_("Write what changes, and why. People will read it.")]
    return not field.errors


def _looked_at(draft: Draft, title: str, files: Files, problems: list[Problem]) -> Page:
    """What would change, or the form with what is wrong."""
    others = draft.tell(problems, files)
    if others or draft.form.form.errors:
        told = [_("The record would not be right: %(found)s", found=str(one)) for one in others]
        return _form(draft, title, told)
    return _preview(draft, title, files)


def _saved(draft: Draft, title: str, files: Files) -> Page:
    (name,) = files
    note = " ".join(draft.form.form[NOTE].data.split())
    seen = {name: draft.seen} if draft.data is not None else {}
    try:
        save_files(_config(), files, seen=seen, note=note, author=(me().name, me().email))
    except StaleError:  # in this very moment: what was typed is put on top of that
        return _answer(draft.opened, title, whole=draft.whole)
    except RefusedError as error:
        return _looked_at(draft, title, files, error.problems)
    except SaveError as error:
        return _form(draft, title, [_("Nothing was saved: %(found)s", found=str(error))])
    look_again()
    if draft.place.kind.deed == "change settings":
        audit.log("change settings", f"{name}: {note}")
    flash(_("Saved."))
    return redirect(_from(draft.place), 303)


def _from(place: Place) -> str:
    """Where one came from: the sections of the entry, else the list that it stands in."""
    if place.section and len(entry.sections(place.kind)) > 1:
        return url("entries.one", kind=place.kind.id, entry=place.id)
    if place.kind.is_only:
        return url("entries.index")
    return url("entries.listing", kind=place.kind.id)


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
        "entries/preview.html", draft=draft, title=title,
        section=labels.section(draft.place.section), differences=draft.form.differences(),
        said=draft.form.form[NOTE].data, told=_told(draft, files), registry=content().registry,
        pairs=[pair for pair in draft.form.pairs() if pair[0] not in UNTOLD],
    )  # fmt: skip


def _told(draft: Draft, files: Files) -> list[Change]:
    """The change as the page “What changed” will tell it."""
    found = tuple(FileChange(name, draft.data, data) for name, data in files.items())
    save = Save("", datetime.now(UTC), draft.form.form[NOTE].data, found)
    return changes([save], content().settings.time_zone)


def _conflicts(
    title: str, conflicts: list[Conflict], sent: MultiDict[str, str] | None, *, fault: str = "",
    seen: str = "",
) -> Page:  # fmt: skip
    """What has to be chosen before it goes on, with all that was typed."""
    asked = {f"choose.{conflict.path}" for conflict in conflicts} | UNTOLD
    sent = MultiDict() if sent is None else sent
    pairs = [pair for pair in sent.items(multi=True) if pair[0] not in asked]
    page = render_template(
        "entries/conflicts.html", title=title, conflicts=conflicts, fault=fault,
        pairs=[*pairs, ("seen", seen or sent.get("seen", ""))],
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
    return found, _titles(found, unread=id_).get(id_) or abort(404)


def _titles(kind: Kind, *, unread: str = "") -> dict[str, str]:
    """The entries of a kind by id, each with its name; ``unread`` of a file that is no YAML."""
    if kind.is_only:
        return {ONLY: str(kind.title)}
    if "{id}" in kind.file:
        now = content()
        ids = list(now.pages if kind.is_article else now.registry.technologies)
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
