"""A case at the desk, with all that can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, abort, current_app, flash, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from ..apart import attachments, contacts
from ..apart.vault import NoKeyError
from ..content import Content
from ..i18n import gettext as _
from ..lifecycle import STAFF, Move, moves_from
from ..pitches.likeness import like_at_desk
from ..pitches.moves import PITCH
from ..pitches.queries import evaluator, has_conflict, is_weighed
from ..published import content
from ..registry.models import Technology
from ..sealed import SealError
from ..staff import audit
from ..staff.accounts import staff_numbered
from ..staff.gate import desk_blueprint, i_may, may, me
from ..text import SOURCE_LANGUAGE
from ..urls import url
from . import deeds, publication, retention
from .chances import is_open_to
from .clearing import files_of, without_original
from .doing import done, interest_told, opens_files, version_in
from .forms import (
    CUT,
    LEFT_OUT,
    HoldForm,
    WithholdForm,
    move_form,
    public_fields,
    public_form,
    written_in,
)
from .models import ORIGINAL, Case
from .notices import is_told, subject_of
from .queries import case_named, joined_to, joined_with
from .ready import fill, fitting
from .shown import answer_of, answer_prepared
from .since import changes_offered, changes_since
from .threads import thread_of
from .told import told_in
from .versions import versions_of
from .visible import CONFIDENTIAL, GONE
from .ways import WAYS, clock_of

blueprint = desk_blueprint("cases", __name__)
Page = str | Answer | tuple[str, int]


@blueprint.get("/cases/<reference:case>/")
@may("see cases")
def case(case: str) -> Page:
    """One case."""
    return _page(_found(case))


@blueprint.get("/cases/<reference:case>/versions/")
@may("see cases")
def versions(case: str) -> str:
    """What its writer sent before, and what they have changed."""
    found = _found(case)
    return render_template("cases/versions.html", case=found, versions=versions_of(found))


def _reads(case: Case) -> bool:
    return i_may(WAYS[case.kind].reads)


def _found(reference: str) -> Case:
    found = case_named(reference) or abort(404)
    if not _reads(found):
        abort(403)
    return found


def _offers(case: Case, move: Move) -> bool:
    """Whether the page of all cases offers a move to the one who is signed in."""
    is_theirs = not move.by_another or deeds.may_decide(case, me())
    is_elsewhere = bool(move.page) and move.page == WAYS[case.kind].view
    return (
        i_may(move.deed)
        and is_theirs
        and not is_elsewhere
        and not _is_early(case, move)
        and not has_conflict(case, me())
    )


def _like(case: Case) -> list[Case]:
    """Pitches that say nearly the same as one that is looked at for the first time."""
    is_first = case.kind == PITCH.kind and case.state in ("submitted", "screening")
    return like_at_desk(case) if is_first else []


def _may_weigh(case: Case) -> bool:
    """Whether the one who is signed in may weigh it: nobody begins who may have read the points."""
    if not i_may("evaluate pitches") or case.state != "evaluation":
        return False
    said = evaluator(case, me())
    return not said.has_conflict if said else not is_weighed(case)


def _is_early(case: Case, move: Move) -> bool:
    """Whether something has to be published first, which could not be after a move."""
    return deeds.freezes(case, move) and deeds.is_unread(case)


def _page(found: Case, sent: Any = None, name: str = "", remark: str = "") -> str:
    """The page of a case; ``sent`` is the form of the move ``name`` as it was sent."""
    now, way = content(), WAYS[found.kind]
    answer = answer_of(found)
    possible = {
        name: move for name, move in moves_from(way.moves, found.state).items()
        if is_open_to(found, move)
    }  # fmt: skip
    offered = {n: m for n, m in possible.items() if _offers(found, m)}
    return render_template(
        "cases/case.html",
        case=found,
        way=way,
        clock=clock_of(found, now.as_of, now.settings.promise),
        told=told_in(found),
        moves=offered,
        for_another=any(m.by_another and i_may(m.deed) for m in possible.values())
        and not deeds.may_decide(found, me()),
        is_early=any(i_may(m.deed) and _is_early(found, m) for m in possible.values()),
        forms={n: _its_own(n, sent if n == name else _blank(found, m)) for n, m in offered.items()},
        sent=sent,
        remark=remark,
        ready=fitting(now.ready, found.kind),
        me_id=me().id,
        claimed_by=staff_numbered(found.claimed_by) if found.claimed_by else None,
        confidential=CONFIDENTIAL,
        gone=GONE,
        files=attachments.attachments_of(subject_of(found)),
        opens_files=opens_files(found),
        may_weigh=_may_weigh(found),
        like=_like(found) if "merge" in offered else [],
        interest=interest_told() if has_conflict(found, me()) else "",
        clearable=files_of(found),
        without_original=without_original(found),
        has_contact=contacts.has_contact(subject_of(found)),
        is_told=is_told(found),
        is_reachable=bool(contacts.kinds_of(subject_of(found)) - {"name"}),
        joined_to=joined_to(found),
        joined_with=joined_with(found),
        registry=now.registry,
        technology=now.registry.technologies.get(found.technology),
        place=now.registry.places.get(found.place),
        proposed=_proposed(found, now),
        answer=answer,
        withhold=_blank_withhold(found),
        hold=HoldForm(formdata=None, seen=found.version, why=found.held, meta={"csrf": False}),
        since=changes_since(found, now, current_app.extensions["config"].record),
        changed=[c for c in now.changes if c.save in deeds.changed(found)],
        changes=changes_offered(found, now),
    )


def _proposed(case: Case, now: Content) -> list[Technology]:
    """The entries that a case led to, and that are called proposed though it went further."""
    if not WAYS[case.kind].is_followed:
        return []
    led = [link.target for link in case.links if link.kind == "led"]
    entries = [now.registry.technologies[id_] for id_ in led if id_ in now.registry.technologies]
    return [one for one in entries if one.status == "proposed"]


def _its_own(name: str, form: Any) -> Any:
    """The form of a move with ids that no other form of the page has."""
    for field in form:
        field.id = f"{name}-{field.short_name}"
    return form


def _blank(found: Case, move: Any) -> Any:
    form = move_form(found, move)
    form.process(formdata=None, seen=found.version)  # not what was sent for another move
    return form


def _blank_withhold(found: Case) -> Any:
    form = WithholdForm(formdata=None, seen=found.version, meta={"csrf": False})
    form.reason.data = found.reason or None
    return form


@blueprint.post("/cases/<reference:case>/moves/<id:name>/")
@may("see cases")
def move(case: str, name: str) -> Page:
    """Make a move, if one's role may make it."""
    found = _found(case)
    wanted = WAYS[found.kind].moves.get(name)
    if wanted is None or wanted.by != STAFF or wanted.page:
        abort(404)
    if not i_may(wanted.deed):
        abort(403)
    form = move_form(found, wanted)
    if "take" in request.form:
        return _begun(found, form, name)
    if not form.validate_on_submit():
        return _page(found, form, name), 422
    said = {k: str(v) for k, v in form.data.items() if k != "seen"} | {"language": SOURCE_LANGUAGE}
    return _done(found, lambda seen: deeds.move_on(
        found, name, said, today=content().as_of, by=STAFF, seen=seen, staff=me()
    ), form.seen.data)  # fmt: skip


