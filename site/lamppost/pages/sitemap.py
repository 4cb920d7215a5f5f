"""The map of the site for search engines, cut into parts of at most 50,000 addresses.

Source: sitemaps.org protocol 0.9. Addresses in it are absolute, so it is empty as long as the
site's public address is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from flask import Blueprint, Response, abort, current_app

from ..addresses import Address, key
from ..config import Config
from ..content import Content
from ..i18n import languages
from ..published import content
from ..urls import url
from .site import absolute

blueprint = Blueprint("sitemap", __name__)
PER_PART = 40_000
_ALONE = (
    "pages.home", "pages.plan", "pages.glossary", "pages.sources", "exports.downloads",
    "registry.technologies", "registry.places", "registry.purposes", "registry.data",
    "registry.organizations", "registry.changes", "registry.checks", "registry.numbers",
    "briefs.index", "surveys.index", "concerns.index", "pitches.index", "assessments.index",
)  # fmt: skip
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def _pages(now: Content) -> list[tuple[str, dict[str, str]]]:
    """The pages of the first part: all but the devices', the search, and the ways to a code."""
    registry = now.registry
    named = (
        ("pages.page", "page", (slug for slug in now.pages if slug != "home")),
        ("pages.term", "term", now.terms),
        ("briefs.brief", "brief", (id_ for id_, b in now.briefs.items() if not b.withdrawn)),
        ("surveys.survey", "survey", (id_ for id_, s in now.surveys.items() if s.is_public)),
        ("surveys.paper", "survey", (id_ for id_, s in now.surveys.items() if s.is_public)),
        ("concerns.concern", "case", (c.reference for c in now.cases.of("concern"))),
        ("pitches.pitch", "case", (c.reference for c in now.cases.of("pitch"))),
        ("registry.technology", "technology", registry.technologies),
        ("registry.ask", "technology", registry.technologies),
        ("registry.place", "place", registry.places),
        ("registry.purpose", "word", registry.listed("purpose")),
        ("registry.data_type", "word", registry.listed("data")),
        ("registry.organization", "organization", registry.roles),
    )
    return [
        *((view, {}) for view in _ALONE),
        *((view, {name: id_}) for view, name, ids in named for id_ in ids),
    ]


def _codes(now: Content, number: int) -> list[str]:
    """The devices of the second and further parts, by their codes."""
    return sorted(now.registry.devices)[(number - 2) * PER_PART : (number - 1) * PER_PART]


def _parts(now: Content) -> int:
    return 1 - (-len(now.registry.devices) // PER_PART)


@blueprint.get("/sitemap.xml")
def index() -> Response:
    """The parts of the map."""
    addresses = (
        url("sitemap.part", language=code, number=number)
        for code in languages()
        for number in range(1, _parts(content()) + 1)
    )
    return _xml("sitemapindex", "sitemap", addresses)


@blueprint.get("/<language:language>/sitemap-<page:number>.xml")
def part(number: int) -> Response:
    """One part of the map in one language."""
    now = content()
    if number > _parts(now):
        abort(404)
    devices = (("registry.device", {"code": code}) for code in _codes(now, number))
    shown = _pages(now) if number == 1 else devices
    return _xml("urlset", "url", (url(endpoint, **values) for endpoint, values in shown))


def _xml(root: str, entry: str, addresses: Iterable[str]) -> Response:
    config: Config = current_app.extensions["config"]
    listed = (absolute(address) for address in addresses) if config.base_url else ()
    entries = "".join(f"<{entry}><loc>{escape(a)}</loc></{entry}>\n" for a in listed)
    body = f"{_HEAD}<{root} {_SPACE}>\n{entries}</{root}>\n"
    return Response(body, mimetype="application/xml")


def addresses(content: Content) -> Iterator[Address]:
    """The map and its parts."""
    parts = _parts(content)
    yield Address("sitemap.index", {}, key(parts))
    yield Address("sitemap.part", {"number": 1}, key(_pages(content)))
    for number in range(2, parts + 1):
        codes = ",".join(_codes(content, number))
        yield Address("sitemap.part", {"number": number}, key(codes))
