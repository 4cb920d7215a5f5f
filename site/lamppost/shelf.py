"""Parts of large files, made again only when what they are made of has changed.

After one of 100,000 devices has changed, the downloads would otherwise take most of a freeze.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from .trees import write_down


class Shelf:
    """A folder with one file for each part, which begins with a hash of what it was made of.

    ``shared`` is a hash of all else that the parts depend on: code, templates, settings; ``afresh``
    forgets what was kept before. Without a folder nothing is kept.
    """

    def __init__(
        self, folder: Path | None = None, shared: str = "", *, afresh: bool = False
    ) -> None:
        self.folder, self.shared = folder, shared
        if folder is not None:
            if afresh:
                shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(exist_ok=True)

    def part(self, name: str, made_of: bytes, make: Callable[[], bytes]) -> bytes:
        """The part ``name``, as it was kept if it was made of the same, else as ``make`` gives."""
        if self.folder is None:
            return make()
        mark = hashlib.blake2b(made_of + self.shared.encode(), digest_size=16).digest()
        path = self.folder / name
        with suppress(FileNotFoundError):
            kept = path.read_bytes()
            if kept.startswith(mark):
                return kept[len(mark) :]
        data = make()
        # Two workers may make the same part at once: each writes a file of its own.
        own = path.with_name(f"{name}.{os.getpid()}")
        write_down(own, mark + data)
        own.replace(path)
        return data
