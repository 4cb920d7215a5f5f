"""The sending face: what only a live host can do, and how frozen pages link to it."""

from __future__ import annotations

from typing import Any

from flask import Flask

from . import urls
from .concerns import intake
from .config import Config
from .i18n import speech

BLUEPRINTS = (intake.blueprint,)


def init_app(app: Flask, config: Config, *, frozen: bool) -> None:
    """Register the sending face; in the frozen site, only where it is on the live host."""
    if not frozen:
        for blueprint in BLUEPRINTS:
            app.register_blueprint(blueprint)
        app.jinja_env.globals["live_url_for"] = urls.url
        return
    # An app of which nothing is ever asked but where its pages are.
    there = Flask(__name__)
    urls.init_app(there)
    for blueprint in BLUEPRINTS:
        there.register_blueprint(blueprint)
    addresses = there.url_map.bind("", url_scheme="https")

    def live_url_for(endpoint: str, **values: Any) -> str:
        if not config.live_url:
            return ""
        path = addresses.build(endpoint, {"language": speech().code, **values})
        return config.live_url + path

    app.jinja_env.globals["live_url_for"] = live_url_for
