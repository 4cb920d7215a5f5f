"""Texts of pages: title, summary and paragraphs of the Markdown file that each language has.

A page's file says once how it was made and which English it follows, so it is reviewed, or up to
date again, when all its texts are. Paragraphs are numbered as in the English file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from ..content import Content
from ..fields import Line, declared
from ..pages.models import Article
from ..text import SOURCE_LANGUAGE, Made
from .sheet import Sheet
from .units import Changes, Mistake, Put, RefusedError, Unit

FOLDER = "content/pages/"
_BETWEEN = re.compile(r"(\n(?:[ \t]*\n)+)")
_LINES = {
    name: field.most for name, (field, _) in declared(Article).items() if isinstance(field, Line)
}


def units(content: Content, language: str) -> Iterator[Unit]:
    """The texts of all pages; none of a page's is there while its paragraphs are not the same."""
    for slug, page in content.pages.items():
        english = page.articles[SOURCE_LANGUAGE]
        article, spoken, made = page.in_language(language)
        sources = _texts(english)
        targets = _texts(article) if spoken == language else {}
        if len(targets) != len(sources):
            targets, made = {}, Made.MISSING
        for name, source in sources.items():
            yield Unit(
                key=f"{FOLDER}{slug}#{name}",
                source=(source,),
                target=(targets[name],) if targets else (),
                made=made,
                shown=f"/{language}/" if slug == "home" else f"/{language}/about/{slug}/",
                notes=() if name in _LINES else ("Markdown; what stands in (…) of a link stays.",),
                most=_LINES.get(name, 0),
                one_line=name in _LINES,
            )


def _texts(article: Article) -> dict[str, str]:
    paragraphs = _BETWEEN.split(article.markdown.strip("\n"))[::2]
    return {
        **{name: getattr(article, name) for name in _LINES},
        **{f"text.{number}": words for number, words in enumerate(paragraphs)},
    }


def changes(
    root: Path, language: str, puts: Iterable[Put], content: Content, everything: Iterable[Unit]
) -> Changes:
    """The pages' files with the texts of an import put in.

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
    changed, mistakes = {}, []
    for page, ours in of_page.items():
        if all(put.does_nothing for put in ours):
            continue
        if ours[0].unit.made == Made.MISSING and len(ours) < counts[page]:
            what = f"{len(ours)} of the page's {counts[page]} texts; it needs all at once"
            mistakes.append(Mistake(page, what))
            continue
        file = _File(root, page, language, content)
        changed[file.name] = file.changed(ours, is_whole=len(ours) == counts[page])
    if mistakes:
        raise RefusedError(mistakes)
    return changed


class _File:
    def __init__(self, root: Path, page: str, language: str, content: Content) -> None:
        self.name = f"{page}/{language}.md"
        self.page = content.pages[page.removeprefix(FOLDER)]
        self.today = content.as_of
        path = root / self.name
        self.is_new = not path.exists()
        words = (root / page / f"{SOURCE_LANGUAGE}.md" if self.is_new else path).read_bytes()
        head, self.body = words.decode().removeprefix("---\n").split("---\n", 1)
        self.sheet = Sheet(head)

    def changed(self, puts: list[Put], *, is_whole: bool) -> bytes:
        english: date = self.page.articles[SOURCE_LANGUAGE].updated
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
            source = self.page.articles[SOURCE_LANGUAGE].markdown
            parts = _BETWEEN.split(source.strip("\n"))
        for number in range(len(parts[::2])):
            put = texts.get(f"text.{number}")
            if put and put.changed:
                parts[2 * number] = put.words[0]
        return "".join([before, *parts, after])