def _begun(found: Case, form: Any, name: str) -> Page:
    """The page once more, with a ready answer in the form of a move."""
    chosen = content().ready.get(request.form.get("ready", ""))
    remark = ""
    if chosen and "message" in form and not fill(form, chosen, found.language):
        remark = _("What you have typed stays. Empty the boxes to begin with a ready answer.")
    return _page(found, form, name, remark)


def _done(found: Case, deed: Callable[[int], object], seen: str | None) -> Page:
    return done(found.reference, lambda: deed(version_in(seen)))


@blueprint.post("/cases/<reference:case>/claim/")
@may("see cases")
def claim(case: str) -> Page:
    """Take a case as one's own, or give it back."""
    found = _found(case)
    if not i_may(WAYS[found.kind].deed) and not i_may("moderate"):
        abort(403)
    return _done(found, lambda seen: deeds.claim(
        found, me(), today=content().as_of, seen=seen
    ), request.form.get("seen"))  # fmt: skip


@blueprint.route("/cases/<reference:case>/public/", methods=["GET", "POST"])
@may("moderate")
def public(case: str) -> Page:
    """Prepare what may be read: summary, words, answer, in each language."""
    found = _found(case)
    answer = answer_of(found)
    form = public_form(found, answer.body if answer else "")
    if form.validate_on_submit():
        texts = _texts(found, form, has_answer=bool(answer))
        return _done(found, lambda seen: publication.clear(
            found, texts, staff=me(), seen=seen, cut_for=form.cut_reason()
        ), form.seen.data)  # fmt: skip
    if request.method == "GET":
        _fill(form, found)
    page = render_template("cases/public.html", case=found, form=form, told=told_in(found))
    return (page, 422) if form.errors else page


