"""Feeds of changes: of the site, of each technology, of each place."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, abort

from .. import atom
from ..addresses import Address, key
from ..content import Content
from ..i18n import gettext as _
from ..i18n import speech
from ..published import content
from ..urls import url
from . import wording
from .changes import Change
from .queries import Registry

blueprint = Blueprint("feeds", __name__)
route = blueprint.get


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
    return atom.feed(title, own, page, map(_entry, changes[: atom.MOST]))


def _entry(change: Change) -> atom.Entry:
    registry = content().registry
    known = registry.technologies.get(change.technology)
    name = speech().plain(known.name) if known else change.technology
    told = [*wording.sentences(change, registry), f"{_('Note:')} {change.note}"]
    return atom.Entry(
        change.save + change.technology + change.device,
        f"{name} · {change.device}" if change.device else name,
        change.day,
        _link(change, registry),
        "\n".join(told),
    )


def _link(change: Change, registry: Registry) -> str:
    if change.device in registry.devices:
        return url("registry.device", code=change.device)
    if change.technology in registry.technologies:
        return url("registry.technology", technology=change.technology)
    return ""


def addresses(content: Content) -> Iterator[Address]:
    """Every feed."""
    technologies = content.digest("content/registry/technologies/")
    codes = content.codes_digest if content.changes else b""

    def told(changes: list[Change]) -> bytes:
        return key(
            technologies, codes, [c.save + c.technology + c.device for c in changes[: atom.MOST]]
        )

    yield Address("feeds.site", {}, told(content.changes))
    for id_ in content.registry.technologies:
        found = [change for change in content.changes if change.technology == id_]
        yield Address("feeds.technology", {"technology": id_}, told(found))
    for id_ in content.registry.places:
        found = [change for change in content.changes if id_ in change.places]
        yield Address("feeds.place", {"place": id_}, told(found))
