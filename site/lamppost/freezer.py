"""Freezes the reading face to plain files: only what changed, on all cores, swapped in at once.

Frozen-Flask knows the endpoints and the files of addresses, and what is missing.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from flask_frozen import Freezer, MissingURLGeneratorWarning

from .addresses import Address, key
from .config import TRANSLATIONS, Config
from .content import Content
from .press import Build, Done, FreezeError, Press, press_of, views_of, work
from .reading import FOR_DEVICES
from .trees import Trees, remove_empty

BATCH = 400
"""Addresses that a worker renders at a time, at most, each in all its languages."""


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
        press = press_of(Build(config, trees.spare))
        plan = _plan(press, {} if full else trees.manifest())
        trees.begin((str(name) for name in plan.files), afresh=plan.afresh)
        for name in plan.gone:
            (trees.spare / name).unlink(missing_ok=True)
            remove_empty((trees.spare / name).parent, trees.spare)
        done = _render(press.build, plan.changed, jobs, executor, progress)
        _check_links(done.links, trees.spare, press.root)
        trees.swap_in(plan.manifest)
        trees.follow(afresh=plan.afresh)
        press_of.cache_clear()
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


def _plan(press: Press, before: dict[str, Any]) -> _Plan:
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


def _check_endpoints(press: Press, named: AbstractSet[str]) -> None:
    if not press.content.registry.devices:
        named = named | FOR_DEVICES
    with warnings.catch_warnings():
        warnings.simplefilter("error", MissingURLGeneratorWarning)
        try:
            press.freezer._check_endpoints(named)  # noqa: SLF001 - Frozen-Flask's own check of routes
        except MissingURLGeneratorWarning as warning:
            raise FreezeError(str(warning)) from None


# --- rendering ----------------------------------------------------------------------------------


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

    press = press_of(build)
    expected = sum(press.count(view) for address in changed for view in views_of(address))
    if executor is None and (jobs == 1 or len(batches) < 2):  # noqa: PLR2004 - no gain from a second process
        steps = (finished(work(build, batch)) for batch in batches)
        _exhaust(progress(steps, expected))
        return total
    with nullcontext(executor) if executor else _processes(jobs) as pool:
        futures = [pool.submit(work, build, batch) for batch in batches]
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
