"""Releases of results that wait for approval. One that was released is a file of the record."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

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
