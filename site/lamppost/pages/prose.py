"""Long texts as HTML: their links made addresses, their quotations marked with their language."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from .. import markup
from ..text import SOURCE_LANGUAGE
from ..urls import SCHEMES, url

GENERATED = {
    "plan": "pages.plan",
    "glossary": "pages.glossary",
    "sources": "pages.sources",
    "downloads": "exports.downloads",
    "changes": "registry.changes",
    "briefs": "briefs.index",
    "surveys": "surveys.index",
    "concerns": "concerns.index",
    "pitches": "pitches.index",
    "vendor-assessments": "assessments.index",
}
"""Pages that no file holds, by the names that texts link to."""


def prose(markdown: str, language: str, place: Callable[[str], Markup] | None = None) -> Markup:
    """A text of ``language`` as HTML; ``place`` makes what an image stands for."""
    # What is quoted stands as it was published, like the titles of sources.
    quoted = SOURCE_LANGUAGE if language != SOURCE_LANGUAGE else ""
    return markup.html(markdown, _address, quoted=quoted, place=place)


def _address(link: str) -> str:
    scheme, _, target = link.partition(":")
    if scheme == "page" and target in GENERATED:
        return url(GENERATED[target])
    if scheme == "source":
        return f"{url('pages.sources')}#{target}"
    if scheme in SCHEMES:
        endpoint, name = SCHEMES[scheme]
        return url(endpoint, **{name: target})
    return link
