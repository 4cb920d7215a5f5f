"""The programme's reading pages, the front door, and the files that machines look for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, render_template

from .. import styles
from ..addresses import Address, key
from ..briefs.queries import current
from ..cases.tallies import moderated
from ..content import OWN_ENTRY, Content
from ..i18n import speech
from ..published import content
from ..registry.models import Organization
from .load import STATEMENT
from .prose import prose
from .provenance import table
from .terms import with_terms

blueprint = Blueprint("pages", __name__)
route = blueprint.get


@route("/")
def door() -> str:
    """The front door: the site in each of its languages, for a reader to choose."""
    return render_template("pages/door.html")


@route("/<language:language>/")
def home() -> str:
    """What this is, and the ways in."""
    now = content()
    article, spoken, _ = now.pages["home"].in_language(speech().code)
    return render_template(
        "pages/home.html",
        registry=now.registry,
        welcome=prose(article.markdown, spoken),
        welcome_language=spoken,
        changes=now.changes[:5],
        briefs=len(current(now.briefs)),
    )


@route("/<language:language>/about/<id:page>/")
def page(page: str) -> str:
    """A page of the programme."""
    now = content()
    found = now.pages.get(page) or abort(404)
    article, spoken, made = found.in_language(speech().code)
    return render_template(
        "pages/page.html",
        slug=page,
        article=article,
        body=with_terms(prose(article.markdown, spoken), now.terms, spoken),
        body_language=spoken,
        made=made,
        sources=[now.sources[id_] for id_ in article.sources],
        provenance=table(now) if page == "languages" else None,
        statement=now.statement if page == "accessibility" else None,
        office=_own_office(now) if page == "accessibility" else None,
        figures=moderated(now.cases.tallies) if page == MODERATION else (),
    )


def _own_office(now: Content) -> Organization:
    """The office that answers for this site."""
    contact = now.registry.technologies[OWN_ENTRY].contact
    return now.registry.organizations[contact.office]


@route("/<language:language>/terms/")
def glossary() -> str:
    """The key terms."""
    return render_template("pages/glossary.html", terms=content().terms)


@route("/<language:language>/terms/<id:term>/")
def term(term: str) -> str:
    """One key term."""
    now = content()
    found = now.terms.get(term) or abort(404)
    return render_template(
        "pages/term.html",
        term=found,
        terms=now.terms,
        sources=[now.sources[id_] for id_ in found.sources],
    )


@route("/<language:language>/plan/")
def plan() -> str:
    """The Implementation Plan, as far as it is known."""
    now = content()
    return render_template("pages/plan.html", plan=now.plan, sources=now.sources)


@route("/<language:language>/sources/")
def sources() -> str:
    """Every source, with what rests on it."""
    now = content()
    return render_template(
        "pages/sources.html",
        sources=now.sources,
        cited=now.cited,
        cited_by_briefs=now.cited_by_briefs,
    )


# --- for machines -------------------------------------------------------------------------------


@route("/site.css")
def stylesheet() -> Response:
    """The styles of every page."""
    return Response(styles.sheet(*styles.SITE), mimetype="text/css")


@route("/robots.txt")
def robots() -> Response:
    """Everything may be read by machines too."""
    return Response("User-agent: *\nAllow: /\n", mimetype="text/plain")


@route("/404.html")
def not_found() -> str:
    """The page that a static host shows for an address that is not there."""
    return render_template("pages/not_found.html")


MODERATION = "moderation"
_FILES_OF = {"accessibility": (STATEMENT, f"content/registry/technologies/{OWN_ENTRY}.yaml")}
"""What a page shows besides its own text."""


def addresses(content: Content) -> Iterator[Address]:
    """Every page of the programme."""
    technologies = content.digest("content/registry/technologies/")
    everything = key(
        technologies,
        content.devices_digest,
        content.digest("content/pages/", "content/briefs/"),
        content.as_of_facts,
    )
    others = content.digest("content/answers/", "surveys/")
    saves = [change.save for change in content.changes[:5]]
    for name in ("door", "stylesheet", "robots", "not_found"):
        yield Address(f"pages.{name}", {}, b"")
    yield Address("pages.home", {}, key(everything, saves))
    for slug in content.pages:
        own = key(content.digest(f"content/pages/{slug}/", *_FILES_OF.get(slug, ())))
        if slug == MODERATION:
            own = key(own, content.cases.digest)
        shown = key(own, everything, others) if slug == "languages" else own
        yield Address("pages.page", {"page": slug}, shown)
    yield Address("pages.glossary", {}, b"")
    yield Address("pages.plan", {}, b"")
    yield Address("pages.sources", {}, everything)
    for id_ in content.terms:
        yield Address("pages.term", {"term": id_}, b"")


def static_names() -> list[str]:
    """The static files that are served as they are; styles go out as one file instead."""
    root = Path(str(current_app.static_folder))
    names = (path.relative_to(root).as_posix() for path in root.glob("**/*") if path.is_file())
    return sorted(name for name in names if not name.startswith("css/"))
