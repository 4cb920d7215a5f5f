"""What a translation must not break: the English it follows, holes, markup, links, length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from ..catalogs import wrong_holes
from ..markup import links
from .units import Mistake, Returned, Unit

# What no file of the record may hold, and no catalog should.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ufffe\uffff]")
_TAG = re.compile(r"<[^>]*>?")
_ADDRESS = re.compile(r"(?<![\w(])(?:https?|mailto|tel):[^\s<>()\"“”]*[^\s<>()\"“”.,;:!?។]")
_BLANK_LINE = re.compile(r"\n[ \t]*\n|^\n|\n$")


def mistakes(unit: Unit, back: Returned) -> Iterator[Mistake]:
    """Why a text that came back cannot be taken in."""
    if back.source not in (unit.source, unit.sources):
        yield Mistake(unit.key, "belongs to an older English text; export it again")
        return
    if len(back.target) != len(unit.sources) or not all(form.strip() for form in back.target):
        count = sum(bool(form.strip()) for form in back.target)
        yield Mistake(unit.key, f"{count} forms; {len(unit.sources)} expected")
        return
    if back.target == unit.target:
        return  # what stands in the site already is the check's concern
    for form in back.target:
        for what in _wrong(unit, form):
            yield Mistake(unit.key, what)


def _wrong(unit: Unit, form: str) -> Iterator[str]:
    if holes := wrong_holes(unit.source, form):
        yield f"placeholders differ: {', '.join(holes)}"
    elif "%(" in unit.source[0] and not _fills(form):
        yield "a % that is neither a placeholder nor written %%"
    if unit.is_message:
        yield from _wrong_markup(unit, form)
    else:
        yield from _wrong_links(unit, form)
    if unit.most and len(form) > unit.most:
        yield f"{len(form)} characters; at most {unit.most}"
    if _CONTROL.search(form):
        yield "a control character"
    if unit.one_line and "\n" in form:
        yield "a line break where one line is expected"
    elif "#text." in unit.key and _BLANK_LINE.search(form):
        yield "an empty line, which would make two paragraphs of one"


def _wrong_markup(unit: Unit, form: str) -> Iterator[str]:
    """A message is taken for markup, so a file from outside must not bring any of its own."""
    for source in unit.source:
        if sorted(_TAG.findall(source)) == sorted(_TAG.findall(form)):
            break
    else:
        yield f"tags differ: {' '.join(_TAG.findall(form)) or 'none'}"
    if '"' in _TAG.sub("", form) and '"' not in _TAG.sub("", unit.source[0]):
        yield 'a straight " may end an attribute; use “ and ”'


def _wrong_links(unit: Unit, form: str) -> Iterator[str]:
    wanted, found = (sorted([*links(t), *_ADDRESS.findall(t)]) for t in (unit.source[0], form))
    if wanted != found:
        wrong = sorted({*wanted} ^ {*found}) or ["one of them not as often as in English"]
        yield f"links differ: {', '.join(wrong)}"


def _fills(form: str) -> bool:
    """Whether Python can fill the placeholders of a message."""
    with suppress(ValueError, TypeError):
        form % _Anything()
        return True
    return False


class _Anything(dict[str, str]):
    def __missing__(self, _key: str) -> str:
        return "1"
