"""A draft is written: its facts, and its text in each language."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from ..entries.leaves import how_made
from ..entries.names import of_kind
from ..fields import reviewer
from ..i18n import gettext as _
from ..i18n import languages
from ..pasted import markdown_of
from ..published import content
from ..staff.gate import desk_blueprint, i_may, may, me
from ..text import SOURCE_LANGUAGE
from ..urls import url
from . import deeds
from .begin import FACTS
from .desk import closed, config, draft_or_404
from .differences import Part, Passage, differences, passages_since
from .files import listed
from .forms import facts_form, text_form, words_of
from .models import Draft, DraftText
from .presence import others_at
from .remarks import Remark, figures_of, remarks_on
from .trial import with_sources

blueprint = desk_blueprint("drafts_writing", __name__)
Page = str | Response | tuple[str, int]


@blueprint.route("/briefs/<int:number>/facts/", methods=["GET", "POST"])
@may("write briefs")
def facts(number: int) -> Page:
    """What a draft says about itself: kind, year, office, sources."""
    draft, fault = draft_or_404(number), ""
    now = with_sources(content(), draft)
    form: Any = facts_form(now, draft.facts, draft.version, draft.brief)
    if form.validate_on_submit():
        fault = closed(draft)
        if not fault:
            told = {name: form[name].data for name in FACTS}
            try:
                deeds.write_facts(draft, told, _number(form.seen.data), me())
            except deeds.OldError:
                fault = _("%(name)s has changed these meanwhile. Yours are not saved yet.",
                          name=draft.changed_by)  # fmt: skip
                form.seen.raw_data = None
                form.seen.data = str(draft.version)
            else:
                flash(_("Saved."))
                return redirect(url("drafts.draft", number=number), 303)
    page = render_template("drafts/facts.html", draft=draft, form=form, fault=fault)
    return (page, 422) if form.errors or fault else page


@blueprint.route("/briefs/<int:number>/texts/<id:code>/", methods=["GET", "POST"])
@may("translate")
def text(number: int, code: str) -> Page:
    """The text of a draft in one language.

    Whoever saves over what somebody else has saved meanwhile sees both first, and decides.
    """
    draft = draft_or_404(number)
    if code not in languages():
        abort(404)
    if code == SOURCE_LANGUAGE and not i_may("write briefs"):
        abort(403)
    held = draft.text_in(code)
    form: Any = text_form(code, _held(held, code))
    fault, theirs = "", []
    if form.validate_on_submit():
        try:
            fault = closed(draft) or _saved(draft, code, form)
        except deeds.OldError:
            fault, theirs = _told(held), _differences(held, form)
            form.seen.raw_data = None
            form.seen.data = str(held.version if held else 0)
        if not fault:
            flash(_("Saved."))
            return redirect(_next(number, code), 303)
    page = render_template(
        "drafts/text.html", draft=draft, form=form, fault=fault, theirs=theirs, held=held,
        written_in=languages()[code], others=others_at(draft, code, me()),
        source=_source(draft, held, code), remarks=_remarks(draft, form, code),
        offered=sorted(of_kind(content(), "organizations").values()),
    )  # fmt: skip
    return (page, 422) if form.errors or fault else page


@blueprint.post("/briefs/pasted/")
@may("translate")
def pasted() -> Response:
    """What was pasted from a word processor, as Markdown."""
    words = markdown_of(words_of(request.form.get("html")))
    return Response(words, mimetype="text/plain")


def _source(draft: Draft, held: DraftText | None, code: str) -> dict[str, list[Passage]]:
    """The English beside a translation, passage by passage: what has changed since is marked."""
    if code == SOURCE_LANGUAGE or not draft.source:
        return {}
    before = (held.source if held else None) or {}
    words = draft.source.words
    return {name: passages_since(before.get(name), words[name]) for name in words}


def _remarks(draft: Draft, form: Any, code: str) -> list[Remark]:
    now = content()
    terms = tuple(draft.facts.get("terms") or ())
    charts, pictures = (listed(draft, config().record, name) for name in ("charts", "pictures"))
    own = [{"id": one.name, "alt": one.alt} for one in draft.pictures]
    figures = figures_of(charts, [*pictures, *own])
    return remarks_on(form.body.data or "", code, now, figures, terms)


def _told(held: DraftText | None) -> str:
    name = held.changed_by if held else ""
    return _("%(name)s has saved this text meanwhile. Yours is not saved yet.", name=name)


def _differences(held: DraftText | None, form: Any) -> list[list[Part]]:
    """What would change in the text that somebody else has saved, if this one were saved now."""
    theirs = held.words if held else {"title": "", "summary": "", "body": ""}
    found = (differences(words, form[name].data or "") for name, words in theirs.items())
    return [parts for parts in found if any(part.went or part.came for part in parts)]


def _held(held: DraftText | None, code: str) -> dict[str, Any]:
    if held is None:
        return {"made": "human", "seen": "0", "follows": True}
    made = "reviewed" if isinstance(held.made, dict) else held.made
    told = {"made": made, "who": reviewer(held.made), "seen": str(held.version)}
    return {**held.words, **told, "follows": code == SOURCE_LANGUAGE or held.is_current}


def _saved(draft: Draft, code: str, form: Any) -> str:
    """Save what was typed; nothing is wrong then. Raises :class:`~.deeds.OldError`."""
    held = draft.text_in(code)
    words = {name: form[name].data for name in ("title", "summary", "body")}
    words["made"] = how_made(held.made if held else "", form.made.data, form.who.data)
    follows = bool("follows" in form and form.follows.data)
    deeds.write_text(draft, code, words, _number(form.seen.data), me(), follows=follows)
    return ""


def _number(raw: str | None) -> int:
    return int(raw) if raw and raw.isascii() and raw.isdigit() else -1


def _next(number: int, code: str) -> str:
    if "preview" in request.form:
        return url("drafts.preview", number=number, language=code)
    return url("drafts_writing.text", number=number, code=code)
