"""Phrases of the record's check: English for a terminal, told again in the language of a reader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self


class Phrase(str):
    """Words of ours as a string in English, which know the message and what fills its holes.

    So they are made, compared and printed like any string, and only who shows them to a reader asks
    for their translation, see :func:`~lamppost.i18n.said`. A hole may hold another phrase.
    """

    __slots__ = ("holes", "message")
    message: str
    holes: dict[str, Any]

    def __new__(cls, message: str, **holes: Any) -> Self:
        """``message`` with its holes filled."""
        self = super().__new__(cls, message % holes if holes else message)
        self.message, self.holes = message, holes
        return self

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        """For a process that hands one to another."""
        return (self.message,), self.holes


def phrase(message: str, **holes: Any) -> Phrase:
    """A phrase; the catalogs find its message here."""
    return Phrase(message, **holes)


def one_of(values: Iterable[str]) -> Phrase:
    """That one of these was expected."""
    return phrase("one of %(values)s", values=", ".join(values))


def at_most(most: object) -> Phrase:
    """That no more was expected."""
    return phrase("at most %(most)s", most=most)


def whole_number(least: int, most: int) -> Phrase:
    """That a number between these was expected."""
    return phrase("a whole number from %(least)s to %(most)s", least=least, most=most)
