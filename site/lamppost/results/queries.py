"""Gathers the answers to a survey from the database, part by part, in no order."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ..db import sessions
from ..surveys.models import Answer, DetachedAnswer, Response


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a survey has been answered: how many responses, and the answers by their part."""

    responses: int
    languages: Mapping[str, int]
    modes: Mapping[str, int]
    answers: Mapping[str, Sequence[Any]]
    detached: Mapping[str, Sequence[Any]]


def gathered(survey: str) -> Gathered:
    """The answers to a survey, of whichever version of it."""
    session = sessions()
    rows = list(
        session.execute(select(Response.language, Response.mode).where(Response.survey == survey))
    )
    found = select(Answer.part, Answer.value).join(Response).where(Response.survey == survey)
    apart = select(DetachedAnswer.part, DetachedAnswer.value).where(DetachedAnswer.survey == survey)
    return Gathered(
        responses=len(rows),
        languages=Counter(language for language, _ in rows),
        modes=Counter(mode for _, mode in rows),
        answers=_by_part(session.execute(found)),
        detached=_by_part(session.execute(apart)),
    )


def _by_part(rows: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for part, value in rows:
        found[part].append(json.loads(value))
    return found
