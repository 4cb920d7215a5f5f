"""Accounts of staff. No address of a network, no time of a sign-in is kept here."""

from __future__ import annotations

import secrets
from datetime import datetime

from flask_security import AsaList, RoleMixin, UserMixin, WebAuthnMixin
from sqlalchemy import ForeignKey, LargeBinary, String, Text, func
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from ..db import Base
from .roles import NEED_SECOND_FACTOR


def new_mark() -> str:
    """A mark by which sessions and links know an account: with a new one, the old ones end."""
    return secrets.token_hex(32)


class Staff(Base, UserMixin):
    """Somebody who may sign in at the desk."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    active: Mapped[bool] = mapped_column(default=True)
    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment]
        secondary="staff_roles", lazy="selectin"
    )

    # how they sign in; the names are Flask-Security's
    password: Mapped[str | None] = mapped_column(String(255))
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=new_mark)
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(  # type: ignore[assignment]
        String(64), unique=True
    )
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    webauthn: Mapped[list[Passkey]] = relationship(  # type: ignore[assignment]
        back_populates="user", cascade="all, delete-orphan"
    )

    @property
    def role_names(self) -> frozenset[str]:
        """The ids of the roles, as ``staff.roles`` lists them."""
        return frozenset(role.name for role in self.roles)

    @property
    def needs_second_factor(self) -> bool:
        """Whether a role asks for more than a password."""
        return bool(self.role_names & NEED_SECOND_FACTOR)

    @property
    def has_second_factor(self) -> bool:
        """Whether there is a passkey, which is two factors in one, or an app that shows codes."""
        return bool(self.webauthn or self.tf_totp_secret)

    def check_tf_required_setup(self) -> bool:
        """Whether Flask-Security lets nobody take the second factor away."""
        return self.needs_second_factor


class Role(Base, RoleMixin):
    """A role that somebody has; what it may do stands in ``staff/roles.py``."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)

    permissions = None  # Flask-Security's own; ours stand in one table of the code


class HasRole(Base):
    """That somebody has a role."""

    __tablename__ = "staff_roles"

    staff_id: Mapped[int] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True
    )
    role_id: Mapped[int] = mapped_column(ForeignKey("role.id"), primary_key=True)


class Passkey(Base, WebAuthnMixin):
    """A passkey of somebody; the names are Flask-Security's."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    usage: Mapped[str] = mapped_column(String(64))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int | None] = mapped_column(default=0)  # type: ignore[assignment]
    transports: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    backup_state: Mapped[bool]
    device_type: Mapped[str] = mapped_column(String(64))
    extensions: Mapped[str | None] = mapped_column(String(255))
    lastuse_datetime: Mapped[datetime] = mapped_column(server_default=func.current_date())
    user_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    user: Mapped[Staff] = relationship(back_populates="webauthn")

    @validates("lastuse_datetime")
    def _only_the_day(self, _name: str, used: datetime) -> datetime:
        # Flask-Security wants to keep the second.
        return datetime.combine(used.date(), datetime.min.time())


class AuditEntry(Base):
    """What somebody did at the desk; a trigger of the database forbids to change or delete it.

    ``at`` is in UTC, to the minute. ``name`` is the name as it was then, and ``before`` the seal
    of the entry before, so that none can be taken out unseen.
    """

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    staff_id: Mapped[int | None]
    name: Mapped[str] = mapped_column(String(120))
    deed: Mapped[str] = mapped_column(String(60))
    what: Mapped[str] = mapped_column(Text)
    before: Mapped[str] = mapped_column(String(64), unique=True)
    seal: Mapped[str] = mapped_column(String(64))
