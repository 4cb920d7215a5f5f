"""Text in several languages, and how each language of it was made."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

SOURCE_LANGUAGE = "en"

# Zero-width space, non-joiner, joiner, and the byte order mark: they guide line breaks in Khmer
# and must never decide whether two texts are the same word.
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_SPACES = re.compile(r"\s+")


class Made(StrEnum):
    """How the text of one language came about, or why it is not there."""

    HUMAN = "human"
    MACHINE = "machine"
    REVIEWED = "reviewed"
    STALE = "stale"
    MISSING = "missing"


class Passage(NamedTuple):
    """What a reader of one language gets to see: the words, their language, how they were made."""

    words: str
    language: str
    made: Made


@dataclass(frozen=True, slots=True)
class Text:
    """A short text in the languages it has; English is the source of all others.

    ``made`` names the provenance of each language but English; ``reviewers`` the office or role
    that has reviewed a language, where it is known; ``stale`` the day (ISO 8601) since which a
    language is older than its source.
    """

    languages: dict[str, str]
    made: dict[str, Made] = field(default_factory=dict)
    stale: dict[str, str] = field(default_factory=dict)
    reviewers: dict[str, str] = field(default_factory=dict)

    def in_language(self, language: str) -> Passage:
        """The passage for a reader of ``language``; the English one where that is missing."""
        words = self.languages.get(language)
        if words is None:
            return Passage(self.languages[SOURCE_LANGUAGE], SOURCE_LANGUAGE, Made.MISSING)
        if language in self.stale:
            return Passage(words, language, Made.STALE)
        # A translation of which nothing is said was reviewed by nobody we know of.
        untold = Made.HUMAN if language == SOURCE_LANGUAGE else Made.MACHINE
        return Passage(words, language, self.made.get(language, untold))

    def reviewer(self, language: str) -> str:
        """Who has reviewed what a reader of ``language`` sees; empty where nobody is named."""
        is_reviewed = self.in_language(language).made == Made.REVIEWED
        return self.reviewers.get(language, "") if is_reviewed else ""

    def __str__(self) -> str:
        return self.languages[SOURCE_LANGUAGE]


def folded(words: str) -> str:
    """The form in which words are compared: no case, accents, marks of invisible width, odd spaces.

    Khmer vowels and subscripts are letters to a reader, so combining marks outside Latin stay.
    """
    if words.isascii():
        return _SPACES.sub(" ", words.lower()).strip()
    # Before and after: a mathematical letter hides its case until it is decomposed.
    visible = unicodedata.normalize("NFKD", words.translate(_INVISIBLE))
    decomposed = unicodedata.normalize("NFKD", visible.casefold())
    bare = "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f")
    return _SPACES.sub(" ", unicodedata.normalize("NFC", bare)).strip()
