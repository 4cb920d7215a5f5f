"""People who answer a survey over HTTP, as many a second as one likes; cheap for the machine.

Each has a connection of their own, reads every page as a browser does, waits between them, and
goes the whole way: start, section, check, sent. What the server acknowledged is remembered.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

SURVEY = "page-clarity"
ANSWERS = {"technology": "public-wifi", "clear": "4"}
THINKS = 3.2
"""Seconds before somebody sends: the site takes less for a machine."""

_HIDDEN = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_LOCATION = re.compile(rb"location: ([^\s#]+)", re.IGNORECASE)


class RefusedError(Exception):
    """The server did not serve: the status, or what went wrong."""


@dataclass
class Told:
    """What happened: seconds of each request, what was acknowledged, and what was not."""

    seconds: list[float] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    drafts: dict[str, str] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)


class Person:
    """Somebody with a connection."""

    def __init__(self, port: int, told: Told) -> None:
        self.port, self.told = port, told

    async def answer(self, words: str, *, language: str = "en") -> None:
        """Answer the survey; ``words`` is what they write, by which it can be found again."""
        try:
            await asyncio.wait_for(self._answer(words, language), 60)
        except RefusedError as error:
            self.told.refused[str(error)] += 1
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            self.told.refused[type(error).__name__] += 1

    async def _answer(self, words: str, language: str) -> None:
        reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.reader = reader
        try:
            begun = time.monotonic()
            page = await self._get(f"/{language}/surveys/{SURVEY}/answer/")
            here = await self._post(f"/{language}/surveys/{SURVEY}/answer/", page)
            page = await self._get(here)
            receipt = here.split("/")[5]
            here = await self._post(here, page, go="next", missing=words, **ANSWERS)
            self.told.drafts[receipt] = words
            page = await self._get(here)
            await asyncio.sleep(max(0.0, begun + THINKS - time.monotonic()))
            here = await self._post(here, page, go="send")
            if not here.endswith("/sent/"):
                raise RefusedError("not sent")
            self.told.sent.append(words)
            await self._get(here)
        finally:
            self.writer.close()

    async def _get(self, path: str) -> str:
        status, _head, body = await self._ask(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        if status != "200":
            raise RefusedError(status)
        return body.decode()

    async def _post(self, path: str, page: str, **more: str) -> str:
        body = urlencode({**dict(_HIDDEN.findall(page)), **more})
        head = f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}\r\n"
        head += "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        status, found, _body = await self._ask((head + body).encode())
        if status != "303":
            raise RefusedError(status)
        return _LOCATION.search(found)[1].decode()  # type: ignore[index]

    async def _ask(self, words: bytes) -> tuple[str, bytes, bytes]:
        began = time.perf_counter()
        self.writer.write(words)
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        body = await self.reader.readexactly(int(length[1]) if length else 0)
        self.told.seconds.append(time.perf_counter() - began)
        return head[9:12].decode(), head, body


async def come(ports: list[int], rate: float, seconds: float, told: Told, name: str) -> None:
    """Let people come, ``rate`` a second for so many seconds, however the server fares."""
    began, tasks = time.monotonic(), []
    for n in range(round(rate * seconds)):
        await asyncio.sleep(max(0.0, began + n / rate - time.monotonic()))
        person = Person(ports[n % len(ports)], told)
        tasks.append(asyncio.create_task(person.answer(f"{name} {n} .")))
    await asyncio.gather(*tasks)
