"""On which processors the live site runs: all threads of the server on one, its helpers on any.

Python lets one thread run at a time. Where the next one sleeps on another processor, everybody
waits until that one is awake and has what it needs in its cache; ``docs/bench.md`` tells how much.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

if sys.platform == "linux":
    from os import sched_getaffinity, sched_setaffinity

    _usable = frozenset(sched_getaffinity(0))

    def stay_on_one(number: int) -> None:
        """Keep this thread on one processor, with all threads that it starts from now on.

        ``number`` says on which: servers with numbers that follow each other share none, as far as
        there are enough.
        """
        usable = sorted(_usable)
        # The first is the one that most others begin with.
        sched_setaffinity(0, {usable[-1 - number % len(usable)]})

    @contextmanager
    def anywhere() -> Iterator[None]:
        """Let a process that is started within this run on any processor."""
        here = sched_getaffinity(0)
        sched_setaffinity(0, _usable)
        try:
            yield
        finally:
            sched_setaffinity(0, here)

else:

    def stay_on_one(number: int) -> None:
        """Keep nothing anywhere."""

    @contextmanager
    def anywhere() -> Iterator[None]:
        """Let a process run on any processor, as all do."""
        yield
