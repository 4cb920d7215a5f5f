"""How hard English is to read: the US school grade by Flesch and Kincaid. Only here is pyphen.

Names of laws and organizations are long words that no writer can help, so a whole text is measured;
a paragraph has a wider bound.
"""

from __future__ import annotations

import re

from pyphen import Pyphen

GRADE = 8.0
GRADE_OF_A_PARAGRAPH = 12.0
LEAST_WORDS = 20
"""Of fewer words the formula says nothing."""

_HYPHENS = Pyphen(lang="en_US")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_SENTENCE = re.compile(r"[.!?]+(?:\s|$)|\n+")
_QUOTE = re.compile(r"“[^”]{60,}”")
"""A statute's own words, which nobody may make simpler."""


def syllables(word: str) -> int:
    """By hyphenation, which leaves out those at an edge, or by vowels, whichever finds more."""
    heard = word.lower()
    vowels = len(re.findall("[aeiouy]+", heard))
    silent = re.search(r"[^l]e$|[^aeioutd]ed$|[^aeiouscxzg]es$", heard) is not None
    return max(len(_HYPHENS.positions(word)) + 1, vowels - silent, 1)


def words_in(text: str) -> list[str]:
    """The words of an English text."""
    return _WORD.findall(text)


def grade(text: str) -> float:
    """The grade of an English text; 0 where it has no words."""
    text = _QUOTE.sub(" ", text)
    words = words_in(text)
    if not words:
        return 0.0
    sentences = [part for part in _SENTENCE.split(text) if _WORD.search(part)]
    per_sentence = len(words) / len(sentences)
    per_word = sum(map(syllables, words)) / len(words)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59


def prose(markdown: str) -> str:
    """Markdown as it is read: without the addresses of links, without marks."""
    return re.sub(r"[*_`\[\]#>|]", " ", re.sub(r"\]\([^)]*\)", "", markdown))
