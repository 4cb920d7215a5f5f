"""What is kept of the answers to surveys: tables that nobody can put in order, or put together.

Every key is random, and in SQLite rows lie in the order of their keys (``WITHOUT ROWID``), so that
neither a number nor a place in the file tells which came first. No time is finer than the week.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..answering.models import BY_KEY, random_key
from ..db import Base

MODES = ("web", "paper", "field")
"""How a response came: sent by its writer, keyed in from paper, or taken in from a field team."""


class Response(Base):
    """What somebody has sent: of which survey and which version of it, how, and in which week."""

    __tablename__ = "responses"
    __table_args__ = BY_KEY

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True, default=random_key)
    survey: Mapped[str] = mapped_column(String(80), index=True)
    version: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(8))
    mode: Mapped[str] = mapped_column(String(12))
    week: Mapped[date]

    answers: Mapped[list[Answer]] = relationship(
        back_populates="response", cascade="all, delete-orphan"
    )


class Answer(Base):
    """One part of an answer, as JSON."""

    __tablename__ = "answers"
    __table_args__ = BY_KEY

    response_id: Mapped[bytes] = mapped_column(
        ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True
    )
    part: Mapped[str] = mapped_column(String(90), primary_key=True)
    value: Mapped[str] = mapped_column(Text)

    response: Mapped[Response] = relationship(back_populates="answers")


class Held(Base):
    """Detached answers of one person that wait for those of others (``detached.py``).

    ``content`` is encrypted and of one length, since the database's log shows what came together.
    """

    __tablename__ = "held_answers"
    __table_args__ = BY_KEY

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True, default=random_key)
    survey: Mapped[str] = mapped_column(String(80), index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class DetachedAnswer(Base):
    """An answer about the person, which belongs to no response: no language, no week either."""

    __tablename__ = "detached_answers"
    __table_args__ = BY_KEY

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True, default=random_key)
    survey: Mapped[str] = mapped_column(String(80), index=True)
    version: Mapped[str] = mapped_column(String(16))
    part: Mapped[str] = mapped_column(String(90))
    value: Mapped[str] = mapped_column(Text)
