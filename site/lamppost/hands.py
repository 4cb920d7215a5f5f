"""Threads that work for an event loop: what it asks for is done by the first that is free.

An executor of ``concurrent.futures`` does the same for any who ask and any who wait, with two
futures and four locks for each: a twelfth of all that the server did (``docs/bench.md``).
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")
_Work = tuple[asyncio.AbstractEventLoop, asyncio.Future[Any], Callable[..., Any], tuple[Any, ...]]


class Hands:
    """So many threads; they live until they are told that it is over."""

    def __init__(self, number: int) -> None:
        self._work: SimpleQueue[_Work | None] = SimpleQueue()
        self._threads = [threading.Thread(target=self._run, name="hand") for _ in range(number)]
        self._asked = 0
        for thread in self._threads:
            thread.start()

    @property
    def waiting(self) -> int:
        """How much is asked for beyond what they do at once."""
        return max(0, self._asked - len(self._threads))

    async def do(self, deed: Callable[..., T], *given: Any) -> T:
        """What ``deed`` returns for what is given; raises what it raises."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        self._work.put((loop, done, deed, given))
        self._asked += 1
        try:
            return await done
        finally:
            self._asked -= 1

    def end(self) -> None:
        """Return when all that was asked for is done, and the threads have ended."""
        for _ in self._threads:
            self._work.put(None)
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        while work := self._work.get():
            loop, done, deed, given = work
            result, error = None, None
            try:
                result = deed(*given)
            except Exception as raised:  # noqa: BLE001 - it is raised where the deed was asked for
                error = raised
            with suppress(RuntimeError):  # the loop is closed: nobody waits
                loop.call_soon_threadsafe(_tell, done, result, error)


def _tell(done: asyncio.Future[Any], result: Any, error: Exception | None) -> None:
    if done.cancelled():
        return
    if error:
        done.set_exception(error)
    else:
        done.set_result(result)
