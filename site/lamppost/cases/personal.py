"""What in a text looks as if it were about a person: pointed out, so that a writer can decide.

It is a help and no filter: it knows the commonest shapes in California and in four languages, and
both misses things and takes harmless ones for personal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_CAPITAL = r"[A-ZÁÉÍÓÚÑ][\w'’]*"
_STREET = r"(?:St|Ave|Avenue|Blvd|Boulevard|Street)"
_STREET_TOO = r"(?:Rd|Dr|Ln|Ct|Pl|Way|Road|Drive|Lane|Court|Place)"
_KHMER = r"[\u1780-\u17d3]+"
_GAP = r"[\s\u200b]*"
"""Between Khmer words stands a space that is not seen, or none."""

_SHAPES = {
    "mail": r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    "phone": r"(?<![\d-])(?:\+?1[ .-]?)?(?:\(\d{3}\)|\d{3})[ .-]?\d{3}[ .-]?\d{4}(?![\d-])",
    "number": r"(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)|(?<!\d)(?:\d[ -]?){15}\d(?!\d)",
    "plate": (
        r"\b\d(?i:[A-Z]{3})[ -]?\d{3}\b"
        r"|\b(?i:plate|placa|plaka)\W{1,3}(?i:(?:number|is|no|n[uú]mero)\W+)?[A-Z0-9]{5,8}\b"
        rf"|ស្លាក{_GAP}លេខ{_GAP}[A-Z0-9]{{5,8}}\b"
    ),
    "address": (
        rf"\b\d{{1,5}}\s+(?:[NSEW]\.?\s+)?(?:(?:{_CAPITAL}|\d{{1,3}}(?:st|nd|rd|th))\s+){{1,3}}"
        rf"(?i:{_STREET}|{_STREET_TOO})\b"
        rf"|\b\d{{2,5}}\s+(?:[nsew]\.?\s+)?\w+\s+(?i:{_STREET})\b"
        rf"|\b(?i:calle|avenida|kalye)\s+{_CAPITAL}\s*(?:#|(?i:n[uú]m(?:ero)?|no)\b\.?)?\s*\d{{1,5}}\b"
        rf"|ផ្ទះ{_GAP}(?:លេខ{_GAP})?\d{{1,5}}"
    ),
    "name": (
        rf"\b(?:Mr|Mrs|Ms|Dr|Officer|Sr|Sra|Ginoong|Ginang)\.?\s+{_CAPITAL}"
        r"|\b(?i:my name is|me llamo|mi nombre es|ako(?: po)?(?: ay)? si"
        r"|ang pangalan ko(?: po)? ay)\s+\w+"
        rf"|\b(?:I['’]m|I am|[Ss]oy)\s+{_CAPITAL}\s+{_CAPITAL}"
        rf"|ខ្ញុំ{_GAP}ឈ្មោះ{_GAP}{_KHMER}|ឈ្មោះ{_GAP}(?:របស់{_GAP})?ខ្ញុំ{_GAP}(?:គឺ{_GAP})?{_KHMER}"
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
