"""The two keys of what is kept apart: the public one seals, the private one opens.

The machine that takes answers needs the public key alone, ``contact_key.pub`` in the instance. The
private key is a file that ``LAMPPOST_CONTACT_KEY`` names, else ``contact_key`` in the instance; a
machine without a desk does better without it.
"""

from __future__ import annotations

import os
from pathlib import Path

from ..config import Config
from ..sealed import boxed, new_private_key, public_key_of, unboxed


class NoKeyError(Exception):
    """There is no private key here, so nothing that is kept apart can be read here."""


def make_keys(config: Config) -> Path | None:
    """Make what is missing of the two keys; the file of the private one, if it was made.

    A public key without its private one is left alone: the private one is elsewhere.
    """
    if config.contact_public.exists():
        return None
    private = config.contact_private
    try:
        made = os.open(private, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # this key's public one was lost, or is being made at this moment
        _write_public(config, _private_key(config))
        return None
    key = new_private_key()
    with os.fdopen(made, "w", encoding="ascii") as file:
        file.write(key.hex())
        file.flush()
        os.fsync(file.fileno())
    _write_public(config, key)
    return private


def closed(config: Config, words: bytes, about: bytes) -> bytes:
    """``words`` as only the desk can read them; ``about`` is the key of the row they are for."""
    if not config.contact_public.exists():
        make_keys(config)
    public = bytes.fromhex(config.contact_public.read_text("ascii"))
    return boxed(words, public, about)


def read(config: Config, found: bytes, about: bytes) -> bytes:
    """What was closed for the row ``about``. Raises :class:`NoKeyError`, or ``SealError``."""
    return unboxed(found, _private_key(config), about)


def _private_key(config: Config) -> bytes:
    path = config.contact_private
    try:
        key = bytes.fromhex(path.read_text("ascii"))
    except FileNotFoundError:
        raise NoKeyError(f"{path}: found no file; expected the private key") from None
    except (OSError, ValueError) as error:
        found = f"found what raises {type(error).__name__}"
        raise NoKeyError(f"{path}: {found}; expected 64 hexadecimal digits") from None
    if len(key) != len(new_private_key()):
        raise NoKeyError(f"{path}: found {len(key)} bytes; expected 32")
    return key


def _write_public(config: Config, private: bytes) -> None:
    path = config.contact_public
    new = path.with_name(f"{path.name}.{os.getpid()}")
    new.write_text(public_key_of(private).hex(), "ascii")
    new.replace(path)
