"""The queue at the desk: all that waits, a part of it, and new cases that are alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from flask import abort, flash, redirect, render_template, request
from sqlalchemy import ColumnElement
from werkzeug.wrappers import Response

from ..content import Content
from ..i18n import gettext as _
from ..i18n import languages, speech
from ..i18n import lazy_gettext as _l
from ..published import content
from ..staff.accounts import staff_numbered
from ..staff.gate import desk_blueprint, i_may, may, me
from ..urls import url
from . import deeds
from .alike import group_with
from .doing import version_in
from .labels import PHASES
from .queries import (
    AGES,
    BACK,
    PAGE,
    Chosen,
    Queue,
    Some,
    cases_of,
    files_to_publish,
    queue,
    to_decide,
    to_moderate,
    to_publish,
)
from .ways import WAYS

blueprint = desk_blueprint("queue", __name__)

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
        place=(place := asked.get("place", "")),
        devices=now.registry.codes_at(place),
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
        others=_others(chosen.asks(now.as_of, kinds)),
        claimed=_claimed(found),
    )


def _claimed(found: Queue) -> dict[int, str]:
    """Who has taken on the cases of a page, by their numbers."""
    numbers = {one.case.claimed_by for one in found.waiting if one.case.claimed_by}
    people = filter(None, map(staff_numbered, numbers))
    return {person.id: person.name for person in people}


def _number(typed: str | None, least: int) -> int:
    """A number that stands in an address; ``least`` for what is none."""
    return min(max(version_in(typed, least), least), MOST_NUMBER)


def _address(asked: Mapping[str, str]) -> Callable[[int], str]:
    """The address of another page of the same list."""
    known = {name: value for name, value in asked.items() if name in LISTED and value}
    return lambda n: f"{request.path}?{urlencode(known | {'page': n})}"


def _others(asked: list[ColumnElement[bool]]) -> list[tuple[str, Some]]:
    """What else waits besides the queue, by what is to be done with it; the first of each."""
    new = to_moderate(*asked)
    lists = (
        (_("Prepared, waiting for a second person"), to_publish(*asked)),
        (_("Files that wait for a second person"), files_to_publish(*asked)),
        (_("Another look was asked for"), to_decide(*asked)),
    )
    told = [(title, Some(len(cases), cases[:PAGE])) for title, cases in lists]
    return [(_("To be published or withheld"), new), *told]


@blueprint.get("/cases/alike/<reference:case>/")
@may("see cases")
def alike(case: str) -> str | Response:
    """Cases that are alike: what stands in them, and what can be done with all of them."""
    group = group_with(case)
    if group is None:
        return redirect(url("queue.index"), 303)
    way = WAYS[group.kind]
    if not i_may(way.reads):
        abort(403)
    page = _number(request.args.get("page"), 1)
    keys = group.ids[(page - 1) * PAGE : page * PAGE]
    moves = deeds.alike_moves(group)
    return render_template(
        "cases/alike.html",
        case=case,
        number=len(group.ids),
        is_new=group.state == way.first,
        cases=sorted(cases_of(keys), key=lambda one: keys.index(one.id)),
        way=way,
        page=page,
        pages=-(-len(group.ids) // PAGE),
        address=_address(request.args),
        moves={name: move for name, move in moves.items() if i_may(move.deed)},
    )


@blueprint.post("/cases/alike/<reference:case>/<id:name>/")
@may("see cases")
def move_alike(case: str, name: str) -> str | Response:
    """Make a move with all cases that are alike."""
    group = group_with(case)
    wanted = deeds.alike_moves(group).get(name) or abort(404) if group else None
    if wanted and not i_may(wanted.deed):
        abort(403)
    try:
        number = deeds.move_alike(case, name, today=content().as_of, staff=me())
    except deeds.NotNowError:
        flash(_("They are not alike any more, or somebody has looked at them."), "error")
    else:
        flash(_("Done with %(number)s.", number=speech().number(number)), "info")
    return redirect(url("queue.index"), 303)


def _options(now: Content) -> dict[str, list[tuple[str, Any]]]:
    """What can be chosen in each list, with its words."""
    return {
        "kind": [(kind, way.title) for kind, way in WAYS.items() if i_may(way.reads)],
        "phase": list(PHASES.items()),
        "language": [(code, one.name) for code, one in languages().items()],
        "place": [(p.id, speech().plain(p.name)) for p in now.registry.places.values()],
        "technology": [(t.id, speech().plain(t.name)) for t in now.registry.technologies.values()],
        "days": [(str(n), _("%(number)s days or more", number=speech().number(n))) for n in AGES],
    }
