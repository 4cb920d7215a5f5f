"""Accounts of staff: found, made, changed and closed. Each change stands in the audit log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

from flask import Flask, current_app
from flask_security import hash_password
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select

from ..db import sessions
from . import audit
from .clock import now
from .models import Role, Staff, new_mark
from .roles import ROLES

VALID = timedelta(days=7)
"""How long an invitation may be used."""


def init_app(app: Flask, key: str) -> None:
    """Let the app sign invitations with ``key``."""
    app.extensions["invitations"] = URLSafeSerializer(key, "invitation")


def staff_by_email(email: str) -> Staff | None:
    """The account with this address, if there is one; capitals do not matter."""
    return sessions().scalar(select(Staff).where(Staff.email == email.strip().lower()))


def staff_numbered(number: int) -> Staff | None:
    """The account with this number."""
    return sessions().get(Staff, number)


def all_staff() -> list[Staff]:
    """Every account by name, those that were closed last."""
    return list(sessions().scalars(select(Staff).order_by(Staff.active.desc(), Staff.name)))


def add_staff(email: str, *, name: str, roles: Iterable[str]) -> Staff:
    """Make an account that nobody can sign in to yet, and save it.

    Raises ``ValueError`` for a role that is in no table, or an address that has an account.
    """
    _check(roles)
    if staff_by_email(email):
        raise ValueError(f"{email} has an account already")
    staff = Staff(email=email.strip().lower(), name=name.strip(), roles=roles_named(roles))
    sessions().add(staff)
    audit.log("invite", f"{staff.email}: {', '.join(sorted(staff.role_names))}")
    return staff


def roles_named(names: Iterable[str]) -> list[Role]:
    """The rows of these roles; one that nobody had so far is made."""
    session = sessions()
    held = {role.name: role for role in session.scalars(select(Role))}
    return [held.get(name) or Role(name=name) for name in dict.fromkeys(names)]


def _check(roles: Iterable[str]) -> None:
    unknown = set(roles) - set(ROLES)
    if unknown:
        raise ValueError(f"no such role: {', '.join(sorted(unknown))}")


def give_roles(staff: Staff, roles: Iterable[str]) -> None:
    """Give somebody these roles instead of theirs. Where they are signed in, they no longer are.

    Raises ``ValueError`` for an unknown role, and when no administrator would be left.
    """
    _check(roles)
    if "administrator" not in set(roles):
        _keep_an_administrator(staff)
    before = ", ".join(sorted(staff.role_names))
    staff.roles = roles_named(roles)
    staff.fs_uniquifier = new_mark()
    audit.log("change roles", f"{staff.email}: {before} > {', '.join(sorted(staff.role_names))}")


def close(staff: Staff) -> None:
    """Let somebody sign in no more; their name stays where it stands in the record.

    Raises ``ValueError`` when no administrator would be left.
    """
    _keep_an_administrator(staff)
    _forget_factors(staff)
    staff.active = False
    audit.log("close account", staff.email)


def _keep_an_administrator(staff: Staff) -> None:
    others = (one for one in all_staff() if one.active and one.id != staff.id)
    if "administrator" in staff.role_names and not any(
        "administrator" in one.role_names for one in others
    ):
        raise ValueError("the last administrator stays")


def _forget_factors(staff: Staff) -> None:
    staff.password = staff.tf_primary_method = staff.tf_totp_secret = None
    staff.mf_recovery_codes = None
    staff.webauthn.clear()
    staff.fs_uniquifier = new_mark()


def invitation(staff: Staff) -> str:
    """The token of a link by which they set up how they sign in; links from before end."""
    staff.fs_uniquifier = new_mark()
    audit.log("make a link", staff.email)
    until = int((now() + VALID).timestamp())
    signer: URLSafeSerializer = current_app.extensions["invitations"]
    return str(signer.dumps([staff.id, _digest(staff), until]))


def invited(token: str) -> Staff | None:
    """Whose link this is; None when it was used, is too old, or is none of ours."""
    signer: URLSafeSerializer = current_app.extensions["invitations"]
    try:
        number, digest, until = signer.loads(token)
    except (BadSignature, ValueError):
        return None
    staff = sessions().get(Staff, number)
    fits = staff and _digest(staff) == digest and now().timestamp() < until
    return staff if fits else None


def accept(staff: Staff, password: str = "") -> None:
    """Use the link up: the account is open, with this password alone, if any."""
    _forget_factors(staff)
    staff.active = True
    staff.password = hash_password(password) if password else None
    sessions().commit()


def _digest(staff: Staff) -> str:
    return sha256(staff.fs_uniquifier.encode()).hexdigest()[:32]
