"""Constraints of a form, as the bounds that our questions have: only these are understood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from ..questions.written import FORMATS

_BOUND = re.compile(r"\.\s*(>=|<=|>|<)\s*(-?\d{1,10})")
_DAY = re.compile(r"\.\s*(>=|<=)\s*date\(\s*['\"](\d{4}-\d\d-\d\d)['\"]\s*\)")
_LENGTH = re.compile(r"string-length\(\s*\.\s*\)\s*(<=|<)\s*(\d{1,6})")
_COUNT = re.compile(r"count-selected\(\s*\.\s*\)\s*(>=|<=|=)\s*(\d{1,3})")
_LEAST = re.compile(
    r"\(\s*(count-selected\(\s*\.\s*\)\s*>=\s*\d{1,3})(?:\s+or\s+selected\([^()]*\))+\s*\)"
)
_ALONE = re.compile(
    r"not\(\s*selected\(\s*\.\s*,\s*['\"]([^'\"]*)['\"]\s*\)\s+and\s+count-selected\(\s*\.\s*\)\s*>\s*1\s*\)"
)
_REGEX = re.compile(r"regex\(\s*\.\s*,\s*'([^']*)'\s*\)")
_OF_THEIR_OWN = ("zip_code", "device_code")
"""Kinds that know themselves what an answer must be."""


class RuleError(ValueError):
    """A constraint that is not understood."""


def rules_of(kind: str, special: str, constraint: str) -> dict[str, Any]:
    """The bounds of a question in its constraint. Raises :class:`RuleError`."""
    if not constraint or special in _OF_THEIR_OWN:
        return {}
    reader = _READERS.get(kind)
    if reader is None:
        raise RuleError(constraint)
    found: dict[str, Any] = {}
    for clause in _clauses(constraint):
        name, value = reader(clause)
        if name == "exclusive":
            found.setdefault(name, []).append(value)
        elif name == "count":
            found.update(min=value, max=value)
        else:
            found[name] = value
    return found


def _clauses(constraint: str) -> Iterator[str]:
    """What is joined by “and”, outside of parentheses and quotes."""
    depth, quote, start = 0, "", 0
    for at, letter in enumerate(constraint):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        elif letter in "()":
            depth += 1 if letter == "(" else -1
        elif depth == 0 and constraint[at : at + 5].lower() == " and ":
            yield constraint[start:at].strip()
            start = at + 5
    yield constraint[start:].strip()


def _match(pattern: re.Pattern[str], clause: str) -> re.Match[str]:
    found = pattern.fullmatch(clause)
    if found is None:
        raise RuleError(clause)
    return found


def _number(clause: str) -> tuple[str, int]:
    sign, value = _match(_BOUND, clause).groups()
    return {
        ">=": ("least", int(value)), ">": ("least", int(value) + 1),
        "<=": ("most", int(value)), "<": ("most", int(value) - 1),
    }[sign]  # fmt: skip


def _date(clause: str) -> tuple[str, date]:
    sign, value = _match(_DAY, clause).groups()
    try:
        return {">=": "earliest", "<=": "latest"}[sign], date.fromisoformat(value)
    except ValueError:
        raise RuleError(clause) from None


def _text(clause: str) -> tuple[str, Any]:
    if found := _REGEX.fullmatch(clause):
        pattern = found[1].removeprefix("^").removesuffix("$")
        for name, (known, _) in FORMATS.items():
            if known == pattern:
                return "format", name
    sign, value = _match(_LENGTH, clause).groups()
    return "max_chars", int(value) - (sign == "<")


def _chosen(clause: str) -> tuple[str, Any]:
    if found := _ALONE.fullmatch(clause):
        return "exclusive", found[1]
    least = _LEAST.fullmatch(clause)
    sign, value = _match(_COUNT, least[1] if least else clause).groups()
    return {">=": "min", "<=": "max", "=": "count"}[sign], int(value)


_READERS = {
    "whole_number": _number,
    "date": _date,
    "short_text": _text,
    "long_text": _text,
    "multiple": _chosen,
}
