"""The search indexes: one of pages per language, and many small ones of streets for all.

A page is found by any part of its folded text, so Khmer needs no spaces between words. Devices are
too many for that: they are found by their code, which leads straight to their page, and by the
words of their location. A street's index is one small file for each two first letters of a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any

from ..content import Content
from ..i18n import Speech
from ..registry.models import Device
from ..text import Text, folded
from ..urls import url

_PLAIN_WORD = re.compile(r"[a-z0-9]+")
_KHMER_LETTER = re.compile(r"(?<!\u17d2)[\u1780-\u17b3]")
LOCATIONS = ("location", "location_es", "location_km", "location_tl")


def pages(content: Content, spoken: Speech) -> list[dict[str, str]]:
    """All pages but the devices' in one language: address, title, kind, summary, folded words."""
    return [
        {
            "u": address,
            "t": title,
            "k": kind,
            "s": summary,
            "w": folded(f"{title} {summary} {more}"),
        }
        for address, title, kind, summary, more in _pages(content, spoken)
    ]


def _pages(content: Content, spoken: Speech) -> Iterator[tuple[str, str, str, str, str]]:
    registry, plain = content.registry, spoken.plain
    for technology in registry.technologies.values():
        labels = [
            plain(registry.word(category, id_).label)
            for category, ids in (
                ("purpose", technology.purpose.items),
                ("technology_type", technology.technology_type.items),
                ("data", technology.data_types),
            )
            for id_ in ids
        ]
        address = url("registry.technology", technology=technology.id)
        summary, names = plain(technology.summary), " ".join([*labels, str(technology.name)])
        yield address, plain(technology.name), "technology", summary, names
    for place in registry.places.values():
        yield url("registry.place", place=place.id), plain(place.name), "place", "", str(place.name)
    for facet, endpoint in (("purpose", "registry.purpose"), ("data", "registry.data_type")):
        for id_ in registry.listed(facet):
            word = registry.word(facet, id_)
            yield url(endpoint, word=id_), plain(word.label), facet, plain(word.description), ""
    for id_ in registry.roles:
        organization = registry.organizations[id_]
        name = organization.name
        address = url("registry.organization", organization=id_)
        yield address, plain(name), "organization", "", str(name)
    for term in content.terms.values():
        forms = " ".join(term.forms.get(spoken.code, ()))
        address = url("pages.term", term=term.id)
        yield address, plain(term.term), "term", plain(term.definition), f"{forms} {term.term}"
    lead = spoken.gettext("What stands in this registry, counted and drawn.")
    yield url("registry.numbers"), spoken.gettext("In numbers"), "page", lead, ""
    for slug, page in content.pages.items():
        article = page.in_language(spoken.code)[0]
        if slug != "home":
            yield url("pages.page", page=slug), article.title, "page", article.summary, ""
    yield from _briefs(content, spoken)


def _briefs(content: Content, spoken: Speech) -> Iterator[tuple[str, str, str, str, str]]:
    for id_, brief in content.briefs.items():
        if not brief.withdrawn:
            title, about = spoken.plain(brief.title), spoken.plain(brief.summary)
            yield url("briefs.brief", brief=id_), title, "brief", about, str(brief.year)


def streets(devices: list[Device]) -> dict[str, dict[str, list[Any]]]:
    """Shards by the first two letters of a word: folded location → location as shown, devices.

    A device is its code and its technology's id.
    """
    there: dict[tuple[str, ...], list[list[str]]] = defaultdict(list)
    locations_of: Callable[[Device], tuple[str, ...]] = attrgetter(*LOCATIONS)
    for device in devices:
        there[locations_of(device)].append([device.code, device.technology])
    # A location may be written in several ways; the first is shown, and none loses its devices.
    shown: dict[str, list[Any]] = {}
    for locations, found in there.items():
        for words, location in {folded(at): at for at in reversed(locations) if at}.items():
            shown.setdefault(words, [location, []])[1].extend(found)
    shards: dict[str, dict[str, list[Any]]] = defaultdict(dict)
    for words, entry in shown.items():
        for start in _starts(words):
            shards[start][words] = entry
    return dict(sorted(shards.items()))


def _starts(words: str) -> set[str]:
    """The two letters by which a reader may look for folded words: those that a word starts with.

    Khmer writes words without spaces between them, so there any letter may be the start of one;
    a letter below another (after U+17D2) is not.
    """
    if words.isascii():
        return {word[:2] for word in _PLAIN_WORD.findall(words)}
    bare = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in words)
    starts = {word[:2] for word in bare.split()}
    return starts | {
        bare[at.start() : at.start() + 2].strip() for at in _KHMER_LETTER.finditer(bare)
    }


def shard_name(start: str) -> str:
    """The name of a shard's file: code points, so that letters of any script make a plain name."""
    return "-".join(f"{ord(character):x}" for character in start)


def technologies(content: Content, spoken: Speech) -> dict[str, str]:
    """The names of technologies by id, for showing the devices of a shard."""
    found: dict[str, Text] = {id_: t.name for id_, t in content.registry.technologies.items()}
    return {id_: spoken.plain(name) for id_, name in found.items()}
