"""The pages of answering: a section a page, a look at all answers, sending.

There is no cookie and no account. A draft is a row that only its receipt opens, and the receipt
stands in the address: going back, another language and another machine lose nothing. Nothing that
a browser sends by itself has any power here, so there is nothing to be forged; each form carries a
signed mark of its own all the same, with the time at which it was opened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache, partial
from typing import Any, cast

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request
from itsdangerous import BadSignature, SignatureExpired, TimestampSigner, URLSafeTimedSerializer
from markupsafe import Markup, escape
from werkzeug.wrappers import Response as Answer

from ..config import Config
from ..db import sessions, together
from ..i18n import gettext as _
from ..i18n import languages, speech
from ..published import content
from ..questions.answers import Answers, AskedField, AskedSection
from ..questions.enclosed import File
from ..questions.models import MOST_TYPED, Question, Sent
from ..security import keep_private
from ..staff.clock import now
from . import unsent
from .asked import Asked
from .enclosures import files_from
from .pace import pace
from .receipts import new_receipt, receipt_from
from .world import world_of

A_FORM = 24 * 60 * 60
"""Seconds for which a form may stand open; then it is shown again, with all that was typed."""

QUICKEST = 3
"""Seconds that a person needs at least from the start to sending."""

MOST_BYTES = 300_000
MOST_BYTES_WITH_FILES = 18_000_000
MOST_VALUES = 80


class Flow:
    """The pages of one kind of form, below one address.

    ``find`` gives the form that the values in an address name, or aborts. ``<receipt:receipt>`` and
    ``<page:number>`` in the addresses are the flow's own.
    """

    def __init__(
        self, name: str, import_name: str, prefix: str, find: Callable[..., Asked]
    ) -> None:
        self.find = find
        self.blueprint = Blueprint(name, import_name, url_prefix=prefix)
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

        It leads to the first section with a receipt that nobody has, and a signed mark that it
        comes from here: with these, who looks leaves nothing, and the first answers begin a draft.
        """
        return _start(self._open(where))

    def come_back(self, **where: str) -> Any:
        """Open the draft of a receipt that was typed."""
        form = self.find(**where)
        receipt = receipt_from(request.form.get("receipt", ""))
        draft = unsent.draft(receipt, content().as_of) if receipt else None
        if draft is None or draft.form != form.key:
            return _start(form, wrong=True), 404
        return _to("sent" if draft.sent else "check", form, receipt)

    # --- a section ------------------------------------------------------------------------------

    def section(self, receipt: str, number: int, **where: str) -> Any:
        """The questions of a section."""
        form, draft = self._draft(where, receipt, or_new=True)
        answers = _answers(form, draft.typed)
        if draft.sent or number not in answers.numbers:
            return _to("sent" if draft.sent else "check", form, receipt)
        return _section(form, receipt, answers, answers.section(number))

    def keep_section(self, receipt: str, number: int, **where: str) -> Any:
        """Save what was typed, whatever it is, and go where the button says."""
        form, draft = self._draft(where, receipt, or_new=True)
        if draft.sent or number > len(form.sections):
            return _to("sent" if draft.sent else "check", form, receipt)
        asked = form.sections[number - 1].questions
        if any(isinstance(question, File) for question in asked):
            request.max_content_length = MOST_BYTES_WITH_FILES
        questions = _shown(asked)
        typed = dict[str, Sequence[str]]({**draft.typed, **_typed(questions)})
        if not_saved := _why_not_saved(form, receipt, draft):
            told, status = not_saved
            answers = _answers(form, typed)
            return _section(form, receipt, answers, answers.section(number), told=told), status
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
        answers = _answers(form, typed)
        if files.refused:
            answers.mistakes.update(files.refused)
            return _section(form, receipt, answers, answers.section(number, tell=True)), 422
        return _gone(form, receipt, answers, number, questions)

    # --- all answers, and sending ---------------------------------------------------------------

    def check(self, receipt: str, **where: str) -> Any:
        """All answers, to be looked at once more."""
        form, draft = self._draft(where, receipt)
        if draft.sent:
            return _to("sent", form, receipt)
        return _check(form, receipt, _answers(form, draft.typed))

    def send(self, receipt: str, **where: str) -> Any:
        """Send the answers. Who sends twice has sent once."""
        form, draft = self._draft(where, receipt)
        if draft.sent:
            return _to("sent", form, receipt)
        answers = _answers(form, draft.typed)
        if request.form.get("go") == "later":
            return _to("later", form, receipt)
        if away := form.away(answers):
            return redirect(away, 303)
        told = _why_not(form, receipt, draft)
        if told or answers.mistakes:
            filled = bool(request.form.get("website"))
            return _check(form, receipt, answers, told=told, tell=True, filled=filled), 422
        form.send(receipt, answers, speech().code)
        return _to("sent", form, receipt)

    def sent(self, receipt: str, **where: str) -> Any:
        """That the answers have arrived."""
        form, draft = self._draft(where, receipt)
        if not draft.sent:
            return _to("check", form, receipt)
        return _page(form, "sent", receipt=receipt, draft=draft)

    # --- later ----------------------------------------------------------------------------------

    def later(self, receipt: str, **where: str) -> Any:
        """How to come back to a draft, and until when; or to delete it."""
        form, draft = self._draft(where, receipt)
        if draft.sent:
            return _to("sent", form, receipt)
        return _page(form, "later", receipt=receipt, draft=draft, mark=_mark(form, receipt))

    def discard(self, receipt: str, **where: str) -> Any:
        """Delete a draft."""
        form, draft = self._draft(where, receipt)
        if draft.sent or not _is_ours(form, receipt):
            return _to("later", form, receipt)
        unsent.discard(receipt)
        return redirect(form.home, 303)

    # --- what they share ------------------------------------------------------------------------

    def _open(self, where: dict[str, str]) -> Asked:
        """The form, where it can be answered today; else the page that tells of it says why not."""
        form = self.find(**where)
        if not form.is_open:
            abort(redirect(form.home, 303))
        return form

    def _draft(
        self, where: dict[str, str], receipt: str, *, or_new: bool = False
    ) -> tuple[Asked, unsent.Found]:
        form = self.find(**where)
        draft = unsent.draft(receipt, content().as_of)
        if draft is None and or_new:
            draft = _new(form, receipt)
        if draft is None or draft.form != form.key:
            abort(Response(_start(form, wrong=True), 404))
        if not draft.sent:
            self._open(where)
        return form, draft


