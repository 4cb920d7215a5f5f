"""What Flask-Security says, in our words; it looks each up in our catalogs when it speaks."""

from __future__ import annotations


def _(words: str) -> str:
    return words


_START_AGAIN = _("That took too long, or was interrupted. Start again.")
_NO_PASSKEY = _("The passkey did not work. Try again, or sign in another way.")
_WRONG_CODE = _("This code is wrong or used up. Enter the newest one.")
_WRONG_PASSWORD = _("The e-mail address or the password is wrong.")

ERRORS = {
    "API_ERROR": _START_AGAIN,
    "ANONYMOUS_USER_REQUIRED": _("You are signed in already."),
    "DISABLED_ACCOUNT": _WRONG_PASSWORD,
    "EMAIL_NOT_PROVIDED": _("Enter your e-mail address."),
    "GENERIC_AUTHN_FAILED": _WRONG_PASSWORD,
    "INVALID_EMAIL_ADDRESS": _WRONG_PASSWORD,
    "INVALID_INPUT": _START_AGAIN,
    "INVALID_PASSWORD": _("The password is wrong."),
    "INVALID_RECOVERY_CODE": _("This recovery code is wrong or used up."),
    "PASSWORD_INVALID_LENGTH": _("Use at least %(length)s characters."),
    "PASSWORD_IS_THE_SAME": _("The new password must differ from the old one."),
    "PASSWORD_NOT_PROVIDED": _("Enter a password."),
    "PASSWORD_TOO_SIMPLE": _("This password is easy to guess. Choose another one."),
    "REAUTHENTICATION_REQUIRED": _("Show once more that it is you."),
    "RETYPE_PASSWORD_MISMATCH": _("The two passwords differ."),
    "TWO_FACTOR_INVALID_TOKEN": _WRONG_CODE,
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": _START_AGAIN,
    "TWO_FACTOR_PERMISSION_DENIED": _START_AGAIN,
    "TWO_FACTOR_SETUP_EXPIRED": _START_AGAIN,
    "UNAUTHENTICATED": _("Sign in to see this page."),
    "UNAUTHORIZED": _("Your roles do not allow this."),
    "USER_DOES_NOT_EXIST": _WRONG_PASSWORD,
    "WEBAUTHN_CREDENTIAL_ID_INUSE": _("This passkey is registered already."),
    "WEBAUTHN_CREDENTIAL_WRONG_USAGE": _NO_PASSKEY,
    "WEBAUTHN_EXPIRED": _START_AGAIN,
    "WEBAUTHN_MISMATCH_USER_HANDLE": _NO_PASSKEY,
    "WEBAUTHN_NAME_DISALLOWED_CHARACTERS": _("Use letters, numbers and spaces only."),
    "WEBAUTHN_NAME_INUSE": _("You have a passkey of this name already."),
    "WEBAUTHN_NAME_NOT_FOUND": _("You have no passkey of this name."),
    "WEBAUTHN_NAME_REQUIRED": _("Give the passkey a name."),
    "WEBAUTHN_NO_VERIFY": _NO_PASSKEY,
    "WEBAUTHN_ORPHAN_CREDENTIAL_ID": _NO_PASSKEY,
    "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": _NO_PASSKEY,
}
NEWS = {
    "PASSWORD_CHANGE": _("Your password was changed."),
    "REAUTHENTICATION_SUCCESSFUL": _("Thank you. You can go on."),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": _("The app that shows codes is set up."),
    "TWO_FACTOR_DISABLED": _("The app that shows codes was removed."),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": _("You are signed in."),
    "WEBAUTHN_CREDENTIAL_DELETED": _("The passkey was removed."),
    "WEBAUTHN_REGISTER_SUCCESSFUL": _("The passkey was added."),
}
SETTINGS = {
    **{f"SECURITY_MSG_{name}": (words, "error") for name, words in ERRORS.items()},
    **{f"SECURITY_MSG_{name}": (words, "info") for name, words in NEWS.items()},
}
