"""The pages of briefs, and their pictures."""

from __future__ import annotations

from collections.abc import Iterator

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
from .queries import by_year, newer, parts_of

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
    version, spoken, made = found.in_language(speech().code)
    body = with_terms(prose(version.markdown, spoken, _Places(found)), now.terms, spoken)
    return render_template(
        "briefs/brief.html",
        brief=found,
        body=body,
        body_language=spoken,
        made=made,
        reviewer=version.reviewer,
        report=now.briefs.get(found.part_of),
        parts=parts_of(found.id, now.briefs),
        newer=newer(found.id, now.briefs),
        previous=[now.briefs[id_] for id_ in found.previous],
        technologies=[now.registry.technologies[id_] for id_ in found.technologies],
        terms=[now.terms[id_] for id_ in found.terms],
        office=now.registry.organizations[found.contact],
        sources=now.sources,
        cited=[now.sources[id_] for id_ in found.sources],
    )


@route("/briefs/<id:brief>/<picture:picture>")
def picture(brief: str, picture: str) -> Response:
    """A picture of a brief."""
    found = content().briefs.get(brief) or abort(404)
    file = found.files.get(picture) or abort(404)
    return Response(file.data, mimetype=file.mimetype)


class _Places:
    """Puts charts and pictures where a text places them."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.charts = {one.id: one for one in brief.charts}
        self.pictures = {one.id: one for one in brief.pictures}

    def __call__(self, address: str) -> Markup:
        scheme, _, id_ = address.partition(":")
        if scheme == "chart":
            one = self.charts[id_]
            draw = get_template_attribute("components/briefs.html", "brief_chart")
            source = content().sources[one.source]
            return Markup(draw(one, drawn(one, speech().say), source))  # noqa: S704 - it has escaped
        show = get_template_attribute("components/briefs.html", "brief_picture")
        shown = self.pictures[id_]
        return Markup(show(self.brief, shown, self.brief.files[shown.file]))  # noqa: S704


def addresses(content: Content) -> Iterator[Address]:
    """Every page of the briefs, and every picture."""
    briefs = content.digest(f"{FOLDER}/")
    named = key([(t.id, t.name) for t in content.registry.technologies.values()])
    yield Address("briefs.index", {}, briefs)
    for brief in content.briefs.values():
        # Briefs lead to each other, by their titles.
        yield Address("briefs.brief", {"brief": brief.id}, key(briefs, named))
        for name, file in brief.files.items():
            yield Address("briefs.picture", {"brief": brief.id, "picture": name}, key(file.data))
