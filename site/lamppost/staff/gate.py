"""The gate of the desk: who is not signed in, or may not do what a view does, is turned away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import Forbidden, RequestEntityTooLarge

from ..i18n import gettext as _
from ..i18n import speech
from ..urls import url
from .models import Staff
from .roles import MAY, ROLES
from .roles import may as _may

OWN = "keep own account"
"""What is left to somebody whose role needs a second factor that is not set up."""

MEGABYTE = 1_000_000
"""What a form of the desk may hold, unless its view says more."""

csrf = CSRFProtect()
View = TypeVar("View", bound=Callable[..., Any])


def me() -> Staff:
    """The one who is signed in. Only behind the gate."""
    return cast("Staff", current_user)


def i_may(deed: str) -> bool:
    """Whether the one who is signed in may do this, for what a page offers."""
    return bool(current_user.is_authenticated) and _may(me().role_names, deed)


def may(deed: str, *, menu: Any = "", most_bytes: int = MEGABYTE) -> Callable[[View], View]:
    """Say what a view of the desk does, and under which name it stands in the menu, if in any.

    ``most_bytes`` may be sent to it; of more nothing is read. Raises ``KeyError`` for a deed that
    is in no table.
    """
    MAY[deed]

    def mark(view: View) -> View:
        view.deed, view.menu, view.most_bytes = deed, menu, most_bytes  # type: ignore[attr-defined]
        return view

    return mark


def desk_blueprint(name: str, import_name: str) -> Blueprint:
    """A blueprint whose views stand below ``/LANGUAGE/desk/`` and behind the gate."""
    blueprint = Blueprint(name, import_name, url_prefix="/<language:language>/desk")
    blueprint.before_request(_pass)
    blueprint.register_error_handler(Forbidden, _may_not)
    return blueprint


def _pass() -> Any:
    if not current_user.is_authenticated:
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    view: Any = current_app.view_functions[str(request.endpoint)]
    # Before the token is looked for, since it is looked for in what was sent.
    request.max_content_length = request.max_form_memory_size = view.most_bytes
    try:
        request.form  # noqa: B018 - reads it, or refuses to
    except RequestEntityTooLarge:
        return _too_large(view.most_bytes)
    if current_app.config["WTF_CSRF_ENABLED"]:
        csrf.protect()
    if view.deed != OWN and me().needs_second_factor and not me().has_second_factor:
        flash(_("Your role needs a second step at sign-in. Set it up here first."), "info")
        return redirect(url("account.account"))
    if not i_may(view.deed):
        abort(403)
    return None


def _may_not(_error: Forbidden) -> Any:
    """A page in the reader's language that says which roles one has."""
    held = [ROLES[role] for role in ROLES if role in me().role_names]
    return render_template("staff/may_not.html", held=held), 403


def _too_large(most_bytes: int) -> Any:
    """A page of its own: after a redirect a browser could not go back to what was typed."""
    has_form = request.url_rule is not None and "GET" in (request.url_rule.methods or ())
    size = speech().number(most_bytes // MEGABYTE)
    again = request.path if has_form else ""
    return render_template("staff/too_large.html", size=size, again=again), 413


class Entry(NamedTuple):
    """An entry of the desk's menu."""

    endpoint: str
    title: str


def menu() -> list[Entry]:
    """The entries of the desk's menu that the one who is signed in may open, in their order."""
    views: dict[str, Any] = current_app.view_functions
    offered = [
        (list(MAY).index(view.deed), endpoint, view.menu)
        for endpoint, view in views.items()
        if getattr(view, "menu", "") and i_may(view.deed)
    ]
    return [Entry(endpoint, title) for _order, endpoint, title in sorted(offered)]
