"""The reading pages of concerns: the list with its figures, and each that was published."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, abort, current_app, render_template

from ..addresses import Address, key
from ..cases.public import file_bytes
from ..cases.tallies import Figure, figures_of, gone
from ..cases.ways import WAYS
from ..config import Config
from ..content import Content
from ..published import content
from .receiving import FORM, kinds

blueprint = Blueprint("concerns", __name__)
route = blueprint.get
KIND = "concern"


@route("/<language:language>/concerns/")
def index() -> str:
    """What people said, what was answered, how long it took, and what is overdue."""
    now = content()
    return render_template(
        "concerns/concerns.html",
        cases=now.cases.of(KIND),
        figures=_figures(now),
        overdue=now.cases.overdue(KIND, now.as_of),
        way=WAYS[KIND],
        promise=now.settings.promise,
        registry=now.registry,
    )


def _figures(now: Content) -> list[Figure]:
    return [*figures_of(now.cases.tallies.get(KIND, {}), WAYS[KIND]), *gone(now.cases.deleted)]


@route("/<language:language>/concerns/<reference:case>/")
def concern(case: str) -> str:
    """One concern that was published, or that something was here."""
    now = content()
    found = now.cases.one(KIND, case) or abort(404)
    return render_template(
        "concerns/concern.html",
        case=found,
        way=WAYS[KIND],
        registry=now.registry,
        kinds=kinds(now.forms[FORM]) if FORM in now.forms else {},
        changes=[change for change in now.changes if change.save in found.changed],
    )


@route("/concerns/photos/<reference:case>/<picture:picture>")
def photo(case: str, picture: str) -> Response:
    """A photo of a concern that two people have cleared."""
    if content().cases.file(KIND, case, picture) is None:
        abort(404)
    config: Config = current_app.extensions["config"]
    data = file_bytes(config.instance, picture) or abort(404)
    return Response(data, mimetype="image/jpeg")


def addresses(content: Content) -> Iterator[Address]:
    """The list, and every concern of which there is a page."""
    cases = content.cases
    names = [(one.id, one.name) for one in content.registry.technologies.values()]
    form = content.forms.get(FORM)
    shown = key(cases.digest, names, content.codes_digest, form.version if form else "")
    yield Address("concerns.index", {}, key(shown, cases.overdue(KIND, content.as_of)))
    for case in cases.public:
        if case.kind == KIND:
            yield Address("concerns.concern", {"case": case.reference}, shown)
            for file in case.files:
                values = {"case": case.reference, "picture": file.name}
                yield Address("concerns.photo", values, key(file.name))
