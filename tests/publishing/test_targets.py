"""Where releases are sent: a folder, and a bucket of a real S3 server on this machine."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from lamppost.publishing.targets import HELD, SendError, content_type, send


@pytest.fixture
def site(tmp_path) -> Path:
    """A small frozen site."""
    for name, words in {"index.html": "door", "en/index.html": "home", "site.css": "a{}"}.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words)
    return tmp_path / "site"


@pytest.fixture(scope="module")
def server():
    """An S3 server."""
    made = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    made.start()
    host, port = made.get_host_and_port()
    yield f"http://{host}:{port}"
    made.stop()


@pytest.fixture
def bucket(server, monkeypatch):
    """A bucket of its own, and the settings by which it is found."""
    for name, value in {
        "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1", "AWS_ENDPOINT_URL": server,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    made = boto3.resource("s3").Bucket(
        f"site-{threading.get_ident()}-{socket.gethostname()}".lower()[:60]
    )
    made.create()
    yield made
    made.objects.all().delete()
    made.delete()


def held(folder: Path) -> dict[str, str]:
    """The files of a folder but the one that says what it holds."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != HELD)
    return {str(path.relative_to(folder)): path.read_text() for path in files}


def test_a_folder_gets_the_files_and_then_only_what_differs(site, tmp_path):
    target = tmp_path / "www"
    assert send(site, f"file://{target}") == 3
    assert held(target) == held(site)
    assert send(site, f"file://{target}") == 0
    (site / "en/index.html").write_text("new home")
    (site / "site.css").unlink()
    assert send(site, f"file://{target}") == 1
    assert held(target) == held(site)


def test_what_somebody_else_put_there_stays(site, tmp_path):
    (tmp_path / "www").mkdir()
    (tmp_path / "www" / "theirs.txt").write_text("theirs")
    send(site, f"file://{tmp_path / 'www'}")
    assert held(tmp_path / "www") == {**held(site), "theirs.txt": "theirs"}


def test_a_bucket_gets_the_files_with_their_media_types(site, bucket):
    assert send(site, f"s3://{bucket.name}/below") == 3
    there = {item.key.removeprefix("below/"): item.get() for item in bucket.objects.all()}
    read = {name: got["Body"].read().decode() for name, got in there.items()}
    assert read.pop(HELD)
    assert read == held(site)
    assert there["en/index.html"]["ContentType"] == "text/html; charset=utf-8"
    assert there["site.css"]["ContentType"] == "text/css; charset=utf-8"


def test_a_bucket_loses_what_is_gone_and_gets_what_is_new(site, bucket):
    send(site, f"s3://{bucket.name}")
    (site / "site.css").unlink()
    (site / "en/index.html").write_text("new home")
    assert send(site, f"s3://{bucket.name}") == 1
    names = {item.key for item in bucket.objects.all()} - {HELD}
    assert names == {"index.html", "en/index.html"}
    assert bucket.Object("en/index.html").get()["Body"].read() == b"new home"


@pytest.mark.usefixtures("bucket")
def test_a_bucket_that_is_not_there_is_told_by_its_name(site):
    with pytest.raises(SendError, match="s3://no-such-bucket"):
        send(site, "s3://no-such-bucket/x")


def test_an_unknown_kind_of_target_is_told(site):
    with pytest.raises(SendError, match="gopher"):
        send(site, "gopher://host/x")


def test_a_sending_that_broke_off_is_taken_up(site, tmp_path):
    target = f"file://{tmp_path / 'www'}"
    send(site, target)
    for name in ("index.html", "en/index.html"):
        (site / name).write_text("new")

    def breaking(steps, _of):
        yield next(iter(steps))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send(site, target, progress=breaking)
    assert send(site, target) == 2
    assert held(tmp_path / "www") == held(site)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a/index.html", "text/html; charset=utf-8"),
        ("feed.atom", "application/atom+xml; charset=utf-8"),
        ("devices.geojson", "application/geo+json; charset=utf-8"),
        ("devices.sqlite", "application/octet-stream"),
        ("khmer.woff2", "font/woff2"),
        ("mark.svg", "image/svg+xml; charset=utf-8"),
    ],
)
def test_a_file_is_served_as_what_it_is(name, expected):
    assert content_type(name) in (expected, expected.replace("octet-stream", "vnd.sqlite3"))
