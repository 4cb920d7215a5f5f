"""Forms at the desk: a workbook becomes the draft of a survey, a survey becomes a workbook."""

from __future__ import annotations

from flask import Response, abort, current_app, flash, redirect, render_template
from werkzeug.wrappers import Response as Answer

from ..answering.world import world_of
from ..config import Config
from ..i18n import gettext as _
from ..published import content
from ..saves import SaveError, StaleError
from ..staff.gate import desk_blueprint, may, me
from ..urls import url
from ..workbooks import UnreadableError
from .book import MOST_BYTES, read_form
from .composed import workbook
from .forms import SurveyFormForm
from .taken import Taken, is_key, keep, take

blueprint = desk_blueprint("xlsform", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 200
Page = str | Answer | tuple[str, int]


def config() -> Config:
    """The settings of the running site."""
    found: Config = current_app.extensions["config"]
    return found


@blueprint.get("/surveys/<id:survey>/xlsform/")
@may("export")
def export(survey: str) -> Response:
    """A survey as a form for ODK and KoBo."""
    found = content().surveys.get(survey) or abort(404)
    answer = Response(workbook(found, world_of(content())), mimetype=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{survey}.xlsx"'
    return answer


@blueprint.route("/surveys/import/", methods=["GET", "POST"])
@may("prepare surveys", most_bytes=MOST_BYTES + 100_000)
def take_in(fault: str = "") -> Page:
    """A form is sent, and becomes a draft; or all its mistakes are told, and nothing is written."""
    form = SurveyFormForm()
    taken: Taken | None = None
    if form.validate_on_submit():
        taken = _read(form)
        if taken is not None and taken.is_well:
            fault = _kept(taken, form)
            if not fault:
                return redirect(url("survey_desk.one", survey=taken.key), 303)
    page = render_template(
        "xlsform/import.html", form=form, taken=taken, fault=fault, most=MOST_SHOWN
    )
    return (page, 422) if form.errors or taken else page


def _read(form: SurveyFormForm) -> Taken | None:
    file = form.file.data
    try:
        lines = read_form(file.read(MOST_BYTES + 1), file.filename)
    except UnreadableError as error:
        form.file.errors = [str(error)]
        return None
    taken = take(lines, content(), (form.key.data or "").strip())
    if not is_key(taken.key):
        form.key.errors = [_("Lower-case words joined by -, such as after-the-storm")]
        return None
    return taken


def _kept(taken: Taken, form: SurveyFormForm) -> str:
    """Save the draft; what went wrong in words, or nothing."""
    try:
        keep(config(), taken, form.note.data or "", (me().name, me().email))
    except StaleError:
        return _("There is a survey of this id already. Give another.")
    except SaveError as error:
        return _("Nothing was saved: %(found)s", found=str(error))
    flash(_("Saved as a draft."))
    if taken.left_out:
        flash(_("Left out, since it notes who answers: %(types)s", types=", ".join(taken.left_out)))
    return ""
