"""A survey is written at the desk: its facts, its sections, its questions; begun, or copied."""

from __future__ import annotations

import re
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from ..answering.world import world_of
from ..config import Config
from ..entries import labels
from ..entries.drafts import Place
from ..entries.entry import Fields
from ..entries.flow import Editing, Page
from ..entries.kinds import Kind
from ..fields import declared
from ..i18n import gettext as _
from ..i18n import lazy_gettext as _l
from ..i18n import said, speech
from ..published import content, look_again
from ..questions.answers import every_section
from ..questions.kinds import AnyQuestion, Section
from ..registry.models import ID_PATTERN
from ..saves import SaveError
from ..staff.gate import desk_blueprint, may, me
from ..urls import url
from . import files
from .arranging import NoSpotError, arranged, spot_of
from .definitions import Survey
from .desk import found_survey

blueprint = desk_blueprint("survey_writing", __name__)
DEED = "prepare surveys"
KIND = Kind("surveys", _l("Surveys"), Survey, "surveys/{id}.yaml", ids=ID_PATTERN, deed=DEED)
PART = "part"
"""The id of what is a part of a survey's file."""

AT_FIRST = ("title", "summary", "contact")
"""What a survey cannot be without."""

COPIED_WITHOUT: dict[str, Any] = {"opens_on": None, "closes_on": None, "state": "draft"}


@blueprint.route("/surveys/new/", methods=["GET", "POST"])
@may(DEED)
def new() -> Page:
    """A new survey, with what it cannot be without."""
    shown: Fields = {name: field for name, field in declared(Survey).items() if name in AT_FIRST}
    place = Place(KIND, "", "", shown=shown, said="Began the draft of a survey")
    there = url("survey_desk.index")
    return Editing(place, _("Begin a survey"), "", (there, _("Surveys")), there).answer()


@blueprint.route("/surveys/<id:survey>/copy/", methods=["GET", "POST"])
@may(DEED)
def copy(survey: str) -> Page:
    """A draft with the same questions, under an id of its own: a new version, or a beginning."""
    found = found_survey(survey)
    id_, fault = request.form.get("id", _next(survey)).strip(), ""
    if request.method == "POST":
        fault = _fault_of(id_) or _copied(found, id_)
        if not fault:
            flash(_("Saved."))
            return redirect(url("survey_desk.one", survey=id_), 303)
    page = render_template("surveydesk/copy.html", survey=found, id=id_, fault=fault)
    return (page, 422) if fault else page


def _next(survey: str) -> str:
    """The id of the version after this one: ``signs``, ``signs-2``, ``signs-3``."""
    stem = re.sub(r"-\d{1,3}$", "", survey)
    number = 2
    while f"{stem}-{number}" in content().surveys:
        number += 1
    return f"{stem}-{number}"


def _fault_of(id_: str) -> str:
    if not KIND.takes(id_):
        return str(labels.NO_ID)
    return _("There is an entry with this id already") if id_ in content().surveys else ""


def _copied(survey: Survey, id_: str) -> str:
    """Save the copy; what stands against it, if anything."""
    data = files.now(_config(), survey.id) or b""
    try:
        new = files.changed(data, **COPIED_WITHOUT)
        note = f"Began the survey {id_} as a copy of {survey.id}"
        files.save(_config(), id_, new, over=None, note=note, by=me())
    except (SaveError, ValueError) as error:
        return _("Nothing was saved: %(found)s", found=said(error.args[0]))
    look_again()
    return ""


@blueprint.route("/surveys/<id:survey>/facts/", methods=["GET", "POST"])
@may(DEED)
def facts(survey: str) -> Page:
    """The facts of a survey: its words, its days, how it is made."""
    shown: Fields = {name: field for name, field in declared(Survey).items() if name != "state"}
    kind = _kind(survey, Survey)
    return _editing(survey, kind, _("Name and facts"), shown=shown, after="survey_desk.one")


@blueprint.get("/surveys/<id:survey>/questions/")
@may(DEED)
def questions(survey: str) -> Page:
    """The sections and their questions, in their order."""
    return _refused(survey) or _questions(found_survey(survey))


