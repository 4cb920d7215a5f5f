"""Texts that carry their languages inline, in the YAML files of the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path as Folder
from typing import Any

from ..fields import At, Words
from ..text import SOURCE_LANGUAGE, Made, Text
from .sheet import Path, Sheet
from .units import Changes, Put, Unit

_PAGES = {
    "technologies": "technologies",
    "organizations": "organizations",
    "places": "places",
    "terms": "terms",
    "purpose": "purposes",
    "data": "data",
}
"""Where a thing of the record has its page, by the folder or the key that holds it."""

BRIEFS = "content/briefs/"

Found = list[tuple[At, Words, Text]]


def units(found: Found, language: str) -> Iterator[Unit]:
    """The texts that were met while the record was read."""
    for at, field, text in found:
        passage = text.in_language(language)
        missing = passage.made == Made.MISSING
        yield Unit(
            key=key_of(at),
            source=(text.languages[SOURCE_LANGUAGE],),
            target=() if missing else (passage.words,),
            made=passage.made,
            shown=_shown(at, language),
            notes=(field.help,) if field.help else (),
            most=field.most,
        )


def key_of(at: At) -> str:
    """The key of the text at a place in the record: file, and path in it."""
    return f"{at.file}#{at.key.replace('[', '.').replace(']', '')}"


def _shown(at: At, language: str) -> str:
    if at.file.startswith(BRIEFS):
        return f"/{language}/briefs/{at.file.removeprefix(BRIEFS).partition('/')[0]}/"
    *_, folder, name = at.file.removesuffix(".yaml").split("/")
    top, _, rest = at.key.partition(".")
    if top == "words":
        top, name = name, rest
    elif folder == "technologies":
        top, rest = folder, name
    if folder == "surveys":
        return f"/{language}/surveys/{name}/"
    if folder == "forms":
        return f"the form “{name}”"
    if folder == "answers":
        return f"the ready answer “{name}”"
    if top in _PAGES:
        return f"/{language}/{_PAGES[top]}/{rest.partition('.')[0]}/"
    return f"/{language}/plan/" if name == "plan" else "on many pages"


def changes(
    root: Folder, language: str, puts: Iterable[Put], everything: Iterable[Unit]
) -> Changes:
    """The files of the record with the texts of an import put in.

    ``everything`` is all texts of the record: a file of which each one has been reviewed says so
    once, at its top.
    """
    by_file: dict[str, dict[str, Put]] = {}
    for put in puts:
        by_file.setdefault(put.unit.key.partition("#")[0], {})[put.unit.key] = put
    siblings: dict[str, list[str]] = {name: [] for name in by_file}
    for unit in everything:
        name = unit.key.partition("#")[0]
        if name in siblings:
            siblings[name].append(unit.key)
    return {
        name: _File(root, name, language).changed(ours, siblings[name])
        for name, ours in by_file.items()
    }


class _File:
    def __init__(self, root: Folder, name: str, language: str) -> None:
        self.sheet = Sheet((root / name).read_bytes().decode())
        self.language = language
        self.rule = (self.sheet.value(("provenance",)) or {}).get(language, str(Made.MACHINE))

    def changed(self, puts: dict[str, Put], siblings: list[str]) -> bytes:
        hows = {key: puts[key].how if key in puts else None for key in siblings}
        whole = {key: hows[key] or self._how(_path(key)) for key in siblings}
        first = next(iter(whole.values()))
        if isinstance(first, dict) and all(how == first for how in whole.values()):
            self._put_entry(("provenance",), first)
            self.rule, hows = first, whole
        for key, how in hows.items():
            if how and not self._is_list(_path(key)):  # forms of a word follow their file's rule
                self._put_entry((*_path(key), "by"), None if how == self.rule else how)
        for key, put in puts.items():
            self._put_words(_path(key), put)
        return self.sheet.text().encode()

    def _how(self, path: Path) -> Any:
        """How a text says that it was made; None where the language is missing."""
        if self.sheet.value((*path, self.language)) is None:
            return None
        return (self.sheet.value((*path, "by")) or {}).get(self.language, self.rule)

    def _is_list(self, path: Path) -> bool:
        return isinstance(self.sheet.value((*path, SOURCE_LANGUAGE)), list)

    def _put_words(self, path: Path, put: Put) -> None:
        if put.changed:
            codes = [code for code in self.sheet.value(path) if code not in ("by", "stale")]
            words: str | list[str] = put.words[0]
            if self._is_list(path):
                words = [form for form in map(str.strip, put.words[0].split(";")) if form]
            self.sheet.put((*path, self.language), words, after=codes[-1])
        if put.settled:
            self._put_entry((*path, "stale"), None)

    def _put_entry(self, path: Path, how: Any) -> None:
        """Set what the mapping at ``path`` says of this language; None says nothing of it."""
        said = self.sheet.value(path)
        if how is None:
            if self.language in (said or {}):
                self.sheet.drop((*path, self.language))
        elif said is None:
            self.sheet.put(path, {self.language: how})
        elif said.get(self.language) != how:
            self.sheet.put((*path, self.language), how)


def _path(key: str) -> Path:
    return tuple(key.partition("#")[2].split("."))
