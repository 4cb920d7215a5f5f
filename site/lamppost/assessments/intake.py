"""Answering the questions to vendors on the live site: sent, changed when returned, renewed."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, request

from ..answering import unsent
from ..answering.asked import Asked
from ..answering.definitions import Form
from ..answering.flow import Flow
from ..cases import deeds
from ..cases.arrival import receive
from ..cases.models import Case
from ..cases.revising import gone_to, lay_open, revise, too_late
from ..published import content
from ..questions.answers import Answers, asked_again, sent_again
from ..questions.models import first
from ..registry.models import Technology
from ..staff.clock import now
from ..urls import url
from .filled import PUBLIC
from .moves import ASSESSMENT
from .renewals import RENEWS

FORM = "vendor-assessment"
KIND = "assessment"
BEFORE = "assessment-before"
"""In a draft the reference of the assessment that it renews. No question has a name with ``-``, so
no browser can put it there."""


class AskedAssessment(Asked):
    """The questions to vendors; ``case`` is the one whose answers are being changed, if any."""

    blueprint = "assessing"
    templates = "assessments"

    def __init__(self, form: Form, case: Case | None) -> None:
        sections = asked_again(form.sections) if case else form.sections
        super().__init__(f"forms/{form.id}", form.title, sections, form.minutes)
        self.form, self.case = form, case

    @property
    def card(self) -> Technology:
        """What is done with the answers."""
        return self.form.card

    @property
    def home(self) -> str:
        """The page of all assessments."""
        return url("assessments.index")

    @property
    def too_late(self) -> str:
        """Why what was changed cannot be sent any more, if it cannot."""
        return too_late(self.case) if self.case else ""

    def leads_on(self, receipt: str) -> str:
        """What is gone meanwhile has its page say so."""
        return gone_to(self.case, receipt)

    def send(self, receipt: str, answers: Answers, language: str) -> None:
        """Take it in as a case, or as new answers of the one that was returned."""
        today = content().as_of
        if self.case is None:
            before = first(answers.sent, BEFORE)
            links = ((RENEWS, before),) if before else ()
            receive(KIND, receipt, self.form.version, answers, language, today=today, links=links)
            return
        try:
            revise(self.case, receipt, self.form.version, answers, language, today=today)
        except deeds.NotNowError:
            abort(redirect(self.view("check", receipt=receipt), 303))

    def shown(self) -> dict[str, Any]:
        """What its templates need besides."""
        questions = (one for section in self.form.sections for one in section.questions)
        public = [one.text for one in questions if one.key in PUBLIC]
        return {
            "asked": self.form, "registry": content().registry, "case": self.case, "public": public,
        }  # fmt: skip


def _found() -> AskedAssessment:
    receipt = (request.view_args or {}).get("receipt", "")
    case = deeds.case_of(receipt, content().as_of) if receipt else None
    form = content().forms.get(FORM) or abort(404)
    return AskedAssessment(form, case if case and case.kind == KIND else None)


def _known_as(key: str) -> AskedAssessment | None:
    form = content().forms.get(FORM)
    asked = AskedAssessment(form, None) if form else None
    return asked if asked and asked.key == key else None


flow = Flow("assessing", __name__, "/<language:language>/vendor-assessments/new", _found, _known_as)
blueprint = flow.blueprint


@blueprint.post("/<receipt:receipt>/change/")
def change(receipt: str) -> Any:
    """Open the answers of an assessment that was returned, to change them."""
    form, case = _of_case()
    try:
        lay_open(case, receipt, form)
    except deeds.NotNowError:
        return redirect(url("receipts.thread", receipt=receipt), 303)
    return redirect(form.view("check", receipt=receipt), 303)


@blueprint.post("/<receipt:receipt>/renew/")
def renew(receipt: str) -> Any:
    """Begin a new one with the answers of one that was decided on; it is known to renew that."""
    form, case = _of_case()
    if case.state not in ASSESSMENT.renewable:
        return redirect(url("receipts.thread", receipt=receipt), 303)
    typed = {**sent_again(form.sections, case.answers or {}), BEFORE: [case.reference]}
    today, moment = content().as_of, int(now().timestamp())
    new = unsent.begin(form.key, typed, now=moment, today=today)
    return redirect(form.view("later", receipt=new), 303)


def _of_case() -> tuple[AskedAssessment, Case]:
    form = _found()
    if form.case is None or form.case.answers is None:
        abort(404)
    return form, form.case
