"""The end of answers: all of a survey are deleted at once, and a certificate says so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

from sqlalchemy import String, Text, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base, sessions
from ..fields import Duration
from ..staff import audit
from ..xlsform.models import TakenIn
from .definitions import Survey
from .models import Answer, DetachedAnswer, Held, Response

MOST_SHARE = 0.2
"""Which part of all responses may go without being asked twice."""


class Deletion(Base):
    """A certificate: what was deleted, by which rule, and who approved it.

    ``digest`` is the SHA-256 of the responses' ids in hexadecimal, in their order, a line each:
    whoever holds an old copy can prove which of its rows are gone here.
    """

    __tablename__ = "deletions"

    id: Mapped[int] = mapped_column(primary_key=True)
    survey: Mapped[str] = mapped_column(String(80), index=True)
    day: Mapped[date]
    rule: Mapped[str] = mapped_column(Text)
    responses: Mapped[int]
    answers: Mapped[int]
    detached: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    by: Mapped[str] = mapped_column(String(120))


class TooManyError(Exception):
    """More would go than may without being asked twice."""


def deletions_of(survey: str) -> list[Deletion]:
    """The certificates of a survey, the newest first."""
    found = select(Deletion).where(Deletion.survey == survey).order_by(Deletion.id.desc())
    return list(sessions().scalars(found))


def kept_until(survey: Survey) -> date | None:
    """The day on which the answers to a survey that is closed go, by its practices (``retention``).

    None where they leave it open: then somebody has to decide.
    """
    spans = [item.duration for item in survey.card.retention.items] if survey.card else []
    known = [span for span in spans if isinstance(span, Duration)]
    if survey.state != "closed" or survey.closes_on is None or not known or known != spans:
        return None
    return max(span.after(survey.closes_on) for span in known)


def past_their_day(surveys: Iterable[Survey], today: date) -> dict[str, int]:
    """The surveys whose answers have been kept for their time, each with how many responses."""
    over = [s.id for s in surveys if (until := kept_until(s)) is not None and until <= today]
    counts = select(Response.survey, func.count()).where(Response.survey.in_(over))
    found = sessions().execute(counts.group_by(Response.survey))
    return {survey: number for survey, number in found}  # noqa: C416 - rows are no tuples to mypy


def delete_answers(survey: str, *, rule: str, by: str, today: date, sure: bool) -> int:
    """Delete all answers to a survey and log it; the number of the certificate.

    The marks of rows that were taken in go too: from then on none is taken in (``xlsform``).

    Call :func:`~lamppost.db.scrub` afterwards. Raises :class:`TooManyError` where that is a large
    part of all responses and nobody is ``sure``.
    """
    session = sessions()
    mine = select(Response.id).where(Response.survey == survey)
    ids = sorted(session.scalars(mine))
    every = session.scalar(select(func.count()).select_from(Response)) or 0
    if len(ids) > every * MOST_SHARE and not sure:
        raise TooManyError
    answers = session.execute(delete(Answer).where(Answer.response_id.in_(mine)))
    session.execute(delete(Response).where(Response.survey == survey))
    detached = session.execute(delete(DetachedAnswer).where(DetachedAnswer.survey == survey))
    session.execute(delete(Held).where(Held.survey == survey))
    session.execute(delete(TakenIn).where(TakenIn.survey == survey))
    lines = "".join(f"{id_.hex()}\n" for id_ in ids)
    certificate = Deletion(
        survey=survey,
        day=today,
        rule=rule,
        responses=len(ids),
        answers=answers.rowcount,  # type: ignore[attr-defined]
        detached=detached.rowcount,  # type: ignore[attr-defined]
        digest=hashlib.sha256(lines.encode()).hexdigest(),
        by=by,
    )
    session.add(certificate)
    session.flush()
    number = certificate.id
    audit.log("delete answers", survey)
    return number


def as_text(one: Deletion) -> str:
    """The certificate as a file, in English."""
    lines = (
        f"Answers to the survey {one.survey} were deleted on {one.day.isoformat()}.",
        f"Responses: {one.responses}. Answers in them: {one.answers}.",
        f"Answers kept apart: {one.detached}.",
        f"Rule: {one.rule}",
        f"Approved by: {one.by}",
        f"SHA-256 of the responses' ids in hexadecimal, sorted, a line each: {one.digest}",
    )
    return "\n".join(lines) + "\n"
