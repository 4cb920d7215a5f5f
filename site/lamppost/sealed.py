"""What is written so that only who holds the key can read it. The only module that encrypts.

There are two ways: with one key that seals and opens, and as into a box with a slot, which anybody
can put something into by its public key and only who has the private one can open.
"""

from __future__ import annotations

import os
from hashlib import blake2b

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12
_KEY = 32


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


# --- a box with a slot --------------------------------------------------------------------------


def new_private_key() -> bytes:
    """A private key, of 32 bytes."""
    return X25519PrivateKey.generate().private_bytes_raw()


def public_key_of(private: bytes) -> bytes:
    """The public key that belongs to a private one."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def boxed(words: bytes, public: bytes, about: bytes) -> bytes:
    """``words``, so that only the private key of ``public`` opens them.

    ``about`` is bound to them: under the name of anything else they do not open. The key that
    seals is made for these words alone and thrown away, so who seals cannot open either.
    """
    passing = X25519PrivateKey.generate()
    shared = passing.exchange(X25519PublicKey.from_public_bytes(public))
    shown = passing.public_key().public_bytes_raw()
    key = _box_key(shared, shown, public)
    return shown + ChaCha20Poly1305(key).encrypt(bytes(_NONCE), words, about)


def unboxed(found: bytes, private: bytes, about: bytes) -> bytes:
    """What was boxed for this private key under this name. Raises :class:`SealError`."""
    shown, rest = found[:_KEY], found[_KEY:]
    try:
        shared = X25519PrivateKey.from_private_bytes(private).exchange(
            X25519PublicKey.from_public_bytes(shown)
        )
        key = _box_key(shared, shown, public_key_of(private))
        return ChaCha20Poly1305(key).decrypt(bytes(_NONCE), rest, about)
    except (InvalidTag, ValueError):
        raise SealError("boxed for another key, about something else, or changed") from None


def _box_key(shared: bytes, shown: bytes, public: bytes) -> bytes:
    # Each key is used once, so the nonce may be the same for all.
    return HKDF(SHA256(), _KEY, salt=shown + public, info=b"lamppost box").derive(shared)
