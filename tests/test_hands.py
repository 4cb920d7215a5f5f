"""Threads that work for an event loop."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from lamppost.hands import Hands


def run(ask):
    """What ``ask`` returns in a loop of its own: tests with a browser have one in this thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(ask())).result()


@pytest.fixture
def hands():
    """Two threads."""
    made = Hands(2)
    yield made
    made.end()


def test_what_is_done_is_returned_and_what_is_raised_is_raised(hands):
    async def ask():
        assert await hands.do(divmod, 7, 2) == (3, 1)
        with pytest.raises(ZeroDivisionError):
            await hands.do(divmod, 7, 0)
        return await hands.do(threading.get_ident), threading.get_ident()

    there, here = run(ask)
    assert there != here


def test_as_much_is_done_at_once_as_there_are_threads_and_the_rest_waits(hands):
    both, go = threading.Barrier(3), threading.Event()

    def hold():
        both.wait(20)
        go.wait(20)

    async def ask():
        held = [asyncio.create_task(hands.do(hold)) for _ in range(2)]
        later = [asyncio.create_task(hands.do(int, n)) for n in range(3)]
        await asyncio.to_thread(both.wait, 20)
        assert hands.waiting == 3
        go.set()
        found = await asyncio.gather(*held, *later)
        assert hands.waiting == 0
        return found

    assert run(ask) == [None, None, 0, 1, 2]


def test_who_does_not_wait_any_more_stops_nobody(hands):
    go = threading.Event()

    async def ask():
        task = asyncio.create_task(hands.do(go.wait, 20))
        await asyncio.sleep(0.01)
        task.cancel()
        go.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        return await hands.do(int, 5)

    assert run(ask) == 5


def test_the_end_waits_for_what_was_begun():
    hands, go, done = Hands(1), threading.Event(), []

    def deed():
        go.wait(20)
        done.append(1)

    async def ask():
        task = asyncio.create_task(hands.do(deed))
        await asyncio.sleep(0.01)
        task.cancel()

    run(ask)
    go.set()
    hands.end()
    assert done == [1]
