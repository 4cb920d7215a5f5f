"""The catalogs of the interface: extracted, updated, compiled and checked with Babel."""

from __future__ import annotations

import io
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
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
    "phrase": None,
}
_UNTRUE = (b'"POT-', b'"PO-', b'"Report-', b'"Last-', b'"Language-Team')
"""Lines of Babel's header that name nobody, or change at every run."""

REVIEWED = "Reviewed by "
"""How the comment of a message starts that names the office or role which has reviewed it."""

UNREVIEWED_HEAD = "# Made by machine, reviewed by nobody yet."
REVIEWED_HEAD = "# Made by machine; a message that was reviewed says by whom."

_HOLES = re.compile(r"%\((\w+)\)[sdr]|\{(\w+)\}")
_MARKUP = re.compile(r"<[^>]+>")


def extracted() -> Catalog:
    """The messages of the whole package, as they stand in its code and templates now."""
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


def po(code: str) -> Path:
    """The file of a language's messages."""
    return TRANSLATIONS / languages()[code].catalog / "LC_MESSAGES" / "messages.po"


def _others() -> list[str]:
    return [code for code in languages() if code != SOURCE_LANGUAGE]


def update() -> None:
    """Write ``messages.pot``, and take its messages into each catalog without losing any."""
    template = extracted()
    POT.write_bytes(_written(template))
    for code in _others():
        path = po(code)
        path.parent.mkdir(parents=True, exist_ok=True)
        old = read(code) if path.exists() else Catalog()
        catalog = Catalog(
            locale=languages()[code].catalog,
            project="Lamppost",
            header_comment=REVIEWED_HEAD if any(map(reviewer, old)) else UNREVIEWED_HEAD,
            fuzzy=False,
        )
        for message in old:
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


def read(code: str) -> Catalog:
    """A language's messages."""
    with po(code).open("rb") as stream:
        return read_po(stream, locale=languages()[code].catalog)


@cache
def translated(code: str) -> tuple[int, int]:
    """How many of the interface's messages a language has, and how many there are."""
    with POT.open("rb") as stream:
        wanted = [forms(message.id)[0] for message in read_po(stream) if message.id]
    if code == SOURCE_LANGUAGE:
        return len(wanted), len(wanted)
    catalog = speech_of(code).catalogue
    has = getattr(catalog, "_catalog", {})  # gettext's own: it tells a message from none
    return sum(one in has or (one, 0) in has for one in wanted), len(wanted)


@cache
def reviews(code: str) -> Counter[str]:
    """How many of the interface's messages which office or role has reviewed in a language.

    None where a site has its catalogs in compiled form alone.
    """
    messages = read(code) if code != SOURCE_LANGUAGE and po(code).exists() else ()
    return Counter(filter(None, (reviewer(one) for one in messages if one.id and one.string)))


def reviewer(message: Message) -> str:
    """The office or role that has reviewed a message; empty when nobody has."""
    said = [comment for comment in message.user_comments if comment.startswith(REVIEWED)]
    return said[0].removeprefix(REVIEWED) if said else ""


def compile_all() -> Iterator[str]:
    """Compile each catalog that is newer than its compiled form; yields its name."""
    for code in _others():
        source = po(code)
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        stream = io.BytesIO()
        write_mo(stream, read(code))
        # Beside and swapped in: another process may be reading the old one.
        beside = target.with_suffix(f".{os.getpid()}")
        beside.write_bytes(stream.getvalue())
        beside.replace(target)
        yield languages()[code].catalog


def mistakes() -> list[str]:
    """What is wrong: a stale template, a message without translation, holes that do not agree."""
    template = extracted()
    found = (
        []
        if POT.exists() and POT.read_bytes() == _written(template)
        else ["translations/messages.pot is not current: run lamppost catalogs update"]
    )
    for code in _others():
        catalog = read(code)
        found += _mistakes_of_plurals(catalog)
        for message in template:
            if message.id:
                found += _mistakes_of(code, forms(message.id), catalog)
    return found


def _mistakes_of_plurals(catalog: Catalog) -> Iterator[str]:
    right = str(get_plural(catalog.locale))
    if catalog.plural_forms != right:
        yield f"translations/{catalog.locale}: Plural-Forms is not {right}"


def forms(words: str | Iterable[str] | None) -> tuple[str, ...]:
    """The one or many forms of a message or of its translation."""
    return (words,) if isinstance(words, str) else tuple(words or ())


def _mistakes_of(code: str, source: tuple[str, ...], catalog: Catalog) -> Iterator[str]:
    message = catalog.get(source[0])
    where = f"translations/{catalog.locale}: {source[0]!r}"
    if message is None or message.fuzzy:
        yield f"{where}: is not in the catalog {code}"
        return
    said = forms(message.string)
    if not all(said) or len(said) != (1 if len(source) == 1 else catalog.num_plurals):
        yield f"{where}: is not translated"
        return
    for form in said:
        if wrong := wrong_holes(source, form):
            yield f"{where}: holes differ: {wrong}"

        if sorted(_MARKUP.findall(form)) != sorted(_MARKUP.findall(source[-1])):
            yield f"{where}: markup differs"


def wrong_holes(source: Iterable[str], form: str) -> list[str]:
    """The holes that one form of a translation lacks, and those that its source does not have.

    A form may leave out ``num``: "one device" needs no figure.
    """
    wanted = {hole for words in source for hole in _holes(words)}
    found = _holes(form)
    return sorted((found - wanted) | (wanted - found - {"num"}))


def _holes(words: str) -> set[str]:
    return {a or b for a, b in _HOLES.findall(words)}
