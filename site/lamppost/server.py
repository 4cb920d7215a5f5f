"""The server of the live site: Waitress, and a gate before the application."""

from __future__ import annotations

import logging
import sys
from typing import Any

from flask import Flask
from waitress.server import create_server

from .connections import Connections, allow
from .crowd import Crowd

MOST_SENT_BYTES = 20_000_000
"""What the server takes of anybody at once; tables of devices are the largest of it."""

THREADS = 12
"""Each waits for the disk with what somebody has sent, and all who wait at once wait once."""

MOST_CONNECTIONS = 2000
"""Connections that are held open at once. Browsers keep theirs for a while; beyond this many,
newcomers would hang without a word, so it is more than the gate ever lets wait.
"""

QUIET_SECONDS = 60
"""How long a connection may say nothing."""


def serve(app: Flask, host: str, port: int) -> None:
    """Serve the app until the process ends."""
    made: list[Any] = []

    def waiting() -> int:
        return len(made[0].task_dispatcher.queue)

    connections = Connections() if sys.platform == "linux" else {}
    server = create_server(
        Crowd(app, waiting), host=host, port=port, threads=THREADS, ident=None, map=connections,
        max_request_body_size=MOST_SENT_BYTES, connection_limit=MOST_CONNECTIONS,
        channel_timeout=QUIET_SECONDS, backlog=MOST_CONNECTIONS,
    )  # fmt: skip
    made.append(server)
    # Who is told to come again knows it; a line in the log for each that waits tells nobody more.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    if not isinstance(connections, Connections):
        server.run()
        return
    allow(MOST_CONNECTIONS)
    try:
        while connections:
            connections.wait(1)
    except (SystemExit, KeyboardInterrupt):
        server.close()
