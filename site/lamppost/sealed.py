"""What is written so that only who holds the key can read it. The only module that encrypts."""

from __future__ import annotations

import os
from hashlib import blake2b

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

_NONCE = 12


class SealError(ValueError):
    """What cannot be opened with this key, or was changed since."""


def key_of(words: str, secret: str, purpose: str) -> bytes:
    """A key, or a mark to look something up by, made of ``words`` and the site's own secret.

    Nobody who has only one of the two can make it; ``purpose`` keeps keys of the same words apart.
    """
    made = blake2b(
        words.encode(), key=secret.encode()[:64], person=purpose.encode(), digest_size=32
    )
    return made.digest()


def sealed(words: bytes, key: bytes) -> bytes:
    """``words``, encrypted; other bytes each time, and no time in them."""
    nonce = os.urandom(_NONCE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, words, None)


def opened(found: bytes, key: bytes) -> bytes:
    """What was sealed with ``key``. Raises :class:`SealError`."""
    try:
        return ChaCha20Poly1305(key).decrypt(found[:_NONCE], found[_NONCE:], None)
    except (InvalidTag, ValueError):
        raise SealError("sealed with another key, or changed") from None