@blueprint.post("/surveys/<id:survey>/questions/")
@may(DEED)
def arrange(survey: str) -> Page:
    """Move a section or a question, or take it out."""
    look_again()
    if refused := _refused(survey):
        return refused
    found, data = found_survey(survey), files.now(_config(), survey) or b""
    deed, _colon, where = request.form.get("do", "").partition(":")
    where = where if request.form.get("version") == found.version else "other questions"
    try:
        sections = arranged(files.held(data).get("sections"), deed, spot_of(where))
        new = files.changed(data, sections=sections)
        files.save(_config(), survey, new, over=data, note=_note(survey), by=me())
    except NoSpotError:
        fault = _("Somebody has changed the questions meanwhile. Look again.")
        return _questions(found, fault), 409
    except (SaveError, ValueError) as error:
        return _questions(found, _("Nothing was saved: %(found)s", found=said(error.args[0]))), 422
    look_again()
    return redirect(url("survey_writing.questions", survey=survey), 303)


@blueprint.route("/surveys/<id:survey>/sections/new/", methods=["GET", "POST"])
@may(DEED)
def new_section(survey: str) -> Page:
    """A section more, at the end."""
    kind = _kind(survey, Section, "sections", None)
    return _editing(
        survey, kind, _("Add a section"), shown=_of_sections(), begins={"questions": []}
    )


@blueprint.route("/surveys/<id:survey>/sections/<page:number>/", methods=["GET", "POST"])
@may(DEED)
def section(survey: str, number: int) -> Page:
    """The words of a section, and when it is asked."""
    _section_or_404(survey, number)
    kind = _kind(survey, Section, "sections", number - 1)
    title = _("Section %(number)s", number=number)
    return _editing(survey, kind, title, shown=_of_sections())


@blueprint.route(
    "/surveys/<id:survey>/sections/<page:number>/questions/new/", methods=["GET", "POST"]
)
@may(DEED)
def new_question(survey: str, number: int) -> Page:
    """A question more, at the end of a section."""
    _section_or_404(survey, number)
    kind = _kind(survey, Section, "sections", number - 1, "questions", None)
    return _editing(survey, kind, _("Add a question"), shown=AnyQuestion(), begins={})


@blueprint.route("/surveys/<id:survey>/sections/<page:number>/<id:key>/", methods=["GET", "POST"])
@may(DEED)
def question(survey: str, number: int, key: str) -> Page:
    """A question."""
    here = _section_or_404(survey, number)
    if key not in [question.key for question in here.questions]:
        abort(404)
    kind = _kind(survey, Section, "sections", number - 1, "questions", key)
    return _editing(survey, kind, _("Question: %(key)s", key=key), shown=AnyQuestion())


def _editing(
    survey: str, kind: Kind, section: Any, *, after: str = "survey_writing.questions", **how: Any
) -> Page:
    if refused := _refused(survey):
        return refused
    found = found_survey(survey)
    place = Place(kind, PART, PART, said=_note(survey), **how)
    there = url(after, survey=survey)
    return Editing(place, _title(found), section, (there, _title(found)), there).answer()


def _title(survey: Survey) -> str:
    return speech().plain(survey.title)


def _kind(survey: str, record: type, *path: Any) -> Kind:
    return Kind(
        "surveys", _l("Surveys"), record, files.name_of(survey), deed=DEED, grows=False, path=path
    )


def _of_sections() -> Fields:
    return {name: field for name, field in declared(Section).items() if name != "questions"}


def _section_or_404(survey: str, number: int) -> Section:
    sections = found_survey(survey).sections
    return sections[number - 1] if number <= len(sections) else abort(404)


def _note(survey: str) -> str:
    """What the history says of work at a draft: in English, like all that is stored."""
    return f"Worked at the draft of the survey {survey}"


def _refused(survey: str) -> Response | None:
    """Away from a survey that is no draft: it is never edited."""
    if found_survey(survey).state == "draft":
        return None
    flash(_("Only a draft can be changed. Take it back, or draft a new version."), "error")
    return redirect(url("survey_desk.one", survey=survey), 303)


def _questions(survey: Survey, fault: str = "") -> str:
    return render_template(
        "surveydesk/questions.html", survey=survey, fault=fault, kinds=labels.QUESTIONS,
        sections=every_section(survey.sections, world_of(content())),
    )  # fmt: skip


def _config() -> Config:
    config: Config = current_app.extensions["config"]
    return config
