"""Surveys at the desk: the list, and a page for each that says how it stands and leads on."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import abort, current_app, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from ..config import Config
from ..i18n import gettext as _
from ..i18n import languages, said
from ..i18n import lazy_gettext as _l
from ..published import content, look_again
from ..saves import SaveError
from ..staff.gate import desk_blueprint, i_may, may, me
from ..urls import url
from .deeds import MOST_NOTE, NotMovedError, move_on, why_not
from .definitions import PUBLIC, STATES, Survey
from .moves import GONE, MOVES, moves_from
from .places import place
from .queries import FEWEST, count_of

blueprint = desk_blueprint("survey_desk", __name__)


class Way(NamedTuple):
    """A way on from the list, or from a survey's page: who may go it, where to, and its name.

    ``states`` are those in which a survey offers it; a way from the list has none.
    """

    deed: str
    endpoint: str
    title: Any
    states: tuple[str, ...] = ()


FROM_THE_LIST: tuple[Way, ...] = (
    Way("prepare surveys", "survey_writing.new", _l("Begin a survey")),
    Way("prepare surveys", "xlsform.take_in", _l("Take in a form")),
)
FROM_A_SURVEY: tuple[Way, ...] = (
    Way("prepare surveys", "survey_writing.facts", _l("Name and facts"), ("draft",)),
    Way("prepare surveys", "survey_writing.questions", _l("Questions"), ("draft",)),
    Way("see surveys", "results_desk.results", _l("Results"), ("open", "paused", "closed")),
    Way("enter answers", "xlsform.take_answers", _l("Take in answers of a field team"), PUBLIC),
    Way("export", "xlsform.export", _l("Download as a form (XLSForm)"), tuple(STATES)),
    Way("prepare surveys", "survey_writing.copy", _l("Make a copy"), tuple(STATES)),
    Way("see surveys", "survey_papers.paper", _l("The form to print"), PUBLIC),
    Way("see surveys", "surveys.poster", _l("The poster to print"), PUBLIC),
    Way("enter answers", "survey_keying.enter", _l("Type in answers from paper"), PUBLIC),
    Way("export answers", "survey_keeping.answers", _l("The answers"), PUBLIC),
)
"""Features that do something with a survey have their pages below its own, and a line here."""

EVERY_DAY = ("survey_keying.enter", "survey_keeping.answers")
"""The ways that the list offers too."""


@blueprint.get("/surveys/")
@may("see surveys", menu=_l("Surveys"))
def index() -> str:
    """All surveys, those that are prepared first."""
    now = content()
    order = list(STATES)
    surveys = sorted(now.surveys.values(), key=lambda one: (order.index(one.state), one.id))
    stopped = {id_: sum(one.stops for one in told) for id_, told in now.reasons.items()}
    return render_template(
        "surveydesk/index.html", surveys=surveys, today=now.as_of, stopped=stopped,
        ways=[way for way in FROM_THE_LIST if i_may(way.deed)],
        daily=[way for way in FROM_A_SURVEY if way.endpoint in EVERY_DAY and i_may(way.deed)],
    )  # fmt: skip


@blueprint.get("/surveys/<id:survey>/")
@may("see surveys")
def one(survey: str) -> str:
    """A survey: its state, what stops it from opening, how many have answered, and the ways on."""
    return _page(found_survey(survey))


@blueprint.post("/surveys/<id:survey>/moves/<id:move>/")
@may("see surveys")
def move(survey: str, move: str) -> str | Response | tuple[str, int]:
    """Move a survey on; each move has roles of its own."""
    look_again()  # the gate must not judge by what the file said a moment ago
    found, step = found_survey(survey), MOVES.get(move) or abort(404)
    if not i_may(step.deed):
        abort(403)
    note = request.form.get("note", "")
    try:
        move_on(move, found, note, content=content(), config=_config(), by=me())
    except NotMovedError as error:
        return _page(found, fault=str(error), note=note), 422
    except SaveError as error:
        fault = _("Nothing was saved: %(found)s", found=said(error.args[0]))
        return _page(found, fault=fault, note=note), 422
    flash(_("Done: %(what)s", what=step.title))
    gone = step.after == GONE
    there = url("survey_desk.index") if gone else url("survey_desk.one", survey=survey)
    return redirect(there, 303)


def _page(survey: Survey, *, fault: str = "", note: str = "") -> str:
    now, count, reasons = content(), count_of(survey.id), content().reasons[survey.id]
    moves = [
        (name, step, why_not(step, survey, now, _config(), me()))
        for name, step in moves_from(survey.state).items()
        if i_may(step.deed)
    ]
    return render_template(
        "surveydesk/survey.html", survey=survey, today=now.as_of, place=place,
        stops=[reason for reason in reasons if reason.stops],
        advice=[reason for reason in reasons if not reason.stops],
        lacking=_lacking(survey), count=count if count >= FEWEST else None, any=bool(count),
        fewest=FEWEST, moves=moves, fault=fault, note=note, most=MOST_NOTE,
        ways=[way for way in FROM_A_SURVEY if survey.state in way.states and i_may(way.deed)],
    )  # fmt: skip


def _lacking(survey: Survey) -> dict[str, int]:
    """For each language but English, how many texts stop the survey."""
    keys = [reason.key for reason in content().reasons[survey.id] if reason.stops]
    codes = [code for code in languages() if code != "en"]
    return {code: sum(key.endswith(f".{code}") for key in keys) for code in codes}


def found_survey(id_: str) -> Survey:
    """The survey; what is no survey is not found."""
    return content().surveys.get(id_) or abort(404)


def _config() -> Config:
    config: Config = current_app.extensions["config"]
    return config
