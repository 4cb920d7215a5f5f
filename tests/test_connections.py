"""Connections that are kept open cost nothing while they are silent, and end when it is time."""

from __future__ import annotations

import resource
import socket
import threading

import pytest
from waitress.channel import HTTPChannel
from waitress.server import create_server

from lamppost import connections
from lamppost.connections import FILES, Connections, allow

REQUEST = b"GET /%d HTTP/1.1\r\nHost: a\r\n\r\n"
KEPT = 40


def say_where(environ, start_response):
    """Answer with the path that was asked for, and with what was sent."""
    words = environ["PATH_INFO"].encode() + environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", str(len(words)))])
    return [words]


@pytest.fixture
def serve():
    """A function that serves, and returns the connections with the ``port`` that they come to."""
    ends = []

    def run(**more):
        made, over = Connections(), threading.Event()
        server = create_server(say_where, host="127.0.0.1", port=0, map=made, **more)
        made.port = server.effective_port

        def loop():
            while not over.is_set():
                made.wait(0.02)
            server.close()

        thread = threading.Thread(target=loop)
        thread.start()
        ends.append((over, thread))
        return made

    yield run
    for over, thread in ends:
        over.set()
        thread.join()


def opened(server):
    return socket.create_connection(("127.0.0.1", server.port), timeout=20)


def ask(connection, number, body=b""):
    """Ask over a connection that is open; the answer's body."""
    head = REQUEST % number
    if body:
        head = head.replace(b"GET", b"POST").replace(b"\r\n\r\n", b"\r\nContent-Length: %d\r\n\r\n")
        head %= len(body)
    connection.sendall(head + body)
    found = b""
    while b"\r\n\r\n" not in found:
        found += connection.recv(65536)
    head, _, rest = found.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
    while len(rest) < length:
        rest += connection.recv(65536)
    return rest


def test_a_silent_connection_is_not_asked_and_is_served_when_it_speaks(serve, monkeypatch):
    monkeypatch.setattr(connections, "ALL_SECONDS", 3600)
    server, asked = serve(), []
    kept = [opened(server) for _ in range(KEPT)]
    assert [ask(one, n) for n, one in enumerate(kept)] == [b"/%d" % n for n in range(KEPT)]
    plain = HTTPChannel.readable
    monkeypatch.setattr(HTTPChannel, "readable", lambda one: asked.append(one) or plain(one))
    for n in range(5):
        assert ask(kept[0], n) == b"/%d" % n
    # Those that were served last may not have been asleep yet.
    assert len({one.addr for one in asked}) < KEPT / 4
    assert [ask(one, n) for n, one in enumerate(kept)] == [b"/%d" % n for n in range(KEPT)]
    for one in kept:
        one.close()


def test_a_large_body_and_many_requests_at_once_come_through(serve):
    server = serve()
    with opened(server) as one:
        assert ask(one, 1, b"x" * 600_000) == b"/1" + b"x" * 600_000
        one.sendall(b"".join(REQUEST % n for n in range(20)))
        found = b""
        while b"/19" not in found:
            found += one.recv(65536)
        assert found.count(b"200 OK") == 20


def test_one_that_was_closed_is_forgotten(serve):
    server = serve()
    before = len(server)
    with opened(server) as one:
        ask(one, 1)
        assert len(server) == before + 1
    for _ in range(1000):
        if len(server) == before:
            return
        threading.Event().wait(0.01)
    pytest.fail("it is still there")


def test_one_that_is_silent_for_too_long_is_closed(serve, monkeypatch):
    monkeypatch.setattr(connections, "ALL_SECONDS", 0.05)
    server = serve(channel_timeout=1, cleanup_interval=1)
    with opened(server) as one:
        ask(one, 1)
        assert one.recv(10) == b""


def test_as_many_are_allowed_as_are_promised():
    before = soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 900), hard))
        allow(1000)
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (1000 + FILES, hard)
        allow(10)
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (1000 + FILES, hard)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
