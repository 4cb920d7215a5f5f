"""Pitches at the desk: choosing by what one is weighed, weighing it, deciding on it."""

from __future__ import annotations

from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from ..apart.attachments import attachments_of
from ..cases.doing import done, opens_files, version_in
from ..cases.models import Case
from ..cases.notices import subject_of
from ..cases.queries import case_named
from ..cases.told import Told, told_in
from ..i18n import gettext as _
from ..i18n import speaking
from ..published import content
from ..saves import SaveError
from ..staff.gate import desk_blueprint, may, me
from ..text import SOURCE_LANGUAGE
from ..urls import url
from . import deeds
from .criteria import CRITERIA
from .forms import CriteriaForm, InterestForm, decision_form, pilot_form, points_form
from .moves import MOVES, PITCH
from .queries import criteria_of, evaluator, is_weighed, points_of

blueprint = desk_blueprint("pitches_desk", __name__)
Page = str | Answer | tuple[str, int]


def _found(reference: str) -> Case:
    found = case_named(reference)
    if found is None or found.kind != PITCH.kind:
        abort(404)
    return found


def _page(name: str, form: Any, found: Case, **shown: Any) -> Page:
    page = render_template(
        f"pitches/{name}.html",
        form=form,
        case=found,
        told=told_in(found),
        way=PITCH,
        files=attachments_of(subject_of(found)),
        opens_files=opens_files(found),
        **shown,
    )
    return (page, 422) if form.errors else page


@blueprint.route("/pitches/<reference:case>/begin/<id:name>/", methods=["GET", "POST"])
@may("screen pitches")
def criteria(case: str, name: str) -> Page:
    """Choose the criteria, before anybody gives points."""
    found = _found(case)
    if name not in MOVES or MOVES[name].page != "pitches_desk.criteria":
        abort(404)
    form = CriteriaForm(seen=found.version, meta={"csrf": False})
    if form.validate_on_submit():
        chosen = form.criteria.data or ()
        return done(case, lambda: deeds.begin_weighing(
            found, chosen, staff=me(), today=content().as_of, seen=version_in(form.seen.data)
        ))  # fmt: skip
    return _page("criteria", form, found, move=MOVES[name])


@blueprint.route("/pitches/<reference:case>/weigh/", methods=["GET", "POST"])
@may("evaluate pitches")
def weigh(case: str) -> Page:
    """Say whether one has an interest in a pitch; without one, give points."""
    found, said = _found(case), evaluator(_found(case), me())
    if said is None and is_weighed(found):
        flash(_("Two people have weighed this pitch. It is decided next."), "info")
        return redirect(url("cases.case", case=case), 303)
    if said and said.has_conflict:
        flash(_("You have a conflict of interest in this pitch. Others weigh it."), "info")
        return redirect(url("cases.case", case=case), 303)
    if said is None:
        form: Any = InterestForm(meta={"csrf": False})
        if form.validate_on_submit():
            has_conflict = form.interest.data == "yes"
            answer = done(case, lambda: deeds.declare(
                found, me(), has_conflict=has_conflict, today=content().as_of
            ))  # fmt: skip
            return answer if has_conflict else redirect(request.path, 303)
        return _page("weigh", form, found)
    form = points_form(criteria_of(found), points_of(found, me()))
    if form.validate_on_submit():
        given = {
            name: (int(form[f"points_{name}"].data), form[f"note_{name}"].data or "")
            for name in criteria_of(found)
        }
        return done(case, lambda: deeds.give_points(found, me(), given))
    return _page("weigh", form, found)


@blueprint.route("/pitches/<reference:case>/pilot/<id:name>/", methods=["GET", "POST"])
@may("screen pitches")
def pilot(case: str, name: str) -> Page:
    """Begin a pilot; what would sense people gets its entry in the registry with it."""
    found, now = _found(case), content()
    if name not in MOVES or MOVES[name].page != "pitches_desk.pilot":
        abort(404)
    known, foreign = _in_english(found)
    form, told = pilot_form(found, now.registry, known), ""
    if form.validate_on_submit():
        said = {key: str(value or "").strip() for key, value in form.data.items()}
        office = now.forms[found.category].contact if found.category in now.forms else ""
        try:
            return done(case, lambda: deeds.begin_pilot(
                found, said, config=current_app.extensions["config"], office=office,
                staff=me(), today=now.as_of, seen=version_in(form.seen.data),
            ))  # fmt: skip
        except SaveError as fault:
            told = str(fault)
    page = render_template(
        "pitches/pilot.html", form=form, case=found, move=MOVES[name], told=told, foreign=foreign
    )
    return (page, 422) if form.errors or told else page


def _in_english(case: Case) -> tuple[dict[str, str], dict[str, Told]]:
    """What a pitch says in English, choices among it; and what is to be translated first."""
    with speaking(SOURCE_LANGUAGE):
        told = told_in(case)
    known = {one.key: ", ".join(one.lines) for one in told if one.language == SOURCE_LANGUAGE}
    return known, {one.key: one for one in told if one.key not in known}


@blueprint.route("/pitches/<reference:case>/decide/<id:name>/", methods=["GET", "POST"])
@may("decide pitches")
def decide(case: str, name: str) -> Page:
    """Decide, with a reason for each criterion; not for whoever has weighed it."""
    found = _found(case)
    if name not in MOVES or MOVES[name].page != "pitches_desk.decide":
        abort(404)
    form = decision_form(found, criteria_of(found))
    if form.validate_on_submit():
        said = _said(found, form)
        return done(case, lambda: deeds.decide(
            found, name, said, staff=me(), today=content().as_of, seen=version_in(form.seen.data)
        ))  # fmt: skip
    return _page(
        "decide", form, found, move=MOVES[name], criteria=CRITERIA, points=points_of(found),
        is_weighed=is_weighed(found), has_weighed=evaluator(found, me()) is not None,
    )  # fmt: skip


def _said(found: Case, form: Any) -> dict[str, str]:
    """The reasons as one message: a paragraph for each criterion, in English and as its writer."""
    said = {"message": _reasons(found, form, SOURCE_LANGUAGE), "language": SOURCE_LANGUAGE}
    if found.language != SOURCE_LANGUAGE:
        said["translated"] = _reasons(found, form, found.language)
        said["made"] = str(form.made.data)
    return said


def _reasons(found: Case, form: Any, language: str) -> str:
    with speaking(language):
        return "\n\n".join(
            f"{CRITERIA[name]}: {form[f'reason_{name}_{language}'].data.strip()}"
            for name in criteria_of(found)
        )
