"""Slows down whoever guesses passwords, and keeps no address: keyed hashes, in memory alone.

Three counts of failures: of an account from one network, of an account from everywhere, and of a
network. The first is strict. The others are loose, and pass over an account that has signed in
from that network before: whoever guesses elsewhere, or in the same library, locks nobody out.
The key is new each day, and all counts with it.
"""

from __future__ import annotations

import secrets
import threading
from collections import Counter
from datetime import date, datetime, timedelta
from hashlib import blake2b
from ipaddress import ip_address, ip_network
from math import ceil

PAIR, ACCOUNT, NETWORK = 5, 30, 200
"""How many failures a day are free of any wait."""

LONGEST = 15
"""The longest wait, in minutes."""


class Throttle:
    """The failures of today. One for each app; the site is served by one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._begin(date.min)

    def _begin(self, day: date) -> None:
        self._day, self._key = day, secrets.token_bytes(32)
        self._failures: Counter[bytes] = Counter()
        self._last: dict[bytes, datetime] = {}
        self._known: set[bytes] = set()

    def _marks(self, account: str, address: str, now: datetime) -> tuple[bytes, bytes, bytes]:
        if now.date() != self._day:
            self._begin(now.date())
        account, network = account.strip().lower(), network_of(address)
        pair = self._mark("pair", account, network)
        return pair, self._mark("account", account), self._mark("network", network)

    def _mark(self, *words: str) -> bytes:
        return blake2b("\0".join(words).encode(), key=self._key, digest_size=16).digest()

    def wait(self, account: str, address: str, now: datetime) -> int:
        """How many minutes to wait before the next try; 0 for none."""
        with self._lock:
            pair, everywhere, network = self._marks(account, address, now)
            counts = [(pair, PAIR)]
            if pair not in self._known:
                counts += [(everywhere, ACCOUNT), (network, NETWORK)]
            return max(self._rest(mark, free, now) for mark, free in counts)

    def _rest(self, mark: bytes, free: int, now: datetime) -> int:
        over = self._failures[mark] - free
        if over < 0:
            return 0
        until = self._last[mark] + timedelta(minutes=min(2 ** min(over, 8), LONGEST))
        return max(0, ceil((until - now).total_seconds() / 60))

    def failed(self, account: str, address: str, now: datetime) -> None:
        """Count a failure."""
        with self._lock:
            for mark in self._marks(account, address, now):
                self._failures[mark] += 1
                self._last[mark] = now

    def passed(self, account: str, address: str, now: datetime) -> None:
        """Forget the failures of this account from here, and remember that it is known here."""
        with self._lock:
            pair, _everywhere, _network = self._marks(account, address, now)
            self._known.add(pair)
            del self._failures[pair]


def network_of(address: str) -> str:
    """The network of an address: of one household or office rather than of one machine."""
    try:
        bits = 24 if ip_address(address).version == 4 else 56  # noqa: PLR2004 - a version of IP
    except ValueError:
        return ""
    return str(ip_network(f"{address}/{bits}", strict=False))
