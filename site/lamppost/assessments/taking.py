"""Accepted answers of a vendor taken into a technology: chosen, compared, then edited and saved.

Nothing is written here: what is ticked is put into the form of the entry, which is looked at and
saved like any other change of the record.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any, NamedTuple

from flask import abort, current_app, render_template, request
from werkzeug.wrappers import Response

from ..cases import deeds
from ..cases.models import Case
from ..cases.queries import case_named
from ..config import Config
from ..entries import labels
from ..entries.boxes import box_for
from ..entries.drafts import NEW_ID, Place
from ..entries.entry import ABSENT, Fields, value
from ..entries.flow import Editing, Page
from ..entries.kinds import KINDS
from ..entries.leaves import Box, Ground
from ..fields import declared
from ..i18n import gettext as _
from ..i18n import speech
from ..published import content
from ..registry.labels import GRADES
from ..registry.models import BY_VENDOR, Technology
from ..saves import file_now
from ..staff.gate import desk_blueprint, i_may, may
from ..urls import url
from .filled import beginning, groups, is_gap, may_be_taken
from .moves import ASSESSMENT
from .renewals import valid_until

blueprint = desk_blueprint("taking", __name__)
KIND = KINDS["technologies"]
NEW = "new"
"""Stands in the address for a technology that is not there yet; it is the id of none."""


Lines = list[tuple[Any, str]]
DAYS = ("verified_on", "verify_by")
"""Fields that are not compared: they are the same in every group of an assessment."""


class Row(NamedTuple):
    """A group of practices: what the entry says now and what the vendor states, field by field."""

    name: str
    title: Any
    now: Lines
    stated: Lines
    ticked: bool


@blueprint.get("/assessments/<reference:case>/take/")
@may("edit the record")
def choose(case: str) -> str:
    """Choose the technology, or a new one."""
    found = _found(case)
    names = {one.id: one.name for one in content().registry.technologies.values()}
    return render_template("assessments/take.html", case=found, names=names, new=NEW)


@blueprint.get("/assessments/<reference:case>/take/<id:technology>/")
@may("edit the record")
def compare(case: str, technology: str) -> str:
    """What the record says and what the vendor states, by group; what fills a gap is ticked."""
    found = _found(case)
    return render_template(
        "assessments/compare.html", case=found, technology=technology,
        title=_title(technology), rows=_rows(found, _entry(technology)),
        grade=GRADES[BY_VENDOR][0], until=valid_until(found),
    )  # fmt: skip


@blueprint.route("/assessments/<reference:case>/take/<id:technology>/edit/",
                 methods=["GET", "POST"])  # fmt: skip
@may("edit the record")
def edit(case: str, technology: str) -> Page:
    """The form of the entry, with what was ticked in it; a save also notes where that came from."""
    found, now = _found(case), content()
    offers = {k: v for k, v in groups(found, now).items() if k in request.args.getlist("group")}
    is_new, shown = technology == NEW, _fields(*offers)
    if is_new:
        office = now.forms[ASSESSMENT.form].contact
        offers = {**beginning(found, now.as_of, office), **offers}
        shown = {**Place(KIND, "", "").fields, **shown}  # type: ignore[dict-item]
    elif not offers:
        abort(404)
    product = found.answer("product")
    note = f"Took over what the vendor of {product} states (vendor assessment {found.reference})"
    id_ = "" if is_new else technology
    place = Place(KIND, id_, "" if is_new else "taken", shown=shown, offers=offers, said=note)
    back = url("taking.compare", case=case, technology=technology)
    after = url("reviewing.review", case=case)
    answer = Editing(
        place, _title(technology), _("What the vendor states"), (back, _("Choose anew")), after
    ).answer()
    if isinstance(answer, Response):  # only a save leads away
        with suppress(deeds.NotNowError):
            deeds.lead_to(found, id_ or request.form.get(NEW_ID, "").strip())
    return answer


def _found(reference: str) -> Case:
    found = case_named(reference)
    if found is None or found.kind != ASSESSMENT.kind:
        abort(404)
    if not i_may(ASSESSMENT.reads):
        abort(403)
    return found if may_be_taken(found) else abort(404)


def _fields(*names: str) -> Fields:
    return {name: declared(Technology)[name] for name in names}


def _title(technology: str) -> str:
    if technology == NEW:
        return _("A new technology")
    found = content().registry.technologies.get(technology) or abort(404)
    return speech().plain(found.name)


def _entry(technology: str) -> dict[str, Any]:
    config: Config = current_app.extensions["config"]
    if technology == NEW:
        return {}
    return value(KIND, technology, file_now(config, KIND.name(technology))) or {}


def _rows(case: Case, entry: dict[str, Any]) -> list[Row]:
    ground, made = Ground(content()), []
    for name, stated in groups(case, content()).items():
        now = entry.get(name)
        box = box_for(ground, _fields(name)[name][0], (name,), ABSENT)
        title = labels.section(name)
        made.append(Row(name, title, _lines(box, now), _lines(box, stated), is_gap(now)))
    return made


def _lines(box: Box, group: Any) -> Lines:
    held = group if isinstance(group, dict) else {}
    said = [
        (child.label, child.words(held.get(child.path[-1], ABSENT)))
        for child in box.children
        if child.path[-1] not in DAYS
    ]
    return [(label, words) for label, words in said if words]
