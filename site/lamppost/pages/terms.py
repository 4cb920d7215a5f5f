"""Marks up the key terms where they occur in a text: the first time each, as a link to the term."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from markupsafe import Markup, escape

from ..i18n import speech
from ..urls import url
from .models import Term

_TAG = re.compile(r"(<[^>]+>)")
_CLOSED = ("a", "h2", "h3", "h4", "code", "span")


def with_terms(html: Markup, terms: Mapping[str, Term], language: str, *, but: str = "") -> Markup:
    """``html`` with the first occurrence of each term linked to its page.

    Text inside links, headings, code and words of another language stays as it is, as does the
    term ``but``.
    """
    forms = _forms(tuple(terms.values()), language)
    if not forms:
        return html
    pattern = _pattern(tuple(forms), language)
    seen = {but}
    inside: list[str] = []
    parts = []
    for part in _TAG.split(html):
        if part.startswith("<"):
            _follow(part, inside)
        plain = not part.startswith("<") and not inside
        linked = pattern.sub(lambda match: _linked(match, forms, seen), part) if plain else part
        parts.append(linked)
    return Markup("".join(parts))  # noqa: S704 - safe HTML, and links made here


def _follow(tag: str, inside: list[str]) -> None:
    name = re.sub(r"[</>\s].*", "", tag.lstrip("</"))
    if name not in _CLOSED:
        return
    if tag.startswith("</"):
        inside.pop()
    else:
        inside.append(name)


def _linked(match: re.Match[str], forms: Mapping[str, str], seen: set[str]) -> str:
    term = forms.get(match[0].casefold(), "")  # none: "İ" matches "i" but does not fold to it
    if not term or term in seen:
        return match[0]
    seen.add(term)
    address = url("pages.term", term=term, language=speech().code)
    return f'<a class="term" href="{address}">{match[0]}</a>'


def _forms(terms: tuple[Term, ...], language: str) -> dict[str, str]:
    return {
        str(escape(form)).casefold(): term.id
        for term in terms
        for form in term.forms.get(language, ())
    }


@lru_cache(maxsize=16)
def _pattern(forms: tuple[str, ...], language: str) -> re.Pattern[str]:
    longest_first = sorted(forms, key=len, reverse=True)
    choice = "|".join(re.escape(form) for form in longest_first)
    # Khmer writes words without spaces between them, so there is no edge to look for.
    edged = choice if language == "km" else rf"(?<!\w)(?:{choice})(?!\w)"
    return re.compile(edged, re.IGNORECASE)
