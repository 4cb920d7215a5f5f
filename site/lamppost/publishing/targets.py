"""Where releases are sent: folders and S3-compatible buckets. The only module with fsspec.

A target is a URL as fsspec knows it (``file:///srv/www``, ``s3://bucket/path``); keys and endpoints
come from the environment as fsspec and botocore read it (``FSSPEC_S3_ENDPOINT_URL``,
``AWS_ACCESS_KEY_ID``, …). A small file there says what it holds, so that only what differs is sent.
"""

from __future__ import annotations

import hashlib
import mimetypes
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import fsspec
import orjson

HELD = ".lamppost.json"
"""The file at a target that names the files it holds, each with a hash."""

BATCH = 64
_TYPES = {
    ".atom": "application/atom+xml",
    ".geojson": "application/geo+json",
    ".woff2": "font/woff2",
}
_TEXT = re.compile(r"text/|application/(json|javascript|xml)|.*\+(json|xml)$")


class SendError(Exception):
    """A release could not be sent whole; the message says where and why."""


def send(
    site: Path,
    url: str,
    *,
    progress: Callable[[Iterable[int], int], Iterable[int]] = lambda steps, _: steps,
) -> int:
    """Make ``url`` hold the files of ``site`` and nothing else that was sent before.

    New and changed files go first, what is gone is removed last, and then the target says what it
    holds: a sending that breaks off is taken up by the next. Returns how many files were sent.
    Raises :class:`SendError`.
    """
    try:
        files, root = fsspec.core.url_to_fs(url)
        there = _Target(files, root.rstrip("/"))
        held = there.held()
        wanted = {name: _digest(site / name) for name in _names(site)}
        new = sorted(name for name, digest in wanted.items() if held.get(name) != digest)
        gone = sorted(held.keys() - wanted.keys())
        # From here on, what the target says it holds is no longer sure of these.
        there.say({name: digest for name, digest in held.items() if name not in {*new, *gone}})
        steps = (there.put(site, new[n : n + BATCH]) for n in range(0, len(new), BATCH))
        for _ in progress(steps, len(new)):
            pass
        there.remove(gone)
        there.say(wanted)
    except Exception as error:  # whatever a file system or a network may raise
        raise SendError(f"{url}: {error or type(error).__name__}") from error
    return len(new)


class _Target:
    def __init__(self, files: Any, root: str) -> None:
        self.files, self.root = files, root
        self.is_bucket = "s3" in (
            files.protocol if isinstance(files.protocol, tuple) else (files.protocol,)
        )

    def held(self) -> dict[str, str]:
        try:
            found: dict[str, str] = orjson.loads(self.files.cat_file(f"{self.root}/{HELD}"))
        except FileNotFoundError:
            return {}
        return found

    def say(self, held: dict[str, str]) -> None:
        self._put(HELD, orjson.dumps(held))

    def put(self, site: Path, names: list[str]) -> int:
        for name in names:
            self._put(name, (site / name).read_bytes())
        return len(names)

    def _put(self, name: str, data: bytes) -> None:
        path = f"{self.root}/{name}"
        if self.is_bucket:
            self.files.pipe_file(path, data, ContentType=content_type(name))
            return
        self.files.makedirs(path.rpartition("/")[0], exist_ok=True)
        self.files.pipe_file(f"{path}.part", data)
        self.files.mv(f"{path}.part", path)

    def remove(self, names: list[str]) -> None:
        for name in names:
            path = f"{self.root}/{name}"
            if self.files.exists(path):
                self.files.rm_file(path)


def content_type(name: str) -> str:
    """The media type by which a bucket serves a file."""
    ending = Path(name).suffix
    found = _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{found}; charset=utf-8" if _TEXT.match(found) else found


def _names(site: Path) -> list[str]:
    return [str(path.relative_to(site)) for path in site.rglob("*") if path.is_file()]


def _digest(path: Path) -> str:
    return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
