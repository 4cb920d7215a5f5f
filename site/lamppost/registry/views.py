"""The registry's reading pages: technologies, devices, places, and the ways to find them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, render_template
from markupsafe import Markup

from ..content import Content
from ..i18n import speech
from ..published import content
from ..urls import root
from . import numbers as charts
from . import wording
from .letters import letters
from .maps import map_of
from .models import Device, Technology
from .queries import groups_of, page_of, pages_in

blueprint = Blueprint("registry", __name__)
route = blueprint.get


def _found(mapping: dict[str, Any], id_: str) -> Any:
    return mapping.get(id_) or abort(404)


def _slice(now: Content, devices: list[Device], number: int) -> dict[str, Any]:
    """What the list-with-map component needs to show one page of a list."""
    pages = pages_in(len(devices))
    if not 1 <= number <= pages:
        abort(404)
    shown = page_of(devices, number)
    return {
        "devices": shown,
        "map": map_of(shown, now.registry),
        "streets": _streets(now),
        "number": number,
        "pages": pages,
        "total": len(devices),
    }


LIBRARIES = Path(__file__).parents[1] / "static" / "vendor" / "maplibre-gl.mjs"
"""What draws street maps; there once ``tools/tiles.sh`` has fetched it."""


def _streets(now: Content) -> dict[str, str] | None:
    """The street map that a reader may ask for: none unless the city and the host have one."""
    tiles = now.settings.tiles
    if tiles is None or not LIBRARIES.is_file():
        return None
    return {"file": root() + tiles.file, "credit": tiles.credit}


@cache
def _script(name: str) -> str:
    folder = Path(__file__).parents[1] / "static" / "js"
    return "".join((folder / f"{part}.js").read_text("utf-8") for part in ("reading", name))


@route("/registry.js")
def script() -> Response:
    """The clock and the maps' buttons as one file, since each request costs a phone a moment."""
    return Response(_script("maps"), mimetype="text/javascript")


@route("/letters.js")
def letters_script() -> Response:
    """The clock and what fills the letters, as one file for the same reason."""
    return Response(_script("letters"), mimetype="text/javascript")


# --- technologies -------------------------------------------------------------------------------


@route("/<language:language>/technologies/")
def technologies() -> str:
    """All technologies."""
    return render_template("registry/technologies.html", registry=content().registry)


@route("/<language:language>/technologies/<id:technology>/")
@route("/<language:language>/technologies/<id:technology>/devices/<page:number>/")
def technology(technology: str, number: int = 1) -> str:
    """One technology: the ten-second answers, all practices, its devices, what changed.

    Further pages of its devices have pages of their own.
    """
    now = content()
    found = _found(now.registry.technologies, technology)
    listing = _slice(now, now.registry.devices_of(found), number)
    if number > 1:
        return render_template(
            "registry/technology_devices.html",
            registry=now.registry,
            technology=found,
            listing=listing,
        )
    return render_template(
        "registry/technology.html",
        registry=now.registry,
        technology=found,
        practices=practices(now, found),
        overdue=now.registry.overdue_in(found),
        changes=[c for c in now.changes if c.technology == found.id][:10],
        listing=listing,
        survey=now.survey_of_technologies,
        said=now.cases.about(technology=found.id),
        cases=now.cases,
        assessed=now.cases.assessed_for(found.id),
    )


@route("/<language:language>/technologies/<id:technology>/ask/")
def ask(technology: str) -> str:
    """What a resident can do about a technology: rights, clocks, and letters to its office.

    Each letter stands in the page's language, to know what one sends, and in the office's.
    """
    now = content()
    found = _found(now.registry.technologies, technology)
    return render_template(
        "registry/ask.html",
        registry=now.registry,
        technology=found,
        office=now.registry.organizations[found.contact.office],
        letters=letters(found),
    )


def practices(now: Content, technology: Technology, device: Device | None = None) -> Markup:
    """All practices of a technology as HTML; rendered once for the devices that share them all."""
    where = (speech().code, technology.id, device.differs if device else ())
    html = now.fragments.get(where)
    if html is None:
        html = now.fragments[where] = _practices(now, technology, device)
    return html


def _practices(now: Content, technology: Technology, device: Device | None) -> Markup:
    html = render_template(
        "registry/practices.html",
        registry=now.registry,
        sources=now.sources,
        terms=now.terms,
        technology=technology,
        groups=groups_of(technology),
        device=device,
    )
    return Markup(html)  # noqa: S704 - rendered by a template that escapes


# --- devices ------------------------------------------------------------------------------------


