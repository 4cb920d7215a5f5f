"""Pitching an idea: the forms for residents and for companies, on the live site."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, request

from ..answering.asked import Asked
from ..answering.definitions import Form
from ..answering.flow import Flow
from ..cases.arrival import receive
from ..cases.deeds import NotNowError, case_of
from ..cases.models import Case
from ..cases.personal import personal_in
from ..cases.public import PublicCase
from ..cases.revising import gone_to, lay_open, revise, too_late
from ..cases.visible import GONE
from ..published import content
from ..questions.answers import Answers, asked_again
from ..registry.models import Technology
from ..urls import url
from .likeness import WRITTEN, similar
from .shown import KIND, is_open

FORMS = {"residents": "pitch", "companies": "pitch-company"}
"""The forms of the record, by who they are for; that stands in their address."""

IDEA = "summary"
"""The question that tells the idea; once its page is passed, what is alike is told."""


class AskedPitch(Asked):
    """A form for pitches; ``who`` says for whom it is, ``case`` which one is changed, if any."""

    blueprint = "pitching"
    templates = "pitches"

    def __init__(self, form: Form, who: str, case: Case | None) -> None:
        sections = asked_again(form.sections) if case else form.sections
        super().__init__(f"forms/{form.id}", form.title, sections, form.minutes)
        self.form, self.where, self.case = form, {"who": who}, case

    @property
    def card(self) -> Technology:
        """What is done with what is said."""
        return self.form.card

    @property
    def home(self) -> str:
        """The page of all pitches."""
        return url("pitches.index")

    def remarks(self, answers: Answers) -> list[str]:
        """What looks personal in what was written."""
        texts = (str(answers.values[key]) for key in WRITTEN if key in answers.values)
        return [found.words for text in texts for found in personal_in(text)]

    @property
    def too_late(self) -> str:
        """Why what was changed cannot be sent any more, if it cannot."""
        return too_late(self.case) if self.case else ""

    def leads_on(self, receipt: str) -> str:
        """What is gone meanwhile has its page say so."""
        return gone_to(self.case, receipt)

    def send(self, receipt: str, answers: Answers, language: str) -> None:
        """Take it in as a case, or what was changed in one that was given back.

        Which form it was stands as the category of the case.
        """
        today = content().as_of
        if self.case is None:
            receive("pitch", receipt, self.form.version, answers, language, today=today,
                    known={"category": self.form.id})  # fmt: skip
            return
        try:
            revise(self.case, receipt, self.form.version, answers, language, today=today)
        except NotNowError:
            abort(redirect(self.view("check", receipt=receipt), 303))

    def alike(self, answers: Answers) -> list[PublicCase]:
        """Pitches that can be read already and say nearly the same."""
        words = " ".join(str(answers.values.get(key, "")) for key in WRITTEN)
        own = self.case.reference if self.case else ""
        return similar(words, [one for one in content().cases.of("pitch") if one.reference != own])

    def alike_beside(self, answers: Answers, number: int) -> list[PublicCase]:
        """The same, on the pages after that on which the idea is told."""
        told_on = (
            n for n, section in enumerate(self.sections, 1)
            if any(question.key == IDEA for question in section.questions)
        )  # fmt: skip
        return self.alike(answers) if number > next(told_on, number) else []

    def shown(self) -> dict[str, Any]:
        """What its templates need besides."""
        return {
            "asked": self.form, "registry": content().registry, "case": self.case,
            "can_support": is_open,
        }  # fmt: skip


def _found(who: str) -> AskedPitch:
    form = content().forms.get(FORMS.get(who, "")) or abort(404)
    receipt = (request.view_args or {}).get("receipt", "")
    case = case_of(receipt, content().as_of) if receipt else None
    if case and (case.kind != KIND or (case.category != form.id and case.outcome not in GONE)):
        case = None
    return AskedPitch(form, who, case)


def _known_as(key: str) -> AskedPitch | None:
    forms = ((content().forms.get(form), who) for who, form in FORMS.items())
    asked = (AskedPitch(form, who, None) for form, who in forms if form)
    return next((one for one in asked if one.key == key), None)


flow = Flow("pitching", __name__, "/<language:language>/pitches/new/<id:who>", _found, _known_as)
blueprint = flow.blueprint


revising = Blueprint("revising", __name__, url_prefix="/<language:language>/pitches/revise")


@revising.post("/<receipt:receipt>/", endpoint="revise")
def lay_before(receipt: str) -> Any:
    """Lay a pitch that was given back before its writer once more."""
    case = case_of(receipt, content().as_of)
    who = next((who for who, form in FORMS.items() if case and form == case.category), "")
    if case is None or not who:
        abort(404)
    form = _found(who)
    try:
        lay_open(case, receipt, form)
    except NotNowError:
        return redirect(url("receipts.thread", receipt=receipt), 303)
    return redirect(form.view("check", receipt=receipt), 303)
