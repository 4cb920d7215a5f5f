"""Atom feeds of changes (RFC 4287): of the site, of each technology, of each place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from flask import Blueprint, Response, abort

from ..addresses import Address, key
from ..content import Content
from ..i18n import gettext as _
from ..i18n import speech
from ..pages.site import absolute
from ..published import content
from ..urls import url
from . import wording
from .changes import Change

blueprint = Blueprint("feeds", __name__)
route = blueprint.get
MOST = 50
_ATOM = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot hold; a note may have come from anywhere.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FIRST_DAY = "2026-01-01T00:00:00Z"


@route("/<language:language>/changes.atom")
def site() -> Response:
    """All changes."""
    now = content()
    title = f"{now.settings.name}: {_('What changed')}"
    return _feed(title, url("feeds.site"), url("registry.changes"), now.changes)


@route("/<language:language>/technologies/<id:technology>/changes.atom")
def technology(technology: str) -> Response:
    """The changes of one technology and its devices."""
    now = content()
    found = now.registry.technologies.get(technology) or abort(404)
    return _feed(
        f"{speech().plain(found.name)}: {_('What changed')}",
        url("feeds.technology", technology=technology),
        url("registry.technology", technology=technology),
        [change for change in now.changes if change.technology == technology],
    )


@route("/<language:language>/places/<id:place>/changes.atom")
def place(place: str) -> Response:
    """The changes of the devices in one place."""
    now = content()
    found = now.registry.places.get(place) or abort(404)
    return _feed(
        f"{speech().plain(found.name)}: {_('What changed')}",
        url("feeds.place", place=place),
        url("registry.place", place=place),
        [change for change in now.changes if place in change.places],
    )


def _feed(title: str, own: str, page: str, changes: list[Change]) -> Response:
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": speech().code})
    _add(feed, "id", _id(own))
    _add(feed, "title", title)
    _add(feed, "updated", _moment(changes[0]) if changes else _FIRST_DAY)
    _add(_add(feed, "author"), "name", content().settings.name)
    _add(feed, "link", rel="self", href=absolute(own))
    _add(feed, "link", rel="alternate", type="text/html", href=absolute(page))
    for change in changes[:MOST]:
        _entry(feed, change)
    data: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return Response(data, mimetype="application/atom+xml")


def _entry(feed: ET.Element, change: Change) -> None:
    registry = content().registry
    known = registry.technologies.get(change.technology)
    name = speech().plain(known.name) if known else change.technology
    entry = _add(feed, "entry")
    _add(entry, "id", _id(change.save + change.technology + change.device))
    _add(entry, "title", f"{name} · {change.device}" if change.device else name)
    _add(entry, "updated", _moment(change))
    if change.device in registry.devices:
        _add(entry, "link", href=absolute(url("registry.device", code=change.device)))
    elif known:
        _add(entry, "link", href=absolute(url("registry.technology", technology=change.technology)))
    told = "\n".join([*wording.sentences(change, registry), f"{_('Note:')} {change.note}"])
    _add(entry, "content", told, type="text")


def _moment(change: Change) -> str:
    return f"{change.day.isoformat()}T00:00:00Z"


def _id(words: str) -> str:
    return "urn:sha1:" + hashlib.sha1(words.encode(), usedforsecurity=False).hexdigest()


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    element.text = _NOT_XML.sub("", text) if text else text
    return element


def addresses(content: Content) -> Iterator[Address]:
    """Every feed."""
    technologies = content.digest("content/registry/technologies/")
    codes = content.codes_digest if content.changes else b""

    def told(changes: list[Change]) -> bytes:
        return key(technologies, codes, [c.save + c.technology + c.device for c in changes[:MOST]])

    yield Address("feeds.site", {}, told(content.changes))
    for id_ in content.registry.technologies:
        found = [change for change in content.changes if change.technology == id_]
        yield Address("feeds.technology", {"technology": id_}, told(found))
    for id_ in content.registry.places:
        found = [change for change in content.changes if id_ in change.places]
        yield Address("feeds.place", {"place": id_}, told(found))
