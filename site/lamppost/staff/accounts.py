"""Accounts of staff: found, and made by those who may invite."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from ..db import sessions
from .models import Role, Staff
from .roles import ROLES


def staff_by_email(email: str) -> Staff | None:
    """The account with this address, if there is one; capitals do not matter."""
    return sessions().scalar(select(Staff).where(Staff.email == email.strip().lower()))


def add_staff(email: str, *, name: str, roles: Iterable[str]) -> Staff:
    """Make an account that nobody can sign in to yet, and save it.

    Raises ``ValueError`` for a role that is in no table, or an address that has an account.
    """
    unknown = set(roles) - set(ROLES)
    if unknown:
        raise ValueError(f"no such role: {', '.join(sorted(unknown))}")
    if staff_by_email(email):
        raise ValueError(f"{email} has an account already")
    session = sessions()
    staff = Staff(email=email.strip().lower(), name=name.strip(), roles=roles_named(roles))
    session.add(staff)
    session.commit()
    return staff


def roles_named(names: Iterable[str]) -> list[Role]:
    """The rows of these roles; one that nobody had so far is made."""
    session = sessions()
    held = {role.name: role for role in session.scalars(select(Role))}
    return [held.get(name) or Role(name=name) for name in dict.fromkeys(names)]
