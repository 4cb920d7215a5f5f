"""Many open connections at little cost: only those at which something happens are looked at.

Browsers keep their connections open while people read. Waitress asks each one, before it waits,
what it waits for; with five hundred of them that took longer than to answer. Here those that only
wait for their next request sleep, until the system says that it is there (epoll, so on Linux).
"""

from __future__ import annotations

import select
import time
from typing import Any

from waitress.wasyncore import readwrite

ALL_SECONDS = 10
"""After so long each one is asked: Waitress marks those that were silent for too long."""

FILES = 200
"""Files that the site itself may have open."""


def allow(number: int) -> None:
    """Let this process hold so many open, and its files; often no more than 1,024 are allowed.

    Beyond what the system lets it have, newcomers would hang without a word.
    """
    import resource  # noqa: PLC0415 - Windows has none, and imports this module

    wanted = number + FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


class Connections(dict[int, Any]):
    """Waitress's map of its sockets, and the wait for something to happen at any of them."""

    def __init__(self) -> None:
        super().__init__()
        self._awake: dict[int, Any] = {}
        self._asked: dict[int, int] = {}
        self._poll = select.epoll()
        self._read = select.EPOLLIN | select.EPOLLPRI
        self._all_at = 0.0

    def __setitem__(self, number: int, one: Any) -> None:
        """A new one."""
        super().__setitem__(number, one)
        self._awake[number] = one

    def __delitem__(self, number: int) -> None:
        """One is about to be closed."""
        super().__delitem__(number)
        self._awake.pop(number, None)
        self._ask(number, 0)

    def wait(self, seconds: float) -> None:
        """Wait until something happens, at most so long, and let the connections deal with it."""
        if time.monotonic() >= self._all_at:
            self._all_at = time.monotonic() + ALL_SECONDS
            self._awake.update(self)
        for number, one in list(self._awake.items()):
            wanted = self._read if one.readable() else 0
            if not one.accepting and one.writable():
                wanted |= select.EPOLLOUT
            self._ask(number, wanted)
            # No thread is at work for one that can be read from; what accepts is always asked.
            if wanted == self._read and not one.accepting:
                del self._awake[number]
        for number, happened in self._poll.poll(seconds):
            # One that has just been closed by another is no longer there.
            if one := self.get(number):
                self._awake[number] = one
                readwrite(one, happened)

    def _ask(self, number: int, wanted: int) -> None:
        """Ask the system about a connection; for nothing, about which it would tell its end."""
        asked = self._asked.get(number, 0)
        if wanted == asked:
            return
        if not wanted:
            del self._asked[number]
            self._poll.unregister(number)
            return
        self._asked[number] = wanted
        if asked:
            self._poll.modify(number, wanted)
        else:
            self._poll.register(number, wanted)
