"""What in a text looks as if it were about a person: pointed out, so that a writer can decide.

It is a help and no filter: it knows the commonest shapes in California and in four languages, and
both misses things and takes harmless ones for personal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_SHAPES = {
    "mail": r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    "phone": r"(?<![\d-])(?:\+?1[ .-]?)?(?:\(\d{3}\)|\d{3})[ .-]?\d{3}[ .-]?\d{4}(?![\d-])",
    "number": r"(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)|(?<!\d)(?:\d[ -]?){15}\d(?!\d)",
    "plate": r"\b\d[A-Z]{3}\d{3}\b|\b(?:plate|placa|plaka)\W{1,3}(?:number\W+)?[A-Z0-9]{5,8}\b",
    "address": (
        r"\b\d{1,5}\s+(?:[NSEW]\.?\s+)?(?:[A-Z][\w']*\s+){1,3}"
        r"(?:St|Ave|Blvd|Rd|Dr|Ln|Ct|Pl|Way|Street|Avenue|Boulevard|Road|Drive|Lane|Court|Place)\b"
        r"|\b(?:[Cc]alle|[Aa]venida|[Kk]alye)\s+[A-Z][\w']*\s+\d{1,5}\b"
    ),
    "name": (
        r"\b(?:Mr|Mrs|Ms|Dr|Officer|Sr|Sra|Ginoong|Ginang)\.?\s+[A-Z][a-z]+"
        r"|\b(?:[Mm]y name is|[Mm]e llamo|[Mm]i nombre es|[Aa]ko si|[Aa]ng pangalan ko ay)\s+\w+"
        r"|ខ្ញុំឈ្មោះ\s*[\u1780-\u17d3]+"
    ),
}
_ALL = re.compile("|".join(f"(?P<{kind}>{shape})" for kind, shape in _SHAPES.items()))
_ASCII = str.maketrans({ord("០") + n: str(n) for n in range(10)})

KINDS = tuple(_SHAPES)
"""What is looked for: e-mail, phone and account numbers, plates, addresses of homes, names."""


class Personal(NamedTuple):
    """Something that looks personal: of which kind, and the words."""

    kind: str
    words: str


def personal_in(text: str) -> Iterator[Personal]:
    """What in a text looks personal, in order. Khmer digits are digits."""
    for found in _ALL.finditer(text.translate(_ASCII)):
        yield Personal(str(found.lastgroup), text[found.start() : found.end()])
