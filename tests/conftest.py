"""What tests share: the app on a copy of the shipped record, and the shipped record frozen once."""

from __future__ import annotations

import fcntl
import gc
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import flask
import pytest
import werkzeug.test
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from hypothesis import settings
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Rule

from lamppost import catalogs, create_app, db, history
from lamppost.config import PROJECT, Config
from lamppost.freezer import freeze
from lamppost.i18n import speak
from lamppost.staff.accounts import add_staff, staff_by_email
from lamppost.text import SOURCE_LANGUAGE
from lamppost.trees import Trees

from .postgres import Databases

# A busy machine is no reason to fail. The suite gives one tree one verdict; drills look further.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("wide", deadline=None, max_examples=1000)
settings.load_profile("same")

TODAY = date(2026, 11, 22)
FEW = {
    "eco-totem-counter", "police-plate-readers", "public-wifi", "this-website", "traffic-cameras"
}  # fmt: skip
"""The technologies of the small record: with and without devices, points, people's data."""


def pytest_collection_finish() -> None:
    """Search for garbage less often, and not in what is there before the first test: it stays.

    Each app is a ring of many objects, and to look for such rings took a fifth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def compiled_catalogs() -> None:
    """Without compiled catalogs every page would be English."""
    list(catalogs.compile_all())


@pytest.fixture(scope="session", autouse=True)
def forms_in_memory() -> None:
    """Werkzeug's client puts a large form into a file that it never closes."""
    werkzeug.test.stream_encode_multipart.__defaults__ = (False, 0, None)


@pytest.fixture(scope="session", autouse=True)
def addresses_compiled_once() -> None:
    """Every test's app has the same addresses; to compile them takes half of making an app."""
    compiled, compile_one = {}, Rule._compile_builder  # noqa: SLF001

    def builder(rule: Rule, *way: bool) -> Callable[..., tuple[str, str]]:
        key = rule.rule, repr(rule.defaults), rule.subdomain, rule.host, way
        if key not in compiled:
            compiled[key] = compile_one(rule, *way)
        return compiled[key]

    Rule._compile_builder = builder  # noqa: SLF001


@pytest.fixture(autouse=True)
def in_english() -> None:
    """What an earlier test has spoken is not heard in the next."""
    speak(SOURCE_LANGUAGE)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A copy of the shipped record, to be changed at will; it has no history."""
    shutil.copytree(PROJECT / "content", tmp_path / "record" / "content")
    practices = Path("surveys", "practices")
    shutil.copytree(PROJECT / practices, tmp_path / "record" / practices)
    return tmp_path / "record"


@pytest.fixture(scope="session", autouse=True)
def databases() -> Iterator[Databases | None]:
    """Databases on the server that ``LAMPPOST_TEST_DATABASE_URL`` names, where it names one.

    Then each instance has one there, unless a test sets ``LAMPPOST_DATABASE_URL`` itself.
    """
    server = os.environ.get("LAMPPOST_TEST_DATABASE_URL")
    if not server:
        yield None
        return
    made, own = Databases(server), Config.database_url.fget

    def url(config: Config) -> str:
        is_set = os.environ.get("LAMPPOST_DATABASE_URL")
        return own(config) if is_set else made.url(config.instance)

    Config.database_url = property(url)
    yield made
    made.close()


@pytest.fixture
def database_url(tmp_path: Path, databases: Databases | None) -> Iterator[str]:
    """Where the instance of ``config``, a folder made here, has its database: an empty one.

    It is a file of SQLite, or a database on the PostgreSQL server, which is dropped after the test.
    """
    (tmp_path / "instance").mkdir()
    yield Config(instance=tmp_path / "instance").database_url
    if databases:
        databases.drop(tmp_path / "instance")


@pytest.fixture
def config(tmp_path: Path, record: Path, database_url: str) -> Config:  # noqa: ARG001 - names it
    """Settings for an instance of its own, on a fixed day."""
    return Config(instance=tmp_path / "instance", record=record, as_of=TODAY)


@pytest.fixture(scope="session")
def shipped() -> Config:
    """Settings that read the shipped content itself, for tests that change nothing."""
    return Config(record=PROJECT, as_of=TODAY)


@pytest.fixture(scope="session")
def app(shipped: Config) -> Flask:
    """The live app on the shipped content."""
    app = create_app(shipped)
    app.testing = True
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of the live app."""
    return app.test_client()


