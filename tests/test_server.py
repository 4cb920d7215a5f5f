"""The server of the live site: what comes reaches the app whole, and nobody holds it up."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection

import pytest

from lamppost import create_app, db, server
from lamppost.config import PROJECT, Config
from lamppost.crowd import MOST_WAITING, Crowd
from lamppost.processors import anywhere, stay_on_one
from lamppost.server import HANDS, Site, server_of

TOLD = ("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "CONTENT_TYPE", "CONTENT_LENGTH",
        "REMOTE_ADDR", "SERVER_PROTOCOL", "HTTP_COOKIE", "HTTP_X_ONE", "HTTP_HOST")  # fmt: skip


def echo(environ, start_response):
    """Tell what was asked."""
    told = {name: environ.get(name, "") for name in TOLD}
    told["body"] = environ["wsgi.input"].read().decode("latin-1")
    words = json.dumps(told).encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(words)))])
    return [words]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """The gate of a live app."""
    app = create_app(Config(instance=tmp_path_factory.mktemp("server"), record=PROJECT))
    return Crowd(app)


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_for(port: int, is_alive: Callable[[], bool]) -> None:
    """Wait until somebody listens."""
    with socket.socket() as probe:
        while probe.connect_ex(("127.0.0.1", port)):
            assert is_alive()
            time.sleep(0.01)


@pytest.fixture
def serve(crowd):
    """A function that serves a WSGI application, and returns its port."""
    ends = []

    def run(app):
        port = free_port()

        async def work() -> None:
            run.site = site = Site(app, crowd)
            made = server_of(site, "127.0.0.1", port)
            ends.append((asyncio.get_running_loop(), made, thread))
            await made.serve()
            site.hands.end()

        thread = threading.Thread(target=asyncio.run, args=(work(),))
        thread.start()
        wait_for(port, thread.is_alive)
        return port

    yield run
    for loop, made, thread in ends:
        loop.call_soon_threadsafe(made.stop)
        thread.join(20)
        assert not thread.is_alive()


def said(port: int, words: bytes) -> bytes:
    """All that is answered until the connection ends."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=20)) as connection:
        connection.sendall(words)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def answer(port: int, method: str, path: str, body=None, headers=()):
    """The status, the headers and the body of an answer."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.putrequest(method, path)
        for name, value in headers:
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        got = connection.getresponse()
        return got.status, dict(got.getheaders()), got.read()


def test_what_is_asked_reaches_the_app_as_it_was_sent(serve):
    port = serve(echo)
    sent = "missing=ខ្មែរ".encode()
    status, _headers, body = answer(
        port, "POST", "/km/%E1%9E%81/%ff/a%2Fb?q=%20&r=1", sent,
        [("Content-Type", "application/x-www-form-urlencoded"), ("X-One", "1"), ("X-One", "2"),
         ("X_One", "forged"), ("Cookie", "a=1"), ("Cookie", "b=2")],
    )  # fmt: skip
    told = json.loads(body)
    assert status == 200
    assert told["PATH_INFO"].encode("latin-1").startswith("/km/ខ/".encode())
    assert told["PATH_INFO"].endswith("/a/b")
    assert told["body"].encode("latin-1") == sent
    assert {name: told[name] for name in TOLD if name != "PATH_INFO"} == {
        "REQUEST_METHOD": "POST", "QUERY_STRING": "q=%20&r=1", "CONTENT_LENGTH": str(len(sent)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded", "REMOTE_ADDR": "127.0.0.1",
        "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_COOKIE": "a=1; b=2", "HTTP_X_ONE": "1, 2",
        "HTTP_HOST": f"127.0.0.1:{port}",
    }  # fmt: skip


def test_what_comes_in_pieces_is_one_request(serve):
    head = b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    told = said(serve(echo), head + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
    assert b'"CONTENT_LENGTH": "5"' in told
    assert b'"body": "abcde"' in told


def test_a_page_of_the_site_is_served_with_its_headers_and_its_head_alone(serve, tmp_path):
    port = serve(create_app(Config(instance=tmp_path, record=PROJECT)))
    status, headers, page = answer(port, "GET", "/km/surveys/")
    assert status == 200
    assert page.decode().startswith("<!doctype html>")
    assert headers["content-security-policy"]
    status, head, nothing = answer(port, "HEAD", "/km/surveys/")
    assert (status, nothing, head["content-length"]) == (200, b"", str(len(page)))
    etag = answer(port, "GET", "/static/fonts/khmer-name.woff2")[1]["etag"]
    again = answer(port, "GET", "/static/fonts/khmer-name.woff2", None, [("If-None-Match", etag)])
    assert (again[0], again[2]) == (304, b"")


@pytest.mark.parametrize("sent", [b"Content-Length: 9\r\n\r\nabc", b"Content-Length: 9"])
def test_who_falls_silent_in_the_middle_is_let_go(sent, serve, monkeypatch):
    monkeypatch.setattr(server, "QUIET_SECONDS", 1)
    told = said(serve(echo), b"POST / HTTP/1.1\r\nHost: a\r\n" + sent)
    assert told == b"" or b" 408 " in told


def test_who_says_nothing_more_is_let_go(serve, monkeypatch):
    monkeypatch.setattr(server, "QUIET_SECONDS", 1)
    assert said(serve(echo), b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").startswith(b"HTTP/1.1 200 OK")


def test_more_than_is_taken_is_refused_however_it_is_told(serve, monkeypatch):
    monkeypatch.setattr(server, "MOST_SENT_BYTES", 10)
    port, head = serve(echo), b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
    refused = said(port, head + b"Content-Length: 11\r\n\r\nabc")
    assert b" 413 " in refused
    assert b"<h1>What you sent is too large</h1>" in refused
    chunk = b"8\r\nabcdefgh\r\n"
    assert b" 413 " in said(port, head + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 2)
    assert b" 200 " in said(port, head + b"Content-Length: 10\r\n\r\nabcdefghij")


def test_what_many_send_at_once_is_held_up_to_a_limit_and_let_go(serve, monkeypatch):
    monkeypatch.setattr(server, "MOST_HELD_BYTES", 100)
    port = serve(echo)
    head = b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"40\r\n" + b"a" * 64 + b"\r\n"
    with closing(socket.create_connection(("127.0.0.1", port), timeout=20)) as slow:
        slow.sendall(head + chunk)
        while b" 503 " not in said(port, head + chunk + b"0\r\n\r\n"):
            pass  # the first one's part is on its way
        slow.sendall(b"0\r\n\r\n")
        assert slow.recv(12) == b"HTTP/1.1 200"
    assert b" 200 " in said(port, head + chunk + b"0\r\n\r\n")


def test_a_fault_of_the_app_is_told_to_the_log_and_the_next_one_is_served(serve, caplog):
    def faulty(environ, start_response):
        if environ["PATH_INFO"] == "/broken":
            raise ValueError("broken")
        return echo(environ, start_response)

    port = serve(faulty)
    assert answer(port, "GET", "/broken")[0] == 500
    assert "ValueError: broken" in caplog.text
    assert answer(port, "GET", "/")[0] == 200


def test_when_too_many_wait_newcomers_are_told_and_who_has_begun_is_served(serve):
    come, go = threading.Semaphore(0), threading.Event()

    def slow(environ, start_response):
        come.release()
        go.wait(20)
        return echo(environ, start_response)

    port, many = serve(slow), HANDS + MOST_WAITING + 1
    waiting = [socket.create_connection(("127.0.0.1", port)) for _ in range(many)]
    try:
        for one in waiting:
            one.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        for _ in range(HANDS):
            assert come.acquire(timeout=20)
        until = time.monotonic() + 20
        while serve.site.hands.waiting <= MOST_WAITING:
            assert time.monotonic() < until
            time.sleep(0.01)
        begun = threading.Thread(
            target=lambda: statuses.append(
                answer(port, "GET", "/km/surveys/x/answer/7Q4K-2DDJ-X0XT-8BZM/1/")[0]
            )
        )
        statuses: list[int] = []
        begun.start()
        status, _headers, page = answer(port, "GET", "/km/surveys/x/answer/")
        assert status == 503
        assert "មនុស្សច្រើនពេក" in page.decode()
        go.set()
        begun.join(20)
        assert statuses == [200]
        assert all(one.recv(12) == b"HTTP/1.1 200" for one in waiting)
    finally:
        go.set()
        for one in waiting:
            one.close()


def test_each_hand_keeps_a_connection_to_the_database(tmp_path):
    engine = db.engine(f"sqlite:///{tmp_path}/some.sqlite")
    for _ in range(2):
        hands = [engine.connect() for _ in range(HANDS)]
        for hand in hands:
            hand.close()
        assert engine.pool.checkedin() == HANDS
    engine.dispose()


def test_as_many_connections_are_allowed_as_are_wanted_where_the_system_lets():
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
        server.allow(300)
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 300
        server.allow(10)
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 300
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.fixture
def command(tmp_path):
    """A function that starts the site as it is run, at a port."""
    config = Config(instance=tmp_path, record=PROJECT)
    db.upgrade(config.database_url)
    (tmp_path / "secret_key").write_text("ab" * 32, "ascii")
    environment = {**os.environ, **config.as_environment(), "PYTHONPATH": str(PROJECT / "site")}
    started = []

    def start(port: int) -> subprocess.Popen[str]:
        words = [sys.executable, "-m", "lamppost.cli", "serve", "--port", str(port)]
        one = subprocess.Popen(  # noqa: S603 - the site's own command
            words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        started.append(one)
        return one

    yield start
    for one in started:
        one.kill()
        one.communicate()


def test_the_site_ends_when_it_is_told_and_lets_nobody_else_serve_beside_it(command):
    port = free_port()
    first = command(port)
    assert "Serving on" in first.stdout.readline()
    wait_for(port, lambda: first.poll() is None)
    assert answer(port, "GET", "/en/surveys/")[0] == 200
    second = command(port)
    assert "Address already in use" in second.communicate(timeout=60)[1]
    assert second.returncode == 1
    assert len(os.sched_getaffinity(first.pid)) == 1
    kept = socket.create_connection(("127.0.0.1", port))  # says nothing: nobody waits for it
    first.send_signal(signal.SIGTERM)
    assert first.communicate(timeout=20)[1] == ""
    assert first.returncode == 0
    kept.close()


def test_the_threads_of_a_server_stay_on_one_processor_and_what_it_starts_runs_on_any():
    told = "import os; print(sorted(os.sched_getaffinity(0)))"
    usable = sorted(os.sched_getaffinity(0))

    def work(number):
        stay_on_one(number)
        here = os.sched_getaffinity(0)
        with anywhere():
            child = subprocess.check_output(  # noqa: S603 - a line of ours
                [sys.executable, "-c", told], text=True
            )
        assert (child.strip(), os.sched_getaffinity(0)) == (str(usable), here)
        with ThreadPoolExecutor(1) as hands:
            assert hands.submit(os.sched_getaffinity, 0).result() == here
        return here

    with ThreadPoolExecutor(1) as pool:
        found = [pool.submit(work, 8000 + n).result() for n in range(len(usable))]
    assert set.union(*map(set, found)) == set(usable)
    assert {len(one) for one in found} == {1}
