"""The reading pages of pitches: where one starts, what was pitched, and each on its way."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, abort, current_app, render_template

from ..addresses import Address, key
from ..cases.public import file_bytes
from ..cases.ways import WAYS
from ..config import Config
from ..content import Content
from ..i18n import speech
from ..published import content
from ..urls import is_https
from .shown import KIND, groups, is_open, label_of, programme

blueprint = Blueprint("pitches", __name__)
route = blueprint.get
PAGE = "pitch"
"""The page of the record that tells of the programme."""


@route("/<language:language>/pitches/")
def index() -> str:
    """Where one starts, what was published, in groups, and the figures."""
    now = content()
    return render_template(
        "pitches/pitches.html",
        page=now.pages[PAGE].in_language(speech().code)[0],
        cases=now.cases.of(KIND),
        groups=groups(now),
        figures=programme(now.cases.tallies.get(KIND, {}), WAYS[KIND]),
        way=WAYS[KIND],
    )


@route("/<language:language>/pitches/<reference:case>/")
def pitch(case: str) -> str:
    """One pitch that was published, with each step of its way; or that something was here."""
    now = content()
    found = now.cases.one(KIND, case) or abort(404)
    return render_template(
        "pitches/pitch.html",
        case=found,
        way=WAYS[KIND],
        registry=now.registry,
        chosen=groups(now, [found]),
        is_open=is_open(found),
        changes=[one for one in now.changes if one.save in found.changed],
        label=label_of(now, found),
        links=[(notice, is_https(notice)) for notice in found.notices],
    )


@route("/pitches/photos/<reference:case>/<picture:picture>")
def photo(case: str, picture: str) -> Response:
    """A picture that was sent with a pitch, and that two people have cleared."""
    return _file(case, picture, "image/jpeg")


@route("/pitches/files/<reference:case>/<pdf:pdf>")
def paper(case: str, pdf: str) -> Response:
    """A PDF that was sent with a pitch, and that two people have cleared."""
    return _file(case, pdf, "application/pdf")


def _file(case: str, name: str, mimetype: str) -> Response:
    if content().cases.file(KIND, case, name) is None:
        abort(404)
    config: Config = current_app.extensions["config"]
    data = file_bytes(config.instance, name) or abort(404)
    return Response(data, mimetype=mimetype)


def addresses(content: Content) -> Iterator[Address]:
    """The start, and every pitch of which there is a page."""
    cases = content.cases
    forms = [content.forms[name].version for name in sorted(content.forms)]
    names = [(place.id, place.name) for place in content.registry.places.values()]
    pages = sorted((k, v) for k, v in content.digests.items() if f"/pages/{PAGE}/" in k)
    names += [(one.id, one.name) for one in content.registry.technologies.values()]
    shown = key(cases.digest, pages, forms, names, content.codes_digest)
    yield Address("pitches.index", {}, shown)
    for case in cases.public:
        if case.kind == KIND:
            yield Address("pitches.pitch", {"case": case.reference}, shown)
            for file in case.files:
                view, name = ("paper", "pdf") if file.is_paper else ("photo", "picture")
                values = {"case": case.reference, name: file.name}
                yield Address(f"pitches.{view}", values, key(file.name))
