"""Drafts of briefs. What is published is a file of the record, and its draft is gone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, TypeDecorator
from sqlalchemy import Text as LongText
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import Base
from ..staff.models import Staff
from ..text import SOURCE_LANGUAGE

DAY = "a day"
"""Under which name JSON, which has no dates, holds one."""


class Values(TypeDecorator[Any]):
    """Values as a file of the record holds them, dates among them."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> Any:
        """As JSON can hold it."""
        return _packed(value)

    def process_result_value(self, value: Any, _dialect: Dialect) -> Any:
        """As it was."""
        return _unpacked(value)


def _packed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _packed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_packed(inner) for inner in value]
    return {DAY: value.isoformat()} if isinstance(value, date) else value


def _unpacked(value: Any) -> Any:
    if isinstance(value, list):
        return [_unpacked(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    if list(value) == [DAY]:
        return date.fromisoformat(value[DAY])
    return {key: _unpacked(inner) for key, inner in value.items()}


class Draft(Base):
    """A brief that is being written, new or a new version of one that is published.

    ``brief`` is the id under which it is or will be published. ``facts`` holds values of
    ``brief.yaml`` as the file would, None for one that is taken out: only what was edited at the
    desk, all else stays in the file. ``sources`` holds those that it adds to the record, by id.
    ``seen`` holds the marks of the brief's files as they were when the draft began. ``version``
    counts the saves of what :data:`~.begin.FACTS` names.
    """

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    brief: Mapped[str] = mapped_column(String(60), unique=True)
    state: Mapped[str] = mapped_column(String(20), default="draft")
    begun_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    begun_at: Mapped[datetime]

    # what it will hold
    facts: Mapped[dict[str, Any]] = mapped_column(Values, default=dict)
    sources: Mapped[dict[str, dict[str, Any]]] = mapped_column(Values, default=dict)
    version: Mapped[int] = mapped_column(default=0)
    changed_by: Mapped[str] = mapped_column(String(120), default="")
    seen: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    texts: Mapped[list[DraftText]] = relationship(
        back_populates="draft", cascade="all, delete-orphan"
    )

    pictures: Mapped[list[DraftPicture]] = relationship(
        cascade="all, delete-orphan", order_by="DraftPicture.name"
    )

    # what was said about it on its way
    remarks: Mapped[str] = mapped_column(LongText, default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    due_on: Mapped[date | None]

    author: Mapped[Staff] = relationship()
    writers: Mapped[list[Staff]] = relationship(secondary="draft_writer", viewonly=True)

    def text_in(self, language: str) -> DraftText | None:
        """The text in one language, if it was begun."""
        return next((text for text in self.texts if text.language == language), None)

    @property
    def source(self) -> DraftText | None:
        """The English text, from which others come."""
        return self.text_in(SOURCE_LANGUAGE)

    @property
    def title(self) -> str:
        """What the draft is called in lists."""
        return (self.source.title if self.source else "") or self.brief


class DraftText(Base):
    """The text of a draft in one language.

    ``made`` says how it was made, as the file's ``provenance`` does. ``source`` is the English
    (title, summary, body) that a translation follows; None where that is not known. ``version``
    counts the saves.
    """

    __tablename__ = "draft_text"

    draft_id: Mapped[int] = mapped_column(
        ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(String(20), primary_key=True)
    title: Mapped[str] = mapped_column(String(300), default="")
    summary: Mapped[str] = mapped_column(LongText, default="")
    body: Mapped[str] = mapped_column(LongText, default="")
    made: Mapped[Any] = mapped_column(JSON, default="human")
    source: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    version: Mapped[int] = mapped_column(default=0)
    changed_by: Mapped[str] = mapped_column(String(120), default="")
    draft: Mapped[Draft] = relationship(back_populates="texts")

    @property
    def words(self) -> dict[str, str]:
        """The words, by what they are."""
        return {"title": self.title, "summary": self.summary, "body": self.body}

    @property
    def is_current(self) -> bool:
        """Whether it is the English, or follows the English as it is now."""
        source = self.draft.source
        return self.language == SOURCE_LANGUAGE or (
            source is not None and self.source == source.words
        )


class DraftPicture(Base):
    """A picture that a draft adds, ready to be published; ``name`` is its id in the brief."""

    __tablename__ = "draft_picture"

    draft_id: Mapped[int] = mapped_column(
        ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    file: Mapped[str] = mapped_column(String(80))
    alt: Mapped[dict[str, Any]] = mapped_column(Values)
    caption: Mapped[dict[str, Any]] = mapped_column(Values)
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class DraftWriter(Base):
    """That somebody has written at a draft: they may not approve it."""

    __tablename__ = "draft_writer"

    draft_id: Mapped[int] = mapped_column(
        ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True
    )
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)


class DraftVisit(Base):
    """That somebody has a part of a draft open (a language, or ``facts``); forgotten in minutes."""

    __tablename__ = "draft_visit"

    draft_id: Mapped[int] = mapped_column(
        ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True
    )
    part: Mapped[str] = mapped_column(String(20), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    since: Mapped[datetime]
    seen_at: Mapped[datetime]
    staff: Mapped[Staff] = relationship(lazy="joined")
