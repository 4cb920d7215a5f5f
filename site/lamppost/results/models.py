"""Releases that wait for approval, and the themes of texts; what was released is a file."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..answering.models import BY_KEY
from ..db import Base
from ..staff.models import Staff


class Prepared(Base):
    """A release that was prepared: what would be public, word for word, and its seal."""

    __tablename__ = "prepared_results"

    survey: Mapped[str] = mapped_column(String(80), primary_key=True)
    payload: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    prepared_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))

    author: Mapped[Staff] = relationship(lazy="joined")
    approvals: Mapped[list[Approval]] = relationship(cascade="all, delete-orphan")

    @property
    def held(self) -> dict[str, Any]:
        """What would be public."""
        found: dict[str, Any] = json.loads(self.payload)
        return found

    @property
    def approved_by(self) -> list[Staff]:
        """Who has approved it."""
        return [approval.staff for approval in self.approvals]


class Approval(Base):
    """That somebody has approved a release that was prepared."""

    __tablename__ = "results_approval"

    survey: Mapped[str] = mapped_column(
        ForeignKey("prepared_results.survey", ondelete="CASCADE"), primary_key=True
    )
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)

    staff: Mapped[Staff] = relationship(lazy="joined")


DECIDED = 0
"""In place of a coder: what was decided where two did not agree."""


class Theme(Base):
    """A theme into which texts of a question are sorted; its names by language.

    ``into`` is None while it stands, else the key of the theme that has taken its place, or nothing
    where it was removed. Its row stays, so that no other theme gets its key.
    """

    __tablename__ = "result_themes"

    survey: Mapped[str] = mapped_column(String(80), primary_key=True)
    question: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    into: Mapped[str | None] = mapped_column(String(40))


class Cleared(Base):
    """Whether words that their writer lets be quoted are quoted; it goes with the response."""

    __tablename__ = "result_quotes"
    __table_args__ = BY_KEY

    response_id: Mapped[bytes] = mapped_column(
        ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[str] = mapped_column(String(40), primary_key=True)
    quoted: Mapped[bool]


class Coding(Base):
    """The themes that somebody gave to a text; it goes with the response."""

    __tablename__ = "result_codings"
    __table_args__ = BY_KEY

    response_id: Mapped[bytes] = mapped_column(
        ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[str] = mapped_column(String(40), primary_key=True)
    coder: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    themes: Mapped[list[str]] = mapped_column(JSON)
