"""Signed marks: each page of a form carries one, which tells whose it is and when it was opened."""

from __future__ import annotations

from functools import cache

from flask import current_app
from itsdangerous import BadSignature, SignatureExpired, TimestampSigner

from ..config import Config
from ..staff.clock import now


class _Signer(TimestampSigner):
    """Signs with the time of the site's own clock."""

    def get_timestamp(self) -> int:
        """Seconds since 1970."""
        return int(now().timestamp())


@cache
def _signer(key: str) -> _Signer:
    return _Signer(key, salt="form")


def _here() -> _Signer:
    config: Config = current_app.extensions["config"]
    return _signer(config.secret_key("survey forms"))


def mark_of(form: str, receipt: str) -> str:
    """The mark of a page of the form with this key that is opened now."""
    words = f"{form} {receipt}"
    return _here().sign(words).decode().removeprefix(f"{words}.")


def opened(form: str, receipt: str, mark: str, most: int | None) -> int:
    """When the page was opened that bears this mark, in seconds since 1970; 0 where none of ours.

    Raises :class:`~itsdangerous.SignatureExpired` when that was more than ``most`` seconds ago.
    """
    words = f"{form} {receipt}"
    try:
        found, moment = _here().unsign(f"{words}.{mark}", max_age=most, return_timestamp=True)
    except SignatureExpired:
        raise
    except BadSignature:
        return 0
    return int(moment.timestamp()) if found == words.encode() else 0
