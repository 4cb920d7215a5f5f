"""Atom feeds (RFC 4287): well-formed whatever the texts hold, and without a date of their own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from xml.etree import ElementTree as ET

from flask import Response

from .i18n import speech
from .pages.site import absolute
from .published import content

MOST = 50
"""Entries of a feed; who reads one seldom misses older ones."""

_ATOM = "http://www.w3.org/2005/Atom"
NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold; a note may have come from anywhere."""

_FIRST_DAY = date(2026, 1, 1)


class Entry(NamedTuple):
    """What a feed tells: ``name`` makes its id, ``link`` is its page's address or nothing."""

    name: str
    title: str
    day: date
    link: str
    told: str


def feed(title: str, own: str, page: str, entries: Iterable[Entry]) -> Response:
    """A feed at the address ``own`` of what ``page`` shows, from its entries, newest first."""
    told = list(entries)[:MOST]
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": speech().code})
    _add(root, "id", _id(own))
    _add(root, "title", title)
    _add(root, "updated", _moment(told[0].day if told else _FIRST_DAY))
    _add(_add(root, "author"), "name", content().settings.name)
    _add(root, "link", rel="self", href=absolute(own))
    _add(root, "link", rel="alternate", type="text/html", href=absolute(page))
    for entry in told:
        _tell(root, entry)
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(data, mimetype="application/atom+xml")


def _tell(root: ET.Element, entry: Entry) -> None:
    element = _add(root, "entry")
    _add(element, "id", _id(entry.name))
    _add(element, "title", entry.title)
    _add(element, "updated", _moment(entry.day))
    if entry.link:
        _add(element, "link", href=absolute(entry.link))
    _add(element, "content", entry.told, type="text")


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _id(words: str) -> str:
    return "urn:sha1:" + hashlib.sha1(words.encode(), usedforsecurity=False).hexdigest()


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    element.text = NOT_XML.sub("", text) if text else text
    return element