def _page(form: Asked, page: str, **shown: Any) -> str:
    return render_template(form.template_of(page), form=form, **form.shown(), **shown)


def _start(form: Asked, *, wrong: bool = False) -> str:
    typed, receipt = request.form.get("receipt", ""), new_receipt()
    known = {name: values[0] for name, values in form.known().items()}
    first = form.view("section", receipt=receipt, number=next(iter(_answers(form, {}).numbers), 1))
    mark = _mark(form, receipt)
    return _page(form, "start", wrong=wrong, typed=typed, known=known, first=first, mark=mark)


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
    if number in answers.numbers:
        here = answers.section(number, tell=True)
        seen = {question.key for question in shown}
        # What these answers make a question is asked on the same page: no script has shown it.
        new = [field for field in here if field.question.key not in seen]
        for field in new:
            field.errors.clear()
        if here.errors:
            return _section(form, receipt, answers, here), 422
        if new:
            return _to("section", form, receipt, number=number, anchor=new[0].id)
    after = next((n for n in answers.numbers if n > number), 0)
    return _to("section", form, receipt, number=after) if after else _to("check", form, receipt)


def _section(
    form: Asked, receipt: str, answers: Answers, here: AskedSection, *, told: str = ""
) -> str:
    return _page(
        form,
        "section",
        here=here,
        step=sum(number <= here.number for number in answers.numbers),
        steps=len(answers.numbers),
        told=told,
        mark=_mark(form, receipt),
        drawn=partial(_drawn, form),
        alternates=None,
    )


def _drawn(form: Asked, field: AskedField) -> Markup:
    """A field as HTML. As long as nobody has touched it, it is the same for all: drawn once."""
    if not field.is_untouched:
        return escape(field)
    # A form that is asked again has the same questions, of which some are optional now.
    where = (form.key, field.name, field.question.required, speech().code)
    fragments = content().fragments
    if where not in fragments:
        fragments[where] = escape(field)
    return cast("Markup", fragments[where])


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


def _check(
    form: Asked, receipt: str, answers: Answers, *, told: str = "", tell: bool = False,
    filled: bool = False,
) -> str:  # fmt: skip
    return _page(
        form,
        "check",
        receipt=receipt,
        answers=answers,
        sections=[answers.section(number, tell=tell) for number in answers.numbers],
        remarks=form.remarks(answers),
        told=told,
        filled=filled,
        mark=_mark(form, receipt),
    )


def _answers(form: Asked, typed: Sent) -> Answers:
    return Answers(form.sections, typed, world_of(content()))


def _to(view: str, form: Asked, receipt: str, *, anchor: str = "main", **values: Any) -> Answer:
    # Without an anchor a browser would keep the one of the page it comes from.
    return redirect(f"{form.view(view, receipt=receipt, **values)}#{anchor}", 303)


def _seconds() -> int:
    return int(now().timestamp())


class _Signer(TimestampSigner):
    """Signs with the time of the site's own clock."""

    def get_timestamp(self) -> int:
        """Seconds since 1970."""
        return _seconds()


@cache
def _serializer(key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt="form", signer=_Signer)


def _marks() -> URLSafeTimedSerializer:
    config: Config = current_app.extensions["config"]
    return _serializer(config.secret_key("survey forms"))


def _mark(form: Asked, receipt: str) -> str:
    """The signed mark of a page: whose it is, and when it was opened."""
    return str(_marks().dumps([form.key, receipt]))


def _opened(form: Asked, receipt: str, mark: str, most: int | None = A_FORM) -> int:
    """When the page of ours was opened that bears this mark; 0 where none of ours does.

    Raises :class:`~itsdangerous.SignatureExpired` when that was more than ``most`` seconds ago.
    """
    try:
        found, moment = _marks().loads(mark, max_age=most, return_timestamp=True)
    except SignatureExpired:
        raise
    except BadSignature:
        return 0
    return int(moment.timestamp()) if found == [form.key, receipt] else 0


def _is_ours(form: Asked, receipt: str, *, save_when_late: bool = False) -> bool:
    """Whether what was sent comes from a page of ours that is not too old."""
    try:
        return bool(_opened(form, receipt, request.form.get("mark", "")))
    except SignatureExpired:
        return save_when_late


def _new(form: Asked, receipt: str) -> unsent.Found | None:
    """The draft that begins now, where a page of ours has given this receipt away.

    What was typed is kept however late it comes; a page is shown for a day.
    """
    posted = request.method == "POST"
    mark = (request.form if posted else request.args).get("mark", "")
    with suppress(SignatureExpired):
        if opened := _opened(form, receipt, mark, None if posted else A_FORM):
            return unsent.fresh(form.key, form.known(), now=opened, today=content().as_of)
    return None