@route("/<language:language>/devices/<code:code>/")
def device(code: str) -> str:
    """One device: where it is, what it does, and the practices of its technology."""
    now = content()
    found = _found(now.registry.devices, code)
    technology = now.registry.technology_of(found)
    return render_template(
        "registry/device.html",
        registry=now.registry,
        device=found,
        place=wording.place(found),
        technology=technology,
        practices=practices(now, technology, found),
        near=now.registry.near(found),
        changes=now.changes_of_device.get(code, ())[:10],
        said=now.cases.about(device=code),
    )


@route("/<language:language>/devices/")
def devices() -> str:
    """The way to a device by its code without a script: by the code's first character."""
    return render_template("registry/devices.html", registry=content().registry)


@route("/<language:language>/devices/starting-with/<character:character>/")
@route("/<language:language>/devices/starting-with/<character:character>/<page:number>/")
def devices_starting(character: str, number: int = 1) -> str:
    """The devices whose codes start with one character."""
    now = content()
    found = _found(now.registry.by_first_character, character)
    return render_template(
        "registry/devices_starting.html",
        registry=now.registry,
        character=character,
        listing=_slice(now, found, number),
    )


@route("/d/<code:code>/")
def short(code: str) -> str:
    """The address on a sign: the essence in all languages, and the ways on."""
    registry = content().registry
    found = _found(registry.devices, code)
    return render_template(
        "registry/short.html",
        registry=registry,
        device=found,
        technology=registry.technology_of(found),
    )


@route("/d/<code:code>/sign/")
def sign(code: str) -> str:
    """The sign of a device, to be printed."""
    registry = content().registry
    found = _found(registry.devices, code)
    return render_template(
        "registry/sign.html",
        registry=registry,
        device=found,
        technology=registry.technology_of(found),
    )


# --- places, purposes, data, organizations ------------------------------------------------------


@route("/<language:language>/places/")
def places() -> str:
    """The council districts and neighborhoods."""
    return render_template("registry/places.html", registry=content().registry)


@route("/<language:language>/places/<id:place>/")
@route("/<language:language>/places/<id:place>/<page:number>/")
def place(place: str, number: int = 1) -> str:
    """The devices in one place."""
    now = content()
    found = _found(now.registry.places, place)
    return render_template(
        "registry/place.html",
        registry=now.registry,
        place=found,
        listing=_slice(now, now.registry.devices_at(found), number),
        said=now.cases.at(place, now.registry.codes_at(place)),
    )


@route("/<language:language>/purposes/")
def purposes() -> str:
    """What technologies are for."""
    return _facet("purpose")


@route("/<language:language>/data/")
def data() -> str:
    """The kinds of data that are collected."""
    return _facet("data")


def _facet(facet: str) -> str:
    return render_template("registry/facet.html", registry=content().registry, facet=facet)


@route("/<language:language>/purposes/<id:word>/")
def purpose(word: str) -> str:
    """The technologies with one purpose."""
    return _facet_word("purpose", word)


@route("/<language:language>/data/<id:word>/")
def data_type(word: str) -> str:
    """The technologies that collect one kind of data."""
    return _facet_word("data", word)


def _facet_word(facet: str, id_: str) -> str:
    registry = content().registry
    listed = _found(registry.listed(facet), id_)
    word = registry.word(facet, id_)
    return render_template(
        "registry/facet_word.html", registry=registry, facet=facet, word=word, listed=listed
    )


@route("/<language:language>/organizations/")
def organizations() -> str:
    """The organizations with a part in any technology."""
    return render_template("registry/organizations.html", registry=content().registry)


@route("/<language:language>/organizations/<id:organization>/")
def organization(organization: str) -> str:
    """One organization and its part in each technology."""
    registry = content().registry
    roles = _found(registry.roles, organization)
    return render_template(
        "registry/organization.html",
        registry=registry,
        organization=registry.organizations[organization],
        roles=roles,
    )


# --- what changed -------------------------------------------------------------------------------


@route("/<language:language>/changes/")
@route("/<language:language>/changes/<page:number>/")
def changes(number: int = 1) -> str:
    """What changed in the registry, newest first."""
    now = content()
    pages = pages_in(len(now.changes))
    if number > pages:
        abort(404)
    return render_template(
        "registry/changes.html",
        registry=now.registry,
        changes=page_of(now.changes, number),
        cases=now.cases,
        number=number,
        pages=pages,
    )


@route("/<language:language>/checks/")
def checks() -> str:
    """The answers that are overdue for checking, and when every technology was last checked."""
    return render_template("registry/checks.html", registry=content().registry)


@route("/<language:language>/numbers/")
def numbers() -> str:
    """What the registry holds, counted and drawn."""
    return render_template("registry/numbers.html", registry=content().registry, charts=charts)
