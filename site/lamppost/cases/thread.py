"""What whoever holds the receipt of a case can read and do: there is no account and no cookie."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request

from ..answering.pace import Pace
from ..answering.receipts import receipt_from
from ..i18n import gettext as _
from ..i18n import speech
from ..lifecycle import CLOCK, WRITER, Move, moves_from
from ..pitches.support import supported_by
from ..published import content
from ..security import keep_private
from ..staff.clock import now
from ..urls import url
from . import appeals, deeds
from .doing import version_in
from .models import Case
from .visible import GONE, HOLDER, Seen, seen
from .ways import WAYS, clock_of

blueprint = Blueprint("receipts", __name__, url_prefix="/<language:language>/receipts")
MOST_BYTES = 100_000
TRIES_A_DAY = 100
"""Receipts that can be tried from one network in a day; a library may need that many."""


keep_private(blueprint, MOST_BYTES)


@blueprint.get("/")
def enter() -> str:
    """Where a receipt is typed in."""
    return render_template("cases/enter.html", typed="", wrong="")


@blueprint.post("/")
def open_case() -> Any:
    """Lead to the case of the receipt that was typed; nothing tells unknown from expired."""
    tries: Pace = current_app.extensions.setdefault("tries", Pace(TRIES_A_DAY))
    typed = request.form.get("receipt", "")[:80]
    if not tries.lets(request.remote_addr or "", now().date()):
        wrong = _("Very many receipts were tried from your network today. Try again tomorrow.")
        return render_template("cases/enter.html", typed=typed, wrong=wrong), 429
    receipt = receipt_from(typed)
    if receipt and (pitch := supported_by(receipt)):
        return redirect(url("supporting.given", case=pitch, receipt=receipt), 303)
    if not receipt or deeds.case_of(receipt, content().as_of) is None:
        return _unknown(typed)
    return redirect(url("receipts.thread", receipt=receipt), 303)


def _unknown(typed: str = "") -> tuple[str, int]:
    wrong = _("This receipt opens nothing, or nothing any more.")
    return render_template("cases/enter.html", typed=typed, wrong=wrong), 404


@blueprint.get("/<receipt:receipt>/")
def thread(receipt: str) -> Any:
    """The case: where it stands, what was said, and what its writer can do."""
    case = deeds.case_of(receipt, content().as_of)
    return _page(case, receipt) if case else _unknown(receipt)


def _page(case: Case, receipt: str, told: str = "", said: str = "") -> str:
    if seen(HOLDER, case, "thread") < Seen.THREAD:
        abort(404)
    today, way, current = content().as_of, WAYS[case.kind], content()
    since = [
        change
        for change in current.changes
        if change.technology == case.technology and change.day >= case.received_on
    ]
    return render_template(
        "cases/thread.html",
        case=case,
        receipt=receipt,
        way=way,
        clock=clock_of(case, today, current.settings.promise),
        messages=[m for m in case.messages if m.audience == "writer"],
        moves=_moves(case),
        ends_on=_ends_on(case),
        today=today,
        appeal_until=appeals.last_day(case),
        gone=GONE,
        technology=current.registry.technologies.get(case.technology),
        registry=current.registry,
        since=since,
        told=told,
        said=said,
    )


def _ends_on(case: Case) -> date | None:
    """The day on which what was decided ends, where it does."""
    way = WAYS[case.kind]
    if "expire" not in moves_from(way.moves, case.state, CLOCK):
        return None
    return case.steps[-1].on + timedelta(days=way.lapses["expire"])


def _moves(case: Case) -> dict[str, Move]:
    found = moves_from(WAYS[case.kind].moves, case.state, WRITER)
    rested = (content().as_of - case.steps[-1].on).days
    found = {name: move for name, move in found.items() if move.rests <= rested}
    return {name: move for name, move in found.items() if name != "erase" or not case.held}


@blueprint.post("/<receipt:receipt>/appeal/")
def appeal(receipt: str) -> Any:
    """Ask once that another person looks at what was withheld or summarized."""
    case = deeds.case_of(receipt, content().as_of)
    if case is None:
        return _unknown(receipt)
    words = request.form.get("message", "").strip()
    told = _why_not(case, receipt, words)
    if told:
        return _page(case, receipt, told, words), 422
    seen_then = version_in(request.form.get("seen"), case.version)
    return _answered(case, receipt, words, lambda: appeals.appeal(
        case, words, speech().code, today=content().as_of, seen=seen_then
    ))  # fmt: skip


@blueprint.post("/<receipt:receipt>/<id:move>/")
def act(receipt: str, move: str) -> Any:
    """Make a move of the writer's: reply, accept, dispute, withdraw, erase."""
    case = deeds.case_of(receipt, content().as_of)
    if case is None:
        return _unknown(receipt)
    way = WAYS[case.kind]
    wanted = way.moves.get(move)
    if wanted is None or wanted.by != WRITER or wanted.page:
        abort(404)
    words = request.form.get("message", "").strip()
    told = _why_not(case, receipt, words if "message" in wanted.asks else None)
    if told:
        return _page(case, receipt, told, words), 422
    said = {"message": words, "language": speech().code} if words else {}
    seen_then = version_in(request.form.get("seen"), case.version)
    return _answered(case, receipt, words, lambda: deeds.move_on(
        case, move, said, today=content().as_of, by=WRITER, seen=seen_then
    ))  # fmt: skip


