"""Surveys at the desk: the list, and a page for each that says how it stands and leads on."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import abort, render_template

from ..i18n import lazy_gettext as _l
from ..published import content
from ..staff.gate import desk_blueprint, i_may, may
from .definitions import Survey
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


FROM_THE_LIST: tuple[Way, ...] = ()
FROM_A_SURVEY: tuple[Way, ...] = ()
"""Features that do something with a survey have their pages below its own, and a line here."""


@blueprint.get("/surveys/")
@may("see surveys", menu=_l("Surveys"))
def index() -> str:
    """All surveys, those that are prepared first."""
    now = content()
    surveys = sorted(now.surveys.values(), key=lambda one: (one.state != "draft", one.id))
    stopped = {id_: sum(one.stops for one in told) for id_, told in now.reasons.items()}
    return render_template(
        "surveydesk/index.html", surveys=surveys, today=now.as_of, stopped=stopped,
        ways=[way for way in FROM_THE_LIST if i_may(way.deed)],
    )  # fmt: skip


@blueprint.get("/surveys/<id:survey>/")
@may("see surveys")
def one(survey: str) -> str:
    """A survey: its state, what stops it from opening, how many have answered, and the ways on."""
    now, found = content(), found_survey(survey)
    count = count_of(survey)
    return render_template(
        "surveydesk/survey.html", survey=found, today=now.as_of, reasons=now.reasons[survey],
        count=count if count >= FEWEST else None, fewest=FEWEST, any=bool(count),
        ways=[way for way in FROM_A_SURVEY if found.state in way.states and i_may(way.deed)],
    )  # fmt: skip


def found_survey(id_: str) -> Survey:
    """The survey; what is no survey is not found."""
    return content().surveys.get(id_) or abort(404)