def _fill(form: Any, found: Case) -> None:
    """Put in what is there already: prepared texts, else the writer's words and the answer.

    Where the City has answered since, the last answer.
    """
    answered = found.answered(WAYS[found.kind].answers)
    is_newer = answered is not None and answered.number != answer_prepared(found)
    way = WAYS[found.kind]
    answers = [m for m in found.messages if m.move in way.answers]
    known = {("words", found.language): found.answer(way.words)}
    known |= {("answer", m.language): m.body for m in answers}
    made = {("answer", m.language): m.made for m in answers}
    for part, language in public_fields(found, has_answer=bool(answers)):
        text = None if part == "answer" and is_newer else found.text(part, language)
        form[f"{part}_{language}"].data = text.text if text else known.get((part, language), "")
        how = text.made if text else made.get((part, language), ORIGINAL)
        maker = f"made_answer_{language}" if part == "answer" else f"made_{language}"
        if maker in form and how != ORIGINAL:
            form[maker].data = how


def _texts(found: Case, form: Any, *, has_answer: bool) -> dict[tuple[str, str], tuple[str, str]]:
    texts = {}
    for part, language in public_fields(found, has_answer=has_answer):
        words = CUT.sub(LEFT_OUT, (form[f"{part}_{language}"].data or "").strip())
        is_own = language == written_in(found, part)
        made = ORIGINAL if is_own else form.made(part, language)
        if words:
            texts[part, language] = (words, made)
    return texts


@blueprint.post("/cases/<reference:case>/publish/")
@may("moderate")
def publish(case: str) -> Page:
    """Publish what somebody else has prepared."""
    found = _found(case)
    return _done(
        found,
        lambda seen: publication.publish(found, today=content().as_of, staff=me(), seen=seen),
        request.form.get("seen"),
    )


@blueprint.post("/cases/<reference:case>/withhold/")
@may("moderate")
def withhold(case: str) -> Page:
    """Propose that nothing is published, or confirm it."""
    found = _found(case)
    form = WithholdForm(meta={"csrf": False})
    if not form.validate_on_submit():
        abort(422)
    reason = str(form.reason.data)
    return _done(
        found,
        lambda seen: publication.withhold(
            found, reason, today=content().as_of, staff=me(), seen=seen
        ),
        form.seen.data,
    )


@blueprint.post("/cases/<reference:case>/hold/")
@may("hold cases")
def hold(case: str) -> Page:
    """Keep all of a case from being deleted, or let it go again."""
    found, form = _found(case), HoldForm(meta={"csrf": False})
    if not form.validate_on_submit():
        abort(422)
    why = (form.why.data or "").strip()
    return _done(found, lambda seen: retention.hold(found, why, seen=seen), form.seen.data)


@blueprint.post("/cases/<reference:case>/changes/")
@may("see cases")
def changed(case: str) -> Page:
    """Say which change of the record a case has led to, or take that back."""
    found = _found(case)
    if not i_may(WAYS[found.kind].deed):
        abort(403)
    save, is_back = request.form.get("save", ""), "take_back" in request.form
    known = deeds.changed(found) if is_back else [change.save for change in content().changes]
    if save not in known:
        abort(422)
    deed = publication.unlink_change if is_back else publication.link_change
    return _done(found, lambda seen: deed(found, save, seen=seen), request.form.get("seen"))


@blueprint.post("/cases/<reference:case>/contact/")
@may("read contacts")
def contact(case: str) -> Page:
    """Show how to reach who wrote; that somebody has looked stands in the audit log."""
    found = _found(case)
    audit.log("read contact", found.reference)
    try:
        ways = contacts.ways_to(subject_of(found))
    except (NoKeyError, SealError):
        flash(_("The key that opens this is not on this machine."), "error")
        return redirect(url("cases.case", case=found.reference), 303)
    return render_template("cases/contact.html", case=found, ways=ways)


@blueprint.get("/cases/<reference:case>/files/<id:file>/")
@may("see cases")
def file(case: str, file: str) -> Response:
    """A file that was sent, to be saved; that somebody has opened it stands in the audit log."""
    found = _found(case)
    if not opens_files(found):
        abort(403)
    mine = attachments.attachments_of(subject_of(found))
    sent = next((one for one in mine if one.id.hex() == file), None) or abort(404)
    try:
        data, name = attachments.bytes_of(sent), attachments.name_of(sent)
    except (NoKeyError, SealError, OSError):
        abort(404)
    audit.log("open file", found.reference)
    response = Response(data, mimetype=sent.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/cases/<reference:case>/as-its-writer/")
@may("see cases")
def as_writer(case: str) -> str:
    """What its writer reads, without their receipt and without what it lets them do.

    Files are named to whom may open them.
    """
    found, record = _found(case), current_app.extensions["config"].record
    read = thread_of(found, content(), record)
    if not opens_files(found):
        read["files"] = []
    return render_template("cases/as_writer.html", receipt="", said={}, **read)
