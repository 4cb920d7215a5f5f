"""The translators' file, whose ending says what it is: PO or XLIFF."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from . import po, xliff
from .units import RefusedError, Returned, Unit

ENDINGS = (".po", ".xlf")
MOST_BYTES = 16_000_000


def written(ending: str, language: str, plurals: str, units: Iterable[Unit]) -> bytes:
    """The file for a translator; ``plurals`` is the language's rule as gettext writes it."""
    if ending == ".po":
        return po.written(language, plurals, units)
    return xliff.written(language, units)


def read(path: Path) -> tuple[str, list[Returned]]:
    """The language of a translator's file, and its texts in their order.

    Raises :class:`RefusedError` for anything that is not such a file.
    """
    if path.stat().st_size > MOST_BYTES:
        raise RefusedError.of_file(f"more than {MOST_BYTES:,} bytes")
    read_from = po.read if path.suffix == ".po" else xliff.read
    return read_from(path.read_bytes())
