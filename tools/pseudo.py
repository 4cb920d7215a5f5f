"""Freezes the shipped site in two more languages, which nobody speaks: they show what others ask.

One runs from right to left, in Arabic letters and with the six plural forms of Arabic. The other is
two fifths longer than English, word by word, and no word of it is plain English: a plain one on its
pages never went through a catalog or the record.

``tools/pseudo.py FOLDER`` writes ``translations/``, ``record/`` and the frozen ``site/`` there.
"""

from __future__ import annotations

import math
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from gettext import c2py
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from lamppost.config import PROJECT, TRANSLATIONS

# Holes, markup, addresses and what stands in capitals (codes, formats) mean the same everywhere.
_KEPT = re.compile(
    r"%\(\w+\)[sd]|\{\w+\}|<[^>]*>|\]\([^)]*\)|`[^`]*`|https?://\S+|&\w+;|\b[A-Z][A-Z0-9]+\b"
)
_WORD = re.compile(r"[A-Za-z]+")
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ARABIC = dict(zip(_LATIN + _LATIN.upper(), "ابكديفغهيجكلمنوبقرستوفوخيز" * 2, strict=True))
_ACCENTED = dict(zip("aeiouyAEIOUYcnCN", "áéíóúýÁÉÍÓÚÝçñÇÑ", strict=True))


def mirrored(word: str) -> str:
    """The word in letters that run from right to left."""
    return "".join(_ARABIC[letter] for letter in word)


def lengthened(word: str) -> str:
    """The word, two fifths longer, with accents: “Places” is “Pláácéés”."""
    letters = [_ACCENTED.get(letter, letter) for letter in word]
    vowels = [n for n, letter in enumerate(word) if letter.lower() in "aeiouy"]
    places = cycle(vowels or [len(word) - 1])
    times = [1] * len(word)
    for place, _ in zip(places, range(math.ceil(len(word) * 0.4)), strict=False):
        times[place] += 1
    return "".join(c + c.lower() * (n - 1) for c, n in zip(letters, times, strict=True))


class Pseudo(NamedTuple):
    """A language that nobody speaks; ``change`` makes its words from English ones."""

    code: str
    catalog: str
    locale: str
    name: str
    change: Callable[[str], str]

    def said(self, words: str) -> str:
        """``words`` in this language, with its holes, markup and codes as they were."""
        found = 0
        parts = []
        for kept in _KEPT.finditer(words):
            parts += [self._changed(words[found : kept.start()]), kept[0]]
            found = kept.end()
        return "".join([*parts, self._changed(words[found:])])

    def _changed(self, words: str) -> str:
        return _WORD.sub(lambda word: self.change(word[0]), words)


# Catalogs of languages that Babel knows, for their plural forms.
PSEUDO = (
    Pseudo("ar-xb", "ar", "ar", mirrored("Mirrored"), mirrored),
    Pseudo("en-xa", "en", "en_US", lengthened("Lengthened"), lengthened),
)


def write_translations(folder: Path) -> None:
    """A copy of the shipped translations, with catalogs of these languages."""
    shutil.copytree(TRANSLATIONS, folder)
    with (folder / "languages.yaml").open("a", encoding="utf-8") as stream:
        for one in PSEUDO:
            entry = {"code": one.code, "catalog": one.catalog, "locale": one.locale}
            yaml.safe_dump([{**entry, "name": one.name, "interface": "machine"}], stream)
    for one in PSEUDO:
        with (folder / "messages.pot").open("rb") as stream:
            template = read_po(stream)
        path = folder / one.catalog / "LC_MESSAGES" / "messages.mo"
        path.parent.mkdir(parents=True)
        with path.open("wb") as stream:
            write_mo(stream, _catalog(one, template))


def _catalog(one: Pseudo, template: Catalog) -> Catalog:
    catalog = Catalog(locale=one.catalog)
    for message in template:
        if isinstance(message.id, str):
            catalog.add(message.id, one.said(message.id))
        else:
            single, many = map(one.said, message.id)
            at = c2py(catalog.plural_expr)(1)
            forms = [single if n == at else many for n in range(catalog.num_plurals)]
            catalog.add(message.id, tuple(forms))
    return catalog


def write_record(folder: Path) -> None:
    """A copy of the shipped content and surveys, with their texts in these languages."""
    for name in ("content", "surveys"):
        shutil.copytree(PROJECT / name, folder / name)
    for path in folder.rglob("*.yaml"):
        found = yaml.load(path.read_bytes(), yaml.CSafeLoader)
        _add_texts(found)
        if isinstance(found, dict) and isinstance(found.get("provenance"), dict):
            found["provenance"] |= {one.code: "machine" for one in PSEUDO}
        words = yaml.dump(found, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        path.write_text(words, "utf-8")
    for path in (folder / "content" / "pages").glob("*/en.md"):
        for one in PSEUDO:
            path.with_stem(one.code).write_text(_article(one, path.read_text("utf-8")), "utf-8")


def _add_texts(part: Any) -> None:
    for mapping in _mappings(part):
        source = mapping.get("en")
        for one in PSEUDO:
            if isinstance(source, str):
                mapping[one.code] = one.said(source)
            elif isinstance(source, list):
                mapping[one.code] = [one.said(form) for form in source]


def _mappings(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        for value in list(part.values()):
            yield from _mappings(value)
        yield part
    elif isinstance(part, list):
        for value in part:
            yield from _mappings(value)


def _article(one: Pseudo, words: str) -> str:
    _, front, body = words.split("---\n", 2)
    head = yaml.safe_load(front)
    head.update(title=one.said(head["title"]), summary=one.said(head["summary"]))
    head.update(provenance="machine", translates=head["updated"].isoformat())
    # A quotation stands in every language as it was published.
    lines = [line if line[0] == ">" else one.said(line) for line in body.splitlines(keepends=True)]
    return f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n{''.join(lines)}"


def main(folder: Path) -> None:
    """Write it all into ``folder``, which must not hold it yet."""
    write_translations(folder / "translations")
    write_record(folder / "record")
    freeze = [sys.executable, PROJECT / "freeze.py", "--as-of", "2026-11-22"]
    subprocess.run(
        [*freeze, "--record", folder / "record", "--out", folder / "site"],
        env={**os.environ, "LAMPPOST_TRANSLATIONS": str(folder / "translations")},
        check=True,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
