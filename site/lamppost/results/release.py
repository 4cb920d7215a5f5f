"""What a release of results holds: all that is public of a survey's answers, as one stored file.

Page, chart, table, CSV and JSON come from it and from nothing else. It speaks for itself: it holds
the words of the questions, so that it stays as it is when the survey's file has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson

from ..fields import Choice, Day, Flag, Items, Line, Part, Whole, Words, stated
from ..text import Text

STATES = ("shown", "few", "withheld")
"""``few``: fewer than ten have answered. ``withheld``: nothing can be shown without telling who."""

KINDS = ("one", "open", "several", "themes")
"""Everybody gave one answer; one of answers that are not all named; any number of them; themes."""

_KEY = Line(most=140, pattern=r"[a-z][a-z0-9_.-]*", example="seen_sign")
_MOST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """An answer, and how many gave it, rounded; None where that is hidden.

    What has no words in any language, such as a ZIP code, goes by its key.
    """

    key: str = stated(Line(most=80), required=True, default="")
    text: Text | None = stated(Words(most=_MOST))
    count: int | None = stated(Whole())
    percent: int | None = stated(Whole(most=100))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose:
    """How many answers one could give, and which of them go with no other."""

    least: int = stated(Whole(least=1), default=1)
    most: int = stated(Whole(least=1), default=1)
    alone: tuple[str, ...] = stated(Items(of=Line(most=80)), default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of somebody who allowed it, as a moderator has cleared them, and their language."""

    language: str = stated(Line(most=20), required=True, default="en")
    words: str = stated(Line(most=1000, pattern=r"[^\n]+", example="words"), required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The answers to a question, or to a row of one.

    ``together`` is how many gave an answer that is hidden; ``mean_tenths`` ten times the mean of a
    scale's points; ``after`` names the tables that decide who was asked; ``carried`` the number of
    the release that this table was taken over from, unchanged.
    """

    key: str = stated(_KEY, required=True, default="")
    kind: str = stated(Choice(of=KINDS), required=True, default="one")
    state: str = stated(Choice(of=STATES), required=True, default="few")
    text: Text | None = stated(Words(most=_MOST))
    row: Text | None = stated(Words(most=_MOST))
    first_place: bool = stated(Flag(), default=False)
    after: tuple[str, ...] = stated(Items(of=_KEY), default=())
    base: int | None = stated(Whole())
    cells: tuple[Cell, ...] = stated(Items(of=Part(of=Cell), most=_MOST), default=())
    together: int | None = stated(Whole())
    mean_tenths: int | None = stated(Whole(most=1000))
    choose: Choose | None = stated(Part(of=Choose))
    quotes: tuple[Quote, ...] = stated(Items(of=Part(of=Quote)), default=())
    carried: int | None = stated(Whole(least=1))

    @property
    def hidden(self) -> tuple[Cell, ...]:
        """The answers of which the count is hidden."""
        return tuple(cell for cell in self.cells if cell.count is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The results of a survey, once: ``number`` counts its releases.

    ``responses`` is how many there are, rounded; None where they are fewer than ten. ``about``
    holds them by language and by how they came, ``questions`` by what was asked.
    """

    survey: str = stated(Line(most=80), required=True, default="")
    number: int = stated(Whole(least=1), required=True, default=1)
    counted_on: date = stated(Day(), required=True, default=date.min)
    interim: bool = stated(Flag(), default=False)
    example: bool = stated(Flag(), default=False)
    title: Text = stated(Words(most=80), required=True)
    opened_on: date | None = stated(Day())
    closed_on: date | None = stated(Day())
    sponsor: Text | None = stated(Words())
    purpose: Text | None = stated(Words())
    population: Text | None = stated(Words())
    invitation: Text | None = stated(Words())
    limits: Text | None = stated(Words())
    languages: tuple[str, ...] = stated(Items(of=Line(most=20)), default=())
    modes: tuple[str, ...] = stated(Items(of=Line(most=20)), default=())
    responses: int | None = stated(Whole())
    detached_dropped: bool = stated(Flag(), default=False)
    about: tuple[Table, ...] = stated(Items(of=Part(of=Table)), default=())
    questions: tuple[Table, ...] = stated(Items(of=Part(of=Table), most=_MOST), default=())
    sha256: str = ""
    payload: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def id(self) -> str:
        """Its name in files and addresses."""
        return f"{self.survey}-{self.number}"

    @property
    def tables(self) -> Iterator[Table]:
        """All its tables."""
        yield from self.about
        yield from self.questions


def as_file(payload: dict[str, Any]) -> bytes:
    """The file of a release: what is public, sealed by a hash of it."""
    sealed = {"sha256": seal(payload), "release": payload}
    return orjson.dumps(sealed, option=orjson.OPT_INDENT_2) + b"\n"


def seal(payload: Any) -> str:
    """The hash of what a release holds, however its file is laid out."""
    return hashlib.sha256(orjson.dumps(payload, option=orjson.OPT_SORT_KEYS)).hexdigest()
