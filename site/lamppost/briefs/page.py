"""The page of a brief, as its readers see it, and a whole report on one page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import get_template_attribute, render_template
from markupsafe import Markup

from ..content import Content
from ..i18n import speech
from ..pages.prose import prose
from ..pages.terms import with_terms
from ..urls import url
from .load import drawn
from .models import Brief
from .queries import newer, parts_of, pdf_name, whole_name

PictureAt = Callable[[str], str]
"""Gives the address of a picture by its file."""


def brief_page(
    found: Brief,
    now: Content,
    *,
    template: str = "briefs/brief.html",
    picture_at: PictureAt | None = None,
    **more: Any,
) -> str:
    """The page of a brief, be it published or not; ``template`` may say ``more`` around it.

    ``picture_at`` is for pictures whose address is not the public one.
    """
    return render_template(
        template,
        **_told(found, _Places(found, now, picture_at)),
        report=now.briefs.get(found.part_of),
        parts=parts_of(found.id, now.briefs),
        sources=now.sources,
        pdf=now.pdfs.get((found.id, pdf_name(found.id, speech().code))),
        whole=now.pdfs.get((found.id, whole_name(found.id, speech().code))),
        **more,
    )


def whole_page(report: Brief, now: Content) -> str:
    """An annual report with all its briefs on one page, to be printed; it has no address."""
    every = [report, *parts_of(report.id, now.briefs)]
    cited = dict.fromkeys(id_ for one in every for id_ in one.sources)
    return render_template(
        "briefs/whole.html",
        told=[_told(one, _Places(one, now, within=one.id)) for one in every],
        sources=now.sources,
        cited=[now.sources[id_] for id_ in cited],
    )


class _Places:
    """Puts charts and pictures where a text places them.

    ``within`` tells its charts from those of other briefs on the same page.
    """

    def __init__(
        self, brief: Brief, now: Content, picture_at: PictureAt | None = None, within: str = ""
    ) -> None:
        self.brief, self.now = brief, now
        self.picture_at = picture_at or self._public
        self.prefix = f"chart-{within}-" if within else "chart-"
        self.charts = {one.id: one for one in brief.charts}
        self.pictures = {one.id: one for one in brief.pictures}

    def __call__(self, address: str) -> Markup:
        scheme, _, id_ = address.partition(":")
        if id_ not in (self.charts if scheme == "chart" else self.pictures):
            return Markup("")  # only in a draft, whose check tells it
        if scheme == "chart":
            one = self.charts[id_]
            draw = get_template_attribute("components/briefs.html", "brief_chart")
            source = self.now.sources[one.source]
            return Markup(draw(one, drawn(one, speech().say), source, self.prefix))  # noqa: S704 - it has escaped
        show = get_template_attribute("components/briefs.html", "brief_picture")
        shown = self.pictures[id_]
        address = self.picture_at(shown.file)
        return Markup(show(shown, self.brief.files[shown.file], address))  # noqa: S704

    def _public(self, file: str) -> str:
        return url("briefs.picture", brief=self.brief.id, picture=file)


def _told(found: Brief, places: _Places) -> dict[str, Any]:
    """What a page tells of a brief."""
    now = places.now
    version, spoken, made = found.in_language(speech().code)
    return {
        "brief": found,
        "body": with_terms(prose(version.markdown, spoken, places), now.terms, spoken),
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
