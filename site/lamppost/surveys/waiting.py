"""What surveys ask staff to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from ..i18n import lazy_gettext as _l
from ..i18n import speech
from ..published import content
from ..staff.waiting import Kind, Waiting
from ..urls import url
from .definitions import Survey

SOON = timedelta(days=7)


def _those(which: Callable[[Survey], bool]) -> Callable[[], Iterator[Waiting]]:
    def waiting() -> Iterator[Waiting]:
        for survey in content().surveys.values():
            if which(survey):
                there = url("survey_desk.one", survey=survey.id)
                yield Waiting(speech().plain(survey.title), there, survey.closes_on)

    return waiting


def _ends_soon(survey: Survey) -> bool:
    today: date = content().as_of
    last = survey.closes_on
    return survey.is_open(today) and last is not None and last - today <= SOON


def _is_over(survey: Survey) -> bool:
    """Whether its last day has passed, and nobody has closed it: what follows waits for that."""
    last = survey.closes_on
    return survey.state in ("open", "paused") and last is not None and last < content().as_of


KINDS = (
    Kind(_l("Surveys to review"), "open surveys", _those(lambda one: one.state == "in_review")),
    Kind(
        _l("Surveys that are being written"), "prepare surveys",
        _those(lambda one: one.state == "draft"),
    ),
    Kind(_l("Surveys that end soon"), "open surveys", _those(_ends_soon)),
    Kind(_l("Surveys to be closed: their last day has passed"), "open surveys", _those(_is_over)),
)  # fmt: skip
