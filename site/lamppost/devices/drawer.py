"""The drawer in the instance's folder: tables that wait to be confirmed, and what was noted."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

DAY_SECONDS = 24 * 60 * 60
_TOKEN = re.compile(r"[0-9a-f]{32}")


class Drawer:
    """A folder of small files. What waits has a random name and is gone after a day."""

    def __init__(self, instance: Path) -> None:
        self.folder = instance / "devices"

    # --- tables ---

    def keep(self, waiting: dict[str, Any]) -> str:
        """Keep a table that waits; its name. What has waited for a day is thrown away."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.sweep(time.time())
        token = secrets.token_hex(16)
        self._write(f"{token}.json", waiting)
        return token

    def find(self, token: str) -> dict[str, Any] | None:
        """The table that waits under this name, if there is one."""
        return self._read(f"{token}.json") if _TOKEN.fullmatch(token) else None

    def put_back(self, token: str, waiting: dict[str, Any]) -> None:
        """Keep a table that waits as it is now."""
        self._write(f"{token}.json", waiting)

    def drop(self, token: str) -> None:
        """Throw a table away."""
        (self.folder / f"{token}.json").unlink(missing_ok=True)

    def sweep(self, now: float) -> None:
        """Throw away what has waited for a day."""
        for path in self.folder.glob("*.json"):
            with suppress(FileNotFoundError):
                old = now - path.stat().st_mtime > DAY_SECONDS
                if old and _TOKEN.fullmatch(path.stem):
                    path.unlink()

    # --- notes ---

    def remembered(self, technology: str) -> dict[str, str]:
        """The columns of the last table that was taken in for a technology."""
        return self._read(f"columns-{technology}.json") or {}

    def remember(self, technology: str, mapping: dict[str, str]) -> None:
        """Remember the columns for the next table."""
        self._write(f"columns-{technology}.json", mapping)

    def reports(self) -> dict[str, str]:
        """What was seen on the spot that somebody has to put right, by the device's code."""
        return self._read("reports.json") or {}

    def report(self, told: dict[str, str], *, settled: Iterable[str] = ()) -> None:
        """Add what was seen, and take away what was settled."""
        gone = set(settled)
        kept = {code: what for code, what in self.reports().items() if code not in gone}
        self._write("reports.json", {**kept, **told})

    def _read(self, name: str) -> dict[str, Any] | None:
        path = self.folder / name
        if not path.is_file():
            return None
        found: dict[str, Any] = orjson.loads(path.read_bytes())
        return found

    def _write(self, name: str, value: dict[str, Any]) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        beside = self.folder / f"{name}.{secrets.token_hex(4)}"
        beside.touch(mode=0o600)
        beside.write_bytes(orjson.dumps(value))
        beside.replace(self.folder / name)
