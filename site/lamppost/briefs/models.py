"""What a brief is: a report, a policy or a notice, told in plain words in each language."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ..charts import KINDS as CHART_KINDS
from ..charts import MOST_SERIES
from ..fields import (
    IDS,
    At,
    Choice,
    Day,
    Field,
    How,
    Items,
    Key,
    Line,
    Part,
    Whole,
    Words,
    stated,
)
from ..markup import links
from ..pages.models import version_for
from ..phrases import phrase
from ..pictures import Picture
from ..registry.models import GRADES
from ..text import Made, Text

KINDS = ("annual_report", "community_brief", "policy", "notice")
MOST_VALUE = 1e12


@dataclass(frozen=True, kw_only=True)
class Number(Field):
    """A number of a chart, or ``unknown`` where a value is not known."""

    def read(self, raw: object, at: At) -> float | str | None:
        if raw == "unknown":
            return "unknown"
        if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not math.isfinite(raw):
            return at.problem(raw, phrase("a number, or unknown"))
        if not 0 <= raw <= MOST_VALUE:
            told = phrase("a number from 0 to %(most)s, or unknown", most=f"{MOST_VALUE:,.0f}")
            return at.problem(raw, told)
        return raw


def _id(example: str) -> Line:
    return Line(most=60, pattern=IDS, example=example)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigure:
    """A number that tells most of a brief at a glance; the same in every language."""

    value: str = stated(
        Line(most=12, help=phrase("A number as it is shown, such as 120+")), required=True
    )
    what: Text = stated(Words(most=120, help=phrase("What the number counts")), required=True)
    source: str = stated(Key(kind="sources"), required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSeries:
    """Values with the name of what they count."""

    name: Text = stated(Words(most=60), required=True)
    values: tuple[float | str, ...] = stated(Items(of=Number()), required=True, default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefChart:
    """A chart of a brief; :class:`~lamppost.charts.Chart` draws it."""

    id: str = stated(_id("pitches-and-pilots"), required=True)
    title: Text = stated(Words(most=160), required=True)
    kind: str = stated(Choice(of=CHART_KINDS), default="bars")
    labels: tuple[Text, ...] = stated(Items(of=Words(most=60)), required=True, default=())
    series: tuple[ChartSeries, ...] = stated(
        Items(of=Part(of=ChartSeries), most=MOST_SERIES), required=True, default=()
    )
    unit: Text | None = stated(Words(most=60))
    note: Text | None = stated(Words(most=300))
    source: str = stated(Key(kind="sources"), required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefPicture:
    """A picture of a brief, and what it shows for those who do not see it."""

    id: str = stated(_id("data-walk"), required=True)
    file: str = stated(
        Line(
            most=80,
            pattern=r"[a-z0-9][a-z0-9_-]*\.(png|jpg|jpeg|webp)",
            example="data-walk.jpg",
        ),
        required=True,
    )
    alt: Text = stated(Words(most=300, help=phrase("What the picture shows")), required=True)
    caption: Text | None = stated(Words(most=300))


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """That a brief holds no more: since when, and why. Its address stays and says so."""

    on: date = stated(Day(), required=True)
    reason: Text = stated(Words(most=600), required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The text of a brief in one language: front matter and Markdown.

    ``reviewer`` is the office or role that its ``provenance`` names, if any.
    """

    updated: date = stated(Day(help=phrase("When this version was last changed")), required=True)
    provenance: Made = stated(How(), required=True)
    translates: date | None = stated(Day(help="The day of the English version it translates"))
    reviewer: str = ""
    markdown: str = ""


class Pdf(NamedTuple):
    """A PDF of a brief: its name and file, a hash of what it was made of, its size in bytes."""

    name: str
    file: Path
    mark: str
    size: int

    @property
    def kilobytes(self) -> int:
        """Its size, as readers are told."""
        return math.ceil(self.size / 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A brief; ``versions`` holds its text by language, ``files`` its pictures by file name."""

    id: str
    title: Text = stated(Words(most=120), required=True)
    summary: Text = stated(Words(most=400), required=True)
    year: int = stated(
        Whole(least=1900, most=2200, help=phrase("The year it tells of")), required=True
    )
    kind: str = stated(Choice(of=KINDS), required=True)
    part_of: str = stated(Key(kind="briefs", help="The annual report it is part of"), default="")
    order: int = stated(Whole(most=999, help="Its place in that report"), default=0)
    languages: tuple[str, ...] = stated(
        Items(of=Key(kind="languages"), help=phrase("The languages in which it is written")),
        required=True,
        default=(),
    )
    contact: str = stated(
        Key(kind="organizations", help=phrase("The office to ask")), required=True
    )
    sources: tuple[str, ...] = stated(Items(of=Key(kind="sources")), required=True, default=())
    grade: str = stated(Choice(of=GRADES), required=True)
    published_on: date = stated(Day(help=phrase("The day it was published here")), required=True)
    withdrawn: Withdrawn | None = stated(Part(of=Withdrawn))
    previous: tuple[str, ...] = stated(
        Items(of=Key(kind="briefs"), help="Earlier briefs that it takes the place of"), default=()
    )
    technologies: tuple[str, ...] = stated(Items(of=Key(kind="technologies")), default=())
    terms: tuple[str, ...] = stated(Items(of=Key(kind="terms")), default=())
    key_figures: tuple[KeyFigure, ...] = stated(Items(of=Part(of=KeyFigure), most=6), default=())
    charts: tuple[BriefChart, ...] = stated(Items(of=Part(of=BriefChart), most=12), default=())
    pictures: tuple[BriefPicture, ...] = stated(
        Items(of=Part(of=BriefPicture), most=12), default=()
    )
    versions: dict[str, Version] = field(default_factory=dict)
    files: dict[str, Picture] = field(default_factory=dict)

    def in_language(self, language: str) -> tuple[Version, str, Made]:
        """The text for a reader of ``language``, the language it is in, and how it was made."""
        return version_for(language, self.versions)

    @property
    def rests_on(self) -> list[str]:
        """Every source that it names: as a whole, for a key figure or a chart, or in its text."""
        found = [*self.sources, *(figure.source for figure in self.key_figures)]
        found += [chart.source for chart in self.charts]
        for version in self.versions.values():
            found += [link[7:] for link in links(version.markdown) if link.startswith("source:")]
        return list(dict.fromkeys(found))

    @property
    def changed_on(self) -> date:
        """The last day on which anything happened to it."""
        versions = [version.updated for version in self.versions.values()]
        return max([self.published_on, *versions, *([self.withdrawn.on] if self.withdrawn else [])])
