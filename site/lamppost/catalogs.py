"""The catalogs of the interface: extracted, updated, compiled and checked with Babel."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

from .config import TRANSLATIONS
from .i18n import languages, speech_of
from .text import SOURCE_LANGUAGE

PACKAGE = Path(__file__).parent
POT = TRANSLATIONS / "messages.pot"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
OPTIONS = {
    "**/templates/**.html": {"trimmed": "true", "silent": "false", "newstyle_gettext": "true"}
}
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "ngettext": (1, 2),
    "lazy_gettext": None,
    "_unit": (1, 2),
}
_UNTRUE = (b'"POT-', b'"PO-', b'"Report-', b'"Last-', b'"Language-Team')
"""Lines of Babel's header that name nobody, or change at every run."""

_HOLES = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
_MARKUP = re.compile(r"<[^>]+>")


def _extracted() -> Catalog:
    catalog = Catalog(project="Lamppost", charset="utf-8")
    found = extract_from_dir(PACKAGE, METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=("i18n:",))
    for file, _line, message, comments, context in found:
        # File names without line numbers: a moved line is no change of a message.
        catalog.add(message, None, [(file, 0)], auto_comments=comments, context=context)
    return catalog


def _written(catalog: Catalog) -> bytes:
    stream = io.BytesIO()
    write_po(stream, catalog, width=100, omit_header=True, include_lineno=False, sort_output=True)
    return stream.getvalue()


def _po(code: str) -> Path:
    return TRANSLATIONS / languages()[code].catalog / "LC_MESSAGES" / "messages.po"


def _others() -> list[str]:
    return [code for code in languages() if code != SOURCE_LANGUAGE]


def update() -> None:
    """Write ``messages.pot``, and take its messages into each catalog without losing any."""
    template = _extracted()
    POT.write_bytes(_written(template))
    for code in _others():
        path = _po(code)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog = Catalog(
            locale=languages()[code].catalog,
            project="Lamppost",
            header_comment="# Made by machine, reviewed by nobody yet.",
            fuzzy=False,
        )
        for message in _read(code) if path.exists() else ():
            if message.id:
                catalog[message.id] = message
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        stream = io.BytesIO()
        write_po(stream, catalog, width=100, include_lineno=False, sort_output=True)
        head, _, body = stream.getvalue().partition(b"\n\n")
        kept = (line for line in head.splitlines() if not line.startswith(_UNTRUE))
        head = b"\n".join(kept)
        stream = io.BytesIO(head + b"\n\n" + body)
        path.write_bytes(stream.getvalue())


def _read(code: str) -> Catalog:
    with _po(code).open("rb") as stream:
        return read_po(stream, locale=languages()[code].catalog)


@cache
def translated(code: str) -> tuple[int, int]:
    """How many of the interface's messages a language has, and how many there are."""
    with POT.open("rb") as stream:
        wanted = [_forms(message.id)[0] for message in read_po(stream) if message.id]
    if code == SOURCE_LANGUAGE:
        return len(wanted), len(wanted)
    catalog = speech_of(code).catalogue
    has = getattr(catalog, "_catalog", {})  # gettext's own: it tells a message from none
    return sum(one in has or (one, 0) in has for one in wanted), len(wanted)


def compile_all() -> Iterator[str]:
    """Compile each catalog that is newer than its compiled form; yields its name."""
    for code in _others():
        source = _po(code)
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        stream = io.BytesIO()
        write_mo(stream, _read(code))
        # Beside and swapped in: another process may be reading the old one.
        beside = target.with_suffix(f".{os.getpid()}")
        beside.write_bytes(stream.getvalue())
        beside.replace(target)
        yield languages()[code].catalog


def mistakes() -> list[str]:
    """What is wrong: a stale template, a message without translation, holes that do not agree."""
    template = _extracted()
    found = (
        []
        if POT.exists() and POT.read_bytes() == _written(template)
        else ["translations/messages.pot is not current: run lamppost catalogs update"]
    )
    for code in _others():
        catalog = _read(code)
        found += _mistakes_of_plurals(catalog)
        for message in template:
            if message.id:
                found += _mistakes_of(code, _forms(message.id), catalog)
    return found


def _mistakes_of_plurals(catalog: Catalog) -> Iterator[str]:
    right = str(get_plural(catalog.locale))
    if catalog.plural_forms != right:
        yield f"translations/{catalog.locale}: Plural-Forms is not {right}"


def _forms(words: str | Iterable[str] | None) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words or ())


def _mistakes_of(code: str, forms: tuple[str, ...], catalog: Catalog) -> Iterator[str]:
    message = catalog.get(forms[0])
    where = f"translations/{catalog.locale}: {forms[0]!r}"
    if message is None or message.fuzzy:
        yield f"{where}: is not in the catalog {code}"
        return
    said = _forms(message.string)
    if not all(said) or len(said) != (1 if len(forms) == 1 else catalog.num_plurals):
        yield f"{where}: is not translated"
        return
    wanted = {hole for form in forms for hole in _holes(form)}
    for form in said:
        extra = _holes(form) - wanted
        missing = wanted - _holes(form) - {"num"}
        if extra or missing:
            yield f"{where}: holes differ: {sorted(extra | missing)}"
        if sorted(_MARKUP.findall(form)) != sorted(_MARKUP.findall(forms[-1])):
            yield f"{where}: markup differs"


def _holes(words: str) -> set[str]:
    return {a or b for a, b in _HOLES.findall(words)}
