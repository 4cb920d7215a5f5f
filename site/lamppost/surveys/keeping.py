"""What a records officer does with answers: takes them out as tables, and deletes them."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, render_template, request

from ..db import scrub, sessions
from ..devices.tables import written_table
from ..entries.flow import Page
from ..i18n import gettext as _
from ..published import content
from ..staff import audit
from ..staff.gate import desk_blueprint, may, me
from ..urls import url
from .deletion import Deletion, TooManyError, as_text, delete_answers, deletions_of
from .desk import found_survey
from .queries import count_of
from .raw import TABLES

blueprint = desk_blueprint("survey_keeping", __name__)
TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_RULE = 300


@blueprint.get("/surveys/<id:survey>/answers/")
@may("export answers")
def answers(survey: str) -> str:
    """The answers of a survey: as tables, and their deletion."""
    return _page(survey)


@blueprint.get("/surveys/<id:survey>/answers/<id:table>/<id:kind>/")
@may("export answers")
def export(survey: str, table: str, kind: str) -> Response:
    """A table of all answers as they were sent; it is logged who has taken it."""
    found = found_survey(survey)
    if table not in TABLES or kind not in TYPES:
        abort(404)
    header, rows = TABLES[table](found.id)
    answer = Response(written_table(header, rows, kind), mimetype=TYPES[kind])
    name = f"{found.id}-{table}.{kind}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    audit.log("export answers", name)
    return answer


@blueprint.post("/surveys/<id:survey>/answers/")
@may("delete answers")
def delete(survey: str) -> Page:
    """Delete all answers of a survey that is closed."""
    found = found_survey(survey)
    rule = " ".join(request.form.get("rule", "").split())
    if found.state != "closed":
        return _page(survey, _("Only the answers to a closed survey can be deleted.")), 422
    if not rule or len(rule) > MOST_RULE:
        return _page(survey, _("Say by which rule they are deleted.")), 422
    try:
        number = delete_answers(
            found.id, rule=rule, by=me().name, today=content().as_of,
            sure=bool(request.form.get("sure")),
        )  # fmt: skip
    except TooManyError:
        told = _("This is more than a fifth of all responses. Tick that it is meant.")
        return _page(survey, told, ask=True), 422
    if scrub():
        flash(_("The answers were deleted."))
    else:
        told = _("The answers were deleted, but traces may be in the database’s file: it was busy. "
                 "The command “lamppost purge” takes them out.")  # fmt: skip
        flash(told, "error")
    there = url("survey_keeping.certificate", survey=survey, number=number)
    return redirect(there, 303)


@blueprint.get("/surveys/<id:survey>/answers/certificates/<int:number>/")
@may("export answers")
def certificate(survey: str, number: int) -> str:
    """What was deleted, by which rule, and who approved it."""
    one = _certificate(survey, number)
    return render_template("surveydesk/certificate.html", survey=found_survey(survey), one=one)


@blueprint.get("/surveys/<id:survey>/answers/certificates/<int:number>.txt")
@may("export answers")
def certificate_file(survey: str, number: int) -> Response:
    """The same as a file."""
    answer = Response(as_text(_certificate(survey, number)), mimetype="text/plain")
    name = f"{survey}-deletion-{number}.txt"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _certificate(survey: str, number: int) -> Deletion:
    one = sessions().get(Deletion, number) if number < 2**31 else None
    return one if one and one.survey == found_survey(survey).id else abort(404)


def _page(survey: str, fault: str = "", *, ask: bool = False) -> str:
    found = found_survey(survey)
    return render_template(
        "surveydesk/answers.html", survey=found, fault=fault, ask=ask, any=count_of(found.id),
        tables=list(TABLES), kinds=list(TYPES), certificates=deletions_of(found.id),
        rule=request.form.get("rule", ""), most=MOST_RULE,
    )  # fmt: skip
