"""The desk's pages of the record's history: who changed what, when and why; and taking it back."""

from __future__ import annotations

from itertools import islice

from flask import abort, current_app, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from ..config import Config
from ..differences import lines
from ..history import Save, saves
from ..i18n import gettext as _
from ..i18n import lazy_gettext as _l
from ..published import content, look_again
from ..saves import RefusedError, SaveError, StaleError, digest, save_files
from ..staff.gate import desk_blueprint, may, me
from ..urls import url
from .changes import changes

blueprint = desk_blueprint("record", __name__)
SHOWN = 100
"""How many saves the list shows, the newest."""
MOST_NOTE = 500


@blueprint.get("/record/saves/")
@may("see the record", menu=_l("History"))
def history() -> str:
    """The newest saves of the record."""
    newest = list(islice(saves(_config().record), SHOWN))
    return render_template("registry/history.html", saves=newest, shown=SHOWN)


@blueprint.get("/record/saves/<save>/")
@may("see the record")
def one_save(save: str) -> str:
    """What one save changed, in words and line by line."""
    return _page(_found(save))


@blueprint.post("/record/saves/<save>/")
@may("edit the record")
def undo(save: str) -> Response | str | tuple[str, int]:
    """Take a save back by a new one, with a note of its own."""
    found = _found(save)
    note = " ".join(request.form.get("note", "").split())
    if not note or len(note) > MOST_NOTE:
        error = _("Write what changes, and why. People will read it.")
        return _page(found, note=note, error=error), 422
    try:
        save_files(
            _config(),
            {file.name: file.before for file in found.files},
            seen={file.name: digest(file.after) for file in found.files},
            note=note,
            author=(me().name, me().email),
        )
    except StaleError as stale:
        error = _("%(file)s has changed again since. Take the later change back first.",
                  file=stale.name)  # fmt: skip
    except RefusedError as refused:
        error = _("Without this change the record would have mistakes:") + f" {refused}"
    except SaveError as failed:
        error = _("Nothing was saved:") + f" {failed}"
    else:
        look_again()
        flash(_("The change was taken back."))
        return redirect(url("record.history"), 303)
    return _page(found, note=note, error=error), 422


def _page(save: Save, *, note: str = "", error: str = "") -> str:
    told = changes([save], content().settings.time_zone)
    return render_template(
        "registry/save.html",
        save=save,
        changes=told,
        registry=content().registry,
        lines={file.name: list(lines(file.before, file.after)) for file in save.files},
        note=note,
        error=error,
        most=MOST_NOTE,
    )


def _found(id_: str) -> Save:
    return next((save for save in saves(_config().record) if save.id == id_), None) or abort(404)


def _config() -> Config:
    config: Config = current_app.extensions["config"]
    return config
