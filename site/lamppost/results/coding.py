"""Texts at the desk, sorted into themes: each coder apart, then what they do not agree on."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from ..cases.personal import personal_in
from ..i18n import gettext as _
from ..i18n import ngettext
from ..published import content
from ..questions.models import Question
from ..staff import audit
from ..staff.gate import desk_blueprint, i_may, may, me
from ..surveys.definitions import Survey
from ..urls import url
from . import quotes, themes
from .compose import is_over
from .deeds import holds_themes
from .models import DECIDED
from .queries import Written
from .queries import texts as texts_of
from .themes import Codes

blueprint = desk_blueprint("results_coding", __name__)
Page = str | Response | tuple[str, int]
AT_A_TIME = 20
"""Texts on a page."""

MOST_NAME = 80
"""Characters of a theme's name."""


@blueprint.get("/surveys/<id:survey>/results/texts/<id:question>/")
@may("code answers")
def texts(survey: str, question: str) -> Page:
    """The texts that one has still to code, or those on which two do not agree."""
    return coding_page(*found_texts(survey, question))


@blueprint.post("/surveys/<id:survey>/results/texts/<id:question>/")
@may("code answers")
def code(survey: str, question: str) -> Page:
    """Keep the themes of the texts on a page: one's own, or what is decided where two differ."""
    found, asked = found_texts(survey, question)
    places = themes.places_of(survey, question)
    mine, differing = _waiting(survey, question)
    decides = request.form.get("do") == "decide"
    offered = {text.id.hex(): text.id for text in (differing if decides else mine)}
    given = {
        offered[name]: frozenset(
            places[key] for key in request.form.getlist(f"themes-{name}") if key in places
        )
        for name in request.form.getlist("text")
        if name in offered
    }
    if any("" in ticked for ticked in given.values()):
        fault = _("A theme that you ticked was removed meanwhile. Look at the texts once more.")
        return coding_page(found, asked, fault=fault, ticked=given), 422
    if given and any(places.values()):
        themes.code(question, given, DECIDED if decides else me().id)
        audit.log("code answers", survey)
        flash(ngettext("%(num)s text was coded.", "%(num)s texts were coded.", len(given)))
    return to_coding(found, asked)


@blueprint.post("/surveys/<id:survey>/results/texts/<id:question>/quotes/")
@may("clear quotes")
def quote(survey: str, question: str) -> Page:
    """Say which of the words that may be quoted are."""
    found, asked = found_texts(survey, question)
    shown, quoted = set(request.form.getlist("text")), set(request.form.getlist("quote"))
    if number := quotes.clear(survey, question, shown, quoted):
        audit.log("clear quotes", survey)
        flash(ngettext("%(num)s text was looked at.", "%(num)s texts were looked at.", number))
    return to_coding(found, asked)


# --- what they share ----------------------------------------------------------------------------


def found_texts(survey: str, question: str) -> tuple[Survey, Question]:
    """A question of a survey that is over, of which the texts are sorted; else there is no page."""
    found = content().surveys.get(survey)
    asked = {one.key: one for one in themes.questions_of(found)} if found else {}
    if found is None or question not in asked or not is_over(found, content().as_of):
        abort(404)
    return found, asked[question]


def _waiting(survey: str, question: str) -> tuple[list[Written], list[Written]]:
    """The texts that one has still to code, in an order of one's own; those where two differ."""
    written, codes = texts_of(survey, question), themes.codes_of(survey, question)
    others = {coder: given for coder, given in codes.items() if coder != me().id}
    coded = codes.get(me().id, {})
    mine = [
        text
        for text in themes.shuffled(written, me())
        if text.id not in coded
        and sum(text.id in given for given in others.values()) < themes.CODERS
    ]
    return mine, themes.shuffled(themes.differing(written, codes), me())


def coding_page(
    survey: Survey,
    question: Question,
    *,
    fault: str = "",
    typed: Any = None,
    ticked: Codes | None = None,
) -> str:
    """The page of a question's texts; with what was typed or ticked where that was not saved."""
    mine, differing = _waiting(survey.id, question.key)
    codes = themes.codes_of(survey.id, question.key)
    known = themes.themes_of(survey.id, question.key)
    coders = [given for coder, given in codes.items() if coder != DECIDED]
    agreed = themes.agreement(coders[0], coders[1], known) if len(coders) >= themes.CODERS else None
    return render_template(
        "results/coding.html", survey=survey, question=question, fault=fault, themes=known,
        begun=bool(codes), mine=mine[:AT_A_TIME], left=len(mine), differing=differing[:AT_A_TIME],
        agreed=agreed if not mine else None, typed=typed or {}, ticked=ticked or {}, most=MOST_NAME,
        fixed=holds_themes(survey, question.key, content()),
        quotes=[(text, yes, personal_in(text.words)) for text, yes in _offered(survey, question)],
    )  # fmt: skip


def _offered(survey: Survey, question: Question) -> list[tuple[Written, bool | None]]:
    """What may be quoted, to those who clear it; what nobody has looked at comes first."""
    found = quotes.offered(survey.id, question.key) if i_may("clear quotes") else []
    return sorted(found, key=lambda pair: pair[1] is not None)[:AT_A_TIME]


def to_coding(survey: Survey, question: Question) -> Response:
    """Back to that page."""
    there = url("results_coding.texts", survey=survey.id, question=question.key)
    return redirect(there, 303)
