"""What only a live host can do: the sending face, the desk, and finding a code however typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, redirect, render_template, request
from werkzeug.exceptions import NotFound, RequestEntityTooLarge
from werkzeug.wrappers import Response

from . import devices, drafts, publishing, remote, sending, staff, styles, urls
from .assessments import desk as assessments_desk
from .assessments import taking
from .assessments import waiting as assessments_waiting
from .cases import desk as cases_desk
from .cases import moderating
from .cases import queue as cases_queue
from .cases import waiting as cases_waiting
from .config import Config
from .drafts import waiting as drafts_waiting
from .entries import desk as entries_desk
from .open311 import views as open311
from .pages import waiting as pages_waiting
from .patterns import views as patterns
from .pitches import desk as pitches_desk
from .pitches import waiting as pitches_waiting
from .published import content
from .publishing import waiting as publishing_waiting
from .registry import desk as registry_desk
from .registry import waiting as registry_waiting
from .registry.codes import code_from
from .results import coding as results_coding
from .results import desk as results_desk
from .results import naming as results_naming
from .results import waiting as results_waiting
from .staff.waiting import add_kind
from .surveys import desk as surveys_desk
from .surveys import keeping as surveys_keeping
from .surveys import keying as surveys_keying
from .surveys import papers as surveys_papers
from .surveys import waiting as surveys_waiting
from .surveys import writing as surveys_writing
from .xlsform import desk as xlsform_desk

WAITING = (
    cases_waiting, pitches_waiting, assessments_waiting, registry_waiting, pages_waiting,
    drafts_waiting, surveys_waiting, results_waiting, publishing_waiting,
)  # fmt: skip
"""What asks staff to do something, in the order in which the desk shows it."""


def init_app(app: Flask, config: Config) -> None:
    """Register the sending face and the desk."""
    app.ensure_sync = _as_it_is  # type: ignore[method-assign]
    for blueprint in (*sending.BLUEPRINTS, patterns.blueprint):
        app.register_blueprint(blueprint)
    if config.open311:
        app.register_blueprint(open311.blueprint)
    app.jinja_env.globals["live_url_for"] = urls.url
    app.add_url_rule("/live.css", view_func=stylesheet)
    staff.init_app(app, config)
    publishing.init_app(app)
    app.register_blueprint(registry_desk.blueprint)
    app.register_blueprint(entries_desk.blueprint)
    app.register_blueprint(surveys_desk.blueprint)
    app.register_blueprint(results_desk.blueprint)
    app.register_blueprint(results_coding.blueprint)
    app.register_blueprint(results_naming.blueprint)
    app.register_blueprint(surveys_writing.blueprint)
    app.register_blueprint(cases_queue.blueprint)
    app.register_blueprint(cases_desk.blueprint)
    app.register_blueprint(moderating.blueprint)
    app.register_blueprint(pitches_desk.blueprint)
    app.register_blueprint(assessments_desk.blueprint)
    app.register_blueprint(taking.blueprint)
    app.register_blueprint(surveys_keying.blueprint)
    app.register_blueprint(surveys_papers.blueprint)
    app.register_blueprint(surveys_keeping.blueprint)
    for feature in WAITING:
        for kind in feature.KINDS:
            add_kind(app, kind)
    remote.init_app(app)
    devices.init_app(app)
    drafts.init_app(app)
    app.register_blueprint(xlsform_desk.blueprint)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.before_request(_find_code)


def _as_it_is(func: Callable[..., Any]) -> Callable[..., Any]:
    """``func``: none of ours is a coroutine, which Flask would find out sixteen times a request."""
    return func


def stylesheet() -> Response:
    """The styles that only pages with forms need."""
    return Response(styles.sheet(*styles.LIVE), mimetype="text/css")


def _find_code() -> Response | None:
    """Lead from the code that a browser without script sends to the device."""
    if request.endpoint != "registry.devices" or "code" not in request.args:
        return None
    code = _known_code(request.args["code"])
    address = urls.url("registry.device", code=code) if code else urls.url("registry.devices")
    return redirect(address, 303)


def _not_found(_error: NotFound) -> Response | tuple[str, int]:
    """Lead from a code typed with spaces or small letters; else say that nothing is here."""
    door, _, typed = request.path.strip("/").rpartition("/")
    code = _known_code(typed) if door == "d" else ""
    if code:
        return redirect(urls.url("registry.short", code=code), 308)
    return render_template("pages/not_found.html"), 404


def _too_large(_error: RequestEntityTooLarge) -> tuple[str, int]:
    """Say how much can be sent, and lead back to where the form is."""
    there, again = current_app.create_url_adapter(request), request.path
    while there and again != "/" and not there.test(again, "GET"):
        again = f"{again.rstrip('/').rpartition('/')[0]}/"
    most = request.max_content_length
    return render_template("pages/too_large.html", most_bytes=most, again=again), 413


def _known_code(typed: str) -> str:
    now = content()
    code = code_from(typed, now.settings.code_prefix)
    return code if code in now.registry.devices else ""
