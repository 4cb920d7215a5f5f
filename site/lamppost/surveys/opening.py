"""The gate that a survey passes before it opens: every reason why it may not, and some advice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ..fields import declared
from ..i18n import lazy_gettext as _l
from ..questions.models import Question
from ..text import SOURCE_LANGUAGE, Text
from .definitions import Method, Survey

MANY = 20
"""Questions beyond which few people reach the end."""

_LEADING = re.compile(
    r"\b(don['’]t you|wouldn['’]t you|isn['’]t it|do you agree that|obviously|of course|everyone"
    r"|everybody knows|how (good|great|bad|terrible|dangerous|harmful) (is|are))\b",
    re.IGNORECASE,
)
_TWO_THINGS = re.compile(r"\b(and|or)\b", re.IGNORECASE)


class Reason(NamedTuple):
    """Something about a survey: where, what was found, what was expected. Advice stops nothing.

    ``said`` tells the same in the language of whoever reads it.
    """

    key: str
    found: str
    expected: str
    said: Any
    stops: bool = True

    def __str__(self) -> str:
        kind = "stops" if self.stops else "advice"
        return f"{kind}: {self.key}: found {self.found}; expected {self.expected}"


def reasons(
    survey: Survey, texts: Sequence[tuple[str, Text]], languages: tuple[str, ...]
) -> list[Reason]:
    """All there is to say about a survey; ``texts`` are all its texts with their places."""
    return [
        *_facts(survey),
        *_anonymous(survey),
        *(reason for key, text in texts for reason in _translated(key, text, languages)),
        *_wording(survey),
    ]


def _facts(survey: Survey) -> Iterator[Reason]:
    if survey.card is None:
        said = _l("Choose what is done with the answers.")
        yield Reason("practices", "nothing", "what is done with the answers", said)
    if survey.opens_on is None:
        said = _l("Name the first day on which it can be answered.")
        yield Reason("opens_on", "nothing", "the first day on which it can be answered", said)
    elif survey.closes_on and survey.closes_on < survey.opens_on:
        told = f"a day from {survey.opens_on.isoformat()} on"
        said = _l("It would close before it opens.")
        yield Reason("closes_on", survey.closes_on.isoformat(), told, said)
    for name, (field, _) in declared(Method).items():
        if not getattr(survey.method, name):
            yield Reason(f"method.{name}", "nothing", field.help, _l("Say this too."))
    if not survey.sections:
        said = _l("There is no question yet.")
        yield Reason("sections", "no section", "at least one, with questions", said)
    for n, section in enumerate(survey.sections):
        if not section.questions:
            said = _l("This section has no question yet.")
            yield Reason(f"sections[{n}].questions", "no question", "at least one", said)


def _anonymous(survey: Survey) -> Iterator[Reason]:
    for key, question in _questions(survey):
        if question.apart:
            expected = "another type: the answers to a survey are anonymous"
            said = _l("The answers are anonymous: it cannot ask who somebody is, or for files.")
            yield Reason(f"{key}.type", question.kind, expected, said)


def _questions(survey: Survey) -> list[tuple[str, Question]]:
    return [
        (f"sections[{n}].questions[{m}]", question)
        for n, section in enumerate(survey.sections)
        for m, question in enumerate(section.questions)
    ]


def _translated(key: str, text: Text, languages: tuple[str, ...]) -> Iterator[Reason]:
    for code in languages:
        if code == SOURCE_LANGUAGE:
            continue
        place = f"{key}.{code}"
        if code not in text.languages:
            said = _l("The text is missing.")
            yield Reason(place, "nothing", "the text in this language", said)
        elif code in text.stale:
            said = _l("The text is older than the English.")
            yield Reason(place, "a text older than the English", "one that follows it", said)
        elif code not in text.made:
            expected = "human, machine or reviewed in the file's provenance"
            said = _l("Say who made this translation: a person or a machine.")
            yield Reason(place, "a text of unknown making", expected, said)


def _wording(survey: Survey) -> Iterator[Reason]:
    found = _questions(survey)
    count = sum(question.kind != "note" for _, question in found)
    if count > MANY:
        said = _l("These are many questions. Few people reach the end of more than %(most)s.",
                  most=MANY)  # fmt: skip
        yield _advice("sections", f"{count} questions", f"at most {MANY}", said)
    for key, question in found:
        yield from _wording_of(key, question)


def _wording_of(key: str, question: Question) -> Iterator[Reason]:
    words = str(question.text)
    leads = _LEADING.search(words)
    if leads:
        said = _l("“%(words)s” leads to an answer. Ask without it.", words=leads[0])
        found = f"the words “{leads[0]}”"
        yield _advice(f"{key}.text", found, "words that lead to no answer", said)
    if question.kind in ("single", "scale") and (joins := _TWO_THINGS.search(words)):
        said = _l("“%(words)s” may join two questions. Ask one thing at a time.", words=joins[0])
        found = f"the word “{joins[0]}”"
        yield _advice(f"{key}.text", found, "a question about one thing", said)
    if question.required and question.show_if:
        said = _l("It needs an answer, and some are not asked it. Is that meant?")
        found = "a required question that some are not asked"
        yield _advice(f"{key}.required", found, "this to be meant", said)


def _advice(key: str, found: str, expected: str, said: Any) -> Reason:
    return Reason(key, found, expected, said, stops=False)
