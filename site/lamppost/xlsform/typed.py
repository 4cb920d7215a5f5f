"""Each kind of question as rows of a form: the map that docs/questions.md tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from ..i18n import gettext as _
from ..i18n import ngettext, speaking, speech
from ..questions import choosing, written
from ..questions.choosing import NO_OPINION, OTHER
from ..text import Text
from .reckon import answered_rows
from .rowbook import Book, Cells, Offers
from .sheets import QUOTABLE, ROWS, translated

ZIP = r"^[0-9]{5}(-?[0-9]{4})?$"
_MOST_CHOICES = 60
"""What ``max`` is where nothing is said."""


def _offers(offers: Iterable[choosing.Offer]) -> Offers:
    return [(offer.key, offer.text) for offer in offers]


def _choosing(book: Book, question: choosing.Choosing, type_: str, **cells: str) -> None:
    book.asked(question, f"{type_} {question.key}", **cells)
    other = [(OTHER, question.other)] if question.other else []
    book.offer(question.key, [*_offers(question.choices), *other])
    if question.other:
        book.own_words(question, f"selected(${{{question.key}}}, '{OTHER}')", question.other)


def _single(book: Book, question: choosing.Single) -> None:
    _choosing(book, question, "select_one")


def _multiple(book: Book, question: choosing.Multiple) -> None:
    rules: list[str] = []
    told: list[Callable[[], str]] = []
    if question.min:
        alone = [f"selected(., '{key}')" for key in question.exclusive]
        least = f"count-selected(.) >= {question.min}"
        rules.append(f"({' or '.join([least, *alone])})" if alone else least)
        told.append(lambda: ngettext(
            "Choose at least %(num)s answer.", "Choose at least %(num)s answers.", question.min
        ))  # fmt: skip
    if question.max < _MOST_CHOICES:
        rules.append(f"count-selected(.) <= {question.max}")
        told.append(lambda: ngettext(
            "Choose at most %(num)s answer.", "Choose at most %(num)s answers.", question.max
        ))  # fmt: skip
    for key in question.exclusive:
        rules.append(f"not(selected(., '{key}') and count-selected(.) > 1)")
        told.append(partial(_alone, book, question, key))
    _choosing(book, question, "select_multiple", **_rule(book, rules, told))


def _alone(book: Book, question: choosing.Multiple, key: str) -> str:
    return _(
        "“%(choice)s” cannot go with other answers. Take one or the other away.",
        choice=dict(question.options(book.world))[key],
    )


def _scale(book: Book, question: choosing.Scale) -> None:
    book.asked(question, f"select_one {question.key}", "scale")
    points = [(str(n), text) for n, text in enumerate(question.points, 1)]
    out = [(NO_OPINION, question.no_opinion)] if question.no_opinion else []
    book.offer(question.key, [*points, *out])


def _ranking(book: Book, question: choosing.Ranking) -> None:
    book.asked(question, f"rank {question.key}")
    book.offer(question.key, _offers(question.choices))


def _listed(book: Book, question: choosing.Listed) -> None:
    book.asked(question, f"select_one {question.key}", question.kind)
    none = [("none", question.none)] if question.none else []
    book.offer(question.key, [*question.listed(book.world).items(), *none])


def _consent(book: Book, question: choosing.Consent) -> None:
    book.asked(question, f"select_one {question.key}", "consent")
    book.offer(question.key, [("yes", _message(book, lambda: _("Yes")))])


def _matrix(book: Book, question: choosing.Matrix) -> None:
    """A group with a question for each row."""
    book.asked(question, "begin_group", "matrix")
    required = {"required": book.rows[-1].pop("required")} if question.required else {}
    for row in question.rows:
        cells = {"type": f"select_one {question.key}", "name": f"{question.key}.{row.key}"}
        book.rows.append(book.worded({**cells, **required}, row.text))
    if question.key in book.matrices:
        book.reckoned(question.key + ROWS, answered_rows(question))
    book.end()
    book.offer(question.key, _offers(question.choices))


def _text(book: Book, question: written.ShortText) -> None:
    rules = [f"string-length(.) <= {question.max_chars}"]
    if question.format:
        rules.append(f"regex(., '^{written.FORMATS[question.format][0]}$')")
    book.asked(question, "text", constraint=" and ".join(rules))


def _long_text(book: Book, question: written.LongText) -> None:
    rule = f"string-length(.) <= {question.max_chars}"
    own = {QUOTABLE: "yes"} if question.quotable else {}
    book.asked(question, "text", appearance="multiline", constraint=rule, **own)


def _number(book: Book, question: written.WholeNumber) -> None:
    def told() -> str:
        least, most = speech().number(question.least), speech().number(question.most)
        return _(
            "Write a whole number from %(least)s to %(most)s, in digits.", least=least, most=most
        )

    rule = _rule(book, [f". >= {question.least}", f". <= {question.most}"], [told])
    book.asked(question, "integer", **rule)


def _date(book: Book, question: written.Date) -> None:
    rules: list[str] = []
    told: list[Callable[[], str]] = []
    if first := question.earliest:
        rules.append(f". >= date('{first}')")
        told.append(lambda: _("Write a day that is not before %(day)s.", day=speech().day(first)))
    if last := question.latest:
        rules.append(f". <= date('{last}')")
        told.append(lambda: _("Write a day that is not after %(day)s.", day=speech().day(last)))
    book.asked(question, "date", **_rule(book, rules, told))


def _zip_code(book: Book, question: written.ZipCode) -> None:
    rule = _rule(book, [f"regex(., '{ZIP}')"], [lambda: _("Write the five digits of a ZIP code.")])
    book.asked(question, "text", "zip_code", **rule)


COMPOSED: dict[str, Callable[[Book, Any], None]] = {
    "note": lambda book, question: book.asked(question, "note"),
    "single": _single,
    "multiple": _multiple,
    "scale": _scale,
    "ranking": _ranking,
    "short_text": _text,
    "long_text": _long_text,
    "whole_number": _number,
    "date": _date,
    "zip_code": _zip_code,
    "place": _listed,
    "technology": _listed,
    "device_code": lambda book, question: book.asked(question, "text", "device_code"),
    "matrix": _matrix,
    "consent": _consent,
}
"""How a question of each kind becomes rows, but those whose answers are kept apart."""


def _rule(book: Book, rules: list[str], told: list[Callable[[], str]]) -> Cells:
    """The cells of a constraint, and of what is said where it is not kept."""
    if not rules:
        return {}
    message = _message(book, lambda: " ".join(say() for say in told))
    return {"constraint": " and ".join(rules), **translated("constraint_message", message)}


def _message(book: Book, say: Callable[[], str]) -> Text:
    """A message of ours in the languages that the form has."""
    said = {}
    for code in book.languages:
        with speaking(code):
            said[code] = str(say())
    return Text(said)
