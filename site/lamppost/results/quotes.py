"""Words that are told as they were written: their writer allowed it, and somebody cleared them.

They stand beside the themes of their question, so never where fewer than ten have answered it, in
the order of the alphabet, which tells nothing of who wrote them.
"""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import aliased

from ..db import sessions
from ..questions.written import QUOTE
from ..surveys.models import Answer, Response
from .models import Cleared
from .queries import Written

MOST = 400
"""Characters of a quotation; longer words are told as themes alone."""


def _allowed(survey: str, question: str) -> list[Written]:
    tick = aliased(Answer)
    found = (
        select(Response.id, Response.language, Answer.value)
        .join(Answer, Answer.response_id == Response.id)
        .join(tick, tick.response_id == Response.id)
        .where(Response.survey == survey)
        .where(Answer.part == question, tick.part == f"{question}.{QUOTE}")
    )
    texts = (
        Written(id_, code, " ".join(json.loads(value).split()))
        for id_, code, value in sessions().execute(found)
    )
    return sorted((text for text in texts if len(text.words) <= MOST), key=lambda t: t.words)


def _decided(question: str) -> dict[bytes, bool]:
    found = select(Cleared.response_id, Cleared.quoted).where(Cleared.question == question)
    return {id_: quoted for id_, quoted in sessions().execute(found)}  # noqa: C416 - rows


def offered(survey: str, question: str) -> list[tuple[Written, bool | None]]:
    """The words that may be quoted, each on one line; whether they are, None if nobody has said."""
    decided = _decided(question)
    return [(text, decided.get(text.id)) for text in _allowed(survey, question)]


def clear(survey: str, question: str, shown: Collection[str], quoted: Collection[str]) -> int:
    """Quote those of the ``shown`` texts that are ``quoted``, and no other of them; how many.

    Both are the ids of responses in hexadecimal. Whoever calls commits.
    """
    mine = [text for text, _ in offered(survey, question) if text.id.hex() in shown]
    for text in mine:
        is_quoted = text.id.hex() in quoted
        sessions().merge(Cleared(response_id=text.id, question=question, quoted=is_quoted))
    return len(mine)


def quoted(survey: str, question: str) -> tuple[tuple[str, str], ...]:
    """A language and words each: what is quoted."""
    return tuple((text.language, text.words) for text, yes in offered(survey, question) if yes)
