"""What a reading view says of its pages, so that a freeze knows them and when each is old."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from .content import Content


class Address(NamedTuple):
    """One page in all its languages: its view, the view's arguments, and a hash of what it shows.

    The ``key`` covers what the page shows beyond the shared files (see
    :attr:`~lamppost.content.Content.shared_digest`), templates and catalogs: while it stays the
    same, the page does.
    """

    endpoint: str
    values: dict[str, Any]
    key: bytes
    also: tuple[str, ...] = ()
    """Other views with the same arguments that show the same and go by the same key."""


Addresses = Callable[[Content], Iterator[Address]]


def key(*parts: object) -> bytes:
    """A hash of ``parts``: bytes as they are, anything else by its text."""
    joined = b"\x1f".join([p if isinstance(p, bytes) else str(p).encode() for p in parts])
    return hashlib.blake2b(joined, digest_size=12).digest()
