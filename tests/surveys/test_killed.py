"""The server is killed while people answer: what it has acknowledged is there, and none twice."""

from __future__ import annotations

import os
import re
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

import pytest

from lamppost import db
from lamppost.config import PROJECT, Config

from ..writers import way_in

START = "/en/surveys/page-clarity/answer/"
PEOPLE = 12
THINK = 3.2


class Server:
    """The site as it is run."""

    def __init__(self, folder) -> None:
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        config = Config(instance=folder, record=PROJECT)
        db.upgrade(config.database_url)
        (folder / "secret_key").write_text(secrets.token_hex(32), "ascii")
        self.environment = {**os.environ, **config.as_environment()}
        self.environment["PYTHONPATH"] = str(PROJECT / "site")

    def start(self) -> None:
        command = [sys.executable, "-m", "lamppost.cli", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(  # noqa: S603 - the site's own command
            command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(600):
            with suppress(OSError, HTTPException):
                if ask(self.port, START)[0] == 200:
                    return
            time.sleep(0.1)
        raise TimeoutError

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def ask(port: int, path: str, sent: dict[str, str] | None = None) -> tuple[int, str, str]:
    """An answer: its status, where it leads, its page."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        body = None if sent is None else urlencode(sent)
        connection.request("POST" if body else "GET", path, body, form if body else {})
        answer = connection.getresponse()
        leads = (answer.getheader("Location") or "").partition("#")[0]
        return answer.status, leads, answer.read().decode()


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))


class Crowd:
    """People who answer without end, and remember what was acknowledged."""

    def __init__(self, port: int) -> None:
        self.port, self.over = port, threading.Event()
        self.saved: dict[str, str] = {}
        self.sent: list[str] = []
        self.threads = [threading.Thread(target=self._answer, args=(n,)) for n in range(PEOPLE)]

    def _answer(self, person: int) -> None:
        count, waiting = 0, []
        while not self.over.is_set():
            with suppress(OSError, HTTPException):
                words, count = f"person {person} {count} .", count + 1
                place = way_in(ask(self.port, START)[2])
                page = hidden(ask(self.port, place)[2])
                sent = {**page, "go": "next", "clear": "4", "missing": words}
                check = ask(self.port, place, {**sent, "technology": "public-wifi"})[1]
                self.saved[words] = check
                waiting.append((time.monotonic(), words, check))
            if waiting and time.monotonic() - waiting[0][0] > THINK:
                _, words, check = waiting.pop(0)
                with suppress(OSError, HTTPException):
                    self._send(words, check)

    def _send(self, words: str, check: str) -> None:
        status, leads, page = ask(self.port, check)
        if status == 200:
            status, leads, _page = ask(self.port, check, {**hidden(page), "go": "send"})
        if status == 303 and leads.endswith("/sent/"):
            self.sent.append(words)


@pytest.mark.drill
@pytest.mark.parametrize("kills", [2, 200])
def test_nothing_that_was_acknowledged_is_lost_and_nothing_is_there_twice(kills, tmp_path):
    server = Server(tmp_path)
    server.start()
    crowd = Crowd(server.port)
    for thread in crowd.threads:
        thread.start()
    try:
        for n in range(kills):
            time.sleep((THINK if n == 0 else 0) + 0.5 + secrets.randbelow(1000) / 1000)
            server.kill()
            server.start()
        time.sleep(2)
    finally:
        crowd.over.set()
        for thread in crowd.threads:
            thread.join()
    try:
        with closing(sqlite3.connect(tmp_path / "lamppost.sqlite")) as file:
            rows = file.execute("select value from answers where part = 'missing'").fetchall()
        found = Counter(row[0].strip('"') for row in rows)
        assert crowd.sent
        assert set(crowd.sent) <= set(found)
        assert set(found.values()) == {1}
        waiting = [words for words in crowd.saved if words not in found]
        for words in waiting[-40:]:
            assert words in ask(server.port, crowd.saved[words])[2]
    finally:
        server.kill()
