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

THINKS = 4.0
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
            {
                "category": "data_about_me",
                "technology": "public-wifi",
                "place": "",
                "device": "",
                "worry": "",
                "wanted": "A page that says how long it is kept.",
                "may_publish": "summary",
                "contact.email": "",
                "with_photo": "no",
            },
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
            await asyncio.wait_for(self._come_and_answer(words), 60)
        except RefusedError as error:
            self.told.refused[str(error)] += 1
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            self.told.refused[type(error).__name__] += 1

    async def _come_and_answer(self, words: str) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            await self.go_the_way(words)
        finally:
            self.writer.close()

    async def go_the_way(self, words: str) -> None:
        """Every request of one person."""
        page = await self._get(f"/en/{self.form.start}")
        begun = time.monotonic()
        way_in = _WAY_IN.search(page)[1]  # type: ignore[index]
        here = f"{way_in}?{urlencode(dict(_HIDDEN.findall(page)))}"
        for answers in self.form.pages:
            page = await self._get(here)
            own = {self.form.wrote: words} if self.form.wrote in answers else {}
            here = await self._post(here, page, go="next", **{**answers, **own})
        page = await self._get(here)
        await self.think(begun)
        here = await self._post(here, page, go="send")
        if not here.endswith("/sent/"):
            raise RefusedError("not sent")
        self.told.sent.append(words)
        await self._get(here)

    async def think(self, begun: float) -> None:
        """Look at the answers for as long as a person does."""
        await asyncio.sleep(max(0.0, begun + THINKS - time.monotonic()))

    async def _get(self, path: str) -> str:
        status, _leads, body = await self.ask("GET", path, "")
        if status != "200":
            raise RefusedError(status)
        return body.decode()

    async def _post(self, path: str, page: str, **more: str) -> str:
        body = urlencode({**dict(_HIDDEN.findall(page)), **more})
        status, leads, _body = await self.ask("POST", path, body)
        if status != "303":
            raise RefusedError(status)
        return leads.partition("#")[0]

    async def ask(self, method: str, path: str, body: str) -> tuple[str, str, bytes]:
        """The status, where it leads, and the page."""
        words = f"{method} {path} HTTP/1.1\r\nHost: a\r\n"
        if body:
            words += f"Content-Length: {len(body)}\r\n"
            words += "Content-Type: application/x-www-form-urlencoded\r\n"
        began = time.perf_counter()
        self.writer.write(f"{words}\r\n{body}".encode())
        head = await self.reader.readuntil(b"\r\n\r\n")
        length, leads = _LENGTH.search(head), _LOCATION.search(head)
        page = await self.reader.readexactly(int(length[1]) if length else 0)
        self.told.seconds.append(time.perf_counter() - began)
        return head[9:12].decode(), leads[1].decode() if leads else "", page


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
