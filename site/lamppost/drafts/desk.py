"""Briefs at the desk: the list, one draft and what can be done with it, its preview."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import abort, current_app, flash, redirect, render_template
from werkzeug.wrappers import Response

from ..briefs.models import Brief
from ..briefs.page import brief_page
from ..briefs.queries import current
from ..config import Config
from ..content import Content
from ..i18n import gettext as _
from ..i18n import languages, said, speech, told
from ..i18n import lazy_gettext as _l
from ..lifecycle import moves_from
from ..published import content, look_again
from ..saves import RefusedError, SaveError, StaleError
from ..staff.gate import desk_blueprint, i_may, may, me
from ..urls import url
from . import deeds
from .begin import TakenError, begin_from, begin_new, id_from
from .differences import Part, differences
from .files import listed
from .forms import NewForm, move_form, withdraw_form
from .models import Draft
from .moves import MOVES, STATES, WRITABLE
from .queries import all_drafts, draft_numbered, draft_of
from .trial import Trial, with_these

blueprint = desk_blueprint("drafts", __name__)
Page = str | Response | tuple[str, int]


def config() -> Config:
    """The settings of the running site."""
    found: Config = current_app.extensions["config"]
    return found


def draft_or_404(number: int) -> Draft:
    """A draft by its number."""
    return draft_numbered(number) or abort(404)


def closed(draft: Draft) -> str:
    """Why nothing may be written at a draft now, if so."""
    if draft.state in WRITABLE:
        return ""
    return _("This draft is not being written now. Nothing was saved; copy what you typed.")


def approvable(draft: Draft) -> bool:
    """Whether the one who is signed in may approve a draft, as far as eyes are counted."""
    return deeds.may_approve(draft, me(), four_eyes=content().settings.four_eyes)


@blueprint.get("/briefs/")
@may("see drafts", menu=_l("Briefs"))
def index() -> str:
    """The drafts, and what is published."""
    now = content()
    drafts = all_drafts()
    return render_template(
        "drafts/index.html", drafts=drafts, states=STATES, briefs=current(now.briefs),
        drafted={draft.brief: draft.id for draft in drafts},
    )  # fmt: skip


@blueprint.route("/briefs/new/", methods=["GET", "POST"])
@may("write briefs")
def new() -> Page:
    """Begin a brief."""
    form = NewForm()
    if form.validate_on_submit():
        brief = form.brief.data or id_from(form.title.data or "")
        if not brief:
            form.brief.errors = [_("Enter a name for the address")]
        elif brief in content().briefs or draft_of(brief):
            form.brief.errors = [_("There is a brief or a draft of this name")]
        else:
            return _begun(lambda: begin_new(brief, form.title.data or "", me()), brief)
    page = render_template("drafts/new.html", form=form)
    return (page, 422) if form.errors else page


@blueprint.post("/briefs/published/<id:brief>/new-version/")
@may("write briefs")
def new_version(brief: str) -> Response:
    """Begin a new version of a brief that is published."""
    if brief not in content().briefs:
        abort(404)
    return _begun(lambda: begin_from(config().record, brief, tuple(languages()), me()), brief)


def _begun(begin: Any, brief: str) -> Response:
    try:
        draft: Draft | None = begin()
    except TakenError:
        draft = draft_of(brief)
        flash(_("A draft of this brief was begun already."))
    return redirect(url("drafts.draft", number=draft.id if draft else 0), 303)


@blueprint.get("/briefs/<int:number>/")
@may("see drafts")
def draft(number: int) -> str:
    """One draft: where it stands, its texts, what is wrong with it, what can be done."""
    return _page(draft_or_404(number))


def _page(found: Draft, *, sent: str = "", form: Any = None, fault: str = "") -> str:
    now = content()
    offered = {n: m for n, m in moves_from(MOVES, found.state).items() if i_may(m.deed)}
    forms = {n: form if n == sent else move_form(n, m, now) for n, m in offered.items()}
    return render_template(
        "drafts/draft.html", draft=found, states=STATES, moves=offered, forms=forms, fault=fault,
        wrong=form if form is not None and form.errors else None,
        problems=deeds.in_words(deeds.tried_now(config(), now, found).problems, found.brief),
        writable=found.state in WRITABLE, approvable=approvable(found),
        changed=deeds.changed_since(config(), found), published=now.briefs.get(found.brief),
        office=now.registry.organizations.get(found.facts.get("contact", "")),
        differing=_differing(found, now.briefs.get(found.brief)), figures=list(_figures(found)),
    )  # fmt: skip


def _figures(found: Draft) -> Iterator[tuple[str, str, int]]:
    """What stands beside the texts: its title, the page that edits it, how much there is of it."""
    held = {
        n: len(listed(found, config().record, n)) for n in ("key_figures", "charts", "pictures")
    }
    number = found.id
    yield _("Key figures"), url("drafts_figures.key_figures", number=number), held["key_figures"]
    yield _("Charts"), url("drafts_figures.charts", number=number), held["charts"]
    pictures = held["pictures"] + len(found.pictures)
    yield _("Pictures"), url("drafts_pictures.pictures", number=number), pictures
    if i_may("write briefs"):
        yield _("New sources"), url("drafts_figures.sources", number=number), len(found.sources)


def _differing(found: Draft, published: Brief | None) -> dict[str, list[Part]]:
    """What differs from the published text, by language."""
    versions = published.versions if published else {}
    return {
        text.language: differences(versions[text.language].markdown.strip(), text.body)
        for text in found.texts
        if text.language in versions and versions[text.language].markdown.strip() != text.body
    }


@blueprint.post("/briefs/<int:number>/moves/<id:name>/")
@may("see drafts")
def move(number: int, name: str) -> Page:
    """Move a draft on: the table of moves says who may, from where, and what has to be said."""
    found = draft_or_404(number)
    step = MOVES.get(name) or abort(404)
    if not i_may(step.deed):
        abort(403)
    here = redirect(url("drafts.draft", number=number), 303)
    if found.state not in step.before:
        flash(_("This draft has moved on meanwhile. Look at where it stands."), "error")
        return here
    if step.by_another and not approvable(found):
        flash(_("Somebody else has to approve this: you have written at it."), "error")
        return here
    now = content()
    form = move_form(name, step, now)
    if not form.validate_on_submit():
        return _page(found, sent=name, form=form), 422
    said = {key: form[key].data for key in step.asks}
    if fault := _fault(found, name, now, said):
        return _page(found, sent=name, form=form, fault=fault), 422
    flash(_("Done: %(state)s.", state=STATES[step.after]))
    return redirect(url("drafts.index"), 303) if step.after in ("published", "discarded") else here


def _fault(found: Draft, name: str, now: Content, said: dict[str, Any]) -> str:
    """Carry a move out; what went wrong in words, or nothing."""
    if name in ("submit", "schedule") and deeds.tried_now(config(), now, found).problems:
        return _("Something is not right yet. It is listed below.")
    if name != "publish":
        deeds.move(found, name, **said)
        return ""
    try:
        deeds.publish(config(), now, found, said["note"])
    except SaveError as error:
        return save_fault(error)
    look_again()
    return ""


def save_fault(error: SaveError) -> str:
    """Why the record was not written, in words."""
    if isinstance(error, StaleError):
        return _("What is published has been changed since this draft began. Nothing was saved.")
    if isinstance(error, RefusedError):
        return _("The record would not be right: %(found)s", found=told(error.problems[0]))
    return _("Nothing was saved: %(found)s", found=said(error.args[0]))


@blueprint.post("/briefs/<int:number>/over/")
@may("write briefs")
def over(number: int) -> Response:
    """Let a draft be published over what was changed since it began."""
    found = draft_or_404(number)
    if found.state in WRITABLE:
        deeds.look_again_at(config(), found, me())
    return redirect(url("drafts.draft", number=number), 303)


@blueprint.get("/briefs/<int:number>/preview/")
@may("see drafts")
def preview(number: int) -> Page:
    """The brief as its readers would see it, in the language of the address."""
    found, now = draft_or_404(number), content()
    trial: Trial = deeds.tried_now(config(), now, found)
    if trial.brief is None:
        problems = deeds.in_words(trial.problems, found.brief)
        return render_template("drafts/unfinished.html", draft=found, problems=problems)
    own = {one.file for one in found.pictures}

    def picture_at(file: str) -> str:
        if file in own:
            return url("drafts_pictures.picture", number=number, picture=file)
        return url("briefs.picture", brief=found.brief, picture=file)

    return brief_page(
        trial.brief,
        with_these(now, trial.sources),
        template="drafts/preview.html",
        picture_at=picture_at,
        draft=found,
    )


@blueprint.route("/briefs/published/<id:brief>/withdraw/", methods=["GET", "POST"])
@may("publish")
def withdraw(brief: str) -> Page:
    """Withdraw a published brief: its address stays and says why."""
    found, fault = content().briefs.get(brief) or abort(404), ""
    form: Any = withdraw_form()
    if found.withdrawn:
        flash(_("This brief was withdrawn already."))
        return redirect(url("drafts.index"), 303)
    if form.validate_on_submit():
        reason = {c: form[f"reason_{c}"].data for c in languages() if form[f"reason_{c}"].data}
        try:
            deeds.withdraw(config(), brief, reason, content().as_of, form.note.data, me())
        except SaveError as error:
            fault = save_fault(error)
        else:
            look_again()
            flash(_("“%(title)s” was withdrawn.", title=speech().plain(found.title)))
            return redirect(url("drafts.index"), 303)
    page = render_template("drafts/withdraw.html", brief=found, form=form, fault=fault)
    return (page, 422) if form.errors or fault else page
