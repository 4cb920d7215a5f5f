"""The forms of sign-in and of accounts: Flask-Security's, in our words and slowed down."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, request
from flask_security import (
    ChangePasswordForm,
    LoginForm,
    MfRecoveryForm,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
    WebAuthnRegisterForm,
    WebAuthnSigninForm,
    WebAuthnSigninResponseForm,
)
from flask_wtf import FlaskForm
from wtforms import (
    EmailField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import Email, EqualTo, InputRequired, Length
from wtforms.widgets import CheckboxInput

from ..i18n import gettext as _
from ..i18n import lazy_gettext as _l
from ..i18n import ngettext
from .clock import now
from .roles import ROLES
from .throttle import Throttle

SHORTEST_PASSWORD = 12


class _Slowed:
    """A form that takes no more tries than the throttle lets pass."""

    def validate(self, **given: Any) -> bool:
        throttle: Throttle = current_app.extensions["throttle"]
        whose = self._whose()
        address = request.remote_addr or ""
        minutes = throttle.wait(whose, address, now())
        if minutes:
            words = ngettext(
                "Too many tries. Try again in %(num)s minute, or use a passkey.",
                "Too many tries. Try again in %(num)s minutes, or use a passkey.",
                minutes,
            )
            flash(words, "error")
            return False
        right = bool(super().validate(**given))  # type: ignore[misc]
        (throttle.passed if right else throttle.failed)(whose, address, now())
        return right

    def _whose(self) -> str:
        """Whose password or code is tried."""
        kind = type(self).__name__
        return f"{kind}:{self.user.id}"  # type: ignore[attr-defined]


class SignInForm(_Slowed, LoginForm):
    """Address and password."""

    remember = None  # type: ignore[assignment]  # nobody is remembered beyond a visit

    def __init__(self, *sent: Any, **given: Any) -> None:
        super().__init__(*sent, **given)
        self.email.label.text, self.password.label.text = _("E-mail address"), _("Password")

    def _whose(self) -> str:
        return self.email.data or ""

    def validate(self, **given: Any) -> bool:
        """As Flask-Security does; but whoever has a passkey for a second factor has to use it."""
        if not super().validate(**given):
            return False
        user: Any = self.user
        if user.needs_second_factor and user.webauthn and not user.tf_totp_secret:
            flash(_("Your account signs in with its passkey. Use the button below."), "error")
            return False
        return True


class AgainForm(_Slowed, VerifyForm):
    """The password once more."""

    def __init__(self, *sent: Any, **given: Any) -> None:
        super().__init__(*sent, **given)
        self.password.label.text = _("Password")


class CodeForm(_Slowed, TwoFactorVerifyCodeForm):
    """A code of the app."""

    def __init__(self, *sent: Any, **given: Any) -> None:
        super().__init__(*sent, **given)
        self.code.label.text = _("Code")
        self.code.description = _("Six digits that the app shows")
        self.code.flags.required = True


class RecoveryForm(_Slowed, MfRecoveryForm):
    """A recovery code."""

    def __init__(self, *sent: Any, **given: Any) -> None:
        super().__init__(*sent, **given)
        self.code.label.text = _("Recovery code")
        self.code.flags.required = True


class NewPasswordForm(ChangePasswordForm):
    """The old password and a new one."""

    def __init__(self, *sent: Any, **given: Any) -> None:
        super().__init__(*sent, **given)
        self.password.label.text = _("Old password")
        self.password.flags.required = True
        self.new_password.label.text = _("New password")
        self.new_password.description = _("At least 12 characters")
        self.new_password_confirm.label.text = _("New password, once more")


class PasskeyForm(WebAuthnRegisterForm):
    """The name of a new passkey."""

    usage = HiddenField()  # type: ignore[assignment]

    def __init__(self, *sent: Any, **given: Any) -> None:
        super().__init__(*sent, **given)
        self.name.label.text = _("Name of the passkey")
        self.name.description = _("So that you know it again: “Work phone”")
        self.usage.data = "first"  # two factors in one, never the second of others


class AppForm(TwoFactorSetupForm):
    """Set up the app that shows codes, or remove it."""

    setup = HiddenField()  # type: ignore[assignment]


class RescueForm(TwoFactorRescueForm):
    """Flask-Security's list of ways out; the page names the one there is."""

    help_setup = RadioField(choices=[])


class PasskeySignInForm(WebAuthnSigninForm):
    """Nothing to fill in; and nobody is remembered beyond a visit."""

    def validate(self, **given: Any) -> bool:
        """As Flask-Security does."""
        self.remember.data = False
        return bool(super().validate(**given))


class PasskeyAnswerForm(WebAuthnSigninResponseForm):
    """What the passkey answers."""

    def validate(self, **given: Any) -> bool:
        """As Flask-Security does."""
        self.remember.data = ""
        return bool(super().validate(**given))


class InvitationForm(FlaskForm):
    """The first password of an account."""

    way = HiddenField(default="password")
    password = PasswordField(
        _l("Password"),
        [
            InputRequired(_l("Enter a password.")),
            Length(SHORTEST_PASSWORD, 200, _l("Use at least 12 characters.")),
        ],
        description=_l("At least 12 characters"),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("Password, once more"),
        [
            InputRequired(_l("Enter a password.")),
            EqualTo("password", _l("The two passwords differ.")),
        ],
        render_kw={"autocomplete": "new-password"},
    )


class RolesForm(FlaskForm):
    """The roles of somebody."""

    roles = SelectMultipleField(
        _l("Roles"), [InputRequired(_l("Choose at least one role."))], option_widget=CheckboxInput()
    )

    def __init__(self, *sent: Any, **given: Any) -> None:
        super().__init__(*sent, **given)
        self.roles.choices = [SelectChoice(value=id_, label=str(t)) for id_, t in ROLES.items()]


class InviteForm(RolesForm):
    """Somebody new."""

    email = EmailField(
        _l("E-mail address"),
        [
            InputRequired(_l("Enter an e-mail address.")),
            Length(max=255),
            Email(_l("Enter an e-mail address.")),
        ],
        render_kw={"autocomplete": "off"},  # it is somebody else's
    )
    name = StringField(
        _l("Name"),
        [InputRequired(_l("Enter a name.")), Length(max=120)],
        render_kw={"autocomplete": "off"},
    )


class PlainForm(FlaskForm):
    """A button and the token against forged requests."""
