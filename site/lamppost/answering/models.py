"""The table of drafts: answers that were not sent yet."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base

BY_KEY: dict[str, Any] = {"sqlite_with_rowid": False}
"""Rows lie in the order of their keys, so that no place in the file tells which came first."""


def random_key() -> bytes:
    """A key that says nothing."""
    return secrets.token_bytes(16)


class Unsent(Base):
    """Answers that were not sent yet, or the mark that they were.

    Both its key and the key to its content are made of the receipt, which is kept nowhere.
    """

    __tablename__ = "survey_drafts"
    __table_args__ = BY_KEY

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    form: Mapped[str] = mapped_column("survey", String(80))
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    sent: Mapped[bool] = mapped_column(default=False)
    ends_on: Mapped[date]
