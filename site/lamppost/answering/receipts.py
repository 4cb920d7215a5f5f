"""Receipts: sixteen characters that open a draft, and later prove that it was sent.

The alphabet is that of the devices' codes, without vowels and without what is easily misread: a
receipt reads the same in every language and script, and can be written down and spoken.
"""

from __future__ import annotations

import secrets

from ..registry.codes import ALPHABET, meant

LENGTH, GROUP = 16, 4
"""Sixteen of thirty characters are 78 bits: nobody guesses one."""


def new_receipt() -> str:
    """A receipt that nobody has: ``7Q4K-2DDJ-X0XT-8BZM``."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def receipt_of(key: bytes) -> str:
    """The receipt that a key makes, of 32 bytes that nobody guesses: the same each time."""
    number, bare = int.from_bytes(key), ""
    for _ in range(LENGTH):
        number, value = divmod(number, len(ALPHABET))
        bare += ALPHABET[value]
    return _grouped(bare)


def receipt_from(typed: str) -> str:
    """The receipt that was meant, however it was typed; an empty string where none can be."""
    bare = meant(typed)
    fits = len(bare) == LENGTH and set(bare) <= set(ALPHABET)
    return _grouped(bare) if fits else ""


def _grouped(bare: str) -> str:
    return "-".join(bare[n : n + GROUP] for n in range(0, LENGTH, GROUP))
