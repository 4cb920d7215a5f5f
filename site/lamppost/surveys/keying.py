"""Answers on paper are typed in at the desk: a whole form on one page, then the next."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import current_app, flash, redirect, render_template, request
from sqlalchemy.exc import IntegrityError

from ..answering.world import world_of
from ..config import Config
from ..db import sessions
from ..entries.flow import Page
from ..i18n import gettext as _
from ..i18n import languages, speech
from ..published import content
from ..questions.answers import Answers, AskedField, AskedSection
from ..questions.models import MOST_TYPED, Sent
from ..sealed import key_of
from ..staff.gate import desk_blueprint, may
from ..urls import url
from .definitions import Survey
from .desk import found_survey
from .models import Response
from .printed import numbers_of
from .responses import keep

blueprint = desk_blueprint("survey_keying", __name__)
MOST_VALUES = 80
LANGUAGE, MARK = "form-language", "form-mark"
"""Inputs beside the questions; no question has a name with ``-``."""


@dataclass(frozen=True, slots=True)
class _Whole:
    """All questions of a survey as one form, for the summary of what is wrong."""

    sections: list[AskedSection]

    def __iter__(self) -> Iterator[AskedField]:
        return (field for section in self.sections for field in section)

    @property
    def errors(self) -> bool:
        return any(section.errors for section in self.sections)


@blueprint.route("/surveys/<id:survey>/enter/", methods=["GET", "POST"])
@may("enter answers")
def enter(survey: str) -> Page:
    """A form to type in what stands on paper. What is wrong is told; nothing typed is lost."""
    found = found_survey(survey)
    if not found.is_public:
        flash(_("Answers can be typed in once the survey has been opened."), "error")
        return redirect(url("survey_desk.one", survey=survey), 303)
    if request.method == "GET":
        return _form(found, {}, request.args.get("language", speech().code))
    language = request.form.get(LANGUAGE, "")
    sent = _typed(found)
    answers = Answers(found.sections, sent, world_of(content()))
    fault = _fault(answers, language)
    if fault or answers.mistakes:
        return _form(found, sent, language, fault=fault, tell=True), 422
    if _kept(found, answers, language):
        flash(_("Saved. Here is the next form."))
    else:
        flash(_("This form had been saved already. Here is the next one."))
    return redirect(url("survey_keying.enter", survey=survey) + f"?language={language}", 303)


def _typed(survey: Survey) -> dict[str, list[str]]:
    names = [name for s in survey.sections for question in s.questions for name in question.names]
    return {
        name: [words[:MOST_TYPED] for words in request.form.getlist(name)[:MOST_VALUES]]
        for name in names
    }


def _fault(answers: Answers, language: str) -> str:
    if language not in languages():
        return _("Choose the language of the form.")
    if not answers.values and not answers.mistakes:
        return _("Nothing is answered on this form.")
    return ""


def _kept(survey: Survey, answers: Answers, language: str) -> bool:
    """Keep a response; False where this very form has been kept: a form is kept once."""
    config: Config = current_app.extensions["config"]
    mark = request.form.get(MARK, "")
    mark = mark if re.fullmatch("[0-9a-f]{32}", mark) else secrets.token_hex(16)
    key = key_of(mark, config.secret_key("answers on paper"), "paper form")[:16]
    session = sessions()
    if session.get(Response, key):
        return False
    try:
        keep(survey, answers, language, mode="paper", today=content().as_of, key=key)
        session.commit()
    except IntegrityError:  # sent twice at the same moment
        session.rollback()
        return False
    return True


def _form(survey: Survey, sent: Sent, language: str, *, fault: str = "", tell: bool = False) -> str:
    answers = Answers(survey.sections, sent, world_of(content()))
    sections = [answers.shown(n, tell=tell) for n, _s in enumerate(survey.sections, 1)]
    given: dict[str, Any] = {"language": LANGUAGE, "mark": MARK}
    return render_template(
        "surveydesk/enter.html", survey=survey, sections=sections, whole=_Whole(sections),
        numbers=numbers_of(sections), names=given, language=language, fault=fault,
        mark=request.form.get(MARK) or secrets.token_hex(16),
    )  # fmt: skip
