"""The reading pages of surveys: the list, and each with its data practices and its questions."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, abort, render_template
from markupsafe import Markup

from ..addresses import Address, key
from ..answering.world import world_of
from ..content import Content
from ..i18n import speech
from ..published import content
from ..questions.answers import every_section
from ..registry.models import Technology
from ..registry.queries import groups_of
from .definitions import Survey
from .load import FOLDER
from .printed import on_paper

blueprint = Blueprint("surveys", __name__)
route = blueprint.get


def listed(content: Content) -> list[Survey]:
    """The surveys that are shown: open ones first, then those to come, then those that are over."""
    today = content.as_of
    found = [survey for survey in content.surveys.values() if survey.is_public]
    return sorted(found, key=lambda s: (not s.is_open(today), not s.is_to_come(today), s.id))


@route("/<language:language>/surveys/")
def index() -> str:
    """All surveys."""
    now = content()
    return render_template(
        "surveys/surveys.html", surveys=listed(now), today=now.as_of, results=now.results
    )


@route("/<language:language>/surveys/<id:survey>/")
def survey(survey: str) -> str:
    """One survey: what becomes of the answers, who asks, and what is asked."""
    now, found = content(), _shown(survey)
    card = found.card or Technology(id="")
    practices = render_template(
        "registry/practices.html",
        registry=now.registry,
        sources=now.sources,
        terms=now.terms,
        technology=card,
        groups=groups_of(card),
        device=None,
    )
    return render_template(
        "surveys/survey.html",
        survey=found,
        today=now.as_of,
        made=found.title.in_language(speech().code).made,
        registry=now.registry,
        office=now.registry.organizations[found.contact],
        practices=Markup(practices),  # noqa: S704 - rendered by a template that escapes
        sections=every_section(found.sections, world_of(now)),
        has_results=survey in now.results,
        cited=[now.sources[id_] for id_ in found.sources],
    )


@route("/<language:language>/surveys/<id:survey>/paper/")
def paper(survey: str) -> str:
    """The form on paper, with a number for each question and each answer."""
    now, found = content(), _shown(survey)
    return render_template(
        "surveys/paper.html",
        survey=found,
        registry=now.registry,
        office=now.registry.organizations[found.contact],
        sections=on_paper(found.sections, world_of(now)),
    )


@route("/surveys/<id:survey>/poster/")
def poster(survey: str) -> str:
    """A poster in all languages at once, with the way to the survey in each."""
    return render_template("surveys/poster.html", survey=_shown(survey))


def _shown(id_: str) -> Survey:
    found = content().surveys.get(id_)
    return found if found and found.is_public and found.card else abort(404)


def addresses(content: Content) -> Iterator[Address]:
    """The list, and every survey that is shown."""
    surveys = content.digest(f"{FOLDER}/")
    shown = listed(content)
    states = [(s.id, s.is_open(content.as_of), s.is_to_come(content.as_of)) for s in shown]
    yield Address("surveys.index", {}, key(surveys, states))
    names = [(one.id, one.name) for one in content.registry.technologies.values()]
    for found in shown:
        shows = key(surveys, states, names)
        yield Address("surveys.survey", {"survey": found.id}, shows, also=("surveys.paper",))
        yield Address("surveys.poster", {"survey": found.id}, shows)
