"""The translators' file as XLIFF 1.2: the key is the unit's id.

XLIFF has no plurals: each form of a message is a text of its own, ``key[0]``, ``key[1]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.parsers import expat

from lxml import etree
from translate.storage.xliff import Xliff1File, Xliff1Unit

from ..text import SOURCE_LANGUAGE, Made
from .units import Mistake, RefusedError, Returned, Unit

_SPACE = "urn:oasis:names:tc:xliff:document:1.2"
_EMPTY = f"""<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="{_SPACE}">
<file original="lamppost" source-language="{SOURCE_LANGUAGE}" target-language="{{}}"
 datatype="plaintext"><body></body></file></xliff>"""
_STATES = {
    Made.HUMAN: "final",
    Made.REVIEWED: "signed-off",
    Made.MACHINE: "needs-review-translation",
    Made.STALE: "needs-translation",
    Made.MISSING: "new",
}
_SETTLED = ("translated", "signed-off", "final", None)
_FORM = re.compile(r"(.*)\[(\d+)\]", re.DOTALL)


def written(language: str, units: Iterable[Unit]) -> bytes:
    """The file for a translator."""
    store = Xliff1File()
    store.parse(_EMPTY.format(language).encode())
    for unit in units:
        targets = unit.target or (None,) * len(unit.sources)
        pairs = zip(unit.sources, targets, strict=True)
        for number, (source, target) in enumerate(pairs):
            made = Xliff1Unit(source)
            store.addunit(made)
            made.setid(f"{unit.key}[{number}]" if unit.plurals else unit.key)
            _fill(made, unit, target)
    etree.cleanup_namespaces(store.document)
    return bytes(store)


def _fill(made: Xliff1Unit, unit: Unit, target: str | None) -> None:
    made.target = target
    if target is None:
        made.set_target_dom(made.createlanguageNode(None, "", "target"))
    made.get_target_dom().set("state", _STATES[unit.made])
    made.markapproved(unit.made in (Made.HUMAN, Made.REVIEWED))
    if unit.most:
        made.xmlelement.set("maxwidth", str(unit.most))
        made.xmlelement.set("size-unit", "char")
    for note in unit.remarks:
        made.addnote(note, origin="developer")


def read(data: bytes) -> tuple[str, list[Returned]]:
    """The language of a file, and its texts. Raises :class:`RefusedError`."""
    _check_xml(data)
    store = Xliff1File()
    try:
        store.parse(data)
    except ValueError as error:
        raise RefusedError.of_file(f"not an XLIFF 1.2 file: {error}") from None
    forms: dict[str, list[tuple[int, Returned]]] = {}
    for unit in store.units:
        text = _xliff_text(unit)
        match = _FORM.fullmatch(text.key)
        key, number = (match[1], int(match[2])) if match else (text.key, -1)
        forms.setdefault(key, []).append((number, text))
    languages = {node.get("target-language") for node in store.document.iter(f"{{{_SPACE}}}file")}
    if len(languages) != 1:
        raise RefusedError.of_file(f"in {len(languages)} languages")
    return str(languages.pop() or ""), [text for key in forms for text in _joined(key, forms[key])]


def _xliff_text(unit: Xliff1Unit) -> Returned:
    node = unit.get_target_dom()
    key, target, state = str(unit.xmlelement.get("id", "")), unit.target, None
    if node is not None:
        state = node.get("state")
        if any(child.tag != f"{{{_SPACE}}}mrk" for child in node.iter("*") if child is not node):
            raise RefusedError([Mistake(key, "an element inside the text; only plain words fit")])
    settled = unit.isapproved() or state in _SETTLED
    return Returned(key, (str(unit.source or ""),), (str(target),) if target else (), settled)


def _joined(key: str, forms: list[tuple[int, Returned]]) -> Iterator[Returned]:
    forms.sort(key=lambda form: form[0])
    texts = [text for _, text in forms]
    if [number for number, _ in forms] != list(range(len(forms))):
        yield from texts  # one without forms, or forms of which some are missing or there twice
        return
    sources = tuple("".join(text.source) for text in texts)
    targets = tuple("".join(text.target) for text in texts)
    settled = all(text.settled for text in texts)
    yield Returned(key, sources, targets if any(targets) else (), settled)


def _check_xml(data: bytes) -> None:
    """Refuse what is no XLIFF before anything is built from it, and any document type.

    Entities, with which a small file can grow without end or read other files, need one.
    """

    def declared(*_: object) -> None:
        raise RefusedError.of_file("a document type (<!DOCTYPE …>), which no such file needs")

    def began(tag: str, _: object) -> None:
        tags.append(tag)
        if tags[0] != f"{_SPACE} xliff":
            raise RefusedError.of_file("XML, but not XLIFF 1.2")

    tags: list[str] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = began
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes no names
    except expat.ExpatError as error:
        raise RefusedError.of_file(f"not XML: {error}") from None
    if f"{_SPACE} file" not in tags:
        raise RefusedError.of_file("XLIFF with no texts")
