"""The page of a brief, as its readers see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import get_template_attribute, render_template
from markupsafe import Markup

from ..content import Content
from ..i18n import speech
from ..pages.models import Source
from ..pages.prose import prose
from ..pages.terms import with_terms
from ..urls import url
from .load import drawn
from .models import Brief
from .queries import newer, parts_of


def brief_page(
    found: Brief,
    now: Content,
    *,
    template: str = "briefs/brief.html",
    picture_at: Callable[[str], str] | None = None,
    **more: Any,
) -> str:
    """The page of a brief, be it published or not; ``template`` may say ``more`` around it.

    ``picture_at`` gives the address of a picture by its file, where that is not the public one.
    """
    version, spoken, made = found.in_language(speech().code)
    body = with_terms(
        prose(version.markdown, spoken, _Places(found, now.sources, picture_at)), now.terms, spoken
    )
    return render_template(
        template,
        brief=found,
        body=body,
        body_language=spoken,
        made=made,
        report=now.briefs.get(found.part_of),
        parts=parts_of(found.id, now.briefs),
        newer=newer(found.id, now.briefs),
        previous=[now.briefs[id_] for id_ in found.previous],
        technologies=[now.registry.technologies[id_] for id_ in found.technologies],
        terms=[now.terms[id_] for id_ in found.terms],
        office=now.registry.organizations[found.contact],
        sources=now.sources,
        cited=[now.sources[id_] for id_ in found.sources],
        **more,
    )


class _Places:
    """Puts charts and pictures where a text places them."""

    def __init__(
        self,
        brief: Brief,
        sources: Mapping[str, Source],
        picture_at: Callable[[str], str] | None,
    ) -> None:
        self.brief, self.sources = brief, sources
        self.picture_at = picture_at or self._public
        self.charts = {one.id: one for one in brief.charts}
        self.pictures = {one.id: one for one in brief.pictures}

    def __call__(self, address: str) -> Markup:
        scheme, _, id_ = address.partition(":")
        if id_ not in (self.charts if scheme == "chart" else self.pictures):
            return Markup("")  # only in a draft, whose check tells it
        if scheme == "chart":
            one = self.charts[id_]
            draw = get_template_attribute("components/briefs.html", "brief_chart")
            source = self.sources[one.source]
            return Markup(draw(one, drawn(one, speech().say), source))  # noqa: S704 - it has escaped
        show = get_template_attribute("components/briefs.html", "brief_picture")
        shown = self.pictures[id_]
        address = self.picture_at(shown.file)
        return Markup(show(shown, self.brief.files[shown.file], address))  # noqa: S704

    def _public(self, file: str) -> str:
        return url("briefs.picture", brief=self.brief.id, picture=file)
