"""Reads briefs from the record and checks them, all mistakes at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from ..charts import Chart, Series
from ..fields import At, attributed, read, reviewer
from ..markup import headings, images, placed
from ..pages.load import check_links_of
from ..phrases import phrase
from ..pictures import Picture, PictureError, picture
from ..record import Record
from ..registry.models import ID_PATTERN
from ..text import SOURCE_LANGUAGE
from .models import Brief, BriefChart, Version

FOLDER = "content/briefs"
FILE = "brief.yaml"
ENDINGS = (".png", ".jpg", ".jpeg", ".webp")
MOST_PICTURE_BYTES = 500_000
"""Pictures stay in memory, so that none is shown that was not checked."""

TOP, DEEPEST = 2, 4
"""The levels of headings in a text; the title is the first."""


def load_briefs(
    record: Record, languages: tuple[str, ...], known: Mapping[str, Mapping[str, Any]]
) -> dict[str, Brief]:
    """The briefs by id. A brief needs its English text; others may be missing."""
    folders: dict[str, list[str]] = {}
    for name in record.names(FOLDER, ""):
        id_, _, file = name.removeprefix(f"{FOLDER}/").partition("/")
        if file:
            folders.setdefault(id_, []).append(file)
        elif (record.root / name).is_file():
            At(name, record.problems, known, languages, {}).problem(
                phrase("the file %(name)r", name=id_),
                phrase("a folder for each brief, with its %(file)s", file=FILE),
            )
    known = {**known, "briefs": folders, "languages": dict.fromkeys(languages)}
    reader = _Reader(record, languages, known)
    briefs = {id_: reader.brief(id_, files) for id_, files in folders.items()}
    found = {id_: brief for id_, brief in briefs.items() if SOURCE_LANGUAGE in brief.versions}
    for brief in found.values():
        _check_place(record, brief, found)
    return found


def check_briefs(record: Record, briefs: Mapping[str, Brief], known: Mapping[str, Any]) -> None:
    """Report links of briefs to things that are not in the record, or not in every language."""
    for id_, brief in briefs.items():
        check_links_of(record, f"{FOLDER}/{id_}", brief.versions, known)


class _Reader:
    def __init__(
        self,
        record: Record,
        languages: tuple[str, ...],
        known: Mapping[str, Mapping[str, Any]],
    ) -> None:
        self.record, self.languages, self.known = record, languages, known

    def at(self, name: str) -> At:
        return At(name, self.record.problems, self.known, self.languages, {})

    def brief(self, id_: str, files: list[str]) -> Brief:
        folder = f"{FOLDER}/{id_}"
        at = self.at(f"{folder}/{FILE}")
        if not re.fullmatch(ID_PATTERN, id_):
            at.problem(id_, phrase("a folder of lower-case words joined by -"))
        raw = dict(self.record.mapping(at.file))
        texts_at = attributed(raw, at)
        raw.pop("provenance", None)
        versions, pictures = self._versions(folder, files), self._pictures(folder, files)
        is_read = bool(raw) or self.record.read_well(at.file)
        given: dict[str, Any] = {"id": id_, "versions": versions, "files": pictures}
        if not is_read:
            return Brief(**given)
        brief = read(Brief, raw, texts_at, **given)
        self._check_languages(brief, at)
        self._check_pictures(brief, at, files)
        self._check_charts(brief, at)
        self._check_texts(brief)
        return brief

    def _versions(self, folder: str, files: list[str]) -> dict[str, Version]:
        found = {}
        for file in files:
            language, _, ending = file.rpartition(".")
            at = self.at(f"{folder}/{file}")
            if ending == "md" and language not in self.languages:
                codes = ", ".join(self.languages)
                at.problem(file, phrase("a file named for a language: %(codes)s", codes=codes))
            elif ending == "md":
                front, markdown = self.record.article(at.file)
                given = {"markdown": markdown, "reviewer": reviewer(front.get("provenance"))}
                read_well = self.record.read_well(at.file)
                found[language] = read(Version, front, at, **given) if read_well else Version()
            elif file != FILE and not file.endswith(ENDINGS):
                told = phrase("%(file)s, a text or a PNG, JPEG or WebP picture", file=FILE)
                at.problem(phrase("the file %(name)r", name=file), told)
        if SOURCE_LANGUAGE not in found:
            self.at(f"{folder}/{SOURCE_LANGUAGE}.md").problem(
                None, phrase("the text in English, from which others come")
            )
        return found

    def _pictures(self, folder: str, files: list[str]) -> dict[str, Picture]:
        found = {}
        for file in (file for file in files if file.endswith(ENDINGS)):
            data = self.record.data(f"{folder}/{file}", MOST_PICTURE_BYTES)
            try:
                if data is not None:
                    found[file] = picture(data)
            except PictureError as error:
                self.at(f"{folder}/{file}").problem(error.found, error.expected)
        return found

    def _check_languages(self, brief: Brief, at: At) -> None:
        named, written = set(brief.languages), set(brief.versions)
        for language in sorted(named - written):
            (at / "languages").problem(language, phrase("the file %(name)s", name=f"{language}.md"))
        for language in sorted(written - named):
            found = phrase("the file %(name)s", name=f"{language}.md")
            (at / "languages").problem(found, phrase("only languages named here"))

    def _check_pictures(self, brief: Brief, at: At, files: list[str]) -> None:
        _check_ids(brief.pictures, at / "pictures")
        for n, one in enumerate(brief.pictures):
            if one.file and one.file not in files:
                place = at / "pictures" / n / "file"
                place.problem(one.file, phrase("a file beside %(file)s", file=FILE))
        unused = {f for f in files if f.endswith(ENDINGS)} - {one.file for one in brief.pictures}
        for file in sorted(unused):
            self.at(f"{FOLDER}/{brief.id}/{file}").problem(
                phrase("a picture that nothing names"),
                phrase("an entry in the pictures of %(file)s, or no file", file=FILE),
            )

    def _check_charts(self, brief: Brief, at: At) -> None:
        _check_ids(brief.charts, at / "charts")
        for n, one in enumerate(brief.charts):
            if self.record.read_well(at.file):
                try:
                    drawn(one, str)
                except ValueError as error:
                    found = phrase("the fault “%(fault)s”", fault=str(error))
                    (at / "charts" / n).problem(found, phrase("a chart to be drawn"))

    def _check_texts(self, brief: Brief) -> None:
        wanted = Counter(
            [
                *(f"chart:{one.id}" for one in brief.charts),
                *(f"picture:{one.id}" for one in brief.pictures),
            ]
        )
        for language, version in brief.versions.items():
            at = self.at(f"{FOLDER}/{brief.id}/{language}.md")
            if not self.record.read_well(at.file):
                continue
            at /= "text"
            _check_headings(version.markdown, at)
            found = Counter(placed(version.markdown))
            for address in sorted(found - wanted):
                told = phrase("once in a text")
                if address not in wanted:
                    told = phrase("a chart or picture of %(file)s", file=FILE)
                at.problem(f"![]({address})", told)
            for address in sorted(wanted - found):
                at.problem(None, phrase("a paragraph %(words)s", words=f"![]({address})"))
            every = images(version.markdown)
            for address in sorted(Counter(src for src, _ in every) - found):
                at.problem(f"![]({address})", phrase("a paragraph of its own"))
            for address, words in every:
                if words:
                    told = phrase("![], since %(file)s holds the words", file=FILE)
                    at.problem(f"![{words}]({address})", told)


def drawn(one: BriefChart, said: Any) -> Chart:
    """The chart that ``one`` describes; ``said`` tells its texts. Raises ``ValueError``."""

    def words(text: Any) -> str:
        return said(text) if text else ""

    return Chart(
        title=words(one.title),
        kind=one.kind,
        labels=tuple(words(label) for label in one.labels),
        series=tuple(
            Series(words(s.name), tuple(None if v == "unknown" else float(v) for v in s.values))
            for s in one.series
        ),
        unit=words(one.unit),
        note=words(one.note),
    )


def _check_ids(entries: tuple[Any, ...], at: At) -> None:
    for id_, times in Counter(one.id for one in entries if one.id).items():
        if times > 1:
            found = phrase("the id %(id)r %(times)s times", id=id_, times=times)
            at.problem(found, phrase("each id once"))


def _check_headings(markdown: str, at: At) -> None:
    above = TOP - 1
    for level, words in headings(markdown):
        if not TOP <= level <= min(above + 1, DEEPEST):
            found = phrase("the heading “%(words)s” of level %(level)s", words=words, level=level)
            most = min(above + 1, DEEPEST)
            at.problem(found, phrase("a level from %(least)s to %(most)s", least=TOP, most=most))
        above = max(level, TOP)


def _check_place(record: Record, brief: Brief, briefs: Mapping[str, Brief]) -> None:
    at = At(f"{FOLDER}/{brief.id}/{FILE}", record.problems, {}, (), {})
    whole = briefs.get(brief.part_of)
    if whole and (whole.kind != "annual_report" or whole is brief):
        told = phrase("another brief, of the kind annual_report")
        (at / "part_of").problem(brief.part_of, told)
    for id_ in brief.previous:
        seen, next_ = {brief.id}, [id_]
        while next_ and (one := next_.pop()) in briefs:
            if one in seen:
                (at / "previous").problem(id_, phrase("a brief that came before this one"))
                break
            seen.add(one)
            next_ += briefs[one].previous
