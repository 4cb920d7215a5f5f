"""Freezes the reading face to plain files: only what changed, on all cores, swapped in at once.

Frozen-Flask knows the endpoints and the files of addresses, and what is missing.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import secrets
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Self
from urllib.parse import unquote, urlsplit

from flask_frozen import Freezer, MissingURLGeneratorWarning

from .addresses import Address, key
from .briefs.pdfs import make_pdfs
from .config import TRANSLATIONS, Config
from .content import Content
from .press import Build, Done, FreezeError, Press, press_of, views_of, work
from .printing import PrintError
from .reading import may_be_missing
from .shelf import Shelf
from .trees import Trees, remove_empty

HEAVY = ("exports.", "search.streets")
"""How views begin that may take as long as hundreds of pages."""

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
        press = press_of(Build(config, trees.spare, secrets.token_hex(8)))
        before = {} if full else trees.manifest()
        shared = _shared_digest(press.content, config)
        afresh = before.get("shared") != shared
        trees.begin((), afresh=afresh)
        _make_pdfs(press, full=full)
        press.content.shelf = Shelf(trees.beside / "parts", shared, afresh=afresh)
        with _Crew(press, trees, jobs, executor) as crew:
            old = {} if afresh else before["pages"]
            new, named = _compare(press, old, crew)
            gone = [name for id_ in old.keys() - new.keys() for name in press.files_of_id(id_)]
            _remove(gone, trees)
            done = crew.finish(progress)
        _check_endpoints(press, named.keys())
        _check_links(done.links, trees.spare, press.root)
        trees.swap_in({"shared": shared, "pages": new})
        trees.follow(afresh=afresh)
    pages = sum(press.count(endpoint) * times for endpoint, times in named.items())
    seconds = time.perf_counter() - began
    return Report(pages, done.pages, len(gone), done.written, seconds)


def _make_pdfs(press: Press, *, full: bool) -> None:
    """Make the PDFs that pages will lead to, where they are asked for."""
    config = press.build.config
    if not config.pdf:
        return
    base = urlsplit(config.base_url)
    try:
        press.content.pdfs = make_pdfs(
            press.content, press.pdf_folder, config.pdf, speaking=press.speaking,
            fetch=press.fetch, origin=f"{base.scheme}://{base.netloc}" if base.netloc else "",
            full=full,
        )  # fmt: skip
    except PrintError as error:
        raise FreezeError(f"no PDFs: {error}") from None


# --- what is to be done -------------------------------------------------------------------------


def _compare(press: Press, old: dict[str, str], crew: _Crew) -> tuple[dict[str, str], Counter[str]]:
    """Give the crew every address that is not as it was; returns all keys, and how often each view.

    Rendering begins while addresses are still being compared.
    """
    new: dict[str, str] = {}
    times: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for address in press.addresses():
        id_ = address_id(address)
        if id_ in new:
            raise FreezeError(f"{id_}: named twice")
        times[address.endpoint, address.also] += 1
        new[id_] = digest = address.key.hex()
        if old.get(id_) != digest:
            crew.take(address)
    named: Counter[str] = Counter()
    for (endpoint, also), count in times.items():
        named.update(dict.fromkeys((endpoint, *also), count))
    return new, named


def _remove(names: list[str], trees: Trees) -> None:
    trees.touch(names)
    for name in names:
        (trees.spare / name).unlink(missing_ok=True)
        remove_empty((trees.spare / name).parent, trees.spare)


def address_id(address: Address) -> str:
    """The name of an address in a manifest: its views and arguments."""
    views = ",".join((address.endpoint, *address.also))
    if len(address.values) == 1:  # as a device's, of which there are most
        [(name, value)] = address.values.items()
        return f"{views} {name}={value}"
    values = [f"{name}={value}" for name, value in sorted(address.values.items())]
    return " ".join([views, *values])


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
    named = named | may_be_missing(press.content)
    with warnings.catch_warnings():
        warnings.simplefilter("error", MissingURLGeneratorWarning)
        try:
            press.freezer._check_endpoints(named)  # noqa: SLF001 - Frozen-Flask's own check of routes
        except MissingURLGeneratorWarning as warning:
            raise FreezeError(str(warning)) from None


# --- rendering ----------------------------------------------------------------------------------


class _Crew:
    """Renders addresses in batches, in processes of its own where there are many."""

    def __init__(
        self, press: Press, trees: Trees, jobs: int | None, executor: Executor | None
    ) -> None:
        self.press, self.trees = press, trees
        self.jobs = jobs or os.cpu_count() or 1
        self._given = executor
        self._own: Executor | None = None
        self._batch: list[Address] = []
        self._futures: list[Future[Done]] = []
        self._expected = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for future in self._futures:
            future.cancel()
        if self._own is not None:
            self._own.shutdown()

    def take(self, address: Address) -> None:
        """Render an address, soon; a heavy one at once and by itself."""
        views = views_of(address)
        self._expected += sum(self.press.count(view) for view in views)
        if address.endpoint.startswith(HEAVY) and self._many:
            self._submit([address])
            return
        self._batch.append(address)
        if len(self._batch) == BATCH and self._many:
            self._submit(self._batch)
            self._batch = []

    @property
    def _many(self) -> bool:
        return self._given is not None or self.jobs > 1

    def _submit(self, batch: list[Address]) -> None:
        self._write_down(batch)
        pool = self._given or self._own
        if pool is None:
            pool = self._own = _processes(self.jobs)
        self._futures.append(pool.submit(work, self.press.build, batch))

    def _write_down(self, batch: list[Address]) -> None:
        self.trees.touch(name for address in batch for name in self.press.files(address))

    def finish(self, progress: Callable[[Iterable[int], int], Iterable[int]]) -> Done:
        """Wait for what was given out, and render the rest here, where all is loaded."""
        links: dict[str, str] = {}
        pages = written = 0
        rest = [self._batch[n : n + BATCH] for n in range(0, len(self._batch), BATCH)]
        self._write_down(self._batch)
        here = (work(self.press.build, batch) for batch in rest)
        steps = chain(here, (future.result() for future in as_completed(self._futures)))

        def counted() -> Iterator[int]:
            nonlocal pages, written
            for done in steps:
                links.update(done.links)
                pages += done.pages
                written += done.written
                yield done.pages

        for _ in progress(counted(), self._expected):
            pass
        return Done(pages, written, links)


def _processes(jobs: int) -> Executor:
    # Forked where that can be, since a forked worker finds the content already loaded.
    fork = "fork" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if fork else None)
    return ProcessPoolExecutor(jobs, mp_context=context)


def _check_links(links: dict[str, str], folder: Path, root: str) -> None:
    dead = []
    for link, name in links.items():
        path = unquote(link)
        inside = path.startswith(root + "/")
        file = folder / Freezer.urlpath_to_filepath(None, path.removeprefix(root))
        if not inside or not file.exists():
            dead.append(f"/{name}: the link to {link} is dead")
    if dead:
        shown = "\n".join(sorted(dead)[:20])
        raise FreezeError(f"{len(dead)} dead links:\n{shown}")
