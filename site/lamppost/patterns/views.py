"""The patterns page. It is live only: it shows the site's parts to those who make them."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, render_template
from markupsafe import Markup

from .. import markup
from ..i18n import speak, speech
from ..published import content
from ..registry import wording
from ..registry.letters import letters
from ..registry.queries import groups_of
from . import cases, questions, results, samples
from .forms import DIFFERENCES, chart_forms, entry_forms, forms

blueprint = Blueprint("patterns", __name__)

_CRUMBS = re.compile(r'<nav class="crumbs".*?</nav>', re.DOTALL)
_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_SPACE = re.compile(r"\W+")
_NAMES = re.compile(r' (id|for|aria-labelledby|aria-describedby)="([^"]+)"')
_HERE = re.compile(r' href="#([^"]+)"')


@blueprint.get("/<language:language>/patterns/")
def patterns() -> str:
    """Every component in every state, made from invented values."""
    return render_template(
        "patterns/patterns.html",
        samples=samples,
        forms=forms(),
        letters=letters(samples.TECHNOLOGY),
        entry_forms=entry_forms(content()),
        chart_forms=chart_forms(content()),
        differences=DIFFERENCES,
        questions=questions,
        cases=cases,
        results=results,
        apart=apart,
        pages=_pages(),
        has_sample=True,
    )


def apart(html: str, name: str) -> Markup:
    """``html`` with its ids made its own: a page shows a component once, this one in each state."""
    named = _NAMES.sub(lambda found: f' {found[1]}="{_named(found[2], name)}"', html)
    return Markup(_HERE.sub(rf' href="#{name}-\1"', named))  # noqa: S704 - our own pages' HTML


def _named(ids: str, name: str) -> str:
    return " ".join(f"{name}-{id_}" for id_ in ids.split())


def _pages() -> dict[str, Markup]:
    """The main parts of those pages that are laid out as no other is, by name."""
    registry, device, technology = samples.REGISTRY, samples.DIFFERENT, samples.TECHNOLOGY
    shared, own = (
        _whole(
            "registry/practices.html", registry=registry, sources=samples.SOURCES,
            terms=samples.TERMS, technology=technology, groups=groups_of(technology), device=of,
        ) for of in (None, device)
    )  # fmt: skip
    here = {"registry": registry, "technology": technology, "device": device}
    body = markup.html(samples.ARTICLE.markdown, str)
    pages = {
        "technology": _whole(
            "registry/technology.html", registry=registry, technology=technology, practices=shared,
            overdue=registry.overdue_in(technology), changes=(), listing=samples.LISTING,
            survey=questions.SURVEYS[0], said=cases.CASES, assessed=cases.ASSESSED,
        ),
        "device": _whole(
            "registry/device.html", **here, place=wording.place(device), practices=own,
            near=samples.NEAR, changes=samples.CHANGES, said=cases.CASES,
        ),
        "devices": _whole("registry/devices.html", registry=registry),
        "checks": _whole("registry/checks.html", registry=registry),
        "checks, none overdue": _whole("registry/checks.html", registry=samples.EMPTY),
        "article": _whole(
            "pages/page.html", slug="sample", article=samples.ARTICLE, body=body, made="stale",
            body_language=speech().code, sources=list(samples.SOURCES.values()),
            provenance=samples.PROVENANCE, statement=samples.STATEMENT,
            office=samples.ORGANIZATIONS["sample-office"], figures=cases.FIGURES,
        ),
        "briefs": _whole(
            "briefs/briefs.html", years=[(2026, [("community_brief", [samples.BRIEF])])]
        ),
        "key terms": _whole("pages/glossary.html", terms=samples.TERMS),
        "plan": _whole("pages/plan.html", plan=samples.PLAN, sources=samples.SOURCES),
        "sources": _whole(
            "pages/sources.html", sources=samples.SOURCES, cited={"S1": [technology]},
            cited_by_briefs={"S1": [samples.BRIEF]},
        ),
        "search": _whole("search/search.html"),
        "home": _whole(
            "pages/home.html", registry=registry, welcome=body, welcome_language=speech().code,
            changes=samples.CHANGES, briefs=2,
        ),
        "front door": _whole("pages/door.html"),
        "short page": _whole("registry/short.html", **here),
        "sign": _whole("registry/sign.html", **here),
    }  # fmt: skip
    return {name: apart(html, _SPACE.sub("-", name)) for name, html in pages.items()}


def _whole(template: str, **values: Any) -> Markup:
    """What a page's template makes of ``values``, without the frame around it."""
    spoken = speech()
    html = render_template(template, **values)
    speak(spoken.code)  # a sign has spoken all languages
    found = _MAIN.search(html)
    return Markup(_CRUMBS.sub("", found[1] if found else html))  # noqa: S704 - our own pages' HTML
