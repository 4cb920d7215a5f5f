"""What moderators do at the desk besides texts: prepare files, and decide on appeals."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import Response, abort, render_template, request
from werkzeug.wrappers import Response as Answer

from ..apart import attachments
from ..apart.models import Attachment
from ..apart.vault import NoKeyError
from ..pictures import Box, PictureError
from ..pitches.queries import has_conflict
from ..published import content
from ..sealed import SealError
from ..staff.gate import desk_blueprint, i_may, may, me
from ..text import SOURCE_LANGUAGE
from . import appeals, clearing
from .covers import FileForm, boxes_from, boxes_in, file_form, rows_shown
from .doing import done, version_in
from .forms import appeal_form
from .models import ORIGINAL, Case
from .queries import case_named
from .ways import WAYS

blueprint = desk_blueprint("moderating", __name__)
Page = str | Answer | tuple[str, int]


class Sent(NamedTuple):
    """A photo or a PDF that was sent, and its case."""

    case: Case
    file: Attachment


def _found(reference: str) -> Case:
    found = case_named(reference) or abort(404)
    if not i_may(WAYS[found.kind].reads):
        abort(403)
    return found


def _sent(reference: str, file: str) -> Sent:
    found = _found(reference)
    if has_conflict(found, me()):
        abort(403)
    all_ = (one for one in clearing.files_of(found) if one.id.hex() == file)
    return Sent(found, next(all_, None) or abort(404))


@blueprint.route("/cases/<reference:case>/clearing/<id:file>/", methods=["GET", "POST"])
@may("moderate")
def file(case: str, file: str) -> Page:
    """A file as it would be published: look at it again, or prepare it."""
    sent = _sent(case, file)
    form = file_form(sent.case, sent.case.file(sent.file.id), is_paper=sent.file.is_paper)
    if request.method == "GET":
        return _page(sent, form, boxes_in(form))
    form.validate()
    boxes = [] if sent.file.is_paper else boxes_in(form)
    if request.form.get("do") != "save":
        form.forget_all_but_boxes()
        return _page(sent, form, boxes)
    if form.errors:
        return _page(sent, form, boxes), 422
    return done(sent.case.reference, lambda: clearing.clear(
        sent.case, sent.file, boxes, _alt(form), staff=me(), seen=version_in(form.seen.data)
    ))  # fmt: skip


def _alt(form: FileForm) -> clearing.Alt:
    return {
        code: (words, ORIGINAL if code == SOURCE_LANGUAGE else form.made(code))
        for code, words in form.alt().items()
    }


def _size(file: Attachment) -> tuple[int, int]:
    """The width and height of a photo; none of a PDF, which is only opened."""
    if file.is_paper:
        attachments.bytes_of(file)
        return 0, 0
    shown = clearing.as_shown(file, [])
    return shown.width, shown.height


def _page(sent: Sent, form: FileForm, boxes: list[Box]) -> str:
    try:
        size = _size(sent.file)
    except (NoKeyError, SealError, OSError, PictureError):
        size = None
    return render_template(
        "cases/file.html",
        case=sent.case,
        id=sent.file.id.hex(),
        cleared=sent.case.file(sent.file.id),
        form=form,
        size=size,
        is_paper=sent.file.is_paper,
        boxes=";".join(",".join(f"{side:g}" for side in box) for box in boxes),
        rows=rows_shown(form),
        may_be_shown=clearing.may_be_shown(sent.case),
        me_id=me().id,
    )


@blueprint.get("/cases/<reference:case>/clearing/<id:file>/as-shown.jpg")
@may("moderate")
def as_shown(case: str, file: str) -> Response:
    """A photo with the parts covered that the address names, for the page that looks at it."""
    sent, boxes = _sent(case, file), boxes_from(request.args.get("boxes", ""))
    if boxes is None:
        abort(404)
    try:
        made = clearing.as_shown(sent.file, boxes)
    except (NoKeyError, SealError, OSError, PictureError):
        abort(404)
    response = Response(made.data, mimetype=made.mimetype)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/cases/<reference:case>/clearing/<id:file>/as-shown.pdf")
@may("moderate")
def paper(case: str, file: str) -> Response:
    """A PDF as it would be published."""
    sent = _sent(case, file).file
    try:
        data = attachments.bytes_of(sent) if sent.is_paper else abort(404)
    except (NoKeyError, SealError, OSError):
        abort(404)
    response = Response(data, mimetype=sent.media_type)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/cases/<reference:case>/clearing/<id:file>/publish/")
@may("moderate")
def publish(case: str, file: str) -> Page:
    """Publish a file that somebody else has prepared."""
    sent, seen = _sent(case, file), version_in(request.form.get("seen"))
    try:
        return done(case, lambda: clearing.publish(
            sent.case, sent.file, today=content().as_of, staff=me(), seen=seen
        ))  # fmt: skip
    except (NoKeyError, SealError, OSError, PictureError):
        abort(404)


@blueprint.post("/cases/<reference:case>/clearing/<id:file>/withdraw/")
@may("moderate")
def withdraw(case: str, file: str) -> Page:
    """Take a file back."""
    found, seen = _found(case), version_in(request.form.get("seen"))
    keys = [one.id for one in clearing.files_of(found)] + [f.attachment_id for f in found.files]
    key = next((one for one in keys if one.hex() == file), None) or abort(404)
    return done(case, lambda: clearing.withdraw(found, key, staff=me(), seen=seen))


@blueprint.route("/cases/<reference:case>/appeal/", methods=["GET", "POST"])
@may("moderate")
def appeal(case: str) -> Page:
    """Decide on what a writer has asked, as somebody who has had no part before."""
    found = _found(case)
    if found.appeal is None:
        abort(404)
    form: Any = appeal_form(found)
    if appeals.had_no_part(found, me()) and form.validate_on_submit():
        said = {k: str(v) for k, v in form.data.items() if k not in ("seen", "result")}
        said |= {"language": SOURCE_LANGUAGE}
        return done(found.reference, lambda: appeals.decide(
            found, form.result.data, said, today=content().as_of, staff=me(),
            seen=version_in(form.seen.data),
        ))  # fmt: skip
    page = render_template(
        "cases/appeal.html", case=found, form=form, way=WAYS[found.kind],
        asked=[m for m in found.messages if m.move == "appeal"],
        had_no_part=appeals.had_no_part(found, me()),
    )  # fmt: skip
    return (page, 422) if form.errors else page
