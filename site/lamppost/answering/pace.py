"""How often one network may begin a form in a day: in memory alone, and no address is kept."""

from __future__ import annotations

import secrets
import threading
from collections import Counter
from datetime import date
from hashlib import blake2b
from ipaddress import ip_address

from flask import current_app

from ..staff.throttle import network_of

A_DAY = 300
"""As many as a library, or a class with its teacher, may need."""


class Pace:
    """The beginnings of today, under a key that is new each day."""

    def __init__(self, most: int = A_DAY) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._day, self._key = date.min, b""
        self._counts: Counter[bytes] = Counter()

    def lets(self, address: str, today: date, what: str = "") -> bool:
        """Whether one more may begin from here; counts it if so. Each ``what`` is counted alone.

        A request from this machine itself comes through a proxy that does not say for whom: all
        share it, so it is not counted.
        """
        network = network_of(address).encode()
        if not network or ip_address(address).is_loopback:
            return True
        with self._lock:
            if today != self._day:
                self._day, self._key, self._counts = today, secrets.token_bytes(32), Counter()
            mark = blake2b(network + what.encode(), key=self._key, digest_size=16).digest()
            if self._counts[mark] >= self.most:
                return False
            self._counts[mark] += 1
            return True


def pace() -> Pace:
    """The one of this process, for whatever can be begun here."""
    found: Pace = current_app.extensions.setdefault("pace", Pace())
    return found
