"""The answers to a survey as tables: every response with its parts, in the order of its id."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ..db import sessions
from .models import DetachedAnswer, Response

Table = tuple[list[str], Iterator[list[str]]]
FIXED = ["id", "version", "language", "mode"]
"""The columns before the answers. There is no time: ids are random, so no order tells one."""


def responses(survey: str) -> Table:
    """A row for each response."""
    chosen = select(Response).where(Response.survey == survey).order_by(Response.id)
    found = list(sessions().scalars(chosen.options(selectinload(Response.answers))))
    parts = sorted({answer.part for one in found for answer in one.answers})
    return [*FIXED, *parts], (_row(one, parts) for one in found)


def _row(response: Response, parts: list[str]) -> list[str]:
    held = {answer.part: _words(answer.value) for answer in response.answers}
    fixed = [response.id.hex(), response.version, response.language, response.mode]
    return [*fixed, *(held.get(part, "") for part in parts)]


def detached(survey: str) -> Table:
    """A row for each answer that belongs to no response."""
    found = sessions().scalars(
        select(DetachedAnswer)
        .where(DetachedAnswer.survey == survey)
        .order_by(DetachedAnswer.part, DetachedAnswer.id)
    )
    rows = ([one.version, one.part, _words(one.value)] for one in found)
    return ["version", "part", "answer"], rows


def _words(value: str) -> str:
    """An answer as a cell holds it: several keys with ``;`` between them."""
    found = json.loads(value)
    return ";".join(map(str, found)) if isinstance(found, list) else str(found)


TABLES = {"responses": responses, "detached": detached}
"""The tables by the names that stand in their addresses."""
