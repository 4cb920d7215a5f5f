"""Vendor assessments at the desk: the answers section by section, and what a reviewer finds."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import Length

from ..answering.world import world_of
from ..apart import attachments
from ..cases import deeds
from ..cases.doing import version_in
from ..cases.models import Case
from ..cases.notices import subject_of
from ..cases.public import assessed_from
from ..cases.queries import case_named
from ..cases.shown import assessed
from ..i18n import gettext as _
from ..i18n import ngettext
from ..lifecycle import STAFF
from ..published import content
from ..questions.answers import Answers, as_sent
from ..staff.gate import desk_blueprint, i_may, may, me
from ..urls import url
from .filled import may_be_taken
from .moves import ASSESSMENT, VERDICTS
from .renewals import renews

blueprint = desk_blueprint("reviewing", __name__)
Page = str | Response | tuple[str, int]
_REVIEWS = ASSESSMENT.deed


@blueprint.route("/assessments/<reference:case>/", methods=["GET", "POST"])
@may("read assessments")
def review(case: str) -> Page:
    """The answers of an assessment, with a finding for each section; or keep what was found."""
    found = _found(case)
    answers = Answers(*_sent(found))
    form = _form(found, answers)
    if request.method == "POST":
        if not i_may(_REVIEWS):
            abort(403)
        missing = _missing(form, answers) if request.form.get("do") == "recommend" else 0
        if form.validate_on_submit() and not missing:
            return _kept(found, form, answers)
        if missing:
            flash(ngettext("%(num)s section has no finding yet.",
                           "%(num)s sections have no finding yet.", missing), "error")  # fmt: skip
    page = _page(found, answers, form)
    return (page, 422) if request.method == "POST" else page


def _found(reference: str) -> Case:
    found = case_named(reference)
    return found if found and found.kind == ASSESSMENT.kind else abort(404)


def _sent(case: Case) -> tuple[Any, Any, Any]:
    asked = content().forms[ASSESSMENT.form].sections
    return asked, as_sent(case.answers or {}), world_of(content())


def _form(case: Case, answers: Answers) -> Any:
    """A verdict and words for each section that was asked."""

    class Form(FlaskForm):
        pass

    held = {one.section: one for one in case.findings}
    verdicts = [SelectChoice("", _("Not looked at yet")),
                *(SelectChoice(key, words) for key, words in VERDICTS.items())]  # fmt: skip
    for key, number in zip(_keys(answers), answers.numbers, strict=True):
        finding, title = held.get(key), answers.section(number).title
        setattr(Form, f"verdict_{key}", SelectField(
            _("%(what)s: what was found", what=title), choices=verdicts,
            default=finding.verdict if finding else "",
        ))  # fmt: skip
        setattr(Form, f"words_{key}", TextAreaField(
            _("%(what)s: in words; only staff read this", what=title),
            validators=[Length(max=deeds.MOST_WORDS)], default=finding.words if finding else "",
        ))  # fmt: skip
    return Form(meta={"csrf": False})


def _keys(answers: Answers) -> list[str]:
    """By which each section that was asked is known: its first question's key."""
    return [answers.sections[n - 1].questions[0].key for n in answers.numbers]


def _missing(form: Any, answers: Answers) -> int:
    return sum(not form[f"verdict_{key}"].data for key in _keys(answers))


def _kept(case: Case, form: Any, answers: Answers) -> Page:
    """Keep the findings; and hand the assessment on, if that is what was asked for."""
    found = {
        key: (str(form[f"verdict_{key}"].data), (form[f"words_{key}"].data or "").strip())
        for key in _keys(answers)
    }
    today, seen = content().as_of, version_in(request.form.get("seen"))
    reference = case.reference
    try:
        deeds.note_findings(case, found, today=today, staff=me(), seen=seen)
        if request.form.get("do") == "recommend":
            deeds.move_on(
                case, "recommend", {}, today=today, by=STAFF, seen=case.version, staff=me()
            )
    except deeds.NotNowError:
        flash(_("This cannot be done with it as it is now. Somebody else may have changed it."),
              "error")  # fmt: skip
        return _page(case, answers, form), 409
    flash(_("Saved."), "info")
    return redirect(url("reviewing.review", case=reference), 303)


def _page(case: Case, answers: Answers, form: Any) -> str:
    files: dict[str, list[Any]] = {}
    for file in attachments.attachments_of(subject_of(case)):
        files.setdefault(file.purpose, []).append(file)
    technologies = content().registry.technologies
    led = sorted(link.target for link in case.links if link.kind == "led")
    return render_template(
        "assessments/review.html",
        case=case,
        way=ASSESSMENT,
        answers=answers,
        sections=[answers.section(number) for number in answers.numbers],
        form=form,
        files=files,
        verdicts=VERDICTS,
        may_write=i_may(_REVIEWS) and case.state == "in_review",
        public=assessed_from(public) if (public := assessed(case)) else None,
        registry=content().registry,
        before=renews(case),
        may_take=i_may("edit the record") and may_be_taken(case),
        taken=[technologies[id_] for id_ in led if id_ in technologies],
    )
