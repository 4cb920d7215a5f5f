"""What only a live host can do: the sending face, and finding a code however it was typed.

Frozen pages link to the sending face on the live host, by the live app's own map of addresses.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, redirect, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from . import devices, drafts, publishing, remote, staff, styles, urls
from .assessments import desk as assessments_desk
from .assessments import intake as assessing
from .assessments import waiting as assessments_waiting
from .cases import desk as cases_desk
from .cases import thread
from .cases import waiting as cases_waiting
from .concerns import intake
from .config import Config
from .drafts import waiting as drafts_waiting
from .entries import desk as entries_desk
from .i18n import speech
from .pages import waiting as pages_waiting
from .patterns import views as patterns
from .pitches import desk as pitches_desk
from .pitches import intake as pitching
from .published import content
from .publishing import waiting as publishing_waiting
from .registry import desk as registry_desk
from .registry import waiting as registry_waiting
from .registry.codes import code_from
from .results import coding as results_coding
from .results import desk as results_desk
from .results import waiting as results_waiting
from .staff.waiting import add_kind
from .surveys import desk as surveys_desk
from .surveys import intake as answering
from .surveys import keeping as surveys_keeping
from .surveys import keying as surveys_keying
from .surveys import waiting as surveys_waiting
from .surveys import writing as surveys_writing
from .xlsform import desk as xlsform_desk

WAITING = (
    cases_waiting, assessments_waiting, registry_waiting, pages_waiting, drafts_waiting,
    surveys_waiting, results_waiting, publishing_waiting,
)  # fmt: skip
"""What asks staff to do something, in the order in which the desk shows it."""

BLUEPRINTS = (
    intake.blueprint,
    assessing.blueprint,
    pitching.blueprint,
    pitching.revising,
    answering.blueprint,
    thread.blueprint,
)
"""What frozen pages may lead to."""


def init_app(app: Flask, config: Config, *, frozen: bool) -> None:
    """Register the sending face; in the frozen site, only where it is on the live host."""
    if frozen:
        app.jinja_env.globals["live_url_for"] = _LiveAddresses(config.live_url).url_for
        return
    for blueprint in (*BLUEPRINTS, patterns.blueprint):
        app.register_blueprint(blueprint)
    app.jinja_env.globals["live_url_for"] = urls.url
    app.add_url_rule("/live.css", view_func=stylesheet)
    staff.init_app(app, config)
    publishing.init_app(app)
    app.register_blueprint(registry_desk.blueprint)
    app.register_blueprint(entries_desk.blueprint)
    app.register_blueprint(surveys_desk.blueprint)
    app.register_blueprint(results_desk.blueprint)
    app.register_blueprint(results_coding.blueprint)
    app.register_blueprint(surveys_writing.blueprint)
    app.register_blueprint(cases_desk.blueprint)
    app.register_blueprint(pitches_desk.blueprint)
    app.register_blueprint(assessments_desk.blueprint)
    app.register_blueprint(surveys_keying.blueprint)
    app.register_blueprint(surveys_keeping.blueprint)
    for feature in WAITING:
        for kind in feature.KINDS:
            add_kind(app, kind)
    remote.init_app(app)
    devices.init_app(app)
    drafts.init_app(app)
    app.register_blueprint(xlsform_desk.blueprint)
    app.register_error_handler(NotFound, _not_found)
    app.before_request(_find_code)


def stylesheet() -> Response:
    """The styles that only pages with forms need."""
    return Response(styles.sheet(*styles.LIVE), mimetype="text/css")


class _LiveAddresses:
    """Addresses on the live host, or none while it has no address."""

    def __init__(self, live_url: str) -> None:
        self.live_url = live_url
        # An app of which nothing is ever asked but where its pages are.
        there = Flask(__name__)
        urls.init_app(there)
        for blueprint in BLUEPRINTS:
            there.register_blueprint(blueprint)
        self._map = there.url_map.bind("")

    def url_for(self, endpoint: str, **values: Any) -> str:
        if not self.live_url:
            return ""
        values["language"] = speech().code
        return urls.pattern(self._build, self.live_url, endpoint, tuple(values)).format_map(values)

    def _build(self, endpoint: str, **values: Any) -> str:
        return self.live_url + self._map.build(endpoint, values)


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


def _known_code(typed: str) -> str:
    now = content()
    code = code_from(typed, now.settings.code_prefix)
    return code if code in now.registry.devices else ""
