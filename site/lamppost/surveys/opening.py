"""The gate that a survey passes before it opens: every reason why it may not, and some advice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ..fields import declared
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
    """Something about a survey: where, what was found, what was expected. Advice stops nothing."""

    key: str
    found: str
    expected: str
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
        *(reason for key, text in texts for reason in _translated(key, text, languages)),
        *_wording(survey),
    ]


def _facts(survey: Survey) -> Iterator[Reason]:
    if survey.card is None:
        yield Reason("practices", "nothing", "what is done with the answers")
    if survey.opens_on is None:
        yield Reason("opens_on", "nothing", "the first day on which it can be answered")
    elif survey.closes_on and survey.closes_on < survey.opens_on:
        told = f"a day from {survey.opens_on.isoformat()} on"
        yield Reason("closes_on", survey.closes_on.isoformat(), told)
    for name, (field, _) in declared(Method).items():
        if not getattr(survey.method, name):
            yield Reason(f"method.{name}", "nothing", field.help)


def _translated(key: str, text: Text, languages: tuple[str, ...]) -> Iterator[Reason]:
    for code in languages:
        if code == SOURCE_LANGUAGE:
            continue
        if code not in text.languages:
            yield Reason(f"{key}.{code}", "nothing", "the text in this language")
        elif code in text.stale:
            yield Reason(f"{key}.{code}", "a text older than the English", "one that follows it")
        elif code not in text.made:
            expected = "human, machine or reviewed in the file's provenance"
            yield Reason(f"{key}.{code}", "a text of unknown making", expected)


def _wording(survey: Survey) -> Iterator[Reason]:
    found = [
        (f"sections[{n}].questions[{m}]", question)
        for n, section in enumerate(survey.sections)
        for m, question in enumerate(section.questions)
    ]
    count = sum(question.kind != "note" for _, question in found)
    if count > MANY:
        yield Reason("sections", f"{count} questions", f"at most {MANY}", stops=False)
    for key, question in found:
        yield from _wording_of(key, question)


def _wording_of(key: str, question: Question) -> Iterator[Reason]:
    words: Any = str(question.text)
    leads = _LEADING.search(words)
    if leads:
        found = f"the words “{leads[0]}”"
        yield Reason(f"{key}.text", found, "words that lead to no answer", stops=False)
    if question.kind in ("single", "scale") and (joins := _TWO_THINGS.search(words)):
        found = f"the word “{joins[0]}”"
        yield Reason(f"{key}.text", found, "a question about one thing", stops=False)
    if question.required and question.show_if:
        found = "a required question that some are not asked"
        yield Reason(f"{key}.required", found, "this to be meant", stops=False)