@pytest.fixture(scope="session")
def start_history(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, Path], None]:
    """A function that makes a record with a history from files; of the same ones by a copy."""
    made: dict[str, Path] = {}

    def start(root: Path, shipped: Path) -> None:
        seen = hashlib.blake2b()
        for folder, _, names in sorted(os.walk(shipped, followlinks=True)):
            for name in sorted(names):
                path = Path(folder, name)
                seen.update(b"%b\0%b\0" % (bytes(path.relative_to(shipped)), path.read_bytes()))
        mark = seen.hexdigest()
        if mark not in made:
            made[mark] = tmp_path_factory.mktemp("started") / "record"
            history.start(made[mark], shipped, "First published")
        shutil.copytree(made[mark], root)

    return start


@pytest.fixture
def kept_record(record: Path, start_history: Callable[[Path, Path], None]) -> Path:
    """The record, copied as the one of an instance is: with a history of its own."""
    start_history(record.with_name("kept"), record)
    return record.with_name("kept")


@pytest.fixture(scope="session")
def migrated(
    tmp_path_factory: pytest.TempPathFactory, databases: Databases | None
) -> Callable[[str], None]:
    """A function that gives an empty database all tables, by a copy of another."""
    if databases:
        return databases.migrate
    made = tmp_path_factory.mktemp("migrated") / "lamppost.sqlite"
    db.upgrade(f"sqlite:///{made}")

    def migrate(url: str) -> None:
        shutil.copyfile(made, url.removeprefix("sqlite:///"))

    return migrate


@pytest.fixture(scope="session")
def stored(databases: Databases | None) -> Callable[[Config], bytes]:
    """A function that gives what somebody reads who has the database of an instance.

    That is SQLite's file and its log, or all that the tables of PostgreSQL hold.
    """

    def read(config: Config) -> bytes:
        if databases:
            return databases.stored(config.instance)
        files = sorted(config.instance.glob("lamppost.sqlite*"))
        assert files
        return b"".join(path.read_bytes() for path in files)

    return read


@pytest.fixture
def desk(kept_record: Path, config: Config, migrated: Callable[[str], None]) -> Flask:
    """The live app on a record and a database of its own, for what staff do."""
    config = replace(config, record=kept_record)
    migrated(config.database_url)
    app = create_app(config)
    app.testing = True
    return app


@pytest.fixture
def sign_in(desk: Flask) -> Callable[..., FlaskClient]:
    """A function that gives a client of the desk with somebody of these roles signed in."""

    def signed_in(*roles: str, email: str = "") -> FlaskClient:
        client = desk.test_client()
        email = email or f"{'-'.join(roles) or 'nobody'}@staff.example"
        with desk.app_context():
            found = staff_by_email(email)
            name = email.partition("@")[0].title()
            staff = found or add_staff(email, name=name, roles=roles)
            staff.tf_totp_secret = staff.tf_totp_secret or "set up"
            db.sessions().commit()
            mark = staff.fs_uniquifier
        with client.session_transaction("/en/desk/", base_url="https://localhost") as session:
            moment = int(time.time())
            session.update(_user_id=mark, _fresh=True, fs_cc="set", identity_id=mark)
            session.update(began=moment, seen=moment, fs_paa=moment, csrf_token="a" * 40)
        with desk.test_request_context("/en/desk/"):
            flask.session["csrf_token"] = "a" * 40
            client.environ_base["HTTP_X_CSRFTOKEN"] = generate_csrf()
        client.environ_base["HTTP_REFERER"] = "https://localhost/"
        client.environ_base["wsgi.url_scheme"] = "https"
        return client

    return signed_in


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run share, and no other run."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def site(run_folder: Path, shipped: Config) -> Path:
    """The shipped content as plain files, frozen once for all test processes."""
    root = run_folder / "frozen-site"
    root.mkdir(exist_ok=True)
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "site").is_dir():
            freeze(shipped, root / "site")
    return root / "site"


