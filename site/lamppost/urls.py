"""Addresses: the converters they are made of, and how templates and texts link to them.

Addresses end in ``/`` or in a file's ending, carry no query string, and do not vanish.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from typing import Any

from flask import Flask, current_app, request, url_for
from werkzeug.routing import BaseConverter

from .i18n import languages, speech


class LanguageConverter(BaseConverter):
    """The code of one of the site's languages."""

    regex = "|".join(languages())


class IdConverter(BaseConverter):
    """The id of something in the record: lower case, digits, ``-`` and ``_``."""

    regex = r"[a-z0-9][a-z0-9_-]*"


class EntryConverter(BaseConverter):
    """The id of an entry of the record; those of sources have capital letters too."""

    regex = r"[A-Za-z0-9][A-Za-z0-9_-]*"


class CodeConverter(BaseConverter):
    """A device's code."""

    regex = r"[0-9A-Z]{7}"


class CharacterConverter(BaseConverter):
    """A character of a device's code."""

    regex = r"[0-9A-Z]"


class PictureConverter(BaseConverter):
    """The name of a picture's file."""

    regex = r"[a-z0-9][a-z0-9_-]*\.(?:png|jpg|jpeg|webp)"


class PdfConverter(BaseConverter):
    """The name of a PDF."""

    regex = r"[a-z0-9][a-z0-9_-]*\.pdf"


class ReceiptConverter(BaseConverter):
    """The receipt of a draft."""

    regex = r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}"


class ReferenceConverter(BaseConverter):
    """The reference of a case."""

    regex = r"[0-9A-Z]{4}-[0-9A-Z]{4}"


class PageConverter(BaseConverter):
    """The number of a page of a long list; the first has none in its address."""

    regex = r"[1-9][0-9]{0,5}"

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)

    def to_url(self, value: Any) -> str:
        """The number as it stands in the address."""
        return str(value)


_root: ContextVar[str] = ContextVar("root", default="")


def stand_at(root: str) -> None:
    """Let addresses start with ``root``, the path below which the site is reached; often empty."""
    _root.set(root)


def root() -> str:
    """The path below which the site is reached; often empty."""
    return _root.get()


def url(endpoint: str, **values: Any) -> str:
    """The address of a view, in the language that is spoken now unless ``language`` is given.

    An address is built by Flask once per endpoint and then filled in: a freeze asks for millions.
    """
    if "language" not in values and speaks(endpoint):
        values["language"] = speech().code
    return pattern(url_for, _root.get(), endpoint, tuple(values)).format_map(values)


@cache
def speaks(endpoint: str) -> bool:
    """Whether the pages of a view stand in every language."""
    return current_app.url_map.is_endpoint_expecting(endpoint, "language")


# Values that no real address holds, accepted by the converter of the same name.
_SAMPLES = {
    "language": "en",
    "code": "ZZZZZZZ",
    "number": "987654",
    "character": "Z",
    "filename": "zz-filename",
    "picture": "zz-picture.png",
    "pdf": "zz-pdf.pdf",
    "receipt": "ZZZZ-ZZZZ-ZZZZ-ZZZZ",
    "case": "ZZZZ-ZZZZ",
}


@cache
def pattern(build: Callable[..., str], _root: str, endpoint: str, names: tuple[str, ...]) -> str:
    """What ``build`` makes of a view, with ``{name}`` in place of each of its arguments."""
    if names == ("filename",):
        return build(endpoint, filename="zz-filename").replace("zz-filename", "{filename}")
    samples = {name: _SAMPLES.get(name, f"zz-{name}") for name in names}
    address = build(endpoint, **samples)
    for name in names:
        if name == "language":
            address = re.sub(r"(^|/)en(?=/|\.|$)", r"\1{language}", address, count=1)
        else:
            address = address.replace(samples[name], "{" + name + "}", 1)
    return address


_HTTPS = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(/[!-~]*)?", re.IGNORECASE)


def is_https(words: str) -> bool:
    """Whether words are an address elsewhere that can be opened safely."""
    return bool(_HTTPS.fullmatch(words))


SCHEMES = {
    "page": ("pages.page", "page"),
    "technology": ("registry.technology", "technology"),
    "term": ("pages.term", "term"),
    "brief": ("briefs.brief", "brief"),
    "survey": ("surveys.survey", "survey"),
}


def _nowhere(_endpoint: str, **_values: Any) -> str:
    """Where the sending face is, until that is known."""
    return ""


def init_app(app: Flask) -> None:
    """Make the converters and ``url`` known."""
    app.url_map.converters.update(
        language=LanguageConverter,
        id=IdConverter,
        entry=EntryConverter,
        code=CodeConverter,
        character=CharacterConverter,
        page=PageConverter,
        picture=PictureConverter,
        pdf=PdfConverter,
        receipt=ReceiptConverter,
        reference=ReferenceConverter,
    )
    app.jinja_env.globals.update(url=url, live_url_for=_nowhere)

    app.teardown_request(lambda _error: stand_at(""))

    @app.url_value_preprocessor
    def stand_where_the_request_does(_endpoint: str | None, _values: Any) -> None:
        stand_at(request.script_root)
