"""Security headers of the live site, what it takes from a sender, and what its log tells.

A static host sets the same headers: see the README.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Flask, Request, Response, current_app, request
from werkzeug.datastructures import ImmutableMultiDict, iter_multi_items

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Words(ImmutableMultiDict[str, Any]):
    """What was sent, without nulls: nobody types them, and PostgreSQL refuses them."""

    def __init__(self, sent: Iterable[tuple[str, Any]] = ()) -> None:
        super().__init__((_typed(name), _typed(value)) for name, value in iter_multi_items(sent))


def _typed(value: Any) -> Any:
    return value.replace("\x00", "") if isinstance(value, str) else value


class WithoutNulls(Request):
    """A request, with no null in the words of its address and of its form."""

    parameter_storage_class = Words


def init_app(app: Flask) -> None:
    """Send the headers with every answer; keep nulls out of what comes, addresses of the log."""
    app.request_class = WithoutNulls
    app.log_exception = _log_exception  # type: ignore[method-assign]

    @app.after_request
    def secure(response: Response) -> Response:
        response.headers.extend(HEADERS)
        return response


def _log_exception(exc_info: Any) -> None:
    """Log a fault by the rule of the address: an address itself may hold a receipt."""
    rule = request.url_rule.rule if request.url_rule else "an address that is not there"
    current_app.logger.error("%s %s failed", request.method, rule, exc_info=exc_info)


def keep_private(blueprint: Blueprint, most_bytes: int) -> None:
    """Let no cache keep what the blueprint answers, and take no more than this from a sender."""

    @blueprint.before_request
    def limit() -> None:
        request.max_content_length = most_bytes

    @blueprint.after_request
    def keep_nowhere(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        return response
