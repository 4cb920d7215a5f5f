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
from ..registry.queries import groups_of
from .definitions import Survey
from .load import FOLDER

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
    return render_template("surveys/surveys.html", surveys=listed(now), today=now.as_of)


@route("/<language:language>/surveys/<id:survey>/")
def survey(survey: str) -> str:
    """One survey: what becomes of the answers, who asks, and what is asked."""
    now = content()
    found = now.surveys.get(survey)
    if found is None or not found.is_public or found.card is None:
        abort(404)
    here = {"registry": now.registry, "sources": now.sources, "terms": now.terms}
    practices = render_template(
        "registry/practices.html",
        **here,
        technology=found.card,
        groups=groups_of(found.card),
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
        cited=[now.sources[id_] for id_ in found.sources],
    )


def addresses(content: Content) -> Iterator[Address]:
    """The list, and every survey that is shown."""
    surveys = content.digest(f"{FOLDER}/")
    shown = listed(content)
    states = [(s.id, s.is_open(content.as_of), s.is_to_come(content.as_of)) for s in shown]
    yield Address("surveys.index", {}, key(surveys, states))
    names = [(one.id, one.name) for one in content.registry.technologies.values()]
    for found in shown:
        yield Address("surveys.survey", {"survey": found.id}, key(surveys, states, names))
