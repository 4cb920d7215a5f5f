"""References: eight characters that name a case, and tell neither its number nor its age."""

from __future__ import annotations

import secrets

from ..registry.codes import ALPHABET, meant

LENGTH, GROUP = 8, 4
MARK_LENGTH = 12


def new_reference() -> str:
    """A reference, of 650 thousand million: ``7Q4K-2DDJ``."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def new_stop_mark() -> str:
    """A mark that ends messages, of which nobody guesses one; short, since it is sent as a text."""
    return "".join(secrets.choice(ALPHABET) for _ in range(MARK_LENGTH))


def reference_from(typed: str) -> str:
    """The reference that was meant, however it was typed; an empty string where none can be."""
    bare = meant(typed)
    return _grouped(bare) if len(bare) == LENGTH and set(bare) <= set(ALPHABET) else ""


def _grouped(bare: str) -> str:
    return f"{bare[:GROUP]}-{bare[GROUP:]}"
