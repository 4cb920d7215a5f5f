"""The pages of answering: a section a page, a look at all answers, sending.

There is no cookie and no account. A draft is a row that only its receipt opens, and the receipt
stands in the address: going back, another language and another machine lose nothing. Nothing that
a browser sends by itself has any power here, so there is nothing to be forged; each form carries a
signed mark of its own all the same, with the time at which it was opened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, cast

from flask import Blueprint, Flask, Response, abort, current_app, redirect, request
from itsdangerous import SignatureExpired
from werkzeug.wrappers import Response as Answer

from ..crowd import MOST_WITH_FILES
from ..db import sessions, together
from ..i18n import gettext as _
from ..i18n import languages, speech
from ..published import content
from ..questions.answers import Answers
from ..questions.enclosed import File
from ..questions.models import MOST_TYPED, Question, Sent
from ..security import keep_private
from ..staff.clock import now
from . import unsent
from .asked import Asked
from .enclosures import files_from
from .marks import opened
from .pace import pace
from .receipts import receipt_from
from .showing import (
    answers_of,
    check_page,
    fresh_page,
    later_page,
    section_page,
    sent_page,
    start_page,
)

A_FORM = 24 * 60 * 60
"""Seconds for which a form may stand open; then it is shown again, with all that was typed."""

QUICKEST = 3
"""Seconds that a person needs at least from the start to sending."""

MOST_BYTES = 300_000
MOST_VALUES = 80


class Flow:
    """The pages of one kind of form, below one address.

    ``find`` gives the form that the values in an address name, or aborts; ``known_as`` the one
    that a draft remembers, if it is one of these. ``<receipt:receipt>`` and ``<page:number>`` in
    the addresses are the flow's own.
    """

    def __init__(
        self, name: str, import_name: str, prefix: str, find: Callable[..., Asked],
        known_as: Callable[[str], Asked | None],
    ) -> None:  # fmt: skip
        self.find, self.known_as = find, known_as
        self.blueprint = Blueprint(name, import_name, url_prefix=prefix)
        self.blueprint.record_once(lambda state: _flows(cast("Flask", state.app)).append(self))
        keep_private(self.blueprint, MOST_BYTES)
        draft = "/<receipt:receipt>"
        for rule, view, method in (
            ("/", self.start, "GET"),
            ("/return/", self.come_back, "POST"),
            (f"{draft}/<page:number>/", self.section, "GET"),
            (f"{draft}/<page:number>/", self.keep_section, "POST"),
            (f"{draft}/check/", self.check, "GET"),
            (f"{draft}/check/", self.send, "POST"),
            (f"{draft}/sent/", self.sent, "GET"),
            (f"{draft}/later/", self.later, "GET"),
            (f"{draft}/later/", self.discard, "POST"),
        ):
            self.blueprint.add_url_rule(rule, view_func=view, methods=[method])

    # --- the start ------------------------------------------------------------------------------

    def start(self, **where: str) -> str:
        """What becomes of the answers, and the way in: a new draft, or one that was begun.

        Who only looks at the first questions leaves nothing: the first answers begin a draft.
        """
        return start_page(_open(self.find(**where)))

    def come_back(self, **where: str) -> Any:
        """Open the draft of a receipt that was typed."""
        form = self.find(**where)
        receipt = receipt_from(request.form.get("receipt", ""))
        if draft_there := draft_opened(receipt):
            return redirect(draft_there, 303)
        draft = unsent.draft(receipt, content().as_of) if receipt else None
        if draft is None or draft.form != form.key:
            return start_page(form, wrong=True), 404
        return _to("sent", form, receipt)

    # --- a section ------------------------------------------------------------------------------

    def section(self, receipt: str, number: int, **where: str) -> Any:
        """The questions of a section."""
        form = self.find(**where)
        draft = _draft(form, receipt, or_new=True)
        if not draft.kept and not draft.typed:
            return fresh_page(form, receipt, number) or _to("check", form, receipt)
        answers = answers_of(form, draft.typed)
        if draft.sent or number not in answers.numbers:
            return _to("sent" if draft.sent else "check", form, receipt)
        return section_page(form, receipt, answers, answers.section(number))

    def keep_section(self, receipt: str, number: int, **where: str) -> Any:
        """Save what was typed, whatever it is, and go where the button says."""
        form = self.find(**where)
        asked = _questions(form, number)
        if any(isinstance(question, File) for question in asked):
            request.max_content_length = MOST_WITH_FILES
        draft = _draft(form, receipt, or_new=True)
        if draft.sent or not asked:
            return _to("sent" if draft.sent else "check", form, receipt)
        questions = _shown(asked)
        typed = dict[str, Sequence[str]]({**draft.typed, **_typed(questions)})
        if not_saved := _why_not_saved(form, receipt, draft):
            told, status = not_saved
            answers = answers_of(form, typed)
            return section_page(form, receipt, answers, answers.section(number), told=told), status
        today = content().as_of
        files = files_from(questions, receipt, draft, today)
        typed.update(files.typed)
        if files.typed:
            # In one transaction with the rows of the files, which are this request's own.
            unsent.keep(receipt, draft, typed, today)
            sessions().commit()
            files.settle()
        else:
            together(lambda: unsent.keep(receipt, draft, typed, today))
        answers = answers_of(form, typed)
        if files.refused:
            answers.mistakes.update(files.refused)
            return section_page(form, receipt, answers, answers.section(number, tell=True)), 422
        return _gone(form, receipt, answers, number, questions)

    # --- all answers, and sending ---------------------------------------------------------------

    def check(self, receipt: str, **where: str) -> Any:
        """All answers, to be looked at once more."""
        form = self.find(**where)
        draft = _draft(form, receipt)
        if draft.sent:
            return _to("sent", form, receipt)
        return check_page(form, receipt, answers_of(form, draft.typed))

    def send(self, receipt: str, **where: str) -> Any:
        """Send the answers. Who sends twice has sent once."""
        form = self.find(**where)
        draft = _draft(form, receipt)
        if draft.sent:
            return _to("sent", form, receipt)
        answers = answers_of(form, draft.typed)
        if request.form.get("go") == "later":
            return _to("later", form, receipt)
        if form.too_late:
            return check_page(form, receipt, answers), 409
        if away := form.away(answers):
            return redirect(away, 303)
        told = _why_not(form, receipt, draft)
        if told or answers.mistakes:
            filled = bool(request.form.get("website"))
            return check_page(form, receipt, answers, told=told, tell=True, filled=filled), 422
        form.send(receipt, answers, speech().code)
        return _to("sent", form, receipt)

    def sent(self, receipt: str, **where: str) -> Any:
        """That the answers have arrived."""
        form = self.find(**where)
        draft = _draft(form, receipt)
        if not draft.sent:
            return _to("check", form, receipt)
        if elsewhere := form.leads_on(receipt):
            return redirect(elsewhere, 303)
        return sent_page(form, receipt, draft)

    # --- later ----------------------------------------------------------------------------------

    def later(self, receipt: str, **where: str) -> Any:
        """How to come back to a draft, and until when; or to delete it."""
        form = self.find(**where)
        draft = _draft(form, receipt)
        if draft.sent:
            return _to("sent", form, receipt)
        return later_page(form, receipt, draft)

    def discard(self, receipt: str, **where: str) -> Any:
        """Delete a draft."""
        form = self.find(**where)
        draft = _draft(form, receipt)
        if draft.sent or not _is_ours(form, receipt):
            return _to("later", form, receipt)
        unsent.discard(receipt)
        return redirect(form.home, 303)


def draft_opened(receipt: str) -> str:
    """Where the draft of a receipt goes on, of whatever form it is; empty where it opens none."""
    draft = unsent.draft(receipt, content().as_of) if receipt else None
    if draft is None or draft.sent:
        return ""
    forms = (flow.known_as(draft.form) for flow in _flows(current_app))
    form = next(filter(None, forms), None)
    return f"{form.view('check', receipt=receipt)}#main" if form else ""


def _flows(app: Flask) -> list[Flow]:
    found: list[Flow] = app.extensions.setdefault("flows", [])
    return found


def _open(form: Asked) -> Asked:
    """The form, where it can be answered today; else the page that tells of it says why not."""
    if not form.is_open:
        abort(redirect(form.home, 303))
    return form


def _draft(form: Asked, receipt: str, *, or_new: bool = False) -> unsent.Found:
    """The draft that a receipt opens, or with ``or_new`` begins."""
    draft = unsent.draft(receipt, content().as_of)
    if draft is None and or_new:
        draft = _new(form, receipt)
    if draft is None or draft.form != form.key:
        abort(Response(start_page(form, wrong=True), 404))
    if not draft.sent:
        _open(form)
    return draft


def _why_not_saved(form: Asked, receipt: str, draft: unsent.Found) -> tuple[str, int] | None:
    """What is told instead of saving what was typed, and its status."""
    if draft.kept:
        if _is_ours(form, receipt, save_when_late=True):
            return None
        return _("This page was open for too long. Look at your answers and go on."), 422
    if pace().lets(request.remote_addr or "", now().date()):
        return None
    return _("Very many have started from your network today. Try again tomorrow."), 429


def _gone(form: Asked, receipt: str, answers: Answers, number: int, shown: list[Question]) -> Any:
    """Where the button leads that was pressed in a section."""
    go, _colon, code = request.form.get("go", "").partition(":")
    if go == "language" and code in languages():
        return _to("section", form, receipt, number=number, language=code)
    if go == "later":
        return _to("later", form, receipt)
    if go == "back":
        before = [n for n in answers.numbers if n < number]
        if before:
            return _to("section", form, receipt, number=before[-1])
        return redirect(form.view("start"), 303)
    if away := form.away(answers):
        return redirect(away, 303)
    return _onward(form, receipt, answers, number, shown)


def _onward(form: Asked, receipt: str, answers: Answers, number: int, shown: list[Question]) -> Any:
    seen = {question.key for question in shown}
    asked = answers.asked_in(number)
    if any(question.key in seen and question.key in answers.mistakes for question in asked):
        here = answers.section(number, tell=True)
        for field in here:
            if field.question.key not in seen:
                field.errors.clear()
        return section_page(form, receipt, answers, here), 422
    # What these answers make a question is asked on the same page: no script has shown it.
    if any(question.key not in seen for question in asked):
        new = next(one for one in answers.section(number) if one.question.key not in seen)
        return _to("section", form, receipt, number=number, anchor=new.id)
    after = next((n for n in answers.numbers if n > number), 0)
    return _to("section", form, receipt, number=after) if after else _to("check", form, receipt)


def _questions(form: Asked, number: int) -> tuple[Question, ...]:
    """The questions of a section; none where there is no such section."""
    return form.sections[number - 1].questions if number <= len(form.sections) else ()


def _shown(questions: tuple[Question, ...]) -> list[Question]:
    keys = set(request.form.get("shown", "").split())
    return [question for question in questions if question.key in keys]


def _typed(questions: list[Question]) -> Sent:
    names = [name for question in questions for name in question.names]
    return {
        name: [words[:MOST_TYPED] for words in request.form.getlist(name)[:MOST_VALUES]]
        for name in names
    }


def _why_not(form: Asked, receipt: str, draft: unsent.Found) -> str:
    if not _is_ours(form, receipt):
        return _("This page was open for too long. Look at your answers and send them once more.")
    if request.form.get("website"):
        return _("The field that has to stay empty was filled in. Empty it, then send once more.")
    if _seconds() - draft.begun < QUICKEST:
        return _("That was very quick. Look at your answers and send them once more.")
    return ""


def _to(view: str, form: Asked, receipt: str, *, anchor: str = "main", **values: Any) -> Answer:
    # Without an anchor a browser would keep the one of the page it comes from.
    return redirect(f"{form.view(view, receipt=receipt, **values)}#{anchor}", 303)


def _seconds() -> int:
    return int(now().timestamp())


def _is_ours(form: Asked, receipt: str, *, save_when_late: bool = False) -> bool:
    """Whether what was sent comes from a page of ours that is not too old."""
    try:
        return bool(opened(form.key, receipt, request.form.get("mark", ""), A_FORM))
    except SignatureExpired:
        return save_when_late


def _new(form: Asked, receipt: str) -> unsent.Found | None:
    """The draft that begins now, where a page of ours has given this receipt away.

    What was typed is kept however late it comes; a page is shown for a day.
    """
    posted = request.method == "POST"
    mark = (request.form if posted else request.args).get("mark", "")
    with suppress(SignatureExpired):
        if moment := opened(form.key, receipt, mark, None if posted else A_FORM):
            return unsent.fresh(form.key, form.known(), now=moment, today=content().as_of)
    return None
