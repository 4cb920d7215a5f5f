"""What is handed to translators, and what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ..text import Made

Changes = dict[str, bytes]
"""New contents of files by their name: from the record's root, or from ``translations/``'s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One text as it stands in the site: its key, the English, the translation if there is one.

    A message that counts has ``plurals`` forms in the language; every other text has one, and
    ``plurals`` 0. ``most`` is the number of characters it may have, 0 where there is no limit;
    ``one_line`` forbids a line break.
    """

    key: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    made: Made
    shown: str
    notes: tuple[str, ...] = ()
    most: int = 0
    plurals: int = 0
    one_line: bool = False

    @property
    def is_message(self) -> bool:
        """Whether it belongs to the interface, where a translation is taken for markup."""
        return self.key.startswith("interface#")

    @property
    def sources(self) -> tuple[str, ...]:
        """The English for each form of the translation, where a file must name one for each."""
        few = self.source[:1] if self.plurals > 1 else ()
        return (*few, *self.source[-1:] * (max(self.plurals, 1) - len(few)))

    @property
    def remarks(self) -> Iterator[str]:
        """What a translator should know: where the text is shown, and what goes for it."""
        yield f"Shown: {self.shown}"
        yield from self.notes
        if self.most:
            yield f"At most {self.most} characters."
        if self.made == Made.MACHINE:
            yield "Made by machine, reviewed by nobody yet."
        elif self.made == Made.STALE:
            yield "Older than the English."


class Returned(NamedTuple):
    """One text as a translator's file holds it; ``settled`` unless the file says it needs work."""

    key: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    settled: bool


class Put(NamedTuple):
    """What an import makes of one text: the words, whether they are new, who has reviewed them."""

    unit: Unit
    words: tuple[str, ...]
    changed: bool
    settled: bool
    reviewer: str

    @property
    def how(self) -> str | dict[str, str] | None:
        """How the text has been made from now on, as a file says it; None where that stays.

        New words that nobody is known to have reviewed count as made by machine.
        """
        if self.settled and self.reviewer and (self.changed or self.unit.made in _OPEN):
            human = self.unit.made == Made.HUMAN
            return None if human else {"reviewed": self.reviewer}
        return str(Made.MACHINE) if self.changed else None

    @property
    def is_current(self) -> bool:
        """Whether a text that was older than the English is so no more."""
        return self.settled and self.unit.made == Made.STALE

    @property
    def does_nothing(self) -> bool:
        """Whether every file stays as it is."""
        return not (self.changed or self.how or self.is_current)


_OPEN = (Made.MACHINE, Made.STALE, Made.MISSING)


class Mistake(NamedTuple):
    """Why a text of a translator's file is refused."""

    key: str
    what: str

    def __str__(self) -> str:
        key = self.key if self.key.isprintable() else repr(self.key)  # a stranger may have made it
        return f"{key}: {self.what}"


class RefusedError(Exception):
    """Nothing was written: ``mistakes`` tells every reason at once."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = mistakes

    @classmethod
    def of_file(cls, what: str) -> RefusedError:
        """A file that is refused as a whole."""
        return cls([Mistake("(file)", what)])
