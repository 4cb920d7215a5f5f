"""Whether words look like those of any language, or as if a machine had drawn their letters.

It knows which three letters follow each other in the interface's own texts. Other languages in
Latin letters share most of these (Hmong, which is furthest, two in five); letters by chance one in
five. What is in other letters is not judged. Nothing is refused for it: many that look so are one
line of the queue.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache

from ..i18n import interface_texts

FEWEST = 12
"""Triples of letters that a text must have to be judged."""

SEEN_BEFORE = 3
"""How often a triple stands in the interface before it is known."""

LEAST_KNOWN = 0.37
"""The part of a text's triples that must be known."""

_WORDS = re.compile(r"[^\W\d_]+")


def is_readable(words: str) -> bool:
    """Whether a text looks like one of a language; True for what is short or in other letters."""
    found = list(_triples(words))
    known = sum(triple in _known() for triple in found)
    return len(found) < FEWEST or known >= LEAST_KNOWN * len(found)


@cache
def _known() -> frozenset[str]:
    counted = Counter(triple for text in interface_texts() for triple in _triples(text))
    return frozenset(triple for triple, number in counted.items() if number >= SEEN_BEFORE)


def _triples(words: str) -> Iterator[str]:
    """Each three letters in a row of the words in Latin letters, their ends among them."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    for word in filter(str.isascii, _WORDS.findall(bare)):
        held = f" {word} "
        yield from (held[n : n + 3] for n in range(len(held) - 2))
