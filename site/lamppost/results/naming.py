"""The themes of texts at the desk: added, renamed, merged, removed."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, render_template, request
from werkzeug.wrappers import Response

from ..i18n import gettext as _
from ..i18n import languages
from ..published import content
from ..questions.models import Question
from ..staff.gate import desk_blueprint, may
from ..surveys.definitions import Survey
from . import themes
from .coding import MOST_NAME, coding_page, found_texts, to_coding
from .deeds import holds_themes

blueprint = desk_blueprint("results_naming", __name__)
Page = str | Response | tuple[str, int]
MOST_THEMES = 30
THEMES = "/surveys/<id:survey>/results/texts/<id:question>/themes/"


@blueprint.post(THEMES)
@may("code answers")
def add(survey: str, question: str) -> Page:
    """Add a theme. Once somebody has begun to code, no more are added."""
    found, asked = found_texts(survey, question)
    known = themes.themes_of(survey, question)
    typed = _typed()
    if not _is_whole(typed):
        fault = _not_whole()
    elif holds_themes(found, question, content()):
        fault = _fixed()
    elif len(known) >= MOST_THEMES or themes.codes_of(survey, question):
        fault = _("Somebody has begun to code, or there are 30 themes: no more can be added.")
    else:
        themes.add_theme(survey, question, typed)
        return to_coding(found, asked)
    return coding_page(found, asked, fault=fault, typed=request.form), 422


@blueprint.get(f"{THEMES}<id:theme>/")
@may("code answers")
def theme(survey: str, question: str, theme: str) -> Page:
    """A theme, to be renamed or taken away."""
    return _page(*found_texts(survey, question), theme)


@blueprint.post(f"{THEMES}<id:theme>/")
@may("code answers")
def rename(survey: str, question: str, theme: str) -> Page:
    """Correct the names of a theme."""
    found, asked = found_texts(survey, question)
    _standing(survey, question, theme)
    typed = _typed()
    if holds_themes(found, question, content()):
        return _page(found, asked, theme, fault=_fixed()), 422
    if not _is_whole(typed):
        return _page(found, asked, theme, fault=_not_whole(), typed=request.form), 422
    themes.rename_theme(survey, question, theme, typed)
    flash(_("Saved."))
    return to_coding(found, asked)


@blueprint.post(f"{THEMES}<id:theme>/remove/")
@may("code answers")
def remove(survey: str, question: str, theme: str) -> Page:
    """Take a theme away; where texts were sorted into it, another one gets them."""
    found, asked = found_texts(survey, question)
    others = _standing(survey, question, theme)
    if holds_themes(found, question, content()):
        return _page(found, asked, theme, fault=_fixed()), 422
    if not themes.is_used(survey, question, theme):
        themes.remove_theme(survey, question, theme)
        flash(_("The theme was removed."))
        return to_coding(found, asked)
    into = request.form.get("into", "")
    if into not in others:
        fault = _("Texts were sorted into this theme. Choose the one that gets them.")
        return _page(found, asked, theme, fault=fault), 422
    themes.remove_theme(survey, question, theme, into)
    flash(_("The themes were merged."))
    return to_coding(found, asked)


# --- what they share ----------------------------------------------------------------------------


def _typed() -> dict[str, str]:
    return {code: request.form.get(f"name-{code}", "").strip() for code in languages()}


def _is_whole(typed: dict[str, str]) -> bool:
    return all(0 < len(words) <= MOST_NAME for words in typed.values())


def _not_whole() -> str:
    return _("Name the theme in every language, with at most 80 characters.")


def _fixed() -> str:
    return _(
        "A release holds these themes, so they stay as they are. One that is only prepared can be "
        "thrown away first."
    )


def _standing(survey: str, question: str, theme: str) -> dict[str, Any]:
    """The other themes of a question; where this one does not stand, there is no page."""
    known: dict[str, Any] = dict(themes.themes_of(survey, question))
    if known.pop(theme, None) is None:
        abort(404)
    return known


def _page(
    survey: Survey, question: Question, key: str, *, fault: str = "", typed: Any = None
) -> str:
    others = _standing(survey.id, question.key, key)
    names = themes.themes_of(survey.id, question.key)[key]
    return render_template(
        "results/theme.html", survey=survey, question=question, theme=key, names=names,
        others=others, fault=fault, most=MOST_NAME,
        typed=typed or {f"name-{code}": words for code, words in names.languages.items()},
        used=themes.is_used(survey.id, question.key, key),
        fixed=holds_themes(survey, question.key, content()),
    )  # fmt: skip
