"""The figures of a draft: its charts, its key figures, the words of its pictures, new sources.

Each is a page with one form, made from what ``briefs/models.py`` declares by the boxes of
``entries``. Nothing is saved that could not be drawn.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from flask import abort, flash, redirect, render_template, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from ..briefs.load import drawn
from ..briefs.models import Brief, BriefChart, BriefPicture
from ..content import Content
from ..db import sessions
from ..entries import names
from ..entries.entry import Fields
from ..entries.forms import EntryForm
from ..entries.grids import as_asked, as_held, chart_fields, key_asked
from ..entries.leaves import Difference, Ground
from ..fields import At, Problem, declared, read
from ..i18n import gettext as _
from ..i18n import languages, said
from ..pages.load import SOURCES
from ..pages.models import Source
from ..phrases import phrase
from ..published import content
from ..saves import digest
from ..staff.gate import desk_blueprint, i_may, may, me
from ..urls import url
from . import deeds
from .begin import id_from
from .desk import closed, config, draft_or_404
from .files import listed
from .models import Draft, DraftPicture
from .trial import with_sources

blueprint = desk_blueprint("drafts_figures", __name__)
Page = str | Response | tuple[str, int]
Raw = dict[str, Any]

KEY_FIGURES, CHARTS, PICTURES = "key_figures", "charts", "pictures"
NEW = "new"
"""No id of a chart: it stands in the desk's own addresses."""

_BRIEF = declared(Brief)
_WORDS = {name: declared(BriefPicture)[name] for name in ("alt", "caption")}
_NEXT = re.compile(r"S([0-9]{1,6})")


class Figure(NamedTuple):
    """What one page edits: its title, its fields and what they hold.

    ``check`` reports what is wrong with a new value, ``save`` saves it, ``back`` is the page from
    which one came.
    """

    title: str
    fields: Fields
    base: Raw
    check: Callable[[Raw, At], object]
    save: Callable[[Raw], object]
    back: str
    hint: str = ""


@blueprint.route("/briefs/<int:number>/key-figures/", methods=["GET", "POST"])
@may("translate")
def key_figures(number: int) -> Page:
    """The numbers at the head of a brief."""
    draft = draft_or_404(number)
    fields = {KEY_FIGURES: _BRIEF[KEY_FIGURES]}
    held = listed(draft, config().record, KEY_FIGURES)

    def check(value: Raw, at: At) -> None:
        fields[KEY_FIGURES][0].read(value.get(KEY_FIGURES, []), at / KEY_FIGURES)

    def save(value: Raw) -> None:
        deeds.write_figures(draft, {KEY_FIGURES: value.get(KEY_FIGURES)}, me())

    back = url("drafts.draft", number=number)
    base = {KEY_FIGURES: held} if held else {}
    return _answer(draft, Figure(_("Key figures"), fields, base, check, save, back))


@blueprint.get("/briefs/<int:number>/charts/")
@may("translate")
def charts(number: int) -> str:
    """The charts of a draft."""
    draft = draft_or_404(number)
    held = listed(draft, config().record, CHARTS)
    return render_template(
        "drafts/charts.html", draft=draft, charts=held, writable=not closed(draft)
    )


@blueprint.route("/briefs/<int:number>/charts/new/", methods=["GET", "POST"])
@may("write briefs")
def new_chart(number: int) -> Page:
    """A chart that is added."""
    return _chart(draft_or_404(number), None)


@blueprint.route("/briefs/<int:number>/charts/<id:chart>/", methods=["GET", "POST"])
@may("translate")
def chart(number: int, chart: str) -> Page:
    """A chart. One that somebody has taken out meanwhile can be put back by saving it."""
    draft = draft_or_404(number)
    if request.method == "GET" and chart not in _ids(draft):
        abort(404)
    return _chart(draft, chart)


def _chart(draft: Draft, id_: str | None) -> Page:
    held = listed(draft, config().record, CHARTS)
    number = next((n for n, one in enumerate(held) if one.get("id") == id_), len(held))
    base = as_asked(held[number]) if number < len(held) else {}
    others = [one.get("id") for one in held[:number] + held[number + 1 :]]

    def check(value: Raw, at: At) -> None:
        new = _with_id(value)
        if new.get("id") in (*others, NEW):
            (at / "id").problem(new["id"], phrase("an id that no other chart has"))
        found = read(BriefChart, new, at)
        if not at.problems:
            _check_drawn(found, at)

    def save(value: Raw) -> None:
        new = [*held[:number], _with_id(value), *held[number + 1 :]]
        deeds.write_figures(draft, {CHARTS: new}, me())

    title = names.entry(CHARTS, base, id_) if id_ else _("A new chart")
    back = url("drafts_figures.charts", number=draft.id)
    hint = _("An empty id is made from the title.") if id_ is None else ""
    return _answer(draft, Figure(title, chart_fields(), base, check, save, back, hint))


def _check_drawn(chart: BriefChart, at: At) -> None:
    try:
        drawn(chart, str)
    except ValueError as error:
        found = phrase("the fault “%(fault)s”", fault=str(error))
        at.problem(found, phrase("a chart to be drawn"))


def _with_id(value: Raw) -> Raw:
    """A chart as the file holds it; without an id it gets one from its title."""
    new = as_held(value)
    title = new.get("title", {}).get("en", "")
    made = {} if new.get("id") else {"id": id_from(str(title))}
    return {**made, **{name: part for name, part in new.items() if part not in ("", [])}}


