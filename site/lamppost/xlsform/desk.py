"""Forms at the desk: a workbook becomes a draft, a survey a workbook, a table responses."""

from __future__ import annotations

from flask import Response, abort, current_app, flash, redirect, render_template
from werkzeug.wrappers import Response as Answer

from ..answering.world import world_of
from ..config import Config
from ..devices.tables import MOST_BYTES as TABLE_BYTES
from ..i18n import gettext as _
from ..published import content, look_again
from ..saves import SaveError, StaleError
from ..staff.audit import log
from ..staff.gate import desk_blueprint, may, me
from ..surveys.definitions import Survey
from ..urls import url
from ..workbooks import UnreadableError
from .book import MOST_BYTES, read_form
from .composed import workbook
from .forms import ReturnedForm, SurveyFormForm
from .returned import Returned, keep_all, read_returned, summary, told
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
    taken = take(lines, content(), (form.key.data or "").strip(), form.made.data)
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
    look_again()
    flash(_("Saved as a draft."))
    if taken.left_out:
        flash(_("Left out, since it notes who answers: %(types)s", types=", ".join(taken.left_out)))
    return ""


@blueprint.route("/surveys/<id:survey>/answers/import/", methods=["GET", "POST"])
@may("enter answers", most_bytes=TABLE_BYTES + 100_000)
def take_answers(survey: str) -> Page:
    """Answers of a field team: all rows of a table become responses, or none with its mistakes."""
    found = content().surveys.get(survey) or abort(404)
    if not found.is_public:
        abort(404)
    form, wrong, seen = ReturnedForm(), [], ""
    if form.validate_on_submit():
        returned = _returned(form, found)
        if returned is not None:
            wrong = told(returned.wrong)
            seen = summary(returned)
            if not wrong and not form.look.data and _answers_kept(form, returned):
                flash(seen)
                return redirect(url("survey_desk.one", survey=survey), 303)
    page = render_template(
        "xlsform/answers.html", survey=found, form=form, wrong=wrong, seen=seen, most=MOST_SHOWN
    )
    return (page, 422) if form.errors or wrong else page


def _returned(form: ReturnedForm, survey: Survey) -> Returned | None:
    file = form.file.data
    world = world_of(content())
    try:
        return read_returned(file.read(TABLE_BYTES + 1), file.filename, survey, world, config())
    except UnreadableError as error:
        form.file.errors = [str(error)]
        return None


def _answers_kept(form: ReturnedForm, returned: Returned) -> bool:
    if not keep_all(returned, form.language.data, world_of(content())):
        form.file.errors = [_("Somebody else takes these answers in at this moment.")]
        return False
    log("take in answers", f"{returned.survey.id}: {len(returned.new)}")
    return True
