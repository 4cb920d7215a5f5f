"""A WSGI application asked for one answer, of a request that has come as a whole.

The server speaks RSGI, which is asynchronous; what it tells of a request becomes the environment of
PEP 3333 here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from http import HTTPStatus
from io import BytesIO
from typing import Any, NamedTuple, Protocol

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
WsgiApp = Callable[[Environ, Any], Iterable[bytes]]


class Scope(Protocol):
    """What RSGI tells of a request; ``path`` is without the escapes of addresses."""

    method: str
    path: str
    query_string: str
    http_version: str
    scheme: str
    server: str
    client: str

    @property
    def headers(self) -> Any:
        """Its headers; ``items()`` has a pair for each that was sent."""


class Answer(NamedTuple):
    """What an application has answered."""

    status: int
    headers: Headers
    body: bytes


def environ_of(scope: Scope, body: bytes) -> Environ:
    """The environment of a request."""
    host, _, port = scope.server.rpartition(":")
    environ: Environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        # PEP 3333 has bytes in the disguise of characters.
        "PATH_INFO": scope.path.encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        # ``a_b`` would pass for ``a-b``, which a proxy has set.
        if "_" not in name and name != "content-length":
            key = _key(name)
            environ[key] = f"{environ[key]}{_between(name)}{value}" if key in environ else value
    return environ


@lru_cache(maxsize=256)
def _key(name: str) -> str:
    return "CONTENT_TYPE" if name == "content-type" else "HTTP_" + name.upper().replace("-", "_")


def _between(name: str) -> str:
    """What joins two headers of one name (RFC 9110, section 5.3; RFC 6265, section 5.4)."""
    return "; " if name == "cookie" else ", "


def ask(app: WsgiApp, environ: Environ) -> Answer:
    """What ``app`` answers."""
    told: list[Any] = []

    def start(status: str, headers: Headers, _error: Any = None) -> None:
        told[:] = status, headers

    found = app(environ, start)
    try:
        body = b"".join(found)
    finally:
        if close := getattr(found, "close", None):
            close()
    status, headers = told
    return Answer(int(status[:3]), headers, body)


def plain(status: HTTPStatus) -> Answer:
    """An answer that says nothing but its status; the connection ends with it."""
    headers = [("content-type", "text/plain"), ("connection", "close")]
    return Answer(status, headers, status.phrase.encode())
