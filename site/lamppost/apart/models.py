"""The tables of contacts and attachments."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, LargeBinary, String, and_, false
from sqlalchemy.orm import Mapped, mapped_column

from ..answering.models import BY_KEY, random_key
from ..db import Base

DRAFT, CASE = "draft", "case"
"""The kinds of subject: answers that were not sent yet, and what they become."""

PDF = "application/pdf"


class Subject(NamedTuple):
    """What a contact or an attachment belongs to: of which kind, and its key (a row's ``id``)."""

    kind: str
    key: bytes


class _Belongs:
    """What both tables have in common."""

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True, default=random_key)
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_key: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    # The last day on which it is kept; purge() deletes what is older.
    delete_after: Mapped[date] = mapped_column(index=True)

    @classmethod
    def is_of(cls, subject: Subject) -> ColumnElement[bool]:
        """Whether a row belongs to a subject, for a query."""
        return and_(cls.subject_kind == subject.kind, cls.subject_key == subject.key)

    @property
    def subject(self) -> Subject:
        """What it belongs to."""
        return Subject(self.subject_kind, self.subject_key)


class Contact(_Belongs, Base):
    """One way to reach somebody, or their name. ``value`` is encrypted for the desk."""

    __tablename__ = "contacts"
    __table_args__ = BY_KEY

    kind: Mapped[str] = mapped_column(String(12))  # one of questions.enclosed.WAYS
    value: Mapped[bytes] = mapped_column(LargeBinary)
    purpose: Mapped[str] = mapped_column(String(40))  # the key of the question that asked for it
    language: Mapped[str] = mapped_column(String(8))  # in which they want to be written to
    # No message is sent to it: it is kept for a legal reason alone.
    stopped: Mapped[bool] = mapped_column(default=False, server_default=false())


class Attachment(_Belongs, Base):
    """A file that was sent. Its bytes lie, encrypted, in the folder of attachments as ``file``."""

    __tablename__ = "attachments"
    __table_args__ = BY_KEY

    file: Mapped[str] = mapped_column(String(32))
    name: Mapped[bytes] = mapped_column(LargeBinary)  # as it was called; encrypted
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    purpose: Mapped[str] = mapped_column(String(40))

    @property
    def is_paper(self) -> bool:
        """Whether it is a PDF, and no picture."""
        return self.media_type == PDF
