"""Which texts are human, machine-made, stale or missing: counted per language and section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from flask_babel import LazyString

from ..briefs.models import Brief
from ..catalogs import reviews, translated
from ..content import Content
from ..i18n import Language, languages, speech
from ..i18n import gettext as _
from ..i18n import lazy_gettext as _l
from ..text import SOURCE_LANGUAGE, Made, Text
from .models import Page

MADE = {
    Made.HUMAN: _l("Written by people"),
    Made.REVIEWED: _l("By machine, then reviewed"),
    Made.MACHINE: _l("By machine, not reviewed"),
    Made.STALE: _l("Older than the English"),
    Made.MISSING: _l("Missing"),
}


class Section(NamedTuple):
    """A part of the site, and how many of its texts were made in which way, per language."""

    title: LazyString
    counts: dict[str, Counter[Made]]
    reviews: Mapping[str, Counter[str]] = MappingProxyType({})
    """How many of its texts which office or role has reviewed, per language."""


class Account(NamedTuple):
    """How the texts of a language were made: section by section, and all in all."""

    language: Language
    sections: list[Section]

    @property
    def total(self) -> Counter[Made]:
        """All sections together."""
        counts = (section.counts[self.language.code] for section in self.sections)
        return sum(counts, Counter())

    @property
    def reviews(self) -> Counter[str]:
        """How many texts which office or role has reviewed, all sections together."""
        counts = (section.reviews.get(self.language.code, Counter()) for section in self.sections)
        return sum(counts, Counter())

    @property
    def share(self) -> str:
        """How many of the texts people have written or looked through, as a sentence."""
        total = self.total
        seen, all_ = total[Made.HUMAN] + total[Made.REVIEWED], total.total()
        if not seen:
            return _("Nobody has written or reviewed any of these texts yet.")
        if seen == all_:
            return _("People have written or reviewed all of these texts.")
        part = MOST if seen * 2 > all_ else SOME
        holes = {"part": speech().number(seen), "all": speech().number(all_)}
        return str(part) % holes


MOST = _l("People have written or reviewed most of these texts: %(part)s of %(all)s.")
SOME = _l("People have written or reviewed some of these texts: %(part)s of %(all)s.")


def table(content: Content) -> list[Account]:
    """For each language but the source: the sections and their counts."""
    registry = content.registry
    parts: list[tuple[LazyString, Any]] = [
        (_l("Technologies"), registry.technologies),
        (_l("Words of the registry"), registry.words),
        (
            _l("Places and organizations"),
            (registry.places, registry.organizations, content.settings),
        ),
        (_l("Key terms"), content.terms),
        (_l("Implementation Plan"), content.plan),
        (_l("Titles and figures of briefs"), content.briefs),
        (_l("Surveys"), content.surveys),
        (_l("Forms"), content.forms),
        (_l("Ready answers"), content.ready),
    ]
    sections = [Section(title, *_counts(part)) for title, part in parts]
    sections.append(Section(_l("Pages"), *_version_counts(content.pages)))
    sections.append(Section(_l("Texts of briefs"), *_version_counts(content.briefs)))
    sections.append(Section(_l("Buttons, menus and messages"), *_message_counts()))
    others = [language for language in languages().values() if language.code != SOURCE_LANGUAGE]
    return [Account(language, sections) for language in others]


Counts = tuple[dict[str, Counter[Made]], dict[str, Counter[str]]]
"""Of texts, by language: how many were made in which way, and who has reviewed how many."""


def _counts(part: Any) -> Counts:
    made: dict[str, Counter[Made]] = {code: Counter() for code in languages()}
    who: dict[str, Counter[str]] = {code: Counter() for code in languages()}
    for text in texts(part):
        for code, counter in made.items():
            counter[text.in_language(code).made] += 1
            if office := text.reviewer(code):
                who[code][office] += 1
    return made, who


def credit(part: Any) -> tuple[str, list[str]]:
    """How the translations in ``part`` were made, for a reader of the language that is spoken now.

    ``machine``; ``reviewed`` when all of them were, ``part`` when some were, with the offices or
    roles that are named; empty when there is nothing to tell.
    """
    code = speech().code
    found = [] if code == SOURCE_LANGUAGE else list(texts(part))
    made = {text.in_language(code).made for text in found}
    offices = list(dict.fromkeys(filter(None, (text.reviewer(code) for text in found))))
    if Made.REVIEWED in made:
        return ("reviewed" if made <= {Made.REVIEWED, Made.HUMAN} else "part"), offices
    return ("machine" if Made.MACHINE in made else ""), offices


def texts(part: Any) -> Iterator[Text]:
    """Every text in a part of the content, each as often as it stands there."""
    if isinstance(part, Text):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from texts(value)
    elif isinstance(part, (tuple, list)):
        for value in part:
            yield from texts(value)
    elif is_dataclass(part):
        for field in fields(part):
            yield from texts(getattr(part, field.name))


def _version_counts(texts: Mapping[str, Page | Brief]) -> Counts:
    made: dict[str, Counter[Made]] = {}
    who: dict[str, Counter[str]] = {}
    for code in languages():
        versions = [text.in_language(code) for text in texts.values()]
        made[code] = Counter(how for _, _, how in versions)
        offices = (version.reviewer for version, _, how in versions if how == Made.REVIEWED)
        who[code] = Counter(filter(None, offices))
    return made, who


def _message_counts() -> Counts:
    made, who = {}, {code: reviews(code) for code in languages()}
    for code, language in languages().items():
        done, wanted = translated(code)
        made[code] = Counter({language.interface: done, Made.MISSING: wanted - done})
        if language.interface == Made.MACHINE:
            checked = who[code].total()
            made[code] += Counter({Made.REVIEWED: checked})
            made[code].subtract({Made.MACHINE: checked})
    return made, who
