"""In which language a passage is written: by its script, or by the small words that it uses."""

from __future__ import annotations

import re
from collections.abc import Mapping

SMALL_WORDS = {
    "en": "the of and to in is that it for was with as be by on not this are or from at which "
    "have an they you were her his all we can who what when there has if will their one been",
    "es": "de la que el en y los del se las por un para con no una su al lo como más pero sus le "
    "ya o este sí porque esta entre cuando muy sin sobre también hasta hay donde quien desde nos",
    "tl": "ang ng sa na mga at ay hindi ito para may kung ni si niya siya kanilang nila ako ka "
    "mo po ba lang din rin dahil kapag upang pero o bawat isang nang iyon dito doon kami natin",
}
LEAST_WORDS = 8
"""Of fewer words nothing is said: a name or a title may be in any language."""

MUCH_MORE = 2
"""How many times more small words of another language there have to be."""

_TABLE: Mapping[str, frozenset[str]] = {c: frozenset(w.split()) for c, w in SMALL_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_KHMER = re.compile("[\u1780-\u17d3]")
_LETTER = re.compile(r"[^\W\d_]")


def other_tongue(words: str, language: str) -> str:
    """The language in which a passage seems to be, if that is another than ``language``; else "".

    For a passage that should be Khmer and has few of its letters it is ``?`` where the small words
    of no other language tell.
    """
    khmer, letters = len(_KHMER.findall(words)), len(_LETTER.findall(words))
    if khmer and language != "km":
        return "km"
    if language == "km" and khmer * 2 >= letters:
        return ""
    found = [word.casefold() for word in _WORD.findall(words)]
    if len(found) < LEAST_WORDS:
        return ""
    counts = {code: sum(word in small for word in found) for code, small in _TABLE.items()}
    nearest = max(counts, key=lambda code: counts[code])
    if language == "km":
        return nearest if counts[nearest] else "?"
    own = counts.get(language)
    is_other = own is not None and counts[nearest] > own * MUCH_MORE + 1
    return nearest if is_other else ""
