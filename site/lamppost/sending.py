"""The sending face, and where it is: frozen pages link to it on the live host.

They do so by the live app's own map of addresses.
"""

from __future__ import annotations

from typing import Any

from flask import Flask

from . import urls
from .assessments import intake as assessing
from .cases import stopping, thread
from .concerns import intake
from .i18n import speech
from .pitches import intake as pitching
from .pitches import supporting
from .registry import asking
from .surveys import intake as answering

BLUEPRINTS = (
    intake.blueprint,
    assessing.blueprint,
    pitching.blueprint,
    pitching.revising,
    supporting.blueprint,
    answering.blueprint,
    thread.blueprint,
    stopping.blueprint,
    asking.blueprint,
)
"""What frozen pages may lead to."""


def init_frozen(app: Flask, live_url: str) -> None:
    """Let pages of the frozen site link to the sending face on the live host at ``live_url``."""
    app.jinja_env.globals["live_url_for"] = _LiveAddresses(live_url).url_for


class _LiveAddresses:
    """Addresses on the live host."""

    def __init__(self, live_url: str) -> None:
        self.live_url = live_url
        # An app of which nothing is ever asked but where its pages are.
        there = Flask(__name__)
        urls.init_app(there)
        for blueprint in BLUEPRINTS:
            there.register_blueprint(blueprint)
        self._map = there.url_map.bind("")

    def url_for(self, endpoint: str, **values: Any) -> str:
        values["language"] = speech().code
        return urls.pattern(self._build, self.live_url, endpoint, tuple(values)).format_map(values)

    def _build(self, endpoint: str, **values: Any) -> str:
        return self.live_url + self._map.build(endpoint, values)
