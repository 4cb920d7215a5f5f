"""The desk's pages of the record's other copy: how both stand, and deciding where they differ."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from ..config import Config
from ..differences import lines
from ..history import behind
from ..i18n import gettext as _
from ..i18n import said
from ..published import look_again
from ..saves import RefusedError, SaveError
from ..staff import audit
from ..staff.gate import desk_blueprint, may, me
from ..urls import url
from . import git, sync
from .git import RemoteError
from .sync import Question, UndecidedError

blueprint = desk_blueprint("remote", __name__)
MOST_NOTE = 500
MOST_PLACES = 100
"""How many differences of a file are shown."""
MOST_CHARACTERS = 100_000
"""How much of a version is shown."""


@blueprint.get("/record/other/")
@may("see the record")
def other() -> str:
    """How the record and its other copy stand, and what was done to the record by git alone."""
    config = _config()
    ahead, there = git.standing(config.record)
    return render_template(
        "remote/other.html",
        remote=config.record_remote,
        told=sync.told(config),
        ahead=ahead,
        there=there,
        behind=behind(config.record),
    )


@blueprint.post("/record/other/push/")
@may("exchange the record")
def push() -> Response:
    """Send what the other copy lacks, now."""
    config = _config()
    if config.record_remote and sync.push(config):
        audit.log("send record", "")
        flash(_("The other copy has every change."))
    return redirect(url("remote.other"), 303)


@blueprint.post("/record/other/fetch/")
@may("exchange the record")
def fetch() -> Response:
    """Fetch what the other copy has, and take it in where nobody has to decide."""
    config = _config()
    if not config.record_remote:
        return redirect(url("remote.other"), 303)
    try:
        sync.fetch(config)
        count = sync.take_in(config, (me().name, me().email))
    except UndecidedError:
        return redirect(url("remote.decide"), 303)
    except SaveError as error:
        flash(_("Nothing was saved: %(found)s", found=said(error.args[0])), "error")
    except RemoteError:
        pass  # the page tells the reason
    else:
        look_again()
        audit.log("fetch record", str(count))
        flash(_("Fetched. Files that changed here: %(count)s.", count=count))
    return redirect(url("remote.other"), 303)


@blueprint.get("/record/other/decide/")
@may("exchange the record")
def decide() -> Response | str:
    """The files of which a person has to choose one side."""
    asked = _question()
    return _page(asked, {}, "") if asked else redirect(url("remote.other"), 303)


@blueprint.post("/record/other/decide/")
@may("exchange the record")
def decided() -> Response | str | tuple[str, int]:
    """Take in what was fetched, with the side that was chosen for each file."""
    asked = _question()
    if asked is None:
        return redirect(url("remote.other"), 303)
    note = " ".join(request.form.get("note", "").split())
    sides = {
        file.name: side
        for number, file in enumerate(asked.files)
        if (side := request.form.get(f"side-{number}", "")) in _choices(file)
    }
    error = _wrong(asked, sides, note)
    if not error:
        try:
            sync.take_in(_config(), (me().name, me().email), note=note, sides=sides)
        except (UndecidedError, RemoteError):
            error = _("The record has changed meanwhile. Look again, then choose.")
        except RefusedError as refused:
            asked = asked._replace(problems=refused.problems)
            error = _("So chosen, the record would have mistakes. Choose otherwise, or stop.")
        except SaveError as failed:
            error = _("Nothing was saved: %(found)s", found=str(failed))
    if error:
        return _page(asked, sides, note, error), 422
    look_again()
    audit.log("decide record", ", ".join(f"{name}: {side}" for name, side in sides.items()))
    flash(_("Both sides are joined, as you chose."))
    return redirect(url("remote.other"), 303)


def _wrong(asked: Question, sides: dict[str, str], note: str) -> str:
    if (request.form.get("ours"), request.form.get("theirs")) != (asked.ours, asked.theirs):
        return _("The record has changed meanwhile. Look again, then choose.")
    if len(sides) < len(asked.files):
        return _("Choose a side for each file.")
    if not note or len(note) > MOST_NOTE:
        return _("Write what changes, and why. People will read it.")
    return ""


def _choices(file: git.Contested) -> list[str]:
    return ["ours", "theirs", *(["merged"] if file.merged is not None else [])]


def _question() -> Question | None:
    try:
        return sync.question(_config())
    except RemoteError as error:
        flash(_("Nothing was saved: %(found)s", found=said(error.args[0])), "error")
        return None


def _page(asked: Question, sides: dict[str, str], note: str, error: str = "") -> str:
    files = [
        (file, _choices(file), list(lines(file.ours, file.theirs))[:MOST_PLACES],
         {side: _shown(getattr(file, side)) for side in _choices(file)})
        for file in asked.files
    ]  # fmt: skip
    return render_template(
        "remote/decide.html", asked=asked, files=files, sides=sides, note=note, error=error,
        most=MOST_NOTE, places=MOST_PLACES,
    )  # fmt: skip


def _shown(data: bytes | None) -> str | None:
    if data is None:
        return None
    words = data.decode("utf-8", "replace")
    return words if len(words) <= MOST_CHARACTERS else words[:MOST_CHARACTERS] + "\n…"


def _config() -> Config:
    config: Config = current_app.extensions["config"]
    return config
