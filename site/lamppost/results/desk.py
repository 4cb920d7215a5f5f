"""Results at the desk: what would be public, prepared by one and approved by two others."""

from __future__ import annotations

from flask import abort, current_app, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from ..config import Config
from ..i18n import gettext as _
from ..i18n import languages, speech
from ..published import content, look_again
from ..saves import SaveError
from ..staff.gate import desk_blueprint, i_may, may, me
from ..surveys.definitions import Survey
from ..text import SOURCE_LANGUAGE
from ..urls import url
from . import deeds, themes
from .compose import is_over
from .deeds import NotReleasedError
from .load import Results, trial
from .models import Prepared
from .page import results_page

blueprint = desk_blueprint("results_desk", __name__)
Page = str | Response | tuple[str, int]
MOST_WORDS = 600


@blueprint.get("/surveys/<id:survey>/results/")
@may("see surveys")
def results(survey: str) -> Page:
    """How far the results of a survey are, and what can be done."""
    return _page(_survey(survey))


@blueprint.post("/surveys/<id:survey>/results/prepare/")
@may("prepare results")
def prepare(survey: str) -> Page:
    """Prepare a release of what was answered up to now."""
    found = _survey(survey)
    try:
        deeds.prepare(found, content(), me())
    except NotReleasedError as error:
        return _page(found, fault=str(error)), 422
    flash(_("It was prepared. Two others have to look at it and approve it."))
    return _here(found)


@blueprint.get("/surveys/<id:survey>/results/preview/")
@may("see surveys")
def preview(survey: str) -> Page:
    """What was prepared, as it would be public in the language of the address."""
    found = _survey(survey)
    prepared = _prepared(found)
    now = content()
    old = now.results.get(survey)
    release = trial(prepared.held, tuple(languages()))
    shown = Results((*(old.releases if old else ()), release), old.done if old else ())
    return results_page(
        shown, now, template="results/preview.html", prepared=prepared, fault=_why_not(prepared)
    )


@blueprint.post("/surveys/<id:survey>/results/approve/")
@may("approve results")
def approve(survey: str) -> Page:
    """Approve what was prepared; the second approval makes it public with the next publication."""
    look_again()
    found = _survey(survey)
    prepared = _prepared(found)
    try:
        was_released = deeds.approve(
            prepared, request.form.get("sha256", ""),
            content=content(), config=_config(), by=me(),
        )  # fmt: skip
    except NotReleasedError as error:
        return _page(found, fault=str(error)), 422
    except SaveError as error:
        return _page(found, fault=_("Nothing was saved: %(found)s", found=str(error))), 422
    if was_released:
        flash(_("The results were released. They are public with the next publication."))
    else:
        flash(_("You have approved it. Somebody else has to approve it too."))
    return _here(found)


@blueprint.post("/surveys/<id:survey>/results/discard/")
@may("prepare results")
def discard(survey: str) -> Page:
    """Throw away what was prepared."""
    found = _survey(survey)
    deeds.discard(_prepared(found))
    flash(_("What was prepared was thrown away."))
    return _here(found)


@blueprint.post("/surveys/<id:survey>/results/done/")
@may("approve results")
def done(survey: str) -> Page:
    """Add to what was done with the results."""
    found, now = _survey(survey), content()
    if survey not in now.results:
        abort(404)
    typed = {code: request.form.get(f"text-{code}", "").strip() for code in languages()}
    said = {code: words for code, words in typed.items() if words}
    technology = request.form.get("technology", "")
    if SOURCE_LANGUAGE not in said or any(len(words) > MOST_WORDS for words in said.values()):
        fault = _("Write in English what was done, and at most 600 characters in each language.")
        return _page(found, fault=fault, typed=request.form), 422
    if technology and technology not in now.registry.technologies:
        return _page(found, fault=_("Choose one of the list."), typed=request.form), 422
    try:
        deeds.tell_done(found, said, technology, content=now, config=_config(), by=me())
    except SaveError as error:
        fault = _("Nothing was saved: %(found)s", found=str(error))
        return _page(found, fault=fault, typed=request.form), 422
    flash(_("Saved."))
    return _here(found)


# --- what they share ----------------------------------------------------------------------------


def _survey(id_: str) -> Survey:
    found = content().surveys.get(id_)
    if found is None or not found.is_public:
        abort(404)
    return found


def _prepared(survey: Survey) -> Prepared:
    return deeds.prepared_of(survey, content()) or abort(404)


def _why_not(prepared: Prepared) -> str:
    return deeds.why_not(prepared, me(), four_eyes=content().settings.four_eyes)


def _page(survey: Survey, *, fault: str = "", typed: object = None) -> str:
    now = content()
    prepared = deeds.prepared_of(survey, now)
    technologies = [
        (id_, speech().plain(one.name)) for id_, one in now.registry.technologies.items()
    ]
    return render_template(
        "results/desk.html", survey=survey, results=now.results.get(survey.id), fault=fault,
        prepared=prepared, over=is_over(survey, now.as_of), typed=typed or {},
        why_not=_why_not(prepared) if prepared and i_may("approve results") else "",
        approvals=deeds.APPROVALS, most=MOST_WORDS, registry=now.registry,
        texts=themes.questions_of(survey) if is_over(survey, now.as_of) else [],
        technologies=sorted(technologies, key=lambda pair: pair[1]),
    )  # fmt: skip


def _here(survey: Survey) -> Response:
    return redirect(url("results_desk.results", survey=survey.id), 303)


def _config() -> Config:
    config: Config = current_app.extensions["config"]
    return config
