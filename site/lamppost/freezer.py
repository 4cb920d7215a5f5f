"""Freezes the reading face to plain files: only what changed, on all cores, swapped in at once.

Frozen-Flask knows the endpoints and the files of addresses. Pages are rendered by calling their
views within one request context per language, which gives the same bytes as a request would and
leaves out the round trip; a test compares the two.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import re
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from flask import Flask, request
from flask_frozen import Freezer, MissingURLGeneratorWarning

from . import create_app
from .addresses import Address, key
from .config import TRANSLATIONS, Config
from .content import Content
from .i18n import languages, speak
from .pages.views import static_names
from .reading import FOR_DEVICES, addresses
from .text import SOURCE_LANGUAGE
from .trees import Trees, remove_empty, write_new
from .urls import stand_at, url

BATCH = 400
"""Addresses that a worker renders at a time, at most, each in all its languages."""

# The literal start lets the search skip along; the rest is looked at only where it stands.
_LINK = re.compile(rb'="(?<=href="|.src="|tion=")(/(?!/)[^"#?]*)')


class FreezeError(Exception):
    """The site cannot be frozen; the message names the address and what is wrong with it."""


class Build(NamedTuple):
    """What a worker needs to make the same app as everybody else, and where it writes."""

    config: Config
    folder: Path


class Done(NamedTuple):
    """What a worker has done: pages and bytes written, and links met for the first time."""

    pages: int
    written: int
    links: dict[str, str]


@dataclass(frozen=True)
class Report:
    """What a freeze did: pages in the tree, those rendered and removed, bytes written, seconds."""

    pages: int
    rendered: int
    removed: int
    written: int
    seconds: float


def freeze(
    config: Config,
    out: Path,
    *,
    jobs: int | None = None,
    full: bool = False,
    executor: Executor | None = None,
    progress: Callable[[Iterable[int], int], Iterable[int]] = lambda steps, _: steps,
) -> Report:
    """Bring the plain files in ``out`` up to date with the record that ``config`` names.

    ``full`` renders everything again; else only what changed since the last freeze into ``out``.
    ``jobs`` is the number of processes, all cores unless given; an ``executor`` takes their place.
    ``progress`` wraps the steps (pages done at each) and is told the total.

    Raises :class:`FreezeError` for a broken record, a dead link, a page that fails or a view that
    names no pages, :class:`~lamppost.trees.BusyError` when another freeze is at work; the old site
    stays as it was.
    """
    began = time.perf_counter()
    trees = Trees(out)
    with trees.held():
        trees.mend()
        press = _press(Build(config, trees.spare))
        plan = _plan(press, {} if full else trees.manifest())
        trees.begin((str(name) for name in plan.files), afresh=plan.afresh)
        for name in plan.gone:
            (trees.spare / name).unlink(missing_ok=True)
            remove_empty((trees.spare / name).parent, trees.spare)
        done = _render(press.build, plan.changed, jobs, executor, progress)
        _check_links(done.links, trees.spare, press.root)
        trees.swap_in(plan.manifest)
        trees.follow(afresh=plan.afresh)
        _press.cache_clear()
    seconds = time.perf_counter() - began
    return Report(plan.pages, done.pages, len(plan.gone), done.written, seconds)


# --- what is to be done -------------------------------------------------------------------------


@dataclass(frozen=True)
class _Plan:
    changed: list[Address]
    gone: list[str]
    files: list[str]
    pages: int
    manifest: dict[str, Any]
    afresh: bool


def _plan(press: _Press, before: dict[str, Any]) -> _Plan:
    shared = _shared_digest(press.content, press.build.config)
    old: dict[str, str] = before.get("pages", {}) if before.get("shared") == shared else {}
    afresh = not before.get("pages") or before.get("shared") != shared
    new: dict[str, str] = {}
    named: Counter[str] = Counter()
    changed = []
    for address in press.addresses():
        id_ = address_id(address)
        if id_ in new:
            raise FreezeError(f"{id_}: named twice")
        named.update(views_of(address))
        new[id_] = digest = address.key.hex()
        if old.get(id_) != digest:
            changed.append(address)
    _check_endpoints(press, named.keys())
    gone = [name for id_ in old.keys() - new.keys() for name in press.files_of_id(id_)]
    files = [*gone, *(name for address in changed for name in press.files(address))]
    count = sum(press.count(endpoint) * times for endpoint, times in named.items())
    manifest = {"shared": shared, "pages": new}
    return _Plan(changed, gone, files, count, manifest, afresh)


def views_of(address: Address) -> tuple[str, ...]:
    """All views that an address stands for."""
    return (address.endpoint, *address.also)


def address_id(address: Address) -> str:
    """The name of an address in a manifest: its views and arguments."""
    values = [f"{name}={value}" for name, value in sorted(address.values.items())]
    return " ".join([",".join(views_of(address)), *values])


def _shared_digest(content: Content, config: Config) -> str:
    """A hash of what every page may show: code, templates, catalogs, settings, shared files."""
    package = Path(__file__).parent
    files = [p for p in package.glob("**/*") if p.is_file() and "__pycache__" not in p.parts]
    files += [TRANSLATIONS / "languages.yaml", *TRANSLATIONS.glob("*/LC_MESSAGES/*.mo")]
    hashed = hashlib.blake2b(digest_size=16)
    for path in sorted(files):
        hashed.update(path.name.encode() + path.read_bytes())
    reached = key(config.base_url, config.live_url)
    sample = b"sample" if content.registry.has_sample else b""
    return key(hashed.digest(), content.shared_digest, reached, sample).hex()


def _check_endpoints(press: _Press, named: AbstractSet[str]) -> None:
    if not press.content.registry.devices:
        named = named | FOR_DEVICES
    with warnings.catch_warnings():
        warnings.simplefilter("error", MissingURLGeneratorWarning)
        try:
            press.freezer._check_endpoints(named)  # noqa: SLF001 - Frozen-Flask's own check of routes
        except MissingURLGeneratorWarning as warning:
            raise FreezeError(str(warning)) from None


# --- rendering ----------------------------------------------------------------------------------


class _Press:
    """The frozen app with its content, ready to render; one in each process."""

    def __init__(self, build: Build) -> None:
        self.build = build
        self.app: Flask = create_app(build.config, frozen=True)
        self.freezer = Freezer(self.app, with_no_argument_rules=False, log_url_for=False)
        self.content: Content = self.app.extensions["published"].content
        base = urlsplit(build.config.base_url)
        self.root = base.path.rstrip("/")
        self._rules = {rule.endpoint: rule for rule in self.app.url_map.iter_rules()}
        self.links: dict[bytes, str] = {}

    @contextmanager
    def speaking(self, language: str) -> Iterator[None]:
        """A request context in which pages of one language are rendered."""
        base_url = self.build.config.base_url or "http://localhost"
        with self.app.test_request_context("/", base_url=base_url + "/"):
            speak(language)
            stand_at(self.root)
            yield

    def count(self, endpoint: str) -> int:
        """In how many languages a view's pages stand."""
        return len(languages()) if self.speaks(endpoint) else 1

    def speaks(self, endpoint: str) -> bool:
        """Whether a view's pages stand in every language."""
        return "language" in self._rules[endpoint].arguments

    def addresses(self) -> Iterator[Address]:
        """Every page of the reading face, and every static file."""
        with self.speaking(SOURCE_LANGUAGE):
            yield from addresses(self.content)
            for name in static_names():
                yield Address("static", {"filename": name}, b"")

    def files(self, address: Address) -> list[str]:
        """The files of an address, one for each of its languages."""
        with self.speaking(SOURCE_LANGUAGE):
            return [
                self._file(view, address.values, code)
                for view in views_of(address)
                for code in (languages() if self.speaks(view) else (None,))
            ]

    def files_of_id(self, id_: str) -> list[str]:
        """The files of an address that is no more."""
        views, *pairs = id_.split(" ")
        endpoint, *also = views.split(",")
        values = dict(pair.split("=", 1) for pair in pairs)
        return self.files(Address(endpoint, values, b"", tuple(also)))

    def _file(self, endpoint: str, values: dict[str, Any], language: str | None) -> str:
        spoken = {"language": language} if language else {}
        path = url(endpoint, **spoken, **values).removeprefix(self.root)
        return str(self.freezer.urlpath_to_filepath(path))

    def write(self, endpoint: str, values: dict[str, Any], language: str | None) -> int:
        """Render one page in the language that is spoken and write it; returns its bytes."""
        name = self._file(endpoint, values, language)
        # What `alternates` and the like ask of a request.
        request.url_rule = self._rules[endpoint]
        request.view_args = values
        try:
            answer = self.app.view_functions[endpoint](**values)
        except Exception as error:
            raise FreezeError(f"/{name}: {type(error).__name__}: {error}") from error
        data = self._data(answer, name)
        write_new(self.build.folder / name, data)
        if name.endswith(".html"):
            for link in _LINK.findall(data):
                self.links.setdefault(link, name)
        return len(data)

    @staticmethod
    def _data(answer: Any, name: str) -> bytes:
        if isinstance(answer, str):
            return answer.encode()
        if answer.status_code != 200:  # noqa: PLR2004 - what a plain file answers
            raise FreezeError(f"/{name}: status {answer.status_code}")
        answer.direct_passthrough = False
        data: bytes = answer.get_data()
        return data


