"""PDFs of pages, printed by Chromium in a process of its own (``printer.py``).

Chromium gets a page with all that it shows as files, and no network. It comes with the extra
``pdf``; without it everything else works.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urljoin

import orjson

from .config import PROJECT
from .processors import anywhere

SIZES = {"a4": "A4", "letter": "Letter", "10x15": "10 × 15 cm"}
"""The sizes of paper, and what they are called."""

MOST = 60
"""How many sheets somebody may ask for at a time."""

NEEDED = ("playwright", "pikepdf", "psutil")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NOWHERE = "https://nowhere.invalid"
"""Where pages stand whose public address is not known; links within the site are then no links."""

SECONDS_TO_START, SECONDS_EACH = 40, 15

_SHOWN = re.compile(r'(?:href|src)="(/[^"#?]+\.(?:css|woff2|svg|png|jpe?g|webp))"')
_IN_STYLES = re.compile(r'url\("?([^")]+)"?\)')

Fetch = Callable[[str], tuple[str, bytes]]
"""Gives the type and the bytes of what stands at a path."""


class PrintError(Exception):
    """A PDF cannot be made; the message says why, and what to install if something is missing."""


@dataclass(frozen=True)
class Paper:
    """A page to be printed: the path it stands at, its HTML, and the size of the paper.

    ``files`` holds type and bytes of all that it shows besides, by path.
    """

    path: str
    html: str
    size: str
    files: Mapping[str, tuple[str, bytes]]

    @property
    def mark(self) -> str:
        """A hash of what is printed and of how: while it is the same, the PDF may stay."""
        hashed = hashlib.blake2b(_how(), digest_size=16)
        for part in (self.path, self.size, self.html):
            hashed.update(part.encode() + b"\x1f")
        for path, (kind, data) in sorted(self.files.items()):
            hashed.update(f"\x1f{path}\x1f{kind}\x1f".encode() + data)
        return hashed.hexdigest()


@cache
def _how() -> bytes:
    names = ("printer.py", "clusters.py")
    return b"".join(Path(__file__).with_name(name).read_bytes() for name in names)


def paper(path: str, html: str, size: str, fetch: Fetch) -> Paper:
    """A page with all that it shows. ``fetch`` raises what it likes for what is not there."""
    files: dict[str, tuple[str, bytes]] = {}
    for shown in dict.fromkeys(_SHOWN.findall(html)):
        kind, data = files[shown] = fetch(shown)
        if kind.startswith("text/css"):
            # A phone may go on without a font that comes late; paper waits for it.
            styles = re.sub(r"font-display:\s*optional", "font-display:block", data.decode())
            files[shown] = kind, styles.encode()
            for named in _IN_STYLES.findall(styles):
                if not named.startswith("data:"):
                    inner = urljoin(shown, named)
                    files[inner] = fetch(inner)
    return Paper(path, html, size, files)


def is_there() -> bool:
    """Whether what printing needs is installed: its packages, and a Chromium that we know of."""
    return not _missing() and bool(chromium())


def _missing() -> list[str]:
    return [name for name in NEEDED if find_spec(name) is None]


def printed(papers: Sequence[Paper], *, origin: str = "", seconds: float = 0) -> list[bytes]:
    """The PDFs of these pages, tagged, with bookmarks, language and title.

    ``origin`` is the public origin that links lead to (``https://example.org``), empty while it is
    not known. ``seconds`` is the time it may take, by the number of pages unless given.

    Raises :class:`PrintError` when something is missing, fails or takes too long.
    """
    if missing := _missing():
        told = ", ".join(missing)
        raise PrintError(f"PDFs need {told}: pip install 'lamppost[pdf]', or make run")
    with tempfile.TemporaryDirectory(prefix="lamppost-pdf-") as folder:
        _hand_over(Path(folder), papers, origin)
        _run(folder, seconds or SECONDS_TO_START + SECONDS_EACH * len(papers))
        return [(Path(folder) / f"{n}.pdf").read_bytes() for n in range(len(papers))]


def _hand_over(folder: Path, papers: Sequence[Paper], origin: str) -> None:
    """Write the pages and their files down, as ``printer.py`` reads them."""
    names: dict[bytes, str] = {}

    def name_of(data: bytes) -> str:
        if data not in names:
            names[data] = f"file-{len(names)}"
            (folder / names[data]).write_bytes(data)
        return names[data]

    told = [
        {
            "path": one.path,
            "size": one.size,
            "files": {
                one.path: ["text/html; charset=utf-8", name_of(one.html.encode())],
                **{path: [kind, name_of(data)] for path, (kind, data) in one.files.items()},
            },
        }
        for one in papers
    ]
    job = {
        "origin": origin or NOWHERE, "known": bool(origin),
        "chromium": chromium(), "papers": told,
    }  # fmt: skip
    (folder / "job.json").write_bytes(orjson.dumps(job))


def chromium() -> str:
    """The path of Chromium: that in ``LAMPPOST_CHROMIUM``, what ``make`` found, or on the ``PATH``.

    Empty where only Playwright may know one.
    """
    written = PROJECT / ".venv" / "chromium-path"
    named = os.environ.get("LAMPPOST_CHROMIUM") or (
        written.read_text("utf-8").strip() if written.exists() else ""
    )
    return named or next(filter(None, map(shutil.which, BROWSERS)), "")


def _run(folder: str, seconds: float) -> None:
    with anywhere():
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "lamppost.printer", folder],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )  # fmt: skip
    try:
        _, told = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        _end(process)
        raise PrintError(f"Chromium did not print within {seconds:.0f} seconds") from None
    if process.returncode:
        raise PrintError(told.strip().rpartition("\n")[2] or "Chromium could not print")


def _end(process: subprocess.Popen[str]) -> None:
    """End a process with all that it has started, at once.

    A driver that loses its printer would give the browser half a minute more, and the browser is
    in a process group of its own, so that no signal to the printer's reaches it.
    """
    import psutil  # noqa: PLC0415 - it comes with the extra

    for one in (process, *psutil.Process(process.pid).children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            one.kill()
    process.communicate()
