"""Which texts are human, machine-made, stale or missing: counted per language and section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple

from flask_babel import LazyString

from ..content import Content
from ..i18n import Language, languages
from ..i18n import lazy_gettext as _l
from ..text import SOURCE_LANGUAGE, Made, Text

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


def table(content: Content) -> list[tuple[Language, list[Section]]]:
    """For each language but the source: the sections and their counts."""
    registry = content.registry
    parts: list[tuple[LazyString, Any]] = [
        (_l("Technologies"), registry.technologies),
        (_l("Words of the registry"), registry.words),
        (_l("Places and organizations"), (registry.places, registry.organizations)),
        (_l("Key terms"), content.terms),
        (_l("Implementation Plan"), content.plan),
    ]
    sections = [Section(title, _counts(part)) for title, part in parts]
    sections.append(Section(_l("Pages"), _page_counts(content)))
    others = [language for language in languages().values() if language.code != SOURCE_LANGUAGE]
    return [(language, sections) for language in others]


def _counts(part: Any) -> dict[str, Counter[Made]]:
    counts: dict[str, Counter[Made]] = {code: Counter() for code in languages()}
    for text in _texts(part):
        for code, counter in counts.items():
            counter[text.in_language(code).made] += 1
    return counts


def _texts(part: Any) -> Iterator[Text]:
    if isinstance(part, Text):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from _texts(value)
    elif isinstance(part, (tuple, list)):
        for value in part:
            yield from _texts(value)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _texts(getattr(part, field.name))


def _page_counts(content: Content) -> dict[str, Counter[Made]]:
    return {
        code: Counter(page.in_language(code)[2] for page in content.pages.values())
        for code in languages()
    }
