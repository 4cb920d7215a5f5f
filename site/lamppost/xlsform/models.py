"""What is kept of tables of answers that were taken in: marks, by which one comes in once only."""

from __future__ import annotations

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base


class TakenIn(Base):
    """The mark of a row of such a table, or of the table.

    It is made of the row's own id and a secret of the site, and belongs to no response: it tells
    whether a row was taken in before, and nothing else. Rows lie in the order of the marks.
    """

    __tablename__ = "taken_in"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy reads it so

    survey: Mapped[str] = mapped_column(String(80), primary_key=True)
    mark: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
