"""Responses: a draft becomes one, once, and leaves nothing that leads back to who sent it."""

from __future__ import annotations

import json
from datetime import date
from typing import cast

from sqlalchemy import Table, insert

from ..answering.models import random_key
from ..answering.unsent import take, week_of
from ..db import execute, together
from ..questions.answers import Answers
from .definitions import Survey
from .detached import hold
from .models import Answer, Response

# Made once, and past the ORM: many may send at once.
_RESPONSE = insert(cast("Table", Response.__table__))
_ANSWERS = insert(cast("Table", Answer.__table__))


def send(receipt: str, survey: Survey, answers: Answers, language: str, *, today: date) -> bool:
    """Keep the answers of a draft as a response, and wipe the draft; False where it was sent.

    All of it or nothing is done: who sends twice, or at two places at once, has sent one response.
    """

    def send_once() -> bool:
        if not take(receipt):
            return False
        keep(survey, answers, language, mode="web", today=today)
        return True

    return together(send_once)


def keep(
    survey: Survey, answers: Answers, language: str, *, mode: str, today: date, key: bytes = b""
) -> None:
    """Add a response to the transaction of this request; whoever calls commits.

    ``key`` is that of its row, a random one unless given: two with one key cannot both be kept.

    Its detached answers are held back, and written with those of others (``detached.py``).
    """
    key = key or random_key()
    response = {
        "id": key, "survey": survey.id, "version": survey.version, "language": language,
        "mode": mode, "week": week_of(today),
    }  # fmt: skip
    beside, apart = [], []
    for question, parts in answers.stored.values():
        for part, value in parts.items():
            words = json.dumps(value, ensure_ascii=False)
            if question.detached:
                apart.append((part, words))
            else:
                beside.append({"response_id": key, "part": part, "value": words})
    execute(_RESPONSE, response)
    if beside:
        execute(_ANSWERS, beside)
    if any(question.detached for section in survey.sections for question in section.questions):
        hold(survey.id, survey.version, apart)
