"""The people of the desk: their accounts, their roles, and the gate that they pass."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_security import Security, SQLAlchemySessionUserDatastore

from .. import db
from ..config import Config
from ..i18n import speech
from ..urls import speaks
from . import desk, waiting
from .gate import i_may, menu
from .models import Passkey, Role, Staff

SETTINGS: dict[str, Any] = {
    "SECURITY_URL_PREFIX": "/<language:language>/desk",
    "SECURITY_LOGIN_URL": "/sign-in/",
    "SECURITY_LOGOUT_URL": "/sign-out/",
    "SECURITY_POST_LOGIN_VIEW": "staff.desk",
    "SECURITY_POST_LOGOUT_VIEW": "security.login",
    "SECURITY_SEND_REGISTER_EMAIL": False,
    "SECURITY_PASSWORD_LENGTH_MIN": 12,
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_FLASH_MESSAGES": True,
    "SESSION_COOKIE_NAME": "__Host-desk",
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_PATH": "/",
}


def init_app(app: Flask, config: Config) -> None:
    """Register the desk's own pages and the way in."""
    app.config.update(SETTINGS)
    app.secret_key = config.secret_key()
    app.config["SECURITY_PASSWORD_SALT"] = config.secret_key("password salt")
    db.init_app(app, config.database_url)
    store = SQLAlchemySessionUserDatastore(app.extensions["sessions"], Staff, Role, Passkey)
    Security(app, store)
    app.jinja_env.globals.update(i_may=i_may, desk_entries=menu)
    waiting.init_app(app)

    @app.url_defaults
    def in_this_language(endpoint: str, values: dict[str, Any]) -> None:
        # Flask-Security builds its own addresses and knows of no languages.
        if endpoint.startswith("security.") and "language" not in values and speaks(endpoint):
            values["language"] = speech().code

    app.register_blueprint(desk.blueprint)