@pytest.fixture(scope="session")
def pseudo(run_folder: Path) -> Path:
    """The shipped content in two more languages that nobody speaks, frozen once as ``site`` is."""
    root = run_folder / "pseudo"
    root.mkdir(exist_ok=True)
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "made" / "site").is_dir():
            environment = {**os.environ, "PYTHONPATH": str(PROJECT / "site")}
            command = [sys.executable, PROJECT / "tools" / "pseudo.py", root / "made"]
            subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603
    return root / "made" / "site"


@pytest.fixture
def broken(record: Path) -> Callable[[str, str, str], None]:
    """A function that replaces a text in a file of the record, to break it."""

    def replace(name: str, found: str, put: str) -> None:
        path = record / name
        words = path.read_text("utf-8")
        assert found in words
        path.write_text(words.replace(found, put, 1), "utf-8")

    return replace


# --- for tests that freeze ----------------------------------------------------------------------


@pytest.fixture
def small(record: Path) -> Path:
    """The record with few technologies and a dozen devices: it is frozen in a moment."""
    _trim(record)
    return record


def _trim(record: Path) -> None:
    shutil.rmtree(record / "content" / "briefs")  # they tell of technologies that go
    for path in (record / "content" / "registry").glob("[td]e*/*"):
        if path.stem not in FEW:
            path.unlink()
        elif path.suffix == ".csv":
            lines = path.read_text("utf-8").splitlines(keepends=True)
            path.write_text("".join(lines[:5]), "utf-8")


@pytest.fixture(scope="session")
def first_freeze(tmp_path_factory: pytest.TempPathFactory, compiled_catalogs: None) -> Path:  # noqa: ARG001
    """The small record frozen as it is, once in each test process."""
    root = tmp_path_factory.mktemp("first-freeze")
    shutil.copytree(PROJECT / "content", root / "record" / "content")
    practices = Path("surveys", "practices")
    shutil.copytree(PROJECT / practices, root / "record" / practices)
    _trim(root / "record")
    freeze(Config(record=root / "record", as_of=TODAY), root / "site", jobs=1)
    return root / "site"


@pytest.fixture
def out(tmp_path: Path, first_freeze: Path) -> Path:
    """A folder of the test's own into which the small record was frozen as it is."""
    first, trees = Trees(first_freeze), Trees(tmp_path / "site")
    with trees.held():
        trees.begin((), afresh=True)
        shutil.copytree(first.live, trees.spare, copy_function=os.link, dirs_exist_ok=True)
        trees.swap_in(first.manifest())
        trees.follow(afresh=True)
    return trees.live


@pytest.fixture(scope="session")
def files_in() -> Callable[[Path], dict[str, bytes]]:
    """A function that reads a tree: each file's bytes by its name."""

    def read(root: Path) -> dict[str, bytes]:
        paths = (path for path in root.rglob("*") if path.is_file())
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}

    return read


def sent_by(html: str) -> list[tuple[str, str]]:
    """What a browser would send of the form of a page that has a note, or carries one."""
    soup = BeautifulSoup(html, "html.parser")
    form = next(f for f in soup.find_all("form") if f.get("method") == "post")
    return [pair for part in form.find_all(["input", "textarea", "select"]) for pair in _of(part)]


def _of(part: Any) -> Iterator[tuple[str, str]]:
    name = part.get("name")
    if part.name == "select":
        chosen = part.find("option", selected=True) or part.find("option")
        yield name, chosen["value"]
    elif part.name == "textarea":
        yield name, part.text.removeprefix("\r\n").removeprefix("\n").replace("\n", "\r\n")
    elif part.get("type") not in ("checkbox", "radio") or part.has_attr("checked"):
        yield name, part.get("value", "")


@pytest.fixture
def fill() -> Callable[..., MultiDict[str, str]]:
    """A function that fills in the form of a page: a value, a list of values, or None for none."""

    def filled(html: str, changes: dict[str, Any]) -> MultiDict[str, str]:
        sent = MultiDict(sent_by(html))
        for name, value in changes.items():
            if value is None:
                sent.poplist(name)
            else:
                sent.setlist(name, value if isinstance(value, list) else [value])
        return sent

    return filled
