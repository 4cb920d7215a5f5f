"""The page on which anybody can support a pitch, and take that back; on the live site alone."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, request
from itsdangerous import BadSignature, URLSafeSerializer

from ..answering.pace import pace
from ..answering.receipts import new_receipt
from ..cases.public import PublicCase
from ..config import Config
from ..i18n import gettext as _
from ..published import content
from ..security import keep_private
from ..staff.clock import now
from ..urls import url
from . import support
from .shown import KIND, is_open

blueprint = Blueprint(
    "supporting", __name__, url_prefix="/<language:language>/pitches/<reference:case>/support"
)
PRACTICES = "pitch-support"
"""The file of the record that tells what is kept of support."""

QUICKEST, LONGEST = 3, 24 * 60 * 60
"""Seconds between opening the page and pressing: nobody reads it in fewer."""

MOST_BYTES = 5_000
HERE = ("", "same-origin", "none")
"""What a browser says of where a form came from, if it says so: from this site."""


keep_private(blueprint, MOST_BYTES)


@blueprint.get("/")
def start(case: str) -> str:
    """What supporting means, and the button."""
    return _page(_found(case), _mark(case))


@blueprint.post("/")
def give(case: str) -> Any:
    """Count it once, however often this page is sent."""
    found = _found(case)
    receipt, opened = _sent(case)
    waited = int(now().timestamp()) - opened
    is_fresh = bool(receipt) and waited <= LONGEST
    mark = request.form.get("mark", "") if is_fresh else _mark(case)
    if not is_open(found):
        return _page(found, mark), 409
    filled = bool(request.form.get("website"))
    if filled:
        told = _("The field that has to stay empty was filled in. Empty it, then send once more.")
        return _page(found, mark, told, filled=True), 422
    is_ours = request.headers.get("Sec-Fetch-Site", "") in HERE
    if not is_fresh or not is_ours or waited < QUICKEST:
        return _page(found, mark, _("Nothing was counted yet. Press the button once more.")), 422
    if support.supported_by(receipt) != case:
        tries = pace("support", support.A_DAY)
        if not tries.lets(request.remote_addr or "", now().date(), case):
            told = _("This pitch was supported very often from your network today. "
                     "Try again tomorrow.")  # fmt: skip
            return _page(found, mark, told), 429
        support.support(found, receipt)
    return redirect(f"{url('supporting.given', case=case, receipt=receipt)}#main", 303)


@blueprint.get("/<receipt:receipt>/")
def given(case: str, receipt: str) -> Any:
    """That a receipt supports a pitch, and how to take it back.

    One that was joined to another has its support there.
    """
    supported = support.supported_by(receipt)
    if supported not in ("", case):
        return redirect(url("supporting.given", case=supported, receipt=receipt), 303)
    found = _supported(case, receipt)
    return render_template(
        "pitches/supported.html", case=found, receipt=receipt, is_open=is_open(found)
    )


@blueprint.post("/<receipt:receipt>/")
def withdraw(case: str, receipt: str) -> Any:
    """Take it back."""
    found = _supported(case, receipt)
    if not is_open(found):
        return given(case, receipt), 409
    support.withdraw(found, receipt)
    return redirect(url("supporting.start", case=case), 303)


def _found(reference: str) -> PublicCase:
    found = content().cases.one(KIND, reference)
    if found is None or found.gone:
        abort(404)
    return found


def _supported(reference: str, receipt: str) -> PublicCase:
    found = _found(reference)
    if support.supported_by(receipt) != reference:
        abort(404)
    return found


def _page(found: PublicCase, mark: str, told: str = "", *, filled: bool = False) -> str:
    current = content()
    return render_template(
        "pitches/support.html",
        case=found,
        is_open=is_open(found),
        card=current.practices.get(PRACTICES),
        registry=current.registry,
        mark=mark,
        told=told,
        filled=filled,
    )


def _marks() -> URLSafeSerializer:
    config: Config = current_app.extensions["config"]
    return URLSafeSerializer(config.secret_key("support of pitches"), salt="form")


def _mark(case: str) -> str:
    """The signed mark of a page: its pitch, the receipt that it gives, and when it was opened."""
    return str(_marks().dumps([case, new_receipt(), int(now().timestamp())]))


def _sent(case: str) -> tuple[str, int]:
    """The receipt of the page that was sent, and when it was opened; none if it is not ours."""
    try:
        of, receipt, opened = _marks().loads(request.form.get("mark", ""))
    except BadSignature:
        return "", 0
    return (str(receipt), int(opened)) if of == case else ("", 0)
