"""What people get when more comes than can be served: at once an honest page, and nothing is lost.

It stands before the application, since a page that waits with all others helps nobody. What was
sent comes back within the page, to be sent again with one press.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask, render_template
from markupsafe import Markup

from .i18n import gettext as _
from .i18n import languages, speaking
from .security import HEADERS
from .text import SOURCE_LANGUAGE
from .urls import ReceiptConverter
from .wsgi import Environ

MOST_WAITING = 180
"""Requests that may wait for a free hand, a fifth of a second's work; more would wait too long."""

MOST_WITH_DRAFT = 450
"""So many may wait before somebody is turned away who has begun: newcomers are so much earlier.

Else half of those who are let in would be stopped on their way, and few would ever send.
"""

RETRY_SECONDS = 10

MOST_SENT_BYTES = 20_000_000
"""What the server takes of anybody at once; tables of devices are the largest of it."""

MOST_WITH_FILES = 18_000_000
"""What a form that asks for files takes at once, and what anybody is told who has sent more."""

MOST_KEPT_BYTES = 300_000
"""As much as a form of ours sends, without files."""

_HERE = "<!-- here -->"
_DRAFT = re.compile(rf"/{ReceiptConverter.regex}/")


class Crowd:
    """The gate before the application, and what it tells who has to come again."""

    def __init__(self, app: Flask) -> None:
        here = Markup(_HERE)  # noqa: S704 - a mark of ours
        self._pages = {code: _page(app, code, "crowded", here=here) for code in languages()}
        large = {"most_bytes": MOST_WITH_FILES, "again": ""}
        self._too_large = {code: _page(app, code, "too_large", **large) for code in languages()}

    def lets(self, path: str, waiting: int) -> bool:
        """Whether one more request may wait, with so many that do already."""
        return waiting <= MOST_WAITING or (
            waiting <= MOST_WITH_DRAFT and _DRAFT.search(path) is not None
        )

    def turn_away(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Say that a request has to come again; a WSGI application."""
        code = self._language(environ)
        with speaking(code):
            page = self._pages[code].replace(_HERE, _again(environ))
        more = {"Retry-After": str(RETRY_SECONDS)}
        return _answered("503 Service Unavailable", page, start_response, **more)

    def refuse(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Say that more was sent than is taken; a WSGI application."""
        page = self._too_large[self._language(environ)]
        return _answered("413 Request Entity Too Large", page, start_response)

    def _language(self, environ: Environ) -> str:
        code: str = environ.get("PATH_INFO", "").strip("/").partition("/")[0]
        return code if code in self._pages else SOURCE_LANGUAGE


def _answered(status: str, page: str, start_response: Any, **more: str) -> list[bytes]:
    body = page.encode()
    headers = {
        **HEADERS,
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        **more,
    }
    start_response(status, list(headers.items()))
    return [body]


def _page(app: Flask, code: str, name: str, **values: Any) -> str:
    with app.test_request_context(f"/{code}/"):
        app.preprocess_request()
        return render_template(f"pages/{name}.html", **values)


def _again(environ: Environ) -> str:
    """The way to try once more: a form with all that was sent, or a link."""
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    path = path.encode("latin-1", "replace").decode("utf-8", "replace")
    query, words = environ.get("QUERY_STRING", ""), _("Try again")
    address = _local(f"{path}?{query}" if query else path)
    if environ.get("REQUEST_METHOD") != "POST":
        return Markup('<p><a class="button" href="{}">{}</a></p>').format(address, words)
    sent = _sent(environ)
    if sent is None:
        told = _("Go back in your browser and send it again: a file cannot be kept here.")
        return Markup("<p>{}</p>").format(told)
    fields = Markup("").join(
        Markup('<input type="hidden" name="{}" value="{}">').format(name, value)
        for name, value in sent
    )
    told = _("What you have typed is kept in this page.")
    return Markup(
        '<p>{}</p><form method="post" action="{}">{}<button class="button">{}</button></form>'
    ).format(told, address, fields, words)


def _local(path: str) -> str:
    """A path that no browser takes for the address of another host."""
    return "/" + path.lstrip("/\\")


def _sent(environ: Environ) -> list[tuple[str, str]] | None:
    """The fields of a form; None where they cannot be kept."""
    try:
        size = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return None
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0]
    if kind != "application/x-www-form-urlencoded" or size > MOST_KEPT_BYTES:
        return None
    try:
        words = environ["wsgi.input"].read(size).decode()
        return parse_qsl(words, keep_blank_values=True, max_num_fields=1000)
    except ValueError:
        return None
