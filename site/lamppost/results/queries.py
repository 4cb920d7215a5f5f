"""Gathers the answers to a survey from the database, part by part, in no order."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import select

from ..db import sessions
from ..surveys.models import Answer, DetachedAnswer, Response


class Written(NamedTuple):
    """A text: the response it stands in, its language, its words."""

    id: bytes
    language: str
    words: str


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


def texts(survey: str, question: str) -> list[Written]:
    """What people wrote."""
    found = (
        select(Response.id, Response.language, Answer.value)
        .join(Answer)
        .where(Response.survey == survey, Answer.part == question)
    )
    return [Written(id_, code, json.loads(v)) for id_, code, v in sessions().execute(found)]


def _by_part(rows: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for part, value in rows:
        found[part].append(json.loads(value))
    return found
