"""Texts of the interface: the messages of a language's catalog."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from ..catalogs import REVIEWED, REVIEWED_HEAD, UNREVIEWED_HEAD, forms, po, read, reviewer
from ..i18n import languages
from ..text import Made
from .sheet import Sheet
from .units import Changes, Put, Unit

LANGUAGES = "languages.yaml"


def plural_rule(language: str) -> str:
    """The language's ``Plural-Forms``, as gettext writes it."""
    return str(read(language).plural_forms)


def units(language: str) -> Iterator[Unit]:
    """The messages of the catalog, in its order."""
    catalog = read(language)
    messages = [message for message in catalog if message.id]
    rule = languages()[language].interface
    if rule == Made.REVIEWED and any(map(reviewer, messages)):
        rule = Made.MACHINE  # then each one that was reviewed says so itself
    for message in messages:
        source, said = forms(message.id), forms(message.string)
        target = said if any(said) and not message.fuzzy else ()
        made = Made.REVIEWED if reviewer(message) else rule
        yield Unit(
            key=f"interface#{source[0]}",
            source=source,
            target=target,
            made=made if target else Made.MISSING,
            shown="interface: " + " ".join(name for name, _ in message.locations),
            notes=tuple(message.auto_comments),
            plurals=catalog.num_plurals if len(source) > 1 else 0,
        )


def changes(language: str, puts: Iterable[Put]) -> Changes:
    """The catalog, and the list of languages, with the texts of an import put in.

    Only the entries that change are written anew; the rest of the catalog keeps its bytes.
    """
    ours = {put.unit.key: put for put in puts}
    if not ours:
        return {}
    catalog = read(language)
    head, *entries = po(language).read_text("utf-8").rstrip("\n").split("\n\n")
    found = [_parsed(entry, catalog) for entry in entries]
    for number, message in enumerate(found):
        if message and (put := ours.get(f"interface#{forms(message.id)[0]}")):
            _fill(message, put)
            entries[number] = _entry(message, catalog)
    who = [reviewer(message) for message in found if message]
    _, _, head = head.partition("\n")
    head = f"{REVIEWED_HEAD if any(who) else UNREVIEWED_HEAD}\n{head}"
    name = f"{languages()[language].catalog}/LC_MESSAGES/messages.po"
    words = "\n\n".join([head, *entries]) + "\n"
    return {name: words.encode(), **_listed(language, who)}


def _parsed(entry: str, catalog: Catalog) -> Message | None:
    parsed = read_po(io.BytesIO(entry.encode()), locale=catalog.locale)
    return next((message for message in parsed if message.id), None)


def _fill(message: Message, put: Put) -> None:
    if put.changed:
        message.string = put.words if put.unit.plurals else put.words[0]
        message.flags.discard("fuzzy")
    if put.how:
        others = [said for said in message.user_comments if not said.startswith(REVIEWED)]
        said = f"{REVIEWED}{put.how['reviewed']}" if isinstance(put.how, dict) else None
        message.user_comments = [said, *others] if said else others


def _entry(message: Message, catalog: Catalog) -> str:
    alone = Catalog(locale=catalog.locale)
    alone[message.id] = message
    stream = io.BytesIO()
    write_po(stream, alone, width=100, omit_header=True, include_lineno=False)
    return stream.getvalue().decode().strip("\n")


def _listed(language: str, who: list[str]) -> Changes:
    """The list of languages, once every message has been reviewed, or no longer has been."""
    path = po(language).parents[2] / LANGUAGES
    sheet = Sheet(path.read_bytes().decode())
    key = (str(list(languages()).index(language)), "interface")
    said = sheet.value(key)
    if all(who):
        sheet.put(key, {"reviewed": who[0]} if len(set(who)) == 1 else str(Made.REVIEWED))
    elif said != Made.HUMAN:
        sheet.put(key, str(Made.MACHINE))
    words = sheet.text().encode()
    return {LANGUAGES: words} if words != path.read_bytes() else {}
