"""What every page of the site knows: its settings, its other languages, its public address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, request

from flask_babel import lazy_gettext as _l

from ..config import Config
from ..published import content
from ..urls import url
from .provenance import MADE

PLAN_STATUSES = {
    "unknown": _l("Not known"),
    "under_way": _l("Begun, by what is on record"),
    "done": _l("Done, by what is on record"),
}
SOURCE_KINDS = {
    "city": _l("the City"),
    "council": _l("City Council"),
    "law": _l("law"),
    "press": _l("press"),
    "research": _l("research"),
    "advocacy": _l("advocacy group"),
    "record": _l("public record"),
}
SIGN_CREDIT = (
    "Words and ids follow Digital Trust for Places and Routines (DTPR), CC BY 4.0, "
    "github.com/Helpful-Places/dtpr; descriptions are our own."
)


def absolute(address: str) -> str:
    """``address`` as it is reached from outside, as far as the public address is known."""
    config: Config = current_app.extensions["config"]
    if not config.base_url:
        return address
    return config.base_url + address.removeprefix(request.script_root)


def _alternates() -> Callable[[str], str] | None:
    """From a language's code to the address of this page in it; None where a page has no languages."""
    endpoint = request.endpoint
    if endpoint is None or not current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        return None
    values = {k: v for k, v in (request.view_args or {}).items() if k != "language"}
    return lambda code: url(endpoint, language=code, **values)


def init_app(app: Flask, config: Config) -> None:
    """Let every template use this."""
    app.extensions["config"] = config
    app.jinja_env.globals.update(
        absolute=absolute,
        live_url=config.live_url,
        sign_credit=SIGN_CREDIT,
        made_words=MADE,
        plan_statuses=PLAN_STATUSES,
        source_kinds=SOURCE_KINDS,
    )

    @app.context_processor
    def site() -> dict[str, Any]:
        now = content()
        return {
            "settings": now.settings,
            "alternates": _alternates(),
            "has_sample": now.registry.has_sample,
        }
