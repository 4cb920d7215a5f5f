"""Answering a survey on the live site."""

from __future__ import annotations

from typing import Any

from flask import abort, request

from ..answering.asked import Asked
from ..answering.flow import Flow
from ..published import content
from ..questions.answers import Answers
from ..questions.models import Sent
from ..registry.models import Technology
from ..urls import url
from . import responses
from .definitions import Survey


class AskedSurvey(Asked):
    """A survey, as it is answered; ``technology`` is the one from whose page one comes, if any."""

    blueprint = "answering"
    templates = "surveys"

    def __init__(self, survey: Survey, card: Technology, technology: str = "") -> None:
        super().__init__(survey.id, survey.title, survey.sections, survey.minutes)
        self.survey, self._card, self.technology = survey, card, technology
        self.where = {"survey": survey.id}

    @property
    def card(self) -> Technology:
        """What is done with the answers."""
        return self._card

    @property
    def home(self) -> str:
        """Its reading page."""
        return url("surveys.survey", survey=self.survey.id)

    @property
    def is_open(self) -> bool:
        """Whether it can be answered today."""
        return self.survey.is_open(content().as_of)

    def known(self) -> Sent:
        """Of which technology the page was from which one comes."""
        questions = (question for section in self.sections for question in section.questions)
        asks = next((question.key for question in questions if question.kind == "technology"), "")
        known = self.technology or request.args.get(asks, "")
        return {asks: [known]} if asks and known in content().registry.technologies else {}

    def send(self, receipt: str, answers: Answers, language: str) -> None:
        """Keep the answers as a response."""
        responses.send(receipt, self.survey, answers, language, today=content().as_of)

    def shown(self) -> dict[str, Any]:
        """What its templates need besides."""
        return {"survey": self.survey, "registry": content().registry}


def _found(survey: str, technology: str = "") -> AskedSurvey:
    found = content().surveys.get(survey)
    if found is None or not found.is_public or found.card is None:
        abort(404)
    return AskedSurvey(found, found.card, technology)


def _known_as(key: str) -> AskedSurvey | None:
    found = content().surveys.get(key)
    return AskedSurvey(found, found.card) if found and found.is_public and found.card else None


flow = Flow(
    "answering", __name__, "/<language:language>/surveys/<id:survey>/answer", _found, _known_as
)
blueprint = flow.blueprint


@blueprint.get("/technologies/<id:technology>/")
def start_about(survey: str, technology: str) -> str:
    """The start, from the page of a technology: the question which one it is, is answered."""
    if technology not in content().registry.technologies:
        abort(404)
    return flow.start(survey=survey, technology=technology)
