"""Measures what one person who answers a form costs the application, without server and network.

The requests of people, one after the other, in this process: the time of the processor for each.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import re
import secrets
import statistics
import sys
import tempfile
import time
from pathlib import Path

from crowd import FORMS, Form, Person, Told
from measure import BENCH, machine

from lamppost import create_app, db
from lamppost.answering import flow
from lamppost.config import Config
from lamppost.wsgi import WsgiApp, ask

FIRST = 30
"""People who come before it is measured."""

_OWN = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}")


class Inside(Person):
    """Somebody within this process, who does not think."""

    def __init__(self, app: WsgiApp, form: Form, told: Told) -> None:
        super().__init__(0, form, told)
        self.app = app
        self.cost: dict[str, float] = {}

    async def think(self, begun: float) -> None:
        """Do not."""

    async def ask(self, method: str, path: str, body: str) -> tuple[str, str, bytes]:
        """The status, where it leads, and the page."""
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query,
            "SERVER_NAME": "a", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "a", "REMOTE_ADDR": "127.0.0.1", "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/x-www-form-urlencoded" if body else "",
            "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.errors": sys.stderr,
            "wsgi.input": io.BytesIO(body.encode()), "wsgi.multithread": True,
            "wsgi.multiprocess": False, "wsgi.run_once": False,
        }  # fmt: skip
        began = time.process_time()
        answer = ask(self.app, environ)
        self.cost[f"{method} {_OWN.sub('…', path)}"] = time.process_time() - began
        return str(answer.status), dict(answer.headers).get("Location", ""), answer.body


def main() -> None:
    """Print a line for each request, and for all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--form", choices=FORMS, default="survey", help="what they answer")
    parser.add_argument("--people", type=int, default=300, help="300 unless given")
    given = parser.parse_args()
    flow.QUICKEST = 0
    with tempfile.TemporaryDirectory() as folder:
        config = Config(instance=Path(folder), record=BENCH.parent)
        db.upgrade(config.database_url)
        (config.instance / "secret_key").write_text(secrets.token_hex(32), "ascii")
        app, told, costs = create_app(config), Told(), []
        for n in range(FIRST + given.people):
            person = Inside(app, FORMS[given.form], told)
            asyncio.run(person.go_the_way(f"{n} ."))
            costs.append(person.cost)
    costs = costs[FIRST:]
    print(f"{machine()}\n\n| request | ms of the processor, median | mean |\n| --- | --- | --- |")
    for name in costs[0]:
        line(name, [one[name] for one in costs])
    line(f"one person, {len(costs[0])} requests", [sum(one.values()) for one in costs])


def line(name: str, seconds: list[float]) -> None:
    """Print a line of the table."""
    median, mean = statistics.median(seconds) * 1000, statistics.mean(seconds) * 1000
    print(f"| {name} | {median:.2f} | {mean:.2f} |")


if __name__ == "__main__":
    main()
