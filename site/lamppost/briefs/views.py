"""The pages of briefs, their pictures and PDFs."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, abort, render_template

from ..addresses import Address, key
from ..content import Content
from ..published import content
from .load import FOLDER
from .page import brief_page
from .queries import by_year

blueprint = Blueprint("briefs", __name__)
route = blueprint.get


@route("/<language:language>/briefs/")
def index() -> str:
    """All briefs, by year and kind."""
    return render_template("briefs/briefs.html", years=by_year(content().briefs))


@route("/<language:language>/briefs/<id:brief>/")
def brief(brief: str) -> str:
    """One brief. One that was withdrawn says why, in place of its text."""
    now = content()
    found = now.briefs.get(brief) or abort(404)
    return brief_page(found, now)


@route("/briefs/<id:brief>/<picture:picture>")
def picture(brief: str, picture: str) -> Response:
    """A picture of a brief."""
    found = content().briefs.get(brief) or abort(404)
    file = found.files.get(picture) or abort(404)
    return Response(file.data, mimetype=file.mimetype)


@route("/briefs/<id:brief>/<pdf:pdf>")
def pdf(brief: str, pdf: str) -> Response:
    """A PDF of a brief, in a freeze that makes them."""
    found = content().pdfs.get((brief, pdf)) or abort(404)
    return Response(found.file.read_bytes(), mimetype="application/pdf")


def addresses(content: Content) -> Iterator[Address]:
    """Every page of the briefs, every picture and every PDF."""
    briefs = content.digest(f"{FOLDER}/")
    named = key([(t.id, t.name) for t in content.registry.technologies.values()])
    yield Address("briefs.index", {}, briefs)
    for brief in content.briefs.values():
        # Briefs lead to each other, by their titles.
        sizes = [(name, pdf.size) for (id_, name), pdf in content.pdfs.items() if id_ == brief.id]
        yield Address("briefs.brief", {"brief": brief.id}, key(briefs, named, sizes))
        for name, file in brief.files.items():
            yield Address("briefs.picture", {"brief": brief.id, "picture": name}, key(file.data))
    for (id_, name), pdf in content.pdfs.items():
        yield Address("briefs.pdf", {"brief": id_, "pdf": name}, key(pdf.mark))
