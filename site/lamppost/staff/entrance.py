"""The way into the desk: signing in with a second factor, and the pages of one's own account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from flask_login import current_user, user_logged_in
from flask_login.utils import _user_context_processor
from flask_security import Security, SQLAlchemySessionUserDatastore
from werkzeug.middleware.proxy_fix import ProxyFix

from .. import db
from ..config import TRANSLATIONS, Config
from ..i18n import speech
from ..urls import speaks
from . import (
    account,
    accounts,
    audit,
    audits,
    desk,
    factors,
    forms,
    invitation,
    people,
    visits,
    waiting,
    words,
)
from .gate import csrf, i_may, menu
from .models import Passkey, Role, Staff
from .throttle import Throttle

SETTINGS: dict[str, Any] = {
    "SECURITY_URL_PREFIX": "/<language:language>/desk",
    "SECURITY_LOGIN_URL": "/sign-in/",
    "SECURITY_LOGOUT_URL": "/sign-out/",
    "SECURITY_VERIFY_URL": "/again/",
    "SECURITY_CHANGE_URL": "/password/",
    "SECURITY_TWO_FACTOR_SETUP_URL": "/codes/",
    "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/code/",
    "SECURITY_TWO_FACTOR_RESCUE_URL": "/rescue/",
    "SECURITY_TWO_FACTOR_SELECT_URL": "/second/",
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": "/recovery-codes/",
    "SECURITY_MULTI_FACTOR_RECOVERY_URL": "/recovery/",
    "SECURITY_WAN_REGISTER_URL": "/passkeys/",
    "SECURITY_WAN_DELETE_URL": "/passkeys/remove/",
    "SECURITY_WAN_SIGNIN_URL": "/passkey/",
    "SECURITY_WAN_VERIFY_URL": "/again/passkey/",
    "SECURITY_POST_LOGIN_VIEW": "staff.desk",
    "SECURITY_POST_LOGOUT_VIEW": "security.login",
    "SECURITY_POST_CHANGE_VIEW": "account.account",
    "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "security.mf_recovery_codes",
    "SECURITY_WAN_POST_REGISTER_VIEW": "account.account",
    "SECURITY_LOGOUT_CSRF": True,
    "SECURITY_SEND_REGISTER_EMAIL": False,
    "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
    "SECURITY_CHANGEABLE": True,
    "SECURITY_PASSWORD_LENGTH_MIN": forms.SHORTEST_PASSWORD,
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_TWO_FACTOR": True,
    "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
    "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
    "SECURITY_TWO_FACTOR_ALWAYS_VALIDATE": True,
    "SECURITY_TWO_FACTOR_IMPLEMENTATIONS": {"code": "flask_security.twofactor.CodeTfPlugin"},
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": 8,
    "SECURITY_WEBAUTHN": True,
    "SECURITY_WAN_ALLOW_USER_HINTS": False,
    "SECURITY_FRESHNESS": timedelta(hours=1),
    "SECURITY_FRESHNESS_GRACE_PERIOD": timedelta(minutes=10),
    "SECURITY_API_ENABLED_METHODS": ["session"],
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_FLASH_MESSAGES": True,
    "SECURITY_I18N_DOMAIN": "messages",
    "SECURITY_I18N_DIRNAME": str(TRANSLATIONS),
    "WTF_CSRF_CHECK_DEFAULT": False,  # the gate checks at the desk; the reading face has no form
    "WTF_CSRF_TIME_LIMIT": None,  # as long as the visit
    "SESSION_COOKIE_NAME": "__Host-desk",
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_PATH": "/",
    **words.SETTINGS,
}


def init_app(app: Flask, config: Config) -> None:
    """Register the desk's own pages and the way in."""
    app.config.update(SETTINGS)
    app.secret_key = config.secret_key()
    app.config["SECURITY_PASSWORD_SALT"] = config.secret_key("password salt")
    app.config["SECURITY_TOTP_SECRETS"] = {"1": config.secret_key("codes")}
    app.config["SECURITY_TOTP_ISSUER"] = app.config["SECURITY_WAN_RP_NAME"] = "Lamppost"
    if config.proxies:
        count = config.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, count, count, count)  # type: ignore[method-assign]
    db.init_app(app, config.database_url)
    accounts.init_app(app, config.secret_key("invitations"))
    app.extensions["throttle"] = Throttle()
    csrf.init_app(app)
    visits.init_app(app, config)
    _secure(app)
    app.jinja_env.globals.update(i_may=i_may, desk_entries=menu)
    waiting.init_app(app)
    user_logged_in.connect(_tell, app)

    @app.url_defaults
    def in_this_language(endpoint: str, values: dict[str, Any]) -> None:
        # Flask-Security builds its own addresses and knows of no languages.
        if "language" not in values and speaks(endpoint):
            values["language"] = speech().code

    for module in (desk, account, people, audits, invitation):
        app.register_blueprint(module.blueprint)


class _Security(Security):
    def _check_modules(self, module: str, config_name: str) -> object:
        # It asks for the package qrcode, though ``factors.Codes`` draws with another one.
        return module == "qrcode" or super()._check_modules(module, config_name)  # type: ignore[no-untyped-call]


def _secure(app: Flask) -> None:
    store = SQLAlchemySessionUserDatastore(app.extensions["sessions"], Staff, Role, Passkey)
    security = _Security(
        app,
        store,
        login_form=forms.SignInForm,
        verify_form=forms.AgainForm,
        change_password_form=forms.NewPasswordForm,
        two_factor_verify_code_form=forms.CodeForm,
        two_factor_setup_form=forms.AppForm,
        two_factor_rescue_form=forms.RescueForm,
        mf_recovery_form=forms.RecoveryForm,
        wan_register_form=forms.PasskeyForm,
        wan_signin_form=forms.PasskeySignInForm,
        wan_signin_response_form=forms.PasskeyAnswerForm,
        totp_cls=factors.Codes,
        webauthn_util_cls=factors.Passkeys,
        mf_recovery_codes_util_cls=factors.RecoveryCodes,
    )
    security.want_json(lambda _request: False)
    # Both would find out at every page of the site who somebody is, and only the desk asks.
    security.principal.identity_loaders.clear()
    app.template_context_processors[None].remove(_user_context_processor)
    app.jinja_env.globals["current_user"] = current_user


def _tell(app: Flask, **_told: Any) -> None:
    audit.log("sign in", "")
    audit.clear(app.extensions["config"].audit_days)
