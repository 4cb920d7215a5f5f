"""Renders pages of the reading face into files, in one process.

Pages are rendered by calling their views within one request context per language, which gives the
same bytes as a request would and leaves out the round trip; a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from flask import Flask, request
from flask_frozen import Freezer

from . import create_app
from .addresses import Address
from .briefs.pdfs import made_pdfs
from .config import Config
from .content import Content
from .i18n import languages, speak
from .pages.views import static_names
from .reading import addresses
from .text import SOURCE_LANGUAGE
from .trees import write_new
from .urls import stand_at, url

# The literal start lets the search skip along; the rest is looked at only where it stands.
_LINK = re.compile(rb'="/(?<=href="/|.src="/|tion="/)(?!/)([^"#?]*)')


class FreezeError(Exception):
    """The site cannot be frozen; the message names the address and what is wrong with it."""


class Build(NamedTuple):
    """What a worker needs to make the same app as everybody else, and where it writes.

    ``freeze`` names the freeze: a worker that stays must not show the record of the one before.
    """

    config: Config
    folder: Path
    freeze: str


class Done(NamedTuple):
    """What a worker has done: pages and bytes written, and links met for the first time."""

    pages: int
    written: int
    links: dict[str, str]


def views_of(address: Address) -> tuple[str, ...]:
    """All views that an address stands for."""
    return (address.endpoint, *address.also)


class Press:
    """The frozen app with its content, ready to render; one in each process."""

    def __init__(self, build: Build) -> None:
        self.build = build
        self.app: Flask = create_app(build.config, frozen=True)
        self.freezer = Freezer(self.app, with_no_argument_rules=False, log_url_for=False)
        self.content: Content = self.app.extensions["published"].content
        self.pdf_folder = Path(build.folder).with_name("pdfs")
        base = urlsplit(build.config.base_url)
        self.root = base.path.rstrip("/")
        self._rules = {rule.endpoint: rule for rule in self.app.url_map.iter_rules()}
        self.links: dict[bytes, str] = {}

    @contextmanager
    def speaking(self, language: str) -> Iterator[None]:
        """A request context in which pages of one language are rendered."""
        base_url = self.build.config.base_url or "http://localhost"
        with self.app.test_request_context("/", base_url=base_url + "/"):
            speak(language)
            stand_at(self.root)
            yield

    def fetch(self, path: str) -> tuple[str, bytes]:
        """The type and the bytes of what stands at a path of the site, for what is printed."""
        base_url = self.build.config.base_url or "http://localhost"
        answer = self.app.test_client().get(path.removeprefix(self.root), base_url=base_url + "/")
        if answer.status_code != 200:  # noqa: PLR2004 - what a plain file answers
            raise FreezeError(f"{path}: status {answer.status_code}")
        with answer:  # the file of a static one is open until then
            return answer.content_type, answer.get_data()

    def count(self, endpoint: str) -> int:
        """In how many languages a view's pages stand."""
        return len(languages()) if self.speaks(endpoint) else 1

    def speaks(self, endpoint: str) -> bool:
        """Whether a view's pages stand in every language."""
        return "language" in self._rules[endpoint].arguments

    def addresses(self) -> Iterator[Address]:
        """Every page of the reading face, and every static file."""
        with self.speaking(SOURCE_LANGUAGE):
            yield from addresses(self.content)
            for name in static_names():
                yield Address("static", {"filename": name}, b"")

    def files(self, address: Address) -> list[str]:
        """The files of an address, one for each of its languages."""
        with self.speaking(SOURCE_LANGUAGE):
            return [
                self._file(view, address.values, code)
                for view in views_of(address)
                for code in (languages() if self.speaks(view) else (None,))
            ]

    def files_of_id(self, id_: str) -> list[str]:
        """The files of an address that is no more."""
        views, *pairs = id_.split(" ")
        endpoint, *also = views.split(",")
        values = dict(pair.split("=", 1) for pair in pairs)
        return self.files(Address(endpoint, values, b"", tuple(also)))

    def _file(self, endpoint: str, values: dict[str, Any], language: str | None) -> str:
        spoken = {"language": language} if language else {}
        path = url(endpoint, **spoken, **values).removeprefix(self.root)
        return str(self.freezer.urlpath_to_filepath(path))

    def write(self, endpoint: str, values: dict[str, Any], language: str | None) -> int:
        """Render one page in the language that is spoken and write it; returns its bytes."""
        name = self._file(endpoint, values, language)
        # What `alternates` and the like ask of a request.
        request.url_rule = self._rules[endpoint]
        request.view_args = values
        try:
            answer = self.app.view_functions[endpoint](**values)
        except Exception as error:
            raise FreezeError(f"/{name}: {type(error).__name__}: {error}") from error
        data = self._data(answer, name)
        write_new(f"{self.build.folder}/{name}", data)
        if name.endswith(".html"):
            for link in _LINK.findall(data):
                self.links.setdefault(link, name)
        return len(data)

    @staticmethod
    def _data(answer: Any, name: str) -> bytes:
        if isinstance(answer, str):
            return answer.encode()
        if answer.status_code != 200:  # noqa: PLR2004 - what a plain file answers
            raise FreezeError(f"/{name}: status {answer.status_code}")
        answer.direct_passthrough = False
        with answer:  # the file of a static one is open until then
            data: bytes = answer.get_data()
        return data


@lru_cache(maxsize=1)
def press_of(build: Build) -> Press:
    """The press of this process. A forked worker finds its parent's, others make their own."""
    return Press(build)


def _with_pdfs(press: Press) -> Press:
    """The press, with the PDFs that whoever began the freeze has made."""
    if press.build.config.pdf and not press.content.pdfs:
        press.content.pdfs = made_pdfs(press.pdf_folder)
    return press


def work(build: Build, batch: list[Address]) -> Done:
    """Render a batch of addresses, each in all its languages."""
    press = _with_pdfs(press_of(build))
    press.links = {}
    views = [(view, address.values) for address in batch for view in views_of(address)]
    spoken = [(view, values) for view, values in views if press.speaks(view)]
    written = 0
    for code in languages():
        with press.speaking(code):
            for view, values in spoken:
                written += press.write(view, values, code)
    neutral = [(view, values) for view, values in views if not press.speaks(view)]
    with press.speaking(SOURCE_LANGUAGE):
        for view, values in neutral:
            speak(SOURCE_LANGUAGE)
            written += press.write(view, values, None)
    pages = len(neutral) + len(spoken) * len(languages())
    return Done(pages, written, {f"/{link.decode()}": name for link, name in press.links.items()})
