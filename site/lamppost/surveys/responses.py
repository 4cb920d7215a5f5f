"""Responses: a draft becomes one, once, and leaves nothing that leads back to who sent it."""

from __future__ import annotations

import json
from datetime import date

from ..answering.models import random_key
from ..answering.unsent import take, week_of
from ..db import sessions
from ..questions.answers import Answers
from .definitions import Survey
from .models import Answer, DetachedAnswer, Response


def send(receipt: str, survey: Survey, answers: Answers, language: str, *, today: date) -> bool:
    """Keep the answers of a draft as a response, and wipe the draft; False where it was sent.

    All of it or nothing is done: who sends twice, or at two places at once, has sent one response.
    """
    session = sessions()
    if not take(receipt):
        session.rollback()
        return False
    keep(survey, answers, language, mode="web", today=today)
    session.commit()
    return True


def keep(
    survey: Survey, answers: Answers, language: str, *, mode: str, today: date, key: bytes = b""
) -> None:
    """Add a response to the session of this request; whoever calls commits.

    ``key`` is that of its row, a random one unless given: two with one key cannot both be kept.
    """
    session = sessions()
    response = Response(
        id=key or random_key(),
        survey=survey.id,
        version=survey.version,
        language=language,
        mode=mode,
        week=week_of(today),
    )
    for question, parts in answers.stored.values():
        for part, value in parts.items():
            words = json.dumps(value, ensure_ascii=False)
            if question.detached:
                apart = DetachedAnswer(
                    survey=survey.id, version=survey.version, part=part, value=words
                )
                session.add(apart)
            else:
                response.answers.append(Answer(part=part, value=words))
    session.add(response)
