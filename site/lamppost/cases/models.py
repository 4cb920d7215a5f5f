"""The tables of cases: what was said, what was done about it, and what may be read of it.

Three things are kept apart: ``state`` tells where the work stands, ``outcome`` what came of it,
``visibility`` and ``moderation`` who may see it. Days are kept and no times.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..answering.models import BY_KEY, random_key
from ..db import Base
from ..pictures import Box
from .references import new_stop_mark
from .visible import CLEARED

VISIBILITIES = ("private", "summary", "words")
"""Who may see a case: nobody but its writer and staff, its cleared summary, or its words too."""

MODERATIONS = ("pending", "cleared", "redacted", "withheld")

ORIGINAL, PERSON, REVIEWED, MACHINE = "original", "person", "reviewed", "machine"
"""Who made a text: its writer, somebody who translated it, a machine that somebody has checked, or
a machine alone."""

DUPLICATE = "duplicate"
"""The outcome of a case that was joined to another, and the kind of the link that leads there."""

PARTY, PARTY_PAGE = "party", "party_page"
"""The links of a case to whom it was referred: the name, and the address of their page."""

MOST_TARGET = 200


class Case(Base):
    """Something that somebody has said, of one ``kind``.

    ``record_save`` is the save of the record that stood that day; ``receipt`` the mark of the
    receipt that opens the case. ``wish`` is how much its writer lets be published at most.
    ``held`` is why nothing of it may be deleted; empty where it may. ``moderated_by`` are the staff
    who have cleared, published or withheld anything of it, ``moderated_on`` is the day on which it
    was last published or withheld. ``claimed_until`` is the last day on which it is
    the work of whoever has taken it on. ``stop_mark`` stands in each message, and ends them.
    ``reason`` is why nothing of it is published, ``cut_for`` why parts of its words are not.
    """

    __tablename__ = "cases"
    __table_args__ = BY_KEY

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True, default=random_key)
    kind: Mapped[str] = mapped_column(String(20), index=True)
    reference: Mapped[str] = mapped_column(String(9), unique=True)
    receipt: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    opens_until: Mapped[date]
    stop_mark: Mapped[str | None] = mapped_column(
        String(12), unique=True, index=True, default=new_stop_mark
    )
    language: Mapped[str] = mapped_column(String(8))
    form: Mapped[str] = mapped_column(String(16))
    record_save: Mapped[str] = mapped_column(String(64), default="")
    received_on: Mapped[date]
    answers: Mapped[dict[str, Any] | None] = mapped_column(JSON)

    technology: Mapped[str] = mapped_column(String(80), default="", index=True)
    device: Mapped[str] = mapped_column(String(7), default="")
    place: Mapped[str] = mapped_column(String(80), default="")
    category: Mapped[str] = mapped_column(String(40), default="")

    state: Mapped[str] = mapped_column(String(24))
    outcome: Mapped[str] = mapped_column(String(24), default="")
    wish: Mapped[str] = mapped_column(String(8), default="nothing")
    visibility: Mapped[str] = mapped_column(String(8), default="private")
    moderation: Mapped[str] = mapped_column(String(10), default="pending")
    reason: Mapped[str] = mapped_column(String(40), default="")
    cut_for: Mapped[str] = mapped_column(String(40), default="", server_default="")
    moderated_on: Mapped[date | None]
    cleared_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    claimed_until: Mapped[date | None]
    held: Mapped[str] = mapped_column(String(200), default="", server_default="")
    version: Mapped[int] = mapped_column(default=1)
    moderated_by: Mapped[list[int]] = mapped_column(JSON, default=list, server_default="[]")

    messages: Mapped[list[Message]] = relationship(
        back_populates="case", cascade="all, delete-orphan", order_by="Message.number"
    )
    steps: Mapped[list[Step]] = relationship(
        back_populates="case", cascade="all, delete-orphan", order_by="Step.number"
    )
    texts: Mapped[list[PublicText]] = relationship(
        back_populates="case", cascade="all, delete-orphan"
    )
    findings: Mapped[list[Finding]] = relationship(
        back_populates="case", cascade="all, delete-orphan"
    )
    links: Mapped[list[Link]] = relationship(back_populates="case", cascade="all, delete-orphan")
    notices: Mapped[list[Notice]] = relationship(
        back_populates="case", cascade="all, delete-orphan"
    )
    files: Mapped[list[ClearedFile]] = relationship(
        back_populates="case", cascade="all, delete-orphan", order_by="ClearedFile.attachment_id"
    )
    revisions: Mapped[list[Revision]] = relationship(
        back_populates="case", cascade="all, delete-orphan", order_by="Revision.number"
    )
    appeal: Mapped[Appeal | None] = relationship(
        back_populates="case", cascade="all, delete-orphan"
    )

    def answer(self, part: str) -> str:
        """What was answered, as words; empty where nothing was, or it is erased."""
        value = (self.answers or {}).get(part, "")
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def text(self, part: str, language: str) -> PublicText | None:
        """A text for the public in a language."""
        found = (t for t in self.texts if (t.part, t.language) == (part, language))
        return next(found, None)

    @property
    def is_prepared(self) -> bool:
        """Whether something that may be read waits for a second person to publish it."""
        waits = self.visibility == "private" or any(text.waits for text in self.texts)
        return self.moderation in CLEARED and waits

    @property
    def party(self) -> str:
        """Whom it waits for, where it was referred to somebody else."""
        return self._target(PARTY)

    @property
    def party_page(self) -> str:
        """The address of their page, if one was named."""
        return self._target(PARTY_PAGE)

    def _target(self, kind: str) -> str:
        return next((link.target for link in self.links if link.kind == kind), "")

    def answered(self, moves: Collection[str]) -> Step | None:
        """The last step with one of the moves by which the City answers."""
        return next((step for step in reversed(self.steps) if step.move in moves), None)

    def file(self, attachment_id: bytes) -> ClearedFile | None:
        """What was prepared of a file for the public."""
        return next((f for f in self.files if f.attachment_id == attachment_id), None)


class Revision(Base):
    """What was answered before its writer changed it; ``on`` is the day on which it was sent."""

    __tablename__ = "case_revisions"
    __table_args__ = BY_KEY

    case_id: Mapped[bytes] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    on: Mapped[date]
    language: Mapped[str] = mapped_column(String(8))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)

    case: Mapped[Case] = relationship(back_populates="revisions")


class Step(Base):
    """A step of a case: which move was made on which day, and by what sort of person.

    It holds nothing that was said. ``staff_id`` is for four eyes alone.
    """

    __tablename__ = "case_steps"
    __table_args__ = BY_KEY

    case_id: Mapped[bytes] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    on: Mapped[date]
    move: Mapped[str] = mapped_column(String(24))
    after: Mapped[str] = mapped_column(String(24))
    by: Mapped[str] = mapped_column(String(8))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    case: Mapped[Case] = relationship(back_populates="steps")


class Message(Base):
    """Something said in a case by its writer or by staff, in one language.

    ``translates`` is the number of the message that this one says in another language, ``made``
    by whom. Its writer reads all of them.
    """

    __tablename__ = "case_messages"
    __table_args__ = BY_KEY

    case_id: Mapped[bytes] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    on: Mapped[date]
    by: Mapped[str] = mapped_column(String(8))
    move: Mapped[str] = mapped_column(String(24), default="")
    language: Mapped[str] = mapped_column(String(8))
    body: Mapped[str] = mapped_column(Text)
    translates: Mapped[int] = mapped_column(default=0)
    made: Mapped[str] = mapped_column(String(8), default=ORIGINAL)

    case: Mapped[Case] = relationship(back_populates="messages")


class Finding(Base):
    """What a reviewer found in a section of the answers; it stays at the desk.

    ``section`` is the key of the section's first question.
    """

    __tablename__ = "case_findings"
    __table_args__ = BY_KEY

    case_id: Mapped[bytes] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True
    )
    section: Mapped[str] = mapped_column(String(40), primary_key=True)
    verdict: Mapped[str] = mapped_column(String(12), default="")
    words: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[Case] = relationship(back_populates="findings")


class PublicText(Base):
    """What anybody may read of a case once it is published: a part of it in one language.

    The parts are ``summary``, ``words`` (the writer's, without what was taken out) and ``answer``:
    that which was given at the case's ``step``. One that ``waits`` for a second person stands
    beside what can be read already.
    """

    __tablename__ = "case_texts"
    __table_args__ = BY_KEY

    case_id: Mapped[bytes] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True
    )
    part: Mapped[str] = mapped_column(String(10), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    made: Mapped[str] = mapped_column(String(8))
    step: Mapped[int] = mapped_column(default=0, server_default="0")
    waits: Mapped[bool] = mapped_column(default=False, server_default=false())

    case: Mapped[Case] = relationship(back_populates="texts")


class ClearedFile(Base):
    """A photo or a PDF that was sent, as it was prepared for the public.

    ``boxes`` are the parts of a photo that are covered; of a PDF nothing is. ``alt`` holds by
    language what it shows, and who made these words. ``data`` is made when it is published; until
    then ``name``, under which anybody may have it, is empty.
    """

    __tablename__ = "case_files"
    __table_args__ = BY_KEY

    case_id: Mapped[bytes] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True
    )
    attachment_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    boxes: Mapped[list[list[float]]] = mapped_column(JSON)
    alt: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    cleared_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    # Loaded where it is asked for: each change of any case looks through all files.
    data: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    name: Mapped[str] = mapped_column(String(40), default="")
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)

    case: Mapped[Case] = relationship(back_populates="files")

    @property
    def is_covered(self) -> bool:
        """Whether anybody can see a photo of which parts are covered."""
        return bool(self.name and self.boxes)

    @property
    def covered(self) -> list[Box]:
        """The parts that are covered."""
        return [Box(*box) for box in self.boxes]


class Appeal(Base):
    """That a writer has asked for another look, once; what they said is a message.

    ``result`` is empty until somebody has decided. It ``is_open`` until what it led to is done.
    """

    __tablename__ = "case_appeals"
    __table_args__ = BY_KEY

    case_id: Mapped[bytes] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True
    )
    asked_on: Mapped[date]
    result: Mapped[str] = mapped_column(String(10), default="")
    is_open: Mapped[bool] = mapped_column(default=True)

    case: Mapped[Case] = relationship(back_populates="appeal")


class Link(Base):
    """Where a case leads: to another, to what changed, to a notice, to whom it was referred.

    ``target`` is the reference of a ``duplicate``, the save of what was ``changed``, the technology
    to which it ``led``; of a ``notice``, a ``party`` and a ``party_page`` the words. One that
    ``renews`` leads to the case before it; ``reminded`` names the day of a decision of whose end
    its writer was told.
    """

    __tablename__ = "case_links"
    __table_args__ = BY_KEY

    case_id: Mapped[bytes] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    target: Mapped[str] = mapped_column(String(MOST_TARGET), primary_key=True)

    case: Mapped[Case] = relationship(back_populates="links")


class Notice(Base):
    """A message that is to be sent, once for each ``event``; it goes when it was taken.

    ``noted_at`` is since when it waits and ``next_at`` when it is tried next (UTC), ``failed`` that
    it is tried no more.
    """

    __tablename__ = "case_notices"
    __table_args__ = BY_KEY

    case_id: Mapped[bytes] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True
    )
    event: Mapped[str] = mapped_column(String(40), primary_key=True)
    noted_at: Mapped[datetime]
    next_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    failed: Mapped[bool] = mapped_column(default=False)

    case: Mapped[Case] = relationship(back_populates="notices")


class Purged(Base):
    """How many of a ``kind`` went in a year because their time was over."""

    __tablename__ = "purged"
    __table_args__ = BY_KEY

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    number: Mapped[int]
