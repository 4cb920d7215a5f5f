"""The pages of answering, as they are shown.

Most of them are the same for everybody but for a receipt and a mark: they are drawn once for each
language, as long as the content stays, and these are put in.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any, cast

from flask import get_template_attribute, render_template, request
from markupsafe import Markup, escape

from ..i18n import speech
from ..published import content
from ..questions.answers import Answers, AskedField, AskedSection
from ..questions.models import Sent
from ..urls import root, url
from .asked import Asked
from .marks import mark_of
from .receipts import new_receipt
from .unsent import Found
from .world import world_of


def answers_of(form: Asked, typed: Sent) -> Answers:
    """What was typed into a form, as answers to its questions as they are today."""
    return Answers(form.sections, typed, world_of(content()))


def start_page(form: Asked, *, wrong: bool = False) -> str:
    """What becomes of the answers, and the way in; ``wrong`` tells that a receipt opens nothing.

    It leads to the first section with a receipt that nobody has, and with the mark that it comes
    from here.
    """
    receipt = new_receipt()
    mark = mark_of(form.key, receipt)
    known = {name: values[0] for name, values in form.known().items()}

    def draw() -> str:
        number = next(iter(answers_of(form, {}).numbers), 1)
        first = form.view("section", receipt=receipt, number=number)
        typed = request.form.get("receipt", "")
        return _page(form, "start", wrong=wrong, typed=typed, known=known, first=first, mark=mark)

    if wrong or known:
        return draw()
    return _once(form, ("start", content().as_of), draw, receipt, mark)


def fresh_page(form: Asked, receipt: str, number: int) -> str:
    """A section of a form of which nothing is known yet; empty where it is not asked."""
    mark = mark_of(form.key, receipt)

    def draw() -> str:
        answers = answers_of(form, {})
        asked = number in answers.numbers
        return _section(form, mark, answers, answers.section(number)) if asked else ""

    return _once(form, ("fresh", number, content().as_of), draw, mark)


def section_page(
    form: Asked, receipt: str, answers: Answers, here: AskedSection, *, told: str = ""
) -> str:
    """The questions of a section."""
    mark, numbers = mark_of(form.key, receipt), answers.numbers
    alike = form.alike_beside(answers, here.number)

    def draw() -> str:
        return _section(form, mark, answers, here, told, alike)

    if told or alike or not here.is_untouched:
        return draw()
    # A form that is asked again has the same questions, of which some are optional now.
    asked = tuple((field.name, field.question.required) for field in here)
    step = numbers.index(here.number) if here.number in numbers else 0
    return _once(form, ("section", here.number, step, len(numbers), asked), draw, mark)


def _section(
    form: Asked, mark: str, answers: Answers, here: AskedSection, told: str = "",
    alike: Sequence[Any] = (),
) -> str:  # fmt: skip
    numbers = answers.numbers
    step, steps = sum(number <= here.number for number in numbers), len(numbers)
    return _page(
        form, "section", here=here, step=step, steps=steps, told=told, mark=mark,
        drawn=partial(_drawn, form), alike=alike, alternates=None,
    )  # fmt: skip


def check_page(
    form: Asked, receipt: str, answers: Answers, *, told: str = "", tell: bool = False,
    filled: bool = False,
) -> str:  # fmt: skip
    """All answers; ``tell`` shows their mistakes, ``filled`` the field that has to stay empty."""
    sections = [answers.section(number, tell=tell) for number in answers.numbers]
    show = get_template_attribute("components/answering.html", "answers_given")
    given, mark = show(form, receipt, answers, sections), mark_of(form.key, receipt)
    remarks, alike = form.remarks(answers), form.alike(answers)

    def draw() -> str:
        return _page(
            form,
            "check",
            receipt=receipt,
            given=given,
            sections=sections,
            wrong=tell and any(section.errors for section in sections),
            remarks=remarks,
            alike=alike,
            told=told,
            filled=filled,
            mark=mark,
        )

    if told or tell or filled or remarks or alike or form.too_late:
        return draw()
    return _once(form, ("check", bool(form.case)), draw, given, receipt, mark)


def sent_page(form: Asked, receipt: str, draft: Found) -> str:
    """That the answers have arrived."""

    def draw() -> str:
        return _page(form, "sent", receipt=receipt, draft=draft)

    return _once(form, ("sent", draft.ends_on), draw, receipt)


def later_page(form: Asked, receipt: str, draft: Found) -> str:
    """How to come back to a draft."""
    mark, door = mark_of(form.key, receipt), request.host_url.rstrip("/") + url("receipts.enter")
    return _page(form, "later", receipt=receipt, draft=draft, mark=mark, door=door)


def _page(form: Asked, page: str, **shown: Any) -> str:
    return render_template(form.template_of(page), form=form, **form.shown(), **shown)


def _once(form: Asked, what: Hashable, draw: Callable[[], str], *own: str) -> str:
    """A page that is the same for all but for its ``own`` words, of which each is found nowhere.

    The first may hold those that follow.
    """
    where = (form.key, *form.where.values(), what, speech().code, root())
    fragments = content().fragments
    if where not in fragments:
        page = draw()
        for number, words in enumerate(own):
            page = page.replace(words, f"\0{number}\0")
        fragments[where] = page
    page = cast("str", fragments[where])
    for number in reversed(range(len(own))):
        page = page.replace(f"\0{number}\0", own[number])
    return page


def _drawn(form: Asked, field: AskedField) -> Markup:
    """A field as HTML. As long as nobody has touched it, it is the same for all: drawn once."""
    if not field.is_untouched:
        return escape(field)
    where = (form.key, field.name, field.question.required, speech().code)
    fragments = content().fragments
    if where not in fragments:
        fragments[where] = escape(field)
    return cast("Markup", fragments[where])
