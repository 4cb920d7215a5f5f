"""How often one network may begin something in a day: in memory alone, and no address is kept."""

from __future__ import annotations

import secrets
import threading
from collections import Counter
from collections.abc import Sequence
from datetime import date
from hashlib import blake2b
from ipaddress import ip_address, ip_network

from flask import current_app

from ..config import Config, Network
from ..staff.throttle import network_of

A_DAY = 300
"""As many as a library, or a class with its teacher, may need."""

SHARED_TIMES = 10
"""How many times as many come from a network that hundreds share, such as a carrier's. It has an
end all the same: a script runs there too.
"""


class Pace:
    """The beginnings of today, under a key that is new each day."""

    def __init__(self, most: int = A_DAY, shared: Sequence[Network] = ()) -> None:
        self.most, self._shared = most, shared
        self._lock = threading.Lock()
        self._day, self._key = date.min, b""
        self._counts: Counter[bytes] = Counter()

    def lets(self, address: str, today: date, what: str = "") -> bool:
        """Whether one more may begin from here; counts it if so. Each ``what`` is counted alone.

        A request from this machine itself comes through a proxy that does not say for whom: all
        share it, so it is not counted.
        """
        if not network_of(address) or ip_address(address).is_loopback:
            return True
        network, most = self._counted(address)
        with self._lock:
            if today != self._day:
                self._day, self._key, self._counts = today, secrets.token_bytes(32), Counter()
            mark = blake2b((network + what).encode(), key=self._key, digest_size=16).digest()
            if self._counts[mark] >= most:
                return False
            self._counts[mark] += 1
            return True

    def _counted(self, address: str) -> tuple[str, int]:
        """The network that is counted for an address, and how many may begin there.

        A shared one that is smaller is counted by itself, so that it takes nothing from others.
        """
        network, at = ip_network(network_of(address)), ip_address(address)
        around = [one for one in self._shared if at in one]
        smallest = max((network, *around), key=lambda one: one.prefixlen)
        return str(smallest), self.most * (SHARED_TIMES if around else 1)


def pace(name: str = "pace", most: int = A_DAY) -> Pace:
    """The one of this process for what is counted under a name, at first what can be begun here."""
    config: Config = current_app.extensions["config"]
    found: Pace = current_app.extensions.setdefault(name, Pace(most, config.shared_networks))
    return found
