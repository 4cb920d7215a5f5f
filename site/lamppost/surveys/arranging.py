"""The order of a survey's questions, as its file holds them: moved, taken out."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, NamedTuple

UP, DOWN, OUT = "up", "down", "out"


class Spot(NamedTuple):
    """A section, or a question in one, by numbers from 0; ``question`` is -1 for the section."""

    section: int
    question: int = -1


class NoSpotError(ValueError):
    """There is nothing at this spot."""


def spot_of(words: str) -> Spot:
    """The spot that a form names (``2`` or ``2.0``). Raises :class:`NoSpotError`."""
    parts = words.split(".")
    if len(parts) > len(Spot._fields) or not all(p.isascii() and p.isdigit() for p in parts):
        raise NoSpotError(words)
    return Spot(*(int(part[:6]) for part in parts))


def arranged(sections: Any, deed: str, spot: Spot) -> list[Any]:
    """The sections after a deed. A question at the end of its section moves on to the next one.

    Raises :class:`NoSpotError`.
    """
    new: list[Any] = deepcopy(sections) if isinstance(sections, list) else []
    if deed not in (UP, DOWN, OUT) or not spot.section < len(new):
        raise NoSpotError(str(spot))
    if spot.question < 0:
        _moved(new, deed, spot.section)
        return new
    questions = _questions(new, spot.section)
    if not spot.question < len(questions):
        raise NoSpotError(str(spot))
    beyond = spot.section + {UP: -1, DOWN: 1}.get(deed, 0)
    edge = spot.question == (0 if deed == UP else len(questions) - 1)
    if deed != OUT and edge and 0 <= beyond < len(new):
        there = _questions(new, beyond)
        there.insert(len(there) if deed == UP else 0, questions.pop(spot.question))
    else:
        _moved(questions, deed, spot.question)
    return new


def _questions(sections: list[Any], number: int) -> list[Any]:
    questions: list[Any] = sections[number].setdefault("questions", [])
    return questions


def _moved(items: list[Any], deed: str, at: int) -> None:
    item = items.pop(at)
    if deed != OUT:
        items.insert(max(at - 1, 0) if deed == UP else at + 1, item)
