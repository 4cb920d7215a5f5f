"""Remarks on a text as it is written: where, and what to do. None of them forbids anything."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ..briefs.load import DEEPEST, TOP
from ..content import Content
from ..grades import GRADE, GRADE_OF_A_PARAGRAPH, LEAST_WORDS, grade, prose, words_in
from ..i18n import gettext as _
from ..i18n import languages, speech
from ..markup import Mark, marks
from ..text import SOURCE_LANGUAGE
from .tongues import other_tongue

MOST = 50
"""How many remarks are shown; the first are enough to begin with."""

LONG = 35
"""From how many words on a sentence is long, where no grade is known."""

_ABBREVIATION = re.compile(r"(?<![\w-])[A-Z]{2,6}(?![\w-])")
_MARKED = re.compile(r"\[[^\]]*\]\(lang:[^)]*\)")


class Remark(NamedTuple):
    """What there is to say about a line; 0 stands for the text as a whole."""

    line: int
    words: str


Raw = Mapping[str, Any]

Figures = Mapping[str, Collection[str]]
"""Pictures and charts by the address that a text places them with; the languages they speak."""


def figures_of(charts: Iterable[Raw], pictures: Iterable[Raw]) -> Figures:
    """The charts and pictures of a brief, as its file holds them."""
    return {
        **{f"chart:{one.get('id')}": _languages_of(one) for one in charts},
        **{f"picture:{one.get('id')}": one.get("alt", {}).keys() for one in pictures},
    }


def _languages_of(chart: Raw) -> Collection[str]:
    """The languages in which all that a chart says is there."""
    texts = [chart.get("title"), *chart.get("labels", ()), chart.get("unit"), chart.get("note")]
    texts += [one.get("name") for one in chart.get("series", ())]
    return [code for code in languages() if all(code in text for text in texts if text)]


def remarks_on(
    body: str, language: str, now: Content, figures: Figures, terms: tuple[str, ...] = ()
) -> list[Remark]:
    """The remarks on the text of a brief in one language, by line.

    ``figures`` are its pictures and charts, see :func:`figures_of`; ``terms`` are the key terms
    that it says it explains.
    """
    found = [
        *_on_marks(marks(body), language, now, figures),
        *_on_reading(body, language),
        *_on_tongue(body, language),
        *_on_terms(body, language, now, terms),
    ]
    return sorted(found, key=lambda remark: remark.line)[:MOST]


def _on_marks(found: list[Mark], language: str, now: Content, figures: Figures) -> Iterator[Remark]:
    above = TOP - 1
    for mark in found:
        if mark.kind == "heading":
            if not TOP <= mark.level <= min(above + 1, DEEPEST):
                wanted = "#" * min(max(above + 1, TOP), DEEPEST)
                told = _("The heading “%(words)s” skips a level. Begin it with %(marks)s.",
                         words=mark.words, marks=wanted)  # fmt: skip
                yield Remark(mark.line, told)
            above = max(mark.level, TOP)
        elif mark.kind == "image":
            yield from _on_image(mark, language, figures)
        else:
            yield from _on_link(mark, now)


def _on_image(mark: Mark, language: str, figures: Figures) -> Iterator[Remark]:
    if mark.address not in figures:
        told = _("“%(address)s” is no picture or chart of this brief. Take it out, or add the "
                 "picture.", address=mark.address)  # fmt: skip
        yield Remark(mark.line, told)
    elif language not in figures[mark.address]:
        scheme, _colon, name = mark.address.partition(":")
        told = (
            _("Say in this language what the picture “%(id)s” shows.", id=name)
            if scheme == "picture"
            else _("Translate all that the chart “%(id)s” says into this language.", id=name)
        )
        yield Remark(mark.line, told)


def _on_link(mark: Mark, now: Content) -> Iterator[Remark]:
    scheme, _colon, target = mark.address.partition(":")
    if scheme in now.targets:
        if target not in now.targets[scheme]:
            told = _("The link “%(address)s” leads nowhere. Correct it.", address=mark.address)
            yield Remark(mark.line, told)
    elif scheme not in ("https", "http", "mailto", "tel"):
        told = _("The link “%(address)s” cannot be followed. Begin it with https:// or name a page "
                 "of this site, such as page:how-to-read.", address=mark.address)  # fmt: skip
        yield Remark(mark.line, told)
    elif not mark.words.strip():
        yield Remark(mark.line, _("A link has no words. Say where it leads."))


def _on_reading(body: str, language: str) -> Iterator[Remark]:
    if language == SOURCE_LANGUAGE:
        whole = prose(body)
        if len(words_in(whole)) >= LEAST_WORDS and (reached := grade(whole)) > GRADE:
            told = _("The text reads at school grade %(grade)s. Aim at %(wanted)s: shorter "
                     "sentences, shorter words.", grade=speech().number(round(reached)),
                     wanted=speech().number(round(GRADE)))  # fmt: skip
            yield Remark(0, told)
    for line, paragraph in _paragraphs(body):
        words = prose(paragraph)
        if language == SOURCE_LANGUAGE:
            hard = len(words_in(words)) >= LEAST_WORDS and grade(words) > GRADE_OF_A_PARAGRAPH
        else:
            hard = any(len(part.split()) > LONG for part in re.split(r"[.!?។]\s", words))
        if hard:
            yield Remark(line, _("This passage is hard to read. Make its sentences shorter."))


def _on_tongue(body: str, language: str) -> Iterator[Remark]:
    for line, paragraph in _paragraphs(body):
        if paragraph.startswith(">"):  # quotations stand as they were published
            continue
        other = other_tongue(prose(_MARKED.sub("", paragraph)), language)
        if other in languages():
            told = _("This passage seems to be in another language (%(language)s). Translate it, "
                     "or mark its words: [words](lang:%(code)s).",
                     language=languages()[other].name, code=other)  # fmt: skip
            yield Remark(line, told)
        elif other:
            yield Remark(line, _("This passage has few letters of this language. Translate it."))


def _on_terms(body: str, language: str, now: Content, terms: tuple[str, ...]) -> Iterator[Remark]:
    known = {form: t for t in now.terms.values() for form in t.forms.get(language, ())}
    seen = set(terms)
    for line, paragraph in _paragraphs(body):
        words = prose(paragraph)
        folded = words.casefold()
        for form, term in known.items():
            if term.id not in seen and _stands_in(form.casefold(), folded, language):
                seen.add(term.id)
                told = _("“%(word)s” is a key term. If this brief explains it, choose it among its "
                         "facts.", word=form)  # fmt: skip
                yield Remark(line, told)
        for short in dict.fromkeys(_ABBREVIATION.findall(words)):
            if short not in seen and short.casefold() not in map(str.casefold, known):
                seen.add(short)
                if f"({short})" not in body:
                    told = _("“%(word)s” wants a definition. Write it out, with (%(word)s) behind "
                             "it, the first time.", word=short)  # fmt: skip
                    yield Remark(line, told)


def _stands_in(form: str, words: str, language: str) -> bool:
    if language == "km":  # no spaces between words, so no edge to look for
        return form in words
    return re.search(rf"(?<!\w){re.escape(form)}(?!\w)", words) is not None


def _paragraphs(body: str) -> Iterator[tuple[int, str]]:
    """The paragraphs of a text, each with the line on which it begins."""
    start, lines = 1, list[str]()
    for number, line in enumerate([*body.split("\n"), ""], 1):
        if line.strip():
            start = start if lines else number
            lines.append(line)
        elif lines:
            yield start, "\n".join(lines)
            lines = []
