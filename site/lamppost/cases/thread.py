"""What whoever holds the receipt of a case can read and do: there is no account and no cookie."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request

from ..answering.flow import draft_opened
from ..answering.pace import pace
from ..answering.receipts import receipt_from
from ..config import Config
from ..i18n import gettext as _
from ..i18n import speech
from ..lifecycle import WRITER
from ..pitches.support import supported_by
from ..published import content
from ..security import keep_private
from ..staff.clock import now
from ..urls import url
from . import appeals, chances, deeds
from .doing import version_in
from .kept import kept_of
from .models import Case
from .threads import thread_of
from .told import state_told
from .visible import HOLDER, Seen, seen
from .ways import WAYS

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
    """Lead to the case of the receipt that was typed, or to what it supports, or to its draft.

    Nothing tells unknown from expired.
    """
    typed = request.form.get("receipt", "")[:80]
    if not pace("tries", TRIES_A_DAY).lets(request.remote_addr or "", now().date()):
        wrong = _("Very many receipts were tried from your network today. Try again tomorrow.")
        return render_template("cases/enter.html", typed=typed, wrong=wrong), 429
    receipt = receipt_from(typed)
    if receipt and (pitch := supported_by(receipt)):
        return redirect(url("supporting.given", case=pitch, receipt=receipt), 303)
    if receipt and deeds.case_of(receipt, content().as_of):
        return redirect(url("receipts.thread", receipt=receipt), 303)
    if draft_there := draft_opened(receipt):
        return redirect(draft_there, 303)
    return _unknown(typed)


def _unknown(typed: str = "") -> tuple[str, int]:
    wrong = _("This receipt opens nothing, or nothing any more.")
    return render_template("cases/enter.html", typed=typed, wrong=wrong), 404


@blueprint.get("/<receipt:receipt>/")
def thread(receipt: str) -> Any:
    """The case: where it stands, what was said, and what its writer can do."""
    case = deeds.case_of(receipt, content().as_of)
    return _page(case, receipt) if case else _unknown(receipt)


def _page(case: Case, receipt: str, told: str = "", said: str = "", move: str = "") -> str:
    """The page of a case; ``said`` is what was typed for a move that was not made."""
    if seen(HOLDER, case, "thread") < Seen.THREAD:
        abort(404)
    config: Config = current_app.extensions["config"]
    return render_template(
        "cases/thread.html",
        receipt=receipt,
        told=told,
        said={move: said} if said else {},
        unsent="" if _can(case, move) else said,
        **thread_of(case, content(), config.record),
    )


def _can(case: Case, move: str) -> bool:
    """Whether its writer can make a move, or ask that another person looks, today."""
    today = content().as_of
    if move == "appeal":
        last = appeals.last_day(case)
        return last is not None and today <= last
    return move in chances.of_writer(case, today)


@blueprint.post("/<receipt:receipt>/appeal/")
def appeal(receipt: str) -> Any:
    """Ask once that another person looks at what was withheld or summarized."""
    case = deeds.case_of(receipt, content().as_of)
    if case is None:
        return _unknown(receipt)
    words = request.form.get("message", "").strip()
    told = _why_not(case, receipt, words) if _can(case, "appeal") else ""
    if told:
        return _page(case, receipt, told, words, "appeal"), 422
    seen_then = version_in(request.form.get("seen"), case.version)
    return _answered(case, receipt, words, "appeal", lambda: appeals.appeal(
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
    is_asked = "message" in wanted.asks and _can(case, move)
    told = _why_not(case, receipt, words) if is_asked else ""
    if told:
        return _page(case, receipt, told, words, move), 422
    said = {"message": words, "language": speech().code} if words else {}
    seen_then = version_in(request.form.get("seen"), case.version)
    return _answered(case, receipt, words, move, lambda: deeds.move_on(
        case, move, said, today=content().as_of, by=WRITER, seen=seen_then
    ))  # fmt: skip


def _answered(case: Case, receipt: str, words: str, move: str, deed: Callable[[], object]) -> Any:
    """Do it, and show the page anew; or say that it has moved on meanwhile."""
    try:
        deed()
    except deeds.NotNowError:
        since = _(
            "Since %(day)s it stands so: %(state)s.",
            day=speech().day(case.steps[-1].on),
            state=state_told(case),
        )
        told = (
            _("This has moved on meanwhile. Look at it and do it once more, if it is needed.")
            if _can(case, move)
            else _("This has moved on meanwhile, and cannot be done any more.")
        )
        return _page(case, receipt, f"{told} {since}", words, move), 409
    return redirect(f"{url('receipts.thread', receipt=receipt)}#main", 303)


def _why_not(case: Case, receipt: str, words: str) -> str:
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
    words = json.dumps(kept_of(case, content().as_of), ensure_ascii=False, indent=2)
    response = Response(words, mimetype="application/json")
    response.headers["Content-Disposition"] = f"attachment; filename={case.reference}.json"
    return response
