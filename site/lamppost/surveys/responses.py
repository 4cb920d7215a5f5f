"""Responses: a draft becomes one, once, and leaves nothing that leads back to who sent it."""

from __future__ import annotations

import json
import time
from datetime import date

from flask import current_app
from sqlalchemy import insert

from ..answering.models import random_key
from ..answering.unsent import take, week_of
from ..db import empty_log, sessions
from ..questions.answers import Answers
from .definitions import Survey
from .detached import hold
from .models import Answer, Response


def send(receipt: str, survey: Survey, answers: Answers, language: str, *, today: date) -> bool:
    """Keep the answers of a draft as a response, and wipe the draft; False where it was sent.

    All of it or nothing is done: who sends twice, or at two places at once, has sent one response.
    """
    session = sessions()
    if not take(receipt):
        session.rollback()
        return False
    moved = keep(survey, answers, language, mode="web", today=today)
    session.commit()
    if moved and _is_time():
        empty_log(session)
    return True


def _is_time() -> bool:
    """Whether the log is emptied: at most once a second, since it waits for the disk."""
    last: float = current_app.extensions.get("log_emptied", 0.0)
    if time.monotonic() - last < 1:
        return False
    current_app.extensions["log_emptied"] = time.monotonic()
    return True


def keep(
    survey: Survey, answers: Answers, language: str, *, mode: str, today: date, key: bytes = b""
) -> bool:
    """Add a response to the transaction of this request; whoever calls commits.

    ``key`` is that of its row, a random one unless given: two with one key cannot both be kept.

    Its detached answers are held back, and written with those of others (``detached.py``); whether
    that was done now.
    """
    session, key = sessions(), key or random_key()
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
    session.execute(insert(Response).values(response))
    if beside:
        session.execute(insert(Answer), beside)
    if any(question.detached for section in survey.sections for question in section.questions):
        return hold(survey.id, survey.version, apart)
    return False
