"""What results ask of staff: releases that wait for approval."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from ..db import sessions
from ..i18n import lazy_gettext as _l
from ..i18n import speech
from ..published import content
from ..staff.gate import me
from ..staff.waiting import Kind, Waiting
from ..urls import url
from . import deeds
from .models import Prepared


def _to_approve() -> Iterator[Waiting]:
    now = content()
    for prepared in list(sessions().scalars(select(Prepared))):
        survey = now.surveys.get(prepared.survey)
        waits = survey and deeds.prepared_of(survey, now)
        if waits and not deeds.why_not(waits, me(), four_eyes=now.settings.four_eyes):
            there = url("results_desk.results", survey=waits.survey)
            yield Waiting(speech().plain(now.surveys[waits.survey].title), there)


KINDS = (Kind(_l("Results of surveys to be approved"), "approve results", _to_approve),)
