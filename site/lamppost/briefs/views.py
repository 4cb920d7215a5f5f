"""The pages of briefs, their pictures and PDFs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, abort, get_template_attribute, render_template
from markupsafe import Markup

from ..addresses import Address, key
from ..content import Content
from ..i18n import speech
from ..pages.prose import prose
from ..pages.terms import with_terms
from ..published import content
from .load import FOLDER, drawn
from .models import Brief
from .queries import by_year, newer, parts_of, pdf_name, whole_name

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
    return render_template(
        "briefs/brief.html",
        **_told(found),
        report=now.briefs.get(found.part_of),
        parts=parts_of(found.id, now.briefs),
        sources=now.sources,
        pdf=now.pdfs.get((found.id, pdf_name(found.id, speech().code))),
        whole=now.pdfs.get((found.id, whole_name(found.id, speech().code))),
    )


def whole(report: Brief) -> str:
    """An annual report with all its briefs on one page, to be printed; it has no address."""
    now = content()
    every = [report, *parts_of(report.id, now.briefs)]
    cited = dict.fromkeys(id_ for one in every for id_ in one.sources)
    return render_template(
        "briefs/whole.html",
        told=[_told(one, one.id) for one in every],
        sources=now.sources,
        cited=[now.sources[id_] for id_ in cited],
    )


def _told(found: Brief, within: str = "") -> dict[str, Any]:
    """What a page tells of a brief; ``within`` tells its charts from others on the page."""
    now = content()
    version, spoken, made = found.in_language(speech().code)
    body = with_terms(prose(version.markdown, spoken, _Places(found, within)), now.terms, spoken)
    return {
        "brief": found,
        "body": body,
        "body_language": spoken,
        "made": made,
        "reviewer": version.reviewer,
        "newer": newer(found.id, now.briefs),
        "previous": [now.briefs[id_] for id_ in found.previous],
        "technologies": [now.registry.technologies[id_] for id_ in found.technologies],
        "terms": [now.terms[id_] for id_ in found.terms],
        "office": now.registry.organizations[found.contact],
        "cited": [now.sources[id_] for id_ in found.sources],
    }


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


class _Places:
    """Puts charts and pictures where a text places them."""

    def __init__(self, brief: Brief, within: str) -> None:
        self.brief, self.prefix = brief, f"chart-{within}-" if within else "chart-"
        self.charts = {one.id: one for one in brief.charts}
        self.pictures = {one.id: one for one in brief.pictures}

    def __call__(self, address: str) -> Markup:
        scheme, _, id_ = address.partition(":")
        if scheme == "chart":
            one = self.charts[id_]
            draw = get_template_attribute("components/briefs.html", "brief_chart")
            source = content().sources[one.source]
            return Markup(draw(one, drawn(one, speech().say), source, self.prefix))  # noqa: S704 - it has escaped
        show = get_template_attribute("components/briefs.html", "brief_picture")
        shown = self.pictures[id_]
        return Markup(show(self.brief, shown, self.brief.files[shown.file]))  # noqa: S704


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
