"""A visit to the desk: from sign-in to sign-out. It ends by itself, idle or at last."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask, Request, abort, flash, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_login import user_logged_in
from werkzeug.wrappers import Response

from ..config import Config
from ..i18n import gettext as _
from .clock import now

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
OFF = "off"


def init_app(app: Flask, config: Config) -> None:
    """Let visits end, and let the desk be found only where it is."""

    @app.before_request
    def be_there() -> None:
        if at_the_desk() and config.desk and config.desk != request.host.partition(":")[0]:
            abort(404)

    app.session_interface = Visits()
    app.before_request(_end_when_over)
    app.after_request(_keep_nothing)
    user_logged_in.connect(_begin, app)


class Visits(SecureCookieSessionInterface):
    """Sessions at the desk alone: elsewhere nothing asks for a cookie, not even to look."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The visit, or nothing that can be written to."""
        return super().open_session(app, request) if at_the_desk() else self.make_null_session(app)


def at_the_desk() -> bool:
    """Whether this request asks for the desk."""
    return request.path.lstrip("/").split("/")[1:2] == ["desk"]


def _begin(_app: Flask, **_told: Any) -> None:
    session["began"] = session["seen"] = int(now().timestamp())


def _end_when_over() -> None:
    if not at_the_desk() or "_user_id" not in session:
        return
    time = int(now().timestamp())
    idle, all_along = time - session.get("seen", 0), time - session.get("began", 0)
    if idle > IDLE.total_seconds() or all_along > LONGEST.total_seconds():
        session.clear()
        flash(_("You were signed out because some time has passed. Sign in again."), "info")
    else:
        session["seen"] = time


def _keep_nothing(response: Response) -> Response:
    """Let no browser or proxy keep a page of the desk."""
    if at_the_desk():
        response.headers["Cache-Control"] = "no-store"
    return response
