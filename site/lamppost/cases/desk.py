"""Cases at the desk: the queue, and one case with all that can be done with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Response, abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from ..apart import attachments, contacts
from ..apart.vault import NoKeyError
from ..content import Content
from ..i18n import gettext as _
from ..i18n import languages, speech
from ..i18n import lazy_gettext as _l
from ..lifecycle import STAFF, Move, moves_from
from ..published import content
from ..registry.models import Technology
from ..sealed import SealError
from ..staff import audit
from ..staff.accounts import staff_numbered
from ..staff.gate import desk_blueprint, i_may, may, me
from ..text import SOURCE_LANGUAGE
from ..urls import url
from . import deeds
from .alike import group_with
from .clearing import files_of
from .doing import done, version_in
from .forms import HoldForm, WithholdForm, move_form, public_fields, public_form, written_in
from .joining import joined_of
from .labels import PHASES
from .models import ORIGINAL, Case
from .notices import is_told, subject_of
from .queries import (
    AGES,
    BACK,
    PAGE,
    Chosen,
    Some,
    case_named,
    cases_of,
    files_to_publish,
    joined_to,
    joined_with,
    queue,
    to_decide,
    to_moderate,
    to_publish,
)
from .ready import fill, fitting
from .shown import answer_of, answer_told
from .told import told_in
from .versions import versions_of
from .visible import CONFIDENTIAL, GONE, TAKEN_BACK
from .ways import WAYS, clock_of

blueprint = desk_blueprint("cases", __name__)
Page = str | Answer | tuple[str, int]

_TAKEN_OUT = re.compile(r"\[\[.*?\]\]", re.DOTALL)
LEFT_OUT = "[…]"
"""What stands where a moderator has taken something out."""

LISTED = ("kind", "phase", "language", "place", "technology", "days", "mine", "done")
"""What can be chosen of the queue, by its name in the address."""

MOST_GROUPS = 20
"""Groups that the queue shows; more come up as these are done with."""

MOST_NUMBER = 100_000


@blueprint.get("/cases/")
@may("see cases", menu=_l("What people say"))
def index() -> str:
    """All that waits, or a part of it; the address says which."""
    now, asked = content(), request.args
    chosen = Chosen(
        kind=asked.get("kind", ""),
        phase=asked.get("phase", ""),
        language=asked.get("language", ""),
        place=asked.get("place", ""),
        technology=asked.get("technology", ""),
        days=_number(asked.get("days"), 0),
        mine=me().id if asked.get("mine") else 0,
        done=bool(asked.get("done")),
    )
    page = _number(asked.get("page"), 1)
    kinds = [kind for kind, way in WAYS.items() if i_may(way.reads)]
    found = queue(chosen, now.as_of, now.settings.promise, kinds=kinds, page=page)
    return render_template(
        "cases/queue.html",
        queue=found,
        page=page,
        pages=-(-found.number // PAGE),
        address=_address(asked),
        chosen=chosen,
        filtered=chosen != Chosen(),
        options=_options(now),
        ways=WAYS,
        registry=now.registry,
        back=BACK,
        most=MOST_GROUPS,
        others=_others(kinds),
    )


def _number(typed: str | None, least: int) -> int:
    """A number that stands in an address; ``least`` for what is none."""
    return min(max(version_in(typed, least), least), MOST_NUMBER)


def _address(asked: Mapping[str, str]) -> Callable[[int], str]:
    """The address of another page of the same list."""
    known = {name: value for name, value in asked.items() if name in LISTED and value}
    return lambda n: f"{request.path}?{urlencode(known | {'page': n})}"


def _others(kinds: list[str]) -> list[tuple[str, Some]]:
    """What else waits besides the queue, by what is to be done with it; the first of each."""
    new = to_moderate(kinds)
    lists = (
        (_("Prepared, waiting for a second person"), to_publish()),
        (_("Files that wait for a second person"), files_to_publish()),
        (_("Another look was asked for"), to_decide()),
    )
    told = [(title, Some(len(cases), cases[:PAGE])) for title, cases in lists]
    return [(_("To be published or withheld"), new), *told]


@blueprint.get("/cases/alike/<reference:case>/")
@may("see cases")
def alike(case: str) -> Page:
    """New cases that are alike: what stands in them, and what can be done with all of them."""
    group = group_with(case)
    if group is None:
        return redirect(url("cases.index"), 303)
    way = WAYS[group.kind]
    if not i_may(way.reads):
        abort(403)
    page = _number(request.args.get("page"), 1)
    keys = group.ids[(page - 1) * PAGE : page * PAGE]
    moves = deeds.alike_moves(group.kind)
    return render_template(
        "cases/alike.html",
        case=case,
        number=len(group.ids),
        cases=sorted(cases_of(keys), key=lambda one: keys.index(one.id)),
        way=way,
        page=page,
        pages=-(-len(group.ids) // PAGE),
        address=_address(request.args),
        moves={name: move for name, move in moves.items() if i_may(move.deed)},
    )


@blueprint.post("/cases/alike/<reference:case>/<id:name>/")
@may("see cases")
def move_alike(case: str, name: str) -> Page:
    """Make a move with all new cases that are alike."""
    found = _found(case)
    wanted = deeds.alike_moves(found.kind).get(name) or abort(404)
    if not i_may(wanted.deed):
        abort(403)
    try:
        number = deeds.move_alike(case, name, today=content().as_of, staff=me())
    except deeds.NotNowError:
        flash(_("They are not alike any more, or somebody has looked at them."), "error")
    else:
        flash(_("Done with %(number)s.", number=speech().number(number)), "info")
    return redirect(url("cases.index"), 303)


def _options(now: Content) -> dict[str, list[tuple[str, Any]]]:
    """What can be chosen in each list, with its words."""
    return {
        "kind": [(kind, way.title) for kind, way in WAYS.items()],
        "phase": list(PHASES.items()),
        "language": [(code, one.name) for code, one in languages().items()],
        "place": [(p.id, speech().plain(p.name)) for p in now.registry.places.values()],
        "technology": [(t.id, speech().plain(t.name)) for t in now.registry.technologies.values()],
        "days": [(str(n), _("%(number)s days or more", number=speech().number(n))) for n in AGES],
    }


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
    return i_may(move.deed) and is_theirs and not is_elsewhere


def _page(found: Case, sent: Any = None, name: str = "", remark: str = "") -> str:
    """The page of a case; ``sent`` is the form of the move ``name`` as it was sent."""
    now, way = content(), WAYS[found.kind]
    answer = answer_of(found)
    possible = {} if found.outcome in TAKEN_BACK else moves_from(way.moves, found.state)
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
        forms={n: _its_own(n, sent if n == name else _blank(found, m)) for n, m in offered.items()},
        sent=sent,
        remark=remark,
        ready=fitting(now.ready, found.kind),
        me_id=me().id,
        claimed_by=staff_numbered(found.claimed_by) if found.claimed_by else None,
        confidential=CONFIDENTIAL,
        gone=GONE,
        files=attachments.attachments_of(subject_of(found)),
        clearable=files_of(found),
        has_contact=contacts.has_contact(subject_of(found)),
        is_told=is_told(found),
        is_reachable=bool(contacts.kinds_of(subject_of(found)) - {"name"}),
        joined_to=joined_to(found),
        joined_with=joined_with(found),
        technology=now.registry.technologies.get(found.technology),
        place=now.registry.places.get(found.place),
        proposed=_proposed(found, now),
        answer=answer,
        withhold=_blank_withhold(found),
        hold=HoldForm(formdata=None, seen=found.version, why=found.held, meta={"csrf": False}),
        changes=[c for c in now.changes if c.day >= found.received_on][:50],
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
    return _done(found, lambda seen: deeds.claim(found, me(), seen=seen), request.form.get("seen"))


@blueprint.route("/cases/<reference:case>/public/", methods=["GET", "POST"])
@may("moderate")
def public(case: str) -> Page:
    """Prepare what may be read: summary, words, answer, in each language."""
    found = _found(case)
    answer = answer_of(found)
    form = public_form(found, answer.body if answer else "")
    if form.validate_on_submit():
        texts, redacted = _texts(found, form, has_answer=bool(answer))
        return _done(found, lambda seen: deeds.clear(
            found, texts, staff=me(), redacted=redacted, seen=seen
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
    is_newer = answered is not None and answered.number != answer_told(found)
    way = WAYS[found.kind]
    answers = [m for m in found.messages if m.move in way.answers]
    known = {("words", found.language): found.answer(way.words)}
    known |= {("answer", m.language): m.body for m in answers}
    made = {("answer", m.language): m.made for m in answers}
    for part, language in public_fields(found, has_answer=bool(answers)):
        text = None if part == "answer" and is_newer else found.text(part, language)
        form[f"{part}_{language}"].data = text.text if text else known.get((part, language), "")
        how = text.made if text else made.get((part, language), ORIGINAL)
        if f"made_{language}" in form and how != ORIGINAL:
            form[f"made_{language}"].data = how


def _texts(
    found: Case, form: Any, *, has_answer: bool
) -> tuple[dict[tuple[str, str], tuple[str, str]], bool]:
    texts, redacted = {}, False
    for part, language in public_fields(found, has_answer=has_answer):
        typed = (form[f"{part}_{language}"].data or "").strip()
        words = _TAKEN_OUT.sub(LEFT_OUT, typed)
        redacted = redacted or words != typed
        is_own = language == written_in(found, part)
        made = ORIGINAL if is_own else str(form[f"made_{language}"].data)
        if words:
            texts[part, language] = (words, made)
    return texts, redacted


@blueprint.post("/cases/<reference:case>/publish/")
@may("moderate")
def publish(case: str) -> Page:
    """Publish what somebody else has prepared."""
    found = _found(case)
    return _done(
        found,
        lambda seen: deeds.publish(found, today=content().as_of, staff=me(), seen=seen),
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
        lambda seen: deeds.withhold(found, reason, today=content().as_of, staff=me(), seen=seen),
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
    return _done(found, lambda seen: deeds.hold(found, why, seen=seen), form.seen.data)


@blueprint.post("/cases/<reference:case>/changes/")
@may("see cases")
def changed(case: str) -> Page:
    """Say which change of the record a case has led to."""
    found = _found(case)
    if not i_may(WAYS[found.kind].deed):
        abort(403)
    save = request.form.get("save", "")
    if save not in {change.save for change in content().changes}:
        abort(422)
    return _done(
        found, lambda seen: deeds.link_change(found, save, seen=seen), request.form.get("seen")
    )


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
    if not i_may(WAYS[found.kind].files):
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
    """What its writer sees, without their receipt."""
    found, now = _found(case), content()
    return render_template(
        "cases/as_writer.html",
        case=found,
        way=WAYS[found.kind],
        clock=clock_of(found, now.as_of, now.settings.promise),
        said=found.messages,
        joined=joined_of(found),
        languages=languages(),
    )
