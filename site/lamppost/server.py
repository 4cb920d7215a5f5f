"""The server of the live site: Granian, a gate, and a few hands that do the work.

Granian reads and writes beside Python, and waits for slow connections. A request gets a hand only
when all of it has come: so no connection that says nothing keeps one from others.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from http import HTTPStatus

from flask import Flask
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.rsgi import HTTPProtocol, ProtocolClosed  # type: ignore[attr-defined]
from granian.server.embed import Server

from .crowd import MOST_SENT_BYTES, Crowd
from .hands import Hands
from .processors import stay_on_one
from .wsgi import Answer, Scope, WsgiApp, ask, environ_of, plain

HANDS = 24
"""Each waits for the disk with what somebody has sent, and all who wait at once wait once."""

MOST_CONNECTIONS = 2000
"""Connections that are held open at once. Browsers keep theirs for a while; beyond this many,
newcomers would hang without a word, so it is more than the gate ever lets wait.
"""

MOST_HELD_BYTES = 200_000_000
"""What all who send at once may have in memory together; beyond, large ones are refused."""

AT_ONCE_BYTES = 64_000
"""So little is waited for as a whole; of more, each piece may take its time."""

FILES = 200
"""Files that the site itself may have open."""

QUIET_SECONDS = 60
"""How long a connection may say nothing."""

log = logging.getLogger(__name__)


class TooMuchError(Exception):
    """More was sent than is taken."""


class FullError(Exception):
    """So many send much that no more is held."""


class Site:
    """The app as Granian asks it."""

    def __init__(self, app: WsgiApp, crowd: Crowd) -> None:
        self.app, self.crowd = app, crowd
        self.held = 0  # bytes that were sent and not answered yet
        self.hands = Hands(HANDS)

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        """Answer a request."""
        try:
            answer = await self._answer(scope, protocol)
        except Exception:
            # Not where: an address may hold a receipt.
            log.exception("%s failed", scope.method)
            answer = plain(HTTPStatus.INTERNAL_SERVER_ERROR)
        # Who has gone needs no answer.
        with suppress(ProtocolClosed):
            protocol.response_bytes(*answer)

    async def _answer(self, scope: Scope, protocol: HTTPProtocol) -> Answer:
        if scope.method in ("GET", "HEAD"):
            return await self._do(scope, b"")
        try:
            body = await self._body(scope, protocol)
        except TimeoutError:
            return plain(HTTPStatus.REQUEST_TIMEOUT)
        except TooMuchError:
            return ask(self.crowd.refuse, environ_of(scope, b""))
        except FullError:
            return plain(HTTPStatus.SERVICE_UNAVAILABLE)
        try:
            return await self._do(scope, body)
        finally:
            self.held -= len(body)

    async def _do(self, scope: Scope, body: bytes) -> Answer:
        environ = environ_of(scope, body)
        if not self.crowd.lets(scope.path, self.hands.waiting):
            return ask(self.crowd.turn_away, environ)
        return await self.hands.do(ask, self.app, environ)

    async def _body(self, scope: Scope, protocol: HTTPProtocol) -> bytes:
        """What was sent; it is counted as held.

        Raises ``TimeoutError`` when nothing more comes, :class:`TooMuchError`, :class:`FullError`.
        """
        if (length := int(scope.headers.get("content-length") or 0)) > MOST_SENT_BYTES:
            raise TooMuchError
        if 0 < length <= AT_ONCE_BYTES:
            async with asyncio.timeout(QUIET_SECONDS):
                body: bytes = await protocol()
            self.held += len(body)
            return body
        parts, size = [], 0
        try:
            async for part in _pieces(protocol):
                parts.append(part)
                size += len(part)
                self.held += len(part)
                self._check(size)
        except BaseException:
            self.held -= size
            raise
        return b"".join(parts)

    def _check(self, size: int) -> None:
        if size > MOST_SENT_BYTES:
            raise TooMuchError
        if self.held > MOST_HELD_BYTES:
            raise FullError


async def _pieces(protocol: HTTPProtocol) -> AsyncIterator[bytes]:
    """What was sent, as it comes. Raises ``TimeoutError`` when nothing more does."""
    rest = aiter(protocol)
    with suppress(StopAsyncIteration):
        while True:
            async with asyncio.timeout(QUIET_SECONDS):
                part = await anext(rest)
            yield part


def serve(app: Flask, host: str, port: int) -> None:
    """Serve the app until the process is told to end. Raises ``OSError`` where it cannot."""
    _look_whether_free(host, port)
    allow(MOST_CONNECTIONS + FILES)
    # What is there now stays: nobody need look through it for what is garbage.
    gc.collect()
    gc.freeze()
    stay_on_one(port)
    site = Site(app, Crowd(app))
    try:
        with asyncio.Runner(loop_factory=_loop()) as runner:
            runner.run(_serve(site, host, port))
    finally:
        site.hands.end()


async def _serve(site: Site, host: str, port: int) -> None:
    server = server_of(site, host, port)
    # Windows has no such handlers, and ends the process.
    with suppress(NotImplementedError):
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, server.stop)
    await server.serve()


def server_of(site: Site, host: str, port: int) -> Server:
    """What serves a site, once it is run; to be made within the event loop."""
    return Server(
        site, address=host, port=port, interface=Interfaces.RSGI, http=HTTPModes.http1,
        websockets=False, backlog=MOST_CONNECTIONS, backpressure=MOST_CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=QUIET_SECONDS * 1000), log_enabled=False,
    )  # fmt: skip


def _loop() -> Callable[[], asyncio.AbstractEventLoop]:
    """The quickest event loop that there is."""
    if sys.platform == "win32":
        return asyncio.new_event_loop
    import uvloop  # noqa: PLC0415 - Windows has none

    return uvloop.new_event_loop


def _look_whether_free(host: str, port: int) -> None:
    """Raise ``OSError`` where somebody listens: Granian would take a share of who comes."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


def allow(number: int) -> None:
    """Let this process hold so many files and connections; often no more than 1,024 are allowed.

    Beyond what the system lets it have, newcomers would hang without a word.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Windows has none

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < number:
        most = number if hard == resource.RLIM_INFINITY else min(number, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
