"""Texts of pages and briefs: the paragraphs of the Markdown file that each language has.

Title and summary of a page stand in that file too, those of a brief in its YAML. A file says once
how it was made and which English it follows, so it is reviewed, or up to date again, when all its
texts are. Paragraphs are numbered as in the English file; one that places a chart or a picture is
the same in every language and not handed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from ..briefs.load import FILE
from ..briefs.models import Brief, Version
from ..content import Content
from ..fields import Line, declared
from ..i18n import languages
from ..pages.models import Article, Page
from ..text import SOURCE_LANGUAGE, Made
from .inline import BRIEFS
from .sheet import Sheet
from .units import Changes, Mistake, Put, RefusedError, Unit

PAGES = "content/pages/"
_BETWEEN = re.compile(r"(\n(?:[ \t]*\n)+)")
_PLACE = re.compile(r"!\[\]\([^)\s]*\)")
_LINES = {
    name: field.most for name, (field, _) in declared(Article).items() if isinstance(field, Line)
}


def has(unit: Unit) -> bool:
    """Whether a text stands in a Markdown file."""
    return unit.key.startswith((PAGES, BRIEFS)) and ".yaml#" not in unit.key


def units(content: Content, language: str) -> Iterator[Unit]:
    """The texts of all pages and briefs; none of one whose paragraphs are not as in English."""
    for slug, page in content.pages.items():
        shown = f"/{language}/" if slug == "home" else f"/{language}/about/{slug}/"
        yield from _units(f"{PAGES}{slug}", page, language, shown)
    for id_, brief in content.briefs.items():
        yield from _units(f"{BRIEFS}{id_}", brief, language, f"/{language}/briefs/{id_}/")


def _units(folder: str, page: Page | Brief, language: str, shown: str) -> Iterator[Unit]:
    english = _versions(page)[SOURCE_LANGUAGE]
    version, spoken, made = page.in_language(language)
    sources = _texts(english)
    targets = _texts(version) if spoken == language else {}
    if targets.keys() != sources.keys():
        targets, made = {}, Made.MISSING
    for name, source in sources.items():
        yield Unit(
            key=f"{folder}#{name}",
            source=(source,),
            target=(targets[name],) if targets else (),
            made=made,
            shown=shown,
            notes=() if name in _LINES else ("Markdown; what stands in (…) of a link stays.",),
            most=_LINES.get(name, 0),
            one_line=name in _LINES,
        )


def _versions(page: Page | Brief) -> Mapping[str, Article] | Mapping[str, Version]:
    return page.articles if isinstance(page, Page) else page.versions


def _texts(version: Article | Version) -> dict[str, str]:
    lines = _LINES if isinstance(version, Article) else ()
    paragraphs = enumerate(_BETWEEN.split(version.markdown.strip("\n"))[::2])
    return {
        **{name: getattr(version, name) for name in lines},
        **{f"text.{n}": words for n, words in paragraphs if not _PLACE.fullmatch(words.strip())},
    }


def changes(
    root: Path,
    language: str,
    puts: Iterable[Put],
    content: Content,
    everything: Iterable[Unit],
    so_far: Changes,
) -> Changes:
    """The files of pages and briefs with the texts of an import put in.

    ``so_far`` is what the import has changed already: the YAML of a brief that comes to be in one
    more language names it too.

    Raises :class:`RefusedError` for a page that would come to be in parts.
    """
    of_page: dict[str, list[Put]] = {}
    for put in puts:
        of_page.setdefault(put.unit.key.partition("#")[0], []).append(put)
    counts = dict.fromkeys(of_page, 0)
    for unit in everything:
        page = unit.key.partition("#")[0]
        if page in counts:
            counts[page] += 1
    changed: Changes = {}
    mistakes = []
    for page, ours in of_page.items():
        if all(put.does_nothing for put in ours):
            continue
        if ours[0].unit.made == Made.MISSING and len(ours) < counts[page]:
            what = f"{len(ours)} of the page's {counts[page]} texts; it needs all at once"
            mistakes.append(Mistake(page, what))
            continue
        file = _File(root, page, language, content)
        changed[file.name] = file.changed(ours, is_whole=len(ours) == counts[page])
        if file.is_new and page.startswith(BRIEFS):
            name = f"{page}/{FILE}"
            before = so_far.get(name) or (root / name).read_bytes()
            changed[name] = _with_language(before, language)
    if mistakes:
        raise RefusedError(mistakes)
    return changed


def _with_language(brief: bytes, language: str) -> bytes:
    sheet = Sheet(brief.decode())
    there = {*(sheet.value(("languages",)) or ()), language}
    sheet.change(("languages",), [code for code in languages() if code in there])
    return sheet.text().encode()


class _File:
    def __init__(self, root: Path, page: str, language: str, content: Content) -> None:
        self.name = f"{page}/{language}.md"
        id_ = page.rsplit("/", 1)[1]
        found = content.pages[id_] if page.startswith(PAGES) else content.briefs[id_]
        self.english = _versions(found)[SOURCE_LANGUAGE]
        self.today = content.as_of
        path = root / self.name
        self.is_new = not path.exists()
        words = (root / page / f"{SOURCE_LANGUAGE}.md" if self.is_new else path).read_bytes()
        head, self.body = words.decode().removeprefix("---\n").split("---\n", 1)
        self.sheet = Sheet(head)

    def changed(self, puts: list[Put], *, is_whole: bool) -> bytes:
        english: date = self.english.updated
        texts = {put.unit.key.partition("#")[2]: put for put in puts}
        for name in _LINES:
            if name in texts and texts[name].changed:
                self.sheet.put((name,), texts[name].words[0])
        if any(put.changed for put in puts):
            self.sheet.put(("updated",), self.today)
        how = self._how(puts, is_whole=is_whole)
        if how and how != self.sheet.value(("provenance",)):
            self.sheet.put(("provenance",), how)
        if is_whole and (self.is_new or all(put.settled or put.changed for put in puts)):
            self.sheet.put(("translates",), english, after="provenance")
        return f"---\n{self.sheet.text()}---\n{self._body(texts)}".encode()

    def _how(self, puts: list[Put], *, is_whole: bool) -> str | dict[str, str] | None:
        hows = [put.how for put in puts]
        if is_whole and isinstance(hows[0], dict) and all(how == hows[0] for how in hows):
            return hows[0]
        return str(Made.MACHINE) if str(Made.MACHINE) in hows else None

    def _body(self, texts: dict[str, Put]) -> str:
        middle = self.body.strip("\n")
        before, after = self.body.split(middle, 1) if middle else ("", self.body)
        parts = _BETWEEN.split(middle)
        if any(put.unit.made == Made.MISSING for put in texts.values()):
            # What is there, if anything, are not the English paragraphs: all come anew.
            parts = _BETWEEN.split(self.english.markdown.strip("\n"))
        for number in range(len(parts[::2])):
            put = texts.get(f"text.{number}")
            if put and put.changed:
                parts[2 * number] = put.words[0]
        return "".join([before, *parts, after])
