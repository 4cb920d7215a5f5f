"""People who answer a form over HTTP, as many a second as one likes; cheap for the machine.

Each has a connection of their own, reads every page as a browser does, waits between them, and
goes the whole way: start, sections, check, sent. What the server acknowledged is remembered.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

THINKS = 3.2
"""Seconds from the start to sending: the site takes less for a machine."""


@dataclass(frozen=True)
class Form:
    """A form: where it starts, what is answered on each page, and how it is found again.

    ``wrote`` names the answer in which each person's own words are; ``select`` gives its column,
    which is JSON: the words, or an object with all answers.
    """

    start: str
    pages: tuple[dict[str, str], ...]
    wrote: str
    select: str


FORMS = {
    "survey": Form(
        "surveys/page-clarity/answer/",
        ({"technology": "public-wifi", "clear": "4", "missing": ""},),
        "missing",
        "select value from answers where part = 'missing'",
    ),
    "concern": Form(
        "concerns/new/",
        (
            {"technology": "public-wifi", "place": "", "device": "", "category": "data_about_me"},
            {"worry": "", "wanted": "A page that says how long it is kept."},
            {"may_publish": "summary"},
        ),
        "worry",
        "select answers from cases",
    ),
}

_HIDDEN = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')
_WAY_IN = re.compile(r'<form class="form" action="([^"]+)"')
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_LOCATION = re.compile(rb"location: ([^\s#]+)", re.IGNORECASE)


class RefusedError(Exception):
    """The server did not serve: the status, or what went wrong."""


@dataclass
class Told:
    """What happened: seconds of each request, what was acknowledged, and what was not."""

    seconds: list[float] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)


class Person:
    """Somebody with a connection."""

    def __init__(self, port: int, form: Form, told: Told) -> None:
        self.port, self.form, self.told = port, form, told

    async def answer(self, words: str) -> None:
        """Answer the form; ``words`` is what they write, by which it can be found again."""
        try:
            await asyncio.wait_for(self._answer(words), 60)
        except RefusedError as error:
            self.told.refused[str(error)] += 1
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            self.told.refused[type(error).__name__] += 1

    async def _answer(self, words: str) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        start = f"/en/{self.form.start}"
        try:
            page = await self._get(start)
            here = f"{_WAY_IN.search(page)[1]}?{urlencode(dict(_HIDDEN.findall(page)))}"  # type: ignore[index]
            begun = time.monotonic()
            for answers in self.form.pages:
                page = await self._get(here)
                said = (
                    {**answers, self.form.wrote: words} if self.form.wrote in answers else answers
                )
                here = await self._post(here, page, go="next", **said)
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


async def come(
    ports: list[int], form: Form, rate: float, seconds: float, told: Told, name: str
) -> None:
    """Let people come, ``rate`` a second for so many seconds, however the server fares."""
    began, tasks = time.monotonic(), []
    for n in range(round(rate * seconds)):
        await asyncio.sleep(max(0.0, began + n / rate - time.monotonic()))
        person = Person(ports[n % len(ports)], form, told)
        tasks.append(asyncio.create_task(person.answer(f"{name} {n} .")))
    await asyncio.gather(*tasks)