@blueprint.post("/briefs/<int:number>/charts/<id:chart>/remove/")
@may("write briefs")
def remove_chart(number: int, chart: str) -> Response:
    """Take a chart out."""
    draft = draft_or_404(number)
    if not closed(draft):
        held = listed(draft, config().record, CHARTS)
        stay = [one for one in held if one.get("id") != chart]
        deeds.write_figures(draft, {CHARTS: stay or None}, me())
    return redirect(url("drafts_figures.charts", number=number), 303)


def _ids(draft: Draft) -> list[Any]:
    return [one.get("id") for one in listed(draft, config().record, CHARTS)]


@blueprint.route("/briefs/<int:number>/pictures/<picture:picture>/words/", methods=["GET", "POST"])
@may("translate")
def picture_words(number: int, picture: str) -> Page:
    """What a picture shows, and its caption, in each language."""
    draft = draft_or_404(number)
    published = listed(draft, config().record, PICTURES)
    held = next((one for one in published if one.get("file") == picture), None)
    own = next((one for one in draft.pictures if one.file == picture), None)
    if held is None and own is None:
        abort(404)
    base: Raw = held if held is not None else _told(own)

    def check(value: Raw, at: At) -> None:
        read(BriefPicture, value, at)

    def save(value: Raw) -> None:
        if held is not None:
            new = [value if one is held else one for one in published]
            deeds.write_figures(draft, {PICTURES: new}, me())
        elif own is not None:
            own.alt, own.caption = value["alt"], value.get("caption", {})
            deeds.wrote(draft, me())

    back = url("drafts_pictures.pictures", number=number)
    title = _("Words of the picture %(name)s", name=base.get("id", ""))
    return _answer(draft, Figure(title, _WORDS, base, check, save, back))


def _told(own: DraftPicture | None) -> Raw:
    if own is None:
        return {}
    caption = {"caption": own.caption} if own.caption else {}
    return {"id": own.name, "file": own.file, "alt": own.alt, **caption}


@blueprint.route("/briefs/<int:number>/sources/", methods=["GET", "POST"])
@may("write briefs")
def sources(number: int) -> Page:
    """The sources that a draft brings into the record, and the form for one more."""
    draft = draft_or_404(number)

    def check(value: Raw, at: At) -> None:
        read(Source, value, at, id=NEW)

    def save(value: Raw) -> None:
        deeds.add_source(draft, _next_id(content()), value, me())

    here = url("drafts_figures.sources", number=number)
    figure = Figure(_("New sources"), declared(Source), {}, check, save, here)
    return _answer(draft, figure, template="drafts/sources.html")


def _next_id(now: Content) -> str:
    """An id that no source has, in the record or in any draft."""
    taken = [
        *now.sources,
        *(id_ for held in sessions().scalars(select(Draft.sources)) for id_ in held),
    ]
    numbers = [int(found[1]) for id_ in taken if (found := _NEXT.fullmatch(id_))]
    return f"S{max(numbers, default=0) + 1}"


@blueprint.post("/briefs/<int:number>/sources/<entry:source>/remove/")
@may("write briefs")
def remove_source(number: int, source: str) -> Response:
    """Take out a source that the draft would bring."""
    draft = draft_or_404(number)
    if not closed(draft):
        deeds.drop_source(draft, source, me())
    return redirect(url("drafts_figures.sources", number=number), 303)


# --- a form, and what becomes of it -------------------------------------------------------------


def _answer(draft: Draft, figure: Figure, template: str = "drafts/figure.html") -> Page:
    """The form, or what was sent saved.

    Whoever saves over what somebody else has saved meanwhile sees both first, and decides.
    """
    sent = request.form if request.method == "POST" else None
    ground = Ground(with_sources(content(), draft), whole=i_may("write briefs"), sent=sent)
    form = EntryForm(ground, figure.fields, figure.base)
    seen, faults, theirs = _mark(figure.base), list[str](), list[Difference]()
    if sent is not None and "add" not in sent:
        if fault := closed(draft):
            faults = [fault]
        elif sent.get("seen") != seen:
            theirs = form.differences()
            faults = [_("%(name)s has changed these meanwhile. Yours are not saved yet.",
                        name=draft.changed_by)]  # fmt: skip
        else:
            faults = _wrong(form, figure, ground)
        if not faults and not form.form.errors:
            figure.save(form.value())
            flash(_("Saved."))
            return redirect(figure.back, 303)
    elif sent is not None:
        seen = sent.get("seen", "")
    page = render_template(
        template, draft=draft, figure=figure, form=form, seen=seen, faults=faults, theirs=theirs
    )
    return (page, 422) if faults or form.form.errors else page


def _wrong(form: EntryForm, figure: Figure, ground: Ground) -> list[str]:
    """Tell what is wrong beside the inputs it is about; what is about none comes back in words."""
    problems: list[Problem] = []
    known = {"sources": ground.content.sources}
    figure.check(form.value(), At(SOURCES, problems, known, tuple(languages()), {}))
    asked = [one._replace(key=key_asked(f".{one.key}").removeprefix(".")) for one in problems]
    return [
        _(
            "Found %(found)s; expected %(expected)s",
            found=said(one.found),
            expected=said(one.expected),
        )
        for one in form.tell(asked, "")
    ]


def _mark(base: Raw) -> str:
    return digest(json.dumps(base, sort_keys=True, default=str).encode())
