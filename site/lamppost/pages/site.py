"""What every page of the site knows: its settings, its other languages, its public address."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from flask import Flask, current_app, request
from jinja2.runtime import Macro
from markupsafe import Markup

from ..config import Config
from ..i18n import languages, speech
from ..i18n import lazy_gettext as _l
from ..published import content
from ..urls import root, speaks, url
from .provenance import MADE, credit
from .statement import CHECKS, LOOKS

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
MENU = {
    "registry.technologies": _l("Technologies"),
    "registry.places": _l("Places"),
    "registry.purposes": _l("Purposes"),
    "registry.data": _l("Kinds of data"),
    "registry.changes": _l("What changed"),
    "search.search": _l("Search"),
}
"""The main menu: its views and their names."""

SECTIONS = {
    "registry.technology": "registry.technologies",
    "registry.device": "registry.technologies",
    "registry.place": "registry.places",
    "registry.purpose": "registry.purposes",
    "registry.data_type": "registry.data",
}
"""The entry of the menu under which other views stand."""

SIGN_CREDIT = (
    "Words and ids follow Digital Trust for Places and Routines (DTPR), CC BY 4.0, "
    "github.com/Helpful-Places/dtpr; descriptions are our own."
)


def public_address() -> str:
    """Where the site is reached from outside; empty while a frozen site has not been told."""
    config: Config = current_app.extensions["config"]
    if config.base_url or current_app.extensions["frozen"]:
        return config.base_url
    return request.url_root.rstrip("/")


def absolute(address: str) -> str:
    """``address`` as it is reached from outside, as far as the public address is known."""
    base = public_address()
    return base + address.removeprefix(root()) if base else address


def _alternates() -> dict[str, str] | None:
    """This page's address in each language; None where a page speaks them all at once."""
    endpoint, values = request.endpoint, request.view_args or {}
    if endpoint is None or not speaks(endpoint):
        return None
    return {code: url(endpoint, **{**values, "language": code}) for code in languages()}


def _section() -> tuple[str, bool]:
    """The entry of the menu under which this page stands, and whether it is that very page."""
    endpoint = request.endpoint or ""
    return SECTIONS.get(endpoint, endpoint), endpoint in MENU


def once(macro: Macro, *arguments: Any, of: Hashable = "") -> Markup:
    """What a macro makes of ``arguments``, rendered once per language as long as the content stays.

    For parts that are the same wherever they stand; ``of`` names what they are about, if anything.
    """
    fragments = content().fragments
    where = (macro.name, speech().code, of)
    html: Markup | None = fragments.get(where)
    if html is None:
        html = fragments[where] = Markup(macro(*arguments))  # noqa: S704 - it has escaped
    return html


def init_app(app: Flask, config: Config, *, frozen: bool) -> None:
    """Let every template use this."""
    app.extensions["config"] = config
    app.extensions["frozen"] = frozen
    app.jinja_env.globals.update(
        absolute=absolute,
        public_address=public_address,
        once=once,
        sign_credit=SIGN_CREDIT,
        made_words=MADE,
        credit=credit,
        check_words=CHECKS,
        look_words=LOOKS,
        plan_statuses=PLAN_STATUSES,
        source_kinds=SOURCE_KINDS,
        menu_links=MENU,
    )

    @app.context_processor
    def site() -> dict[str, Any]:
        now = content()
        return {
            "settings": now.settings,
            "spoken": speech(),
            "alternates": _alternates(),
            "section": _section(),
            "has_sample": now.registry.has_sample,
        }
