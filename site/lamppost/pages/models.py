"""What a page, a term, a source and a recommendation of the plan are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from ..fields import (
    At,
    Choice,
    Day,
    Field,
    Flag,
    How,
    Items,
    Key,
    Line,
    Part,
    RoughDay,
    Url,
    Whole,
    Words,
    stated,
)
from ..phrases import one_of, phrase
from ..registry.models import GRADES
from ..text import SOURCE_LANGUAGE, Made, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a claim comes from; its title stands as published, in English."""

    id: str
    title: str = stated(Line(most=300), required=True)
    publisher: str = stated(Line(), default="")
    url: str = stated(Url(), default="")
    date: str = stated(RoughDay(), default="")
    kind: str = stated(
        Choice(of=("city", "council", "law", "press", "research", "advocacy", "record")),
        required=True,
    )
    note: str = stated(Line(most=400), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One language's version of a page: front matter and Markdown.

    ``reviewer`` is the office or role that its ``provenance`` names, if any.
    """

    title: str = stated(Line(most=120), required=True)
    summary: str = stated(Line(most=400), required=True)
    updated: date = stated(Day(help=phrase("When this version was last changed")), required=True)
    provenance: Made = stated(How(), required=True)
    translates: date | None = stated(Day(help="The day of the English version it translates"))
    sources: tuple[str, ...] = stated(Items(of=Key(kind="sources")), default=())
    reviewer: str = ""
    markdown: str = ""


class Dated(Protocol):
    """What every version of a text in one language says of itself."""

    @property
    def updated(self) -> date: ...
    @property
    def provenance(self) -> Made: ...
    @property
    def translates(self) -> date | None: ...


T = TypeVar("T", bound=Dated)


def version_for(language: str, versions: Mapping[str, T]) -> tuple[T, str, Made]:
    """Of a text's versions that for ``language``, else the English; its language; how it was made.

    One that does not translate the English of today is stale.
    """
    source = versions[SOURCE_LANGUAGE]
    version = versions.get(language)
    if version is None:
        return source, SOURCE_LANGUAGE, Made.MISSING
    if language != SOURCE_LANGUAGE and version.translates != source.updated:
        return version, language, Made.STALE
    return version, language, version.provenance


@dataclass(frozen=True, slots=True)
class Page:
    """A page in the languages it has; ``slug`` stands in its address."""

    slug: str
    articles: dict[str, Article]

    def in_language(self, language: str) -> tuple[Article, str, Made]:
        """The version for a reader of ``language``, the language it is in, and how it was made."""
        return version_for(language, self.articles)


@dataclass(frozen=True, kw_only=True)
class Forms(Words):
    """Other forms of a word as they stand in running text, by language.

    To translators they are one text, with a ``;`` between them.
    """

    help: str = "Other forms of the word as they stand in running text, with ; between them."

    def read(self, raw: object, at: At) -> Any:
        if not isinstance(raw, dict) or not all(isinstance(v, list) for v in raw.values()):
            return at.problem(raw, phrase("lists of words by language"))
        for code, words in raw.items():
            if code not in at.languages:
                found = phrase("the language %(code)r", code=code)
                (at / code).problem(found, one_of(at.languages))
            for word in words:
                if not isinstance(word, str) or not word.strip():
                    (at / code).problem(word, phrase("a word as it stands in running text"))
        forms = {code: tuple(str(word) for word in words) for code, words in raw.items()}
        if forms.get(SOURCE_LANGUAGE):
            joined = {code: "; ".join(words) for code, words in forms.items() if words}
            made = {k: at.made[k] for k in joined if k in at.made}
            who = {k: at.reviewers[k] for k in joined if at.reviewers.get(k)}
            self.note(Text(joined, made, reviewers=who), at)
        return forms


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word explained: a key term of the programme, or one that readers of the registry need."""

    id: str
    group: str = stated(Choice(of=("programme", "registry")), required=True)
    term: Text = stated(Words(most=80), required=True)
    definition: Text = stated(Words(), required=True)
    more: Text | None = stated(Words())
    forms: dict[str, tuple[str, ...]] = stated(Forms(), default={})
    sources: tuple[str, ...] = stated(Items(of=Key(kind="sources")), default=())


CRITERIA = ("community_impact", "internal_impact", "cost_effectiveness", "ease_of_implementation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One of the four things that each recommendation was rated for."""

    id: str = stated(Choice(of=CRITERIA), required=True)
    name: Text = stated(Words(most=80), required=True)
    question: Text = stated(Words(), required=True)


@dataclass(frozen=True, kw_only=True)
class Ratings(Field):
    """A rating for each criterion: a word of the plan's scale, ``not_published`` or ``unknown``."""

    def read(self, raw: object, at: At) -> dict[str, str] | None:
        if not isinstance(raw, dict) or set(raw) != set(CRITERIA):
            return at.problem(
                raw, phrase("a rating for each of %(names)s", names=", ".join(CRITERIA))
            )
        return {criterion: str(rating) for criterion, rating in raw.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """One recommendation of the Implementation Plan, as far as it is known."""

    id: str = stated(Line(most=60, pattern=r"[a-z0-9-]+", example="privacy-staff"), required=True)
    number: int | None = stated(Whole(least=1, most=99))
    title: Text | None = stated(Words(most=200))
    theme: Text = stated(Words(), required=True)
    known: Text = stated(Words(), required=True)
    ratings: dict[str, str] = stated(Ratings(), required=True)
    status: str = stated(Choice(of=("unknown", "under_way", "done")), default="unknown")
    sources: tuple[str, ...] = stated(Items(of=Key(kind="sources")), required=True, default=())
    grade: str = stated(Choice(of=GRADES), required=True)
    verified_on: date | None = stated(Day())


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The words of the plan's ratings, or why they are not known."""

    gap: str = stated(Choice(of=("not_published", "unknown")), default="")
    note: Text | None = stated(Words())


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The Implementation Plan: criteria, and recommendations of which some are not known."""

    total: int = stated(Whole(least=1, most=99), required=True)
    intro: Text = stated(Words(), required=True)
    sources: tuple[str, ...] = stated(Items(of=Key(kind="sources")), default=())
    criteria: tuple[Criterion, ...] = stated(
        Items(of=Part(of=Criterion)), required=True, default=()
    )
    scale: Scale = stated(Part(of=Scale), required=True)
    recommendations: tuple[Recommendation, ...] = stated(
        Items(of=Part(of=Recommendation)), required=True, default=()
    )
    verified_on: date | None = stated(Day())
    verify_by: date | None = stated(Day())

    @property
    def not_known(self) -> int:
        """How many of the recommendations are a gap."""
        return self.total - len(self.recommendations)


LOOKS = (
    "phone", "light", "dark", "dark_contrast", "contrast", "forced", "still", "narrow", "spaced",
    "large",
)  # fmt: skip
CHECKS = (
    "weight", "axe", "headings", "landmarks", "references", "tables", "pictures", "languages",
    "khmer", "sizes", "contrast", "links", "forced", "fit", "turning", "order", "focus",
    "targets", "dragging", "hover", "motion", "forms", "help", "html",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """What one check did: how many pages it looked at, and how many mistakes it found."""

    check: str = stated(Choice(of=CHECKS), required=True)
    pages: int = stated(Whole(least=1), required=True)
    findings: int = stated(Whole(), required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What was tested of the site's accessibility, as the test run wrote it down."""

    tested_on: date = stated(Day(help=phrase("The day of the test run")), required=True)
    standard: str = stated(Line(most=60), required=True)
    browser: str = stated(Line(most=60), required=True)
    pages: int = stated(Whole(least=1, help=phrase("How many pages were opened")), required=True)
    kinds: int = stated(Whole(least=1, help=phrase("Of how many kinds they are")), required=True)
    languages: tuple[str, ...] = stated(Items(of=Key(kind="languages")), required=True, default=())
    looks: tuple[str, ...] = stated(Items(of=Choice(of=LOOKS)), required=True, default=())
    checks: tuple[Tested, ...] = stated(Items(of=Part(of=Tested)), required=True, default=())
    faults: int = stated(
        Whole(least=1, help=phrase("How many faults were put in, and found")), required=True
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """A street map of the city: one PMTiles file on the site's own host, and whose it is."""

    file: str = stated(
        Line(pattern=r"/(?!/)[\w./-]+\.pmtiles", example="/tiles/city.pmtiles"), required=True
    )
    credit: str = stated(Line(help=phrase("Whose map it is, as its licence asks")), required=True)


EVERYWHERE = (-90.0, -180.0, 90.0, 180.0)
CORNERS = phrase("four numbers: south, west, north, east, in degrees")


@dataclass(frozen=True, kw_only=True)
class Corners(Field):
    """The rectangle that holds the city: south, west, north, east, in degrees."""

    def read(self, raw: Any, at: At) -> tuple[float, ...] | None:
        if isinstance(raw, list) and len(raw) == len(EVERYWHERE):
            numbers = all(type(n) in (int, float) and abs(n) <= most
                          for n, most in zip(raw, (90, 180, 90, 180), strict=True))  # fmt: skip
            if numbers and raw[0] < raw[2] and raw[1] < raw[3]:
                return tuple(raw)
        return at.problem(raw, CORNERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """Within how many working days what people say is acknowledged and answered.

    Saturdays, Sundays and ``holidays`` are no working days. ``appeal`` are the days, of any kind,
    in which whoever wrote can ask that another person looks at what was kept back.
    """

    acknowledge: int = stated(
        Whole(least=1, most=30, help="Working days until it is acknowledged"), default=3
    )
    answer: int = stated(
        Whole(least=1, most=200, help="Working days until it is answered"), default=20
    )
    appeal: int = stated(
        Whole(least=14, most=730, help="Days until it is too late to ask for another look"),
        default=60,
    )
    holidays: tuple[date, ...] = stated(
        Items(of=Day(), help="Days on which no office works"), default=()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What ``content/site.yaml`` says of the site and its city."""

    name: str = stated(Line(most=40), required=True)
    city: Text = stated(Words(most=80), required=True)
    tagline: Text = stated(Words(most=200), required=True)
    code_prefix: str = stated(Line(most=4, pattern=r"[A-Z]{1,4}", example="LB"), required=True)
    time_zone: str = stated(Line(most=60), required=True)
    bounds: tuple[float, ...] = stated(Corners(help=CORNERS), required=True, default=EVERYWHERE)
    publisher: str = stated(Key(kind="organizations"), required=True)
    tiles: Tiles | None = stated(Part(of=Tiles))
    promise: Promised = stated(Part(of=Promised), default=Promised())
    four_eyes: bool = stated(
        Flag(help="Whether a brief is approved by somebody who has not written it"), default=True
    )