@cache
def _press(build: Build) -> _Press:
    # Made once in the parent; forked workers find it here, others make their own.
    return _Press(build)


def _work(build: Build, batch: list[Address]) -> Done:
    press = _press(build)
    press.links = {}
    views = [(view, address.values) for address in batch for view in views_of(address)]
    spoken = [(view, values) for view, values in views if press.speaks(view)]
    written = 0
    for code in languages():
        with press.speaking(code):
            for view, values in spoken:
                written += press.write(view, values, code)
    neutral = [(view, values) for view, values in views if not press.speaks(view)]
    with press.speaking(SOURCE_LANGUAGE):
        for view, values in neutral:
            speak(SOURCE_LANGUAGE)
            written += press.write(view, values, None)
    pages = len(neutral) + len(spoken) * len(languages())
    return Done(pages, written, {link.decode(): name for link, name in press.links.items()})


def _render(
    build: Build,
    changed: list[Address],
    jobs: int | None,
    executor: Executor | None,
    progress: Callable[[Iterable[int], int], Iterable[int]],
) -> Done:
    jobs = jobs or os.cpu_count() or 1
    count = max(jobs, -(-len(changed) // BATCH))
    batches = [batch for n in range(count) if (batch := changed[n::count])]
    links: dict[str, str] = {}
    total = Done(0, 0, links)

    def finished(done: Done) -> int:
        nonlocal total
        links.update(done.links)
        total = Done(total.pages + done.pages, total.written + done.written, links)
        return done.pages

    press = _press(build)
    expected = sum(press.count(view) for address in changed for view in views_of(address))
    if executor is None and (jobs == 1 or len(batches) < 2):  # noqa: PLR2004 - no gain from a second process
        steps = (finished(_work(build, batch)) for batch in batches)
        _exhaust(progress(steps, expected))
        return total
    with nullcontext(executor) if executor else _processes(jobs) as pool:
        futures = [pool.submit(_work, build, batch) for batch in batches]
        try:
            _exhaust(progress((finished(f.result()) for f in as_completed(futures)), expected))
        except BaseException:
            for future in futures:
                future.cancel()
            raise
    return total


def _processes(jobs: int) -> Executor:
    # Forked where that can be, since a forked worker finds the content already loaded.
    fork = "fork" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if fork else None)
    return ProcessPoolExecutor(jobs, mp_context=context)


def _exhaust(steps: Iterable[int]) -> None:
    for _ in steps:
        pass


def _check_links(links: dict[str, str], folder: Path, root: str) -> None:
    dead = []
    for link, name in links.items():
        path = unquote(link).removeprefix(root)
        file = folder / Freezer.urlpath_to_filepath(None, path)
        if not file.exists():
            dead.append(f"/{name}: the link to {link} is dead")
    if dead:
        shown = "\n".join(sorted(dead)[:20])
        raise FreezeError(f"{len(dead)} dead links:\n{shown}")