def _answered(case: Case, receipt: str, words: str, deed: Callable[[], object]) -> Any:
    """Do it, and show the page anew; or say that it has moved on meanwhile."""
    try:
        deed()
    except deeds.NotNowError:
        told = _("This has moved on meanwhile. Look at it and do it once more, if it is needed.")
        return _page(case, receipt, told, words), 409
    return redirect(f"{url('receipts.thread', receipt=receipt)}#main", 303)


def _why_not(case: Case, receipt: str, words: str | None) -> str:
    if words is None:
        return ""
    if not words:
        return _("Write what you want to say.")
    if len(words) > deeds.MOST_WORDS:
        most = speech().number(deeds.MOST_WORDS)
        return _("This is too long: at most %(most)s characters.", most=most)
    if receipt.replace("-", "") in words.upper().replace("-", "").replace(" ", ""):
        return _(
            "Your text holds your receipt. Take it out: whoever reads it could open this page."
        )
    if sum(message.by == WRITER for message in case.messages) >= deeds.MOST_FROM_WRITER:
        return _("You have written very often here. Please wait for an answer.")
    return ""


@blueprint.get("/<receipt:receipt>/data.json")
def data(receipt: str) -> Any:
    """All that is kept of a case, for whom it belongs to."""
    case = deeds.case_of(receipt, content().as_of) or abort(404)
    held = {
        "reference": case.reference,
        "received_on": case.received_on.isoformat(),
        "language": case.language,
        "state": case.state,
        "outcome": case.outcome,
        "answers": case.answers,
        "earlier_answers": [
            {"on": one.on.isoformat(), "answers": one.answers} for one in case.revisions
        ],
        "messages": [
            {
                "number": m.number,
                "on": m.on.isoformat(),
                "by": m.by,
                "language": m.language,
                "body": m.body,
                "translates": m.translates,
                "made": m.made,
            }
            for m in case.messages
            if m.audience == "writer"
        ],
        "steps": [{"on": s.on.isoformat(), "move": s.move, "by": s.by} for s in case.steps],
        "files": [
            {"shows": f.alt, "covered": f.boxes, "is_public": bool(f.name)} for f in case.files
        ],
        "moderated_on": case.moderated_on.isoformat() if case.moderated_on else "",
        "asked_again": (case.appeal.result or "waiting") if case.appeal else "",
        "published": {
            f"{t.part}/{t.language}": t.text for t in case.texts if case.visibility != "private"
        },
    }
    words = json.dumps(held, ensure_ascii=False, indent=2)
    response = Response(words, mimetype="application/json")
    response.headers["Content-Disposition"] = f"attachment; filename={case.reference}.json"
    return response
