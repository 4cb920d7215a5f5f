"""The factors of sign-in as this desk wants them, by the hooks that Flask-Security gives."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from flask import current_app
from flask_security import MfRecoveryCodesUtil, Totp, WebauthnUtil
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from ..registry.wording import qr
from .models import Staff


class Passkeys(WebauthnUtil):
    """A passkey is two factors in one: it is on the device, and asks who is there."""

    def authenticator_selection(self, user: Any, usage: str) -> AuthenticatorSelectionCriteria:
        """Any device that finds the account by itself and asks for a PIN, a finger or a face."""
        del user, usage
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        )

    def user_verification(self, user: Any, usage: list[str]) -> UserVerificationRequirement:
        """Always."""
        del user, usage
        return UserVerificationRequirement.REQUIRED


class Codes(Totp):
    """Codes of an app; each counts once. When it was used is kept in memory alone."""

    def __init__(self, *settings: Any) -> None:
        super().__init__(*settings)
        self._counters: dict[int, int] = {}

    def generate_qrcode(self, username: str, totp: str) -> str:
        """The address for the app as a QR code, inline SVG."""
        return qr(self.get_totp_uri(username, totp))

    def get_last_counter(self, user: Any) -> int | None:
        """The counter of the last code that was taken."""
        return self._counters.get(user.id)

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        """Remember the counter of a code that was taken."""
        self._counters[user.id] = tmatch.counter


class RecoveryCodes(MfRecoveryCodesUtil):
    """Recovery codes are shown once: what is kept is a keyed hash of each."""

    def _encrypt_codes(self, codes: list[str]) -> list[str]:
        return [_kept(code) for code in codes]

    def get_recovery_codes(self, user: Any) -> list[str]:
        """None: they cannot be shown again."""
        del user
        return []

    def check_recovery_code(self, user: Staff, code: str) -> bool:  # type: ignore[override]
        """Whether this code is one of theirs and was not used."""
        return _kept(code) in (user.mf_recovery_codes or [])

    def delete_recovery_code(self, user: Staff, code: str) -> bool:  # type: ignore[override]
        """Take a code that was used away."""
        kept = [one for one in user.mf_recovery_codes or [] if one != _kept(code)]
        user.mf_recovery_codes = kept
        return True


def _kept(code: str) -> str:
    bare = "".join(filter(str.isalnum, code)).lower()
    key = str(current_app.secret_key).encode()[:64]
    return blake2b(bare.encode(), key=key, digest_size=24).hexdigest()
