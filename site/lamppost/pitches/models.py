"""The tables of pitches alone: criteria, evaluators and their points; and support."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..answering.models import BY_KEY
from ..db import Base


def _of_a_case() -> Mapped[bytes]:
    return mapped_column(
        LargeBinary(16), ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True
    )


class Weighed(Base):
    """A criterion by which a pitch is weighed, chosen before anybody gives points."""

    __tablename__ = "pitch_criteria"
    __table_args__ = BY_KEY

    case_id: Mapped[bytes] = _of_a_case()
    criterion: Mapped[str] = mapped_column(String(20), primary_key=True)


class Evaluator(Base):
    """Somebody who has said whether they have a conflict of interest in a pitch."""

    __tablename__ = "pitch_evaluators"
    __table_args__ = BY_KEY

    case_id: Mapped[bytes] = _of_a_case()
    staff_id: Mapped[int] = mapped_column(
        ForeignKey("staff.id"), primary_key=True, autoincrement=False
    )
    has_conflict: Mapped[bool]
    on: Mapped[date]


class Points(Base):
    """What an evaluator gives a pitch for a criterion; for nobody outside of the desk."""

    __tablename__ = "pitch_points"
    __table_args__ = BY_KEY

    case_id: Mapped[bytes] = _of_a_case()
    staff_id: Mapped[int] = mapped_column(
        ForeignKey("staff.id"), primary_key=True, autoincrement=False
    )
    criterion: Mapped[str] = mapped_column(String(20), primary_key=True)
    points: Mapped[int]
    note: Mapped[str] = mapped_column(Text, default="")


class Support(Base):
    """That somebody supports a pitch: a mark of the receipt that can take it back, and no day."""

    __tablename__ = "pitch_support"
    __table_args__ = BY_KEY

    mark: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    case_id: Mapped[bytes] = mapped_column(
        LargeBinary(16), ForeignKey("cases.id", ondelete="CASCADE"), index=True
    )
