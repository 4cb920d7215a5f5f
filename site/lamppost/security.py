"""Security headers of the live site. A static host sets the same ones: see the README."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, request

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


def init_app(app: Flask) -> None:
    """Send the headers with every answer."""

    @app.after_request
    def secure(response: Response) -> Response:
        response.headers.extend(HEADERS)
        return response


def keep_private(blueprint: Blueprint, most_bytes: int) -> None:
    """Let no cache keep what the blueprint answers, and take no more than this from a sender."""

    @blueprint.before_request
    def limit() -> None:
        request.max_content_length = most_bytes

    @blueprint.after_request
    def keep_nowhere(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        return response
