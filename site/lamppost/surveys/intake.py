"""Answering a survey on the live site: a section a page, a look at all answers, sending.

There is no cookie and no account. A draft is a row that only its receipt opens, and the receipt
stands in the address: going back, another language and another machine lose nothing. Nothing that
a browser sends by itself has any power here, so there is nothing to be forged; each form carries a
signed mark of its own all the same, with the time at which it was opened.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer
from werkzeug.wrappers import Response as Answer

from ..config import Config
from ..i18n import gettext as _
from ..i18n import languages, speech
from ..published import content
from ..questions.answers import Answers, AskedSection
from ..questions.models import MOST_TYPED, Question, Sent
from ..staff.clock import now
from ..urls import url
from . import responses, unsent
from .definitions import Survey
from .pace import Pace
from .receipts import receipt_from
from .world import world_of

A_FORM = 24 * 60 * 60
"""Seconds for which a form may stand open; then it is shown again, with all that was typed."""

QUICKEST = 3
"""Seconds that a person needs at least from the start to sending."""

MOST_BYTES = 300_000
MOST_VALUES = 80

blueprint = Blueprint(
    "answering", __name__, url_prefix="/<language:language>/surveys/<id:survey>/answer"
)


@blueprint.before_request
def limit() -> None:
    """No form of ours sends more."""
    request.max_content_length = MOST_BYTES


@blueprint.after_request
def keep_nowhere(response: Response) -> Response:
    """What somebody answers is for no cache."""
    response.headers["Cache-Control"] = "no-store"
    return response


# --- the start ----------------------------------------------------------------------------------


@blueprint.get("/")
def start(survey: str) -> str:
    """What becomes of the answers, and the way in: a new draft, or one that was begun."""
    return _start(_open(survey))


@blueprint.get("/technologies/<id:technology>/")
def start_about(survey: str, technology: str) -> str:
    """The same, from the page of a technology: the question which one it is, is answered."""
    if technology not in content().registry.technologies:
        abort(404)
    return _start(_open(survey), technology=technology)


@blueprint.post("/")
def begin(survey: str) -> Any:
    """Begin a draft."""
    found = _open(survey)
    if not _is_ours(found, ""):
        return _start(found, _("This page was open for too long. Start once more.")), 422
    if not _pace().lets(request.remote_addr or "", now().date()):
        told = _("Very many have started from your network today. Try again tomorrow.")
        return _start(found, told), 429
    receipt = unsent.begin(found.id, _known(found), now=_seconds(), today=content().as_of)
    first = next(iter(_answers(found, {}).numbers), 0)
    return _to("section", found, receipt, number=first) if first else _to("check", found, receipt)


@blueprint.post("/return/")
def come_back(survey: str) -> Any:
    """Open the draft of a receipt that was typed."""
    found = _survey(survey)
    receipt = receipt_from(request.form.get("receipt", ""))
    draft = unsent.draft(receipt, content().as_of) if receipt else None
    if draft is None or draft.survey != found.id:
        return _start(found, "", wrong=True), 404
    return _to("sent" if draft.sent else "check", found, receipt)


def _known(survey: Survey) -> Sent:
    """The answer that the way here has given: of which technology the page was."""
    questions = (question for section in survey.sections for question in section.questions)
    asks = next((question.key for question in questions if question.kind == "technology"), "")
    known = request.form.get("technology", "")
    return {asks: [known]} if asks and known in content().registry.technologies else {}


def _start(survey: Survey, told: str = "", *, wrong: bool = False, technology: str = "") -> str:
    return render_template(
        "surveys/start.html",
        survey=survey,
        registry=content().registry,
        told=told,
        wrong=wrong,
        typed=request.form.get("receipt", ""),
        technology=technology or request.form.get("technology", ""),
        mark=_mark(survey, ""),
    )


# --- a section ----------------------------------------------------------------------------------


@blueprint.get("/<receipt:receipt>/<page:number>/")
def section(survey: str, receipt: str, number: int) -> Any:
    """The questions of a section."""
    found, draft = _draft(survey, receipt)
    answers = _answers(found, draft.typed)
    if draft.sent or number not in answers.numbers:
        return _to("sent" if draft.sent else "check", found, receipt)
    return _section(found, receipt, answers, answers.section(number))


@blueprint.post("/<receipt:receipt>/<page:number>/")
def keep_section(survey: str, receipt: str, number: int) -> Any:
    """Save what was typed, whatever it is, and go where the button says."""
    found, draft = _draft(survey, receipt)
    if draft.sent or number > len(found.sections):
        return _to("sent" if draft.sent else "check", found, receipt)
    questions = _shown(found.sections[number - 1].questions)
    typed = {**draft.typed, **_typed(questions)}
    answers = _answers(found, typed)
    if not _is_ours(found, receipt, save_when_late=True):
        told = _("This page was open for too long. Look at your answers and go on.")
        return _section(found, receipt, answers, answers.section(number), told=told), 422
    unsent.keep(receipt, draft, typed, content().as_of)
    go, _colon, code = request.form.get("go", "").partition(":")
    if go == "language" and code in languages():
        return _to("section", found, receipt, number=number, language=code)
    if go == "later":
        return _to("later", found, receipt)
    if go == "back":
        before = [n for n in answers.numbers if n < number]
        return (
            _to("section", found, receipt, number=before[-1])
            if before
            else redirect(url("answering.start", survey=found.id), 303)
        )
    return _onward(found, receipt, answers, number, questions)


def _onward(
    survey: Survey, receipt: str, answers: Answers, number: int, shown: list[Question]
) -> Any:
    if number in answers.numbers:
        here = answers.section(number, tell=True)
        seen = {question.key for question in shown}
        # What these answers make a question is asked on the same page: no script has shown it.
        new = [field for field in here if field.question.key not in seen]
        for field in new:
            field.errors.clear()
        if here.errors:
            return _section(survey, receipt, answers, here), 422
        if new:
            return _to("section", survey, receipt, number=number, anchor=new[0].id)
    after = next((n for n in answers.numbers if n > number), 0)
    return _to("section", survey, receipt, number=after) if after else _to("check", survey, receipt)


def _section(
    survey: Survey, receipt: str, answers: Answers, here: AskedSection, *, told: str = ""
) -> str:
    return render_template(
        "surveys/section.html",
        survey=survey,
        here=here,
        step=sum(number <= here.number for number in answers.numbers),
        steps=len(answers.numbers),
        told=told,
        mark=_mark(survey, receipt),
        alternates=None,
    )


def _shown(questions: tuple[Question, ...]) -> list[Question]:
    keys = set(request.form.get("shown", "").split())
    return [question for question in questions if question.key in keys]


def _typed(questions: list[Question]) -> Sent:
    names = [name for question in questions for name in question.names]
    return {
        name: [words[:MOST_TYPED] for words in request.form.getlist(name)[:MOST_VALUES]]
        for name in names
    }


# --- all answers, and sending -------------------------------------------------------------------


@blueprint.get("/<receipt:receipt>/check/")
def check(survey: str, receipt: str) -> Any:
    """All answers, to be looked at once more."""
    found, draft = _draft(survey, receipt)
    if draft.sent:
        return _to("sent", found, receipt)
    return _check(found, receipt, _answers(found, draft.typed))


@blueprint.post("/<receipt:receipt>/check/")
def send(survey: str, receipt: str) -> Any:
    """Send the answers. Who sends twice has sent once."""
    found, draft = _draft(survey, receipt)
    if draft.sent:
        return _to("sent", found, receipt)
    answers = _answers(found, draft.typed)
    if request.form.get("go") == "later":
        return _to("later", found, receipt)
    told = _why_not(found, receipt, draft)
    if told or answers.mistakes:
        filled = bool(request.form.get("website"))
        return _check(found, receipt, answers, told=told, tell=True, filled=filled), 422
    responses.send(receipt, found, answers, speech().code, today=content().as_of)
    return _to("sent", found, receipt)


def _why_not(survey: Survey, receipt: str, draft: unsent.Found) -> str:
    if not _is_ours(survey, receipt):
        return _("This page was open for too long. Look at your answers and send them once more.")
    if request.form.get("website"):
        return _("The field that has to stay empty was filled in. Empty it, then send once more.")
    if _seconds() - draft.begun < QUICKEST:
        return _("That was very quick. Look at your answers and send them once more.")
    return ""


def _check(
    survey: Survey, receipt: str, answers: Answers, *, told: str = "", tell: bool = False,
    filled: bool = False,
) -> str:  # fmt: skip
    return render_template(
        "surveys/check.html",
        survey=survey,
        receipt=receipt,
        answers=answers,
        sections=[answers.section(number, tell=tell) for number in answers.numbers],
        told=told,
        filled=filled,
        mark=_mark(survey, receipt),
    )


@blueprint.get("/<receipt:receipt>/sent/")
def sent(survey: str, receipt: str) -> Any:
    """That the answers have arrived."""
    found, draft = _draft(survey, receipt)
    if not draft.sent:
        return _to("check", found, receipt)
    return render_template("surveys/sent.html", survey=found, receipt=receipt, draft=draft)


# --- later --------------------------------------------------------------------------------------


@blueprint.get("/<receipt:receipt>/later/")
def later(survey: str, receipt: str) -> Any:
    """How to come back to a draft, and until when; or to delete it."""
    found, draft = _draft(survey, receipt)
    if draft.sent:
        return _to("sent", found, receipt)
    return render_template(
        "surveys/later.html", survey=found, receipt=receipt, draft=draft, mark=_mark(found, receipt)
    )


@blueprint.post("/<receipt:receipt>/later/")
def discard(survey: str, receipt: str) -> Any:
    """Delete a draft."""
    found, draft = _draft(survey, receipt)
    if draft.sent or not _is_ours(found, receipt):
        return _to("later", found, receipt)
    unsent.discard(receipt)
    return redirect(url("surveys.survey", survey=found.id), 303)


# --- what they share ----------------------------------------------------------------------------


def _survey(id_: str) -> Survey:
    found = content().surveys.get(id_)
    if found is None or found.state == "draft" or found.card is None:
        abort(404)
    return found


def _open(id_: str) -> Survey:
    """The survey, where it can be answered today; else its reading page says why not."""
    found = _survey(id_)
    if not found.is_open(content().as_of):
        abort(redirect(url("surveys.survey", survey=id_), 303))
    return found


def _draft(id_: str, receipt: str) -> tuple[Survey, unsent.Found]:
    found = _survey(id_)
    draft = unsent.draft(receipt, content().as_of)
    if draft is None or draft.survey != id_:
        abort(Response(_start(found, "", wrong=True), 404))
    if not draft.sent:
        _open(id_)
    return found, draft


def _answers(survey: Survey, typed: Sent) -> Answers:
    return Answers(survey.sections, typed, world_of(content()))


def _to(view: str, survey: Survey, receipt: str, *, anchor: str = "main", **values: Any) -> Answer:
    # Without an anchor a browser would keep the one of the page it comes from.
    address = url(f"answering.{view}", survey=survey.id, receipt=receipt, **values)
    return redirect(f"{address}#{anchor}", 303)


def _seconds() -> int:
    return int(now().timestamp())


def _pace() -> Pace:
    pace: Pace = current_app.extensions.setdefault("survey_pace", Pace())
    return pace


def _marks() -> URLSafeTimedSerializer:
    config: Config = current_app.extensions["config"]
    return URLSafeTimedSerializer(config.secret_key("survey forms"), salt="form")


def _mark(survey: Survey, receipt: str) -> str:
    """The signed mark of a form: whose it is, and when it was opened."""
    return str(_marks().dumps([survey.id, receipt]))


def _is_ours(survey: Survey, receipt: str, *, save_when_late: bool = False) -> bool:
    """Whether the form that was sent is one of ours, and not too old."""
    try:
        found = _marks().loads(request.form.get("mark", ""), max_age=A_FORM)
    except SignatureExpired:
        return save_when_late
    except BadSignature:
        return False
    return bool(found == [survey.id, receipt])
