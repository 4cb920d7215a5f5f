"""The pictures that a draft adds: sent, looked at, taken out again."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from ..briefs.load import MOST_PICTURE_BYTES
from ..db import sessions
from ..i18n import gettext as _
from ..i18n import languages
from ..pictures import KINDS, MOST_SENT_BYTES, Picture, PictureError, prepared
from ..staff.gate import desk_blueprint, i_may, may, me
from ..urls import url
from . import deeds
from .desk import config, draft_or_404
from .files import listed
from .forms import picture_form
from .models import Draft, DraftPicture
from .moves import WRITABLE

blueprint = desk_blueprint("drafts_pictures", __name__)
Page = str | Answer | tuple[str, int]
MOST_PICTURES = 12
_ENDINGS = {KINDS["PNG"]: "png", KINDS["JPEG"]: "jpg", KINDS["WEBP"]: "webp"}


@blueprint.route("/briefs/<int:number>/pictures/", methods=["GET", "POST"])
@may("translate", most_bytes=MOST_SENT_BYTES + 100_000)
def pictures(number: int) -> Page:
    """The pictures of a draft, and for its writers the form for one more."""
    draft = draft_or_404(number)
    if request.method == "POST" and not i_may("write briefs"):
        abort(403)
    form: Any = picture_form()
    if form.validate_on_submit() and _kept(draft, form):
        flash(_("The picture was added."))
        return redirect(url("drafts_pictures.pictures", number=number), 303)
    published = listed(draft, config().record, "pictures")
    page = render_template(
        "drafts/pictures.html", draft=draft, form=form, published=published,
        writable=draft.state in WRITABLE,
    )  # fmt: skip
    return (page, 422) if form.errors else page


def _kept(draft: Draft, form: Any) -> bool:
    """Keep what was sent; what is wrong with it is told in the form."""
    taken = {one.name for one in draft.pictures}
    taken |= {str(one.get("id")) for one in listed(draft, config().record, "pictures")}
    if draft.state not in WRITABLE or len(taken) >= MOST_PICTURES:
        form.file.errors = [_("No picture can be added to this draft now.")]
    elif form.name.data in taken:
        form.name.errors = [_("There is a picture of this name already")]
    else:
        try:
            made = prepared(form.file.data.read(MOST_SENT_BYTES + 1), MOST_PICTURE_BYTES)
        except PictureError:
            form.file.errors = [_("This is no picture that can be taken: a PNG, JPEG or WebP of "
                                  "at most 24 million pixels")]  # fmt: skip
        else:
            _add(draft, form, made)
    return not form.errors


def _add(draft: Draft, form: Any, made: Picture) -> None:
    def told(kind: str) -> dict[str, str]:
        return {c: form[f"{kind}_{c}"].data for c in languages() if form[f"{kind}_{c}"].data}

    file = f"{form.name.data}.{_ENDINGS[made.mimetype]}"
    draft.pictures.append(
        DraftPicture(
            name=form.name.data, file=file, alt=told("alt"), caption=_whole(told("caption")),
            data=made.data,
        )
    )  # fmt: skip
    deeds.wrote(draft, me())


def _whole(caption: dict[str, str]) -> dict[str, str]:
    """A caption has to be there in English: without it others have no source."""
    return caption if "en" in caption else {}


@blueprint.get("/briefs/<int:number>/pictures/<picture:picture>")
@may("see drafts")
def picture(number: int, picture: str) -> Response:
    """A picture of a draft, as it would be published."""
    found = _named(draft_or_404(number), picture)
    kind = next(kind for kind, ending in _ENDINGS.items() if found.file.endswith(ending))
    return Response(found.data, mimetype=kind)


@blueprint.post("/briefs/<int:number>/pictures/<picture:picture>/remove/")
@may("write briefs")
def remove(number: int, picture: str) -> Answer:
    """Take a picture out: one that the draft would add, or one that is published."""
    draft = draft_or_404(number)
    published = listed(draft, config().record, "pictures")
    stay = [one for one in published if one.get("file") != picture]
    if draft.state in WRITABLE and len(stay) < len(published):
        deeds.write_figures(draft, {"pictures": stay or None}, me())
    elif draft.state in WRITABLE:
        sessions().delete(_named(draft, picture))
        deeds.wrote(draft, me())
    return redirect(url("drafts_pictures.pictures", number=number), 303)


def _named(draft: Draft, file: str) -> DraftPicture:
    return next((one for one in draft.pictures if one.file == file), None) or abort(404)
