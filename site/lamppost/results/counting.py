"""Counts the answers to a question, kind by kind. What cannot be counted safely is left out.

A choice, a point of a scale, a row of a matrix, a place, a technology, a ZIP code and the code of a
device are counted as they are; of an order, what stands first. Numbers and dates are counted in
bands that the question sets, never the answers: without bounds there are none. Texts are told as
themes alone (``themes.py``), and a tick of consent is no opinion.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..questions.choosing import (
    NO_OPINION,
    OTHER,
    Listed,
    Matrix,
    Multiple,
    Ranking,
    Scale,
    Single,
)
from ..questions.models import Question, World
from ..questions.written import Date, DeviceCode, LongText, ShortText, WholeNumber, ZipCode
from ..text import Text

MOST_BANDS = 10
_STEPS = (1, 2, 5)

Answers = Mapping[str, Sequence[Any]]
"""All answers by the name of the part of a question."""

TEXTS = (ShortText, LongText)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many gave each answer. ``names`` holds what can be told of them, in order."""

    key: str
    kind: str
    counts: Mapping[str, int]
    names: Mapping[str, Text | None]
    base: int
    row: Text | None = None
    mean: float | None = None
    choose: Mapping[str, Any] | None = None
    first_place: bool = field(default=False)


def counted(question: Question, answers: Answers, world: World) -> Iterator[Counted]:
    """The tables of a question; none of one that cannot be counted."""
    if question.publish != "counts":
        return
    for kind, count in _KINDS.items():
        if isinstance(question, kind):
            yield from count(question, answers, world)
            return


def parts_of(question: Question) -> tuple[str, ...]:
    """The keys of the tables that a question would have."""
    if isinstance(question, Matrix):
        return tuple(f"{question.key}.{row.key}" for row in question.rows)
    return (question.key,)


def _one(
    key: str, names: Mapping[str, Text | None], found: Iterable[Any], **more: Any
) -> Counted:  # fmt: skip
    """Answers of which everybody gave one; what is no longer offered is counted as none."""
    times = Counter(value for value in found if isinstance(value, str) and value in names)
    counts = {name: times[name] for name in names}
    base = sum(counts.values())
    return Counted(key=key, kind="one", counts=counts, names=names, base=base, **more)


def _offered(question: Single | Multiple) -> dict[str, Text | None]:
    names: dict[str, Text | None] = {choice.key: choice.text for choice in question.choices}
    return {**names, OTHER: question.other} if question.other else names


def _firsts(answers: Sequence[Any]) -> list[Any]:
    return [value[0] for value in answers if isinstance(value, list) and value]


def _single(question: Single, answers: Answers, _world: World) -> Iterator[Counted]:
    yield _one(question.key, _offered(question), _firsts(answers.get(question.key, ())))


def _multiple(question: Multiple, answers: Answers, _world: World) -> Iterator[Counted]:
    names, found = _offered(question), answers.get(question.key, ())
    if question.max == 1:
        yield _one(question.key, names, _firsts(found))
        return
    chosen = [set(names) & set(value) for value in found if isinstance(value, list)]
    chosen = [keys for keys in chosen if keys]
    yield Counted(
        key=question.key,
        kind="several",
        counts={name: sum(name in keys for keys in chosen) for name in names},
        names=names,
        base=len(chosen),
        choose={
            "least": max(1, question.min),
            "most": min(question.max, len(names)),
            "alone": list(question.exclusive),
        },
    )


def _scale(question: Scale, answers: Answers, _world: World) -> Iterator[Counted]:
    texts = (*question.points, question.no_opinion)
    names = dict(zip(question.keys, texts, strict=False))
    found = answers.get(question.key, ())
    points = [int(v) for v in found if isinstance(v, str) and v in names and v != NO_OPINION]
    mean = sum(points) / len(points) if points else None
    yield _one(question.key, names, found, mean=mean)


def _ranking(question: Ranking, answers: Answers, _world: World) -> Iterator[Counted]:
    names: dict[str, Text | None] = {choice.key: choice.text for choice in question.choices}
    found = _firsts(answers.get(question.key, ()))
    yield _one(question.key, names, found, first_place=True)


def _matrix(question: Matrix, answers: Answers, _world: World) -> Iterator[Counted]:
    names: dict[str, Text | None] = {choice.key: choice.text for choice in question.choices}
    for row in question.rows:
        key = f"{question.key}.{row.key}"
        yield _one(key, names, answers.get(key, ()), row=row.text)


def _listed(question: Listed, answers: Answers, world: World) -> Iterator[Counted]:
    names: dict[str, Text | None] = dict(question.listed(world))
    if question.none:
        names["none"] = question.none
    yield _one(question.key, names, answers.get(question.key, ()))


def _codes(question: Question, answers: Answers, _world: World) -> Iterator[Counted]:
    found = [value for value in answers.get(question.key, ()) if isinstance(value, str)]
    names: dict[str, Text | None] = dict.fromkeys(sorted(set(found)))
    counts = Counter(found)
    yield Counted(key=question.key, kind="open", counts=counts, names=names, base=len(found))


# --- bands --------------------------------------------------------------------------------------


def _number(question: WholeNumber, answers: Answers, _world: World) -> Iterator[Counted]:
    if question.most < WholeNumber(text=question.text).most:
        found = [value for value in answers.get(question.key, ()) if isinstance(value, int)]
        yield _banded(question.key, question.least, question.most, found)


def _date(question: Date, answers: Answers, _world: World) -> Iterator[Counted]:
    if question.earliest and question.latest:
        found = [date.fromisoformat(value).year for value in answers.get(question.key, ())]
        yield _banded(question.key, question.earliest.year, question.latest.year, found)


def _banded(key: str, least: int, most: int, found: Sequence[int]) -> Counted:
    width = _width(least, most)
    start = least // width * width
    bands = range(start, most + 1, width)
    names: dict[str, Text | None] = {
        _band(max(least, band), min(most, band + width - 1)): None for band in bands
    }
    words = list(names)
    within = [words[(value - start) // width] for value in found if least <= value <= most]
    return _one(key, names, within)


def _width(least: int, most: int) -> int:
    """The width of a band: a round one, such that there are ten at most."""
    power = 1
    while True:
        for step in _STEPS:
            width = step * power
            if most // width - least // width < MOST_BANDS:
                return width
        power *= 10


def _band(least: int, most: int) -> str:
    return str(least) if least == most else f"{least}–{most}"


_KINDS: dict[type, Callable[..., Iterator[Counted]]] = {
    Single: _single,
    Multiple: _multiple,
    Scale: _scale,
    Ranking: _ranking,
    Matrix: _matrix,
    Listed: _listed,
    ZipCode: _codes,
    DeviceCode: _codes,
    WholeNumber: _number,
    Date: _date,
}
