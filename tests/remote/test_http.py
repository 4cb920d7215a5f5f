"""The other copy over HTTP, with a real git server on loopback that asks for a token."""

from __future__ import annotations

import base64
import logging
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pygit2
import pytest

from lamppost import history
from lamppost.config import Config
from lamppost.remote import git, sync
from lamppost.remote.git import RemoteError

TOKEN = "t0ken-that-nobody-may-see"  # noqa: S105


def backend() -> str:
    """Git's own program that serves repositories; it comes with git."""
    found = shutil.which("git")
    assert found, "install git: these tests need the server that comes with it"
    path = subprocess.check_output([found, "--exec-path"], text=True).strip()  # noqa: S603
    program = Path(path) / "git-http-backend"
    assert program.exists(), f"install all of git: {program} is missing"
    return str(program)


class Handler(BaseHTTPRequestHandler):
    """Hands requests to git, if they bring the token."""

    protocol_version = "HTTP/1.1"
    root: Path
    met: list[str]
    elsewhere = ""

    def log_message(self, *_words: object) -> None:
        pass

    def _answer(self) -> None:
        said = self.headers.get("Authorization", "")
        self.met.append(said)
        body = self._body()
        if self.elsewhere:
            self._head(302, {"Location": self.elsewhere + self.path, "Content-Length": "0"})
            return
        _, _, secret = base64.b64decode(said.removeprefix("Basic ")).decode().partition(":")
        if secret != TOKEN:
            self._head(401, {"WWW-Authenticate": "Basic realm=git", "Content-Length": "0"})
            return
        path, _, query = self.path.partition("?")
        environment = {
            **os.environ, "GIT_PROJECT_ROOT": str(self.root), "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""), "REMOTE_USER": "somebody",
            "CONTENT_LENGTH": str(len(body)),
        }  # fmt: skip
        done = subprocess.run(  # noqa: S603
            [backend()], input=body, env=environment, capture_output=True, check=False
        )
        head, _, out = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().splitlines())
        status = int(headers.pop("Status", "200").split()[0])
        self._head(status, {**headers, "Content-Length": str(len(out))})
        self.wfile.write(out)

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", "0")))
        parts = []
        while size := int(self.rfile.readline(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    do_GET = do_POST = _answer  # noqa: N815 - the base class calls them so


def served(handler: type[Handler]) -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture
def host(bare: Path) -> Iterator[str]:
    """The address of a host that asks for the token."""
    pygit2.Repository(str(bare)).config["http.receivepack"] = True
    handler = type("Own", (Handler,), {"root": bare.parent, "met": []})
    server = served(handler)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def far(kept: Config, host: str) -> Config:
    """Settings with the other copy on that host."""
    return replace(kept, record_remote=f"{host}/bare.git", record_token=TOKEN)


def test_saves_go_and_come_with_the_token(far, elsewhere, newest_there):
    assert sync.push(far), sync.told(far)
    assert newest_there() == history.newest(far.record)
    name = "content/registry/technologies/public-wifi.yaml"
    theirs = elsewhere(name, b"summary:\n  en: ", b"summary:\n  en: Theirs, ")
    sync.fetch(far)
    assert sync.take_in(far) == 1
    assert history.newest(far.record) == theirs


@pytest.mark.parametrize(
    ("token", "told"), [("wrong-but-secret", "does not accept the token"), ("", "asks for a token")]
)
def test_a_token_that_is_refused_is_told_without_it(far, caplog, token, told):
    caplog.set_level(logging.DEBUG)
    config = replace(far, record_token=token)
    assert not sync.push(config)
    assert told in sync.told(config)["push"].error
    with pytest.raises(RemoteError, match=told):
        sync.fetch(config)
    assert "secret" not in caplog.text + repr(config) + (config.instance / sync.FILE).read_text()


def test_another_host_does_not_get_the_token(far, bare):
    thief = type("Thief", (Handler,), {"root": bare.parent, "met": []})
    there = served(thief)
    mover = type("Mover", (Handler,), {"root": bare.parent, "met": []})
    mover.elsewhere = f"http://127.0.0.1:{there.server_port}"
    here = served(mover)
    config = replace(far, record_remote=f"http://127.0.0.1:{here.server_port}/bare.git")
    try:
        with pytest.raises(RemoteError):
            git.fetch(config.record, config.record_remote, config.record_token)
    finally:
        for server in (here, there):
            server.shutdown()
            server.server_close()
    assert mover.met
    assert not any(thief.met)


def test_a_host_that_does_not_answer_is_told(far):
    config = replace(far, record_remote="http://127.0.0.1:9/bare.git")
    assert not sync.push(config)
    assert sync.told(config)["push"].error
