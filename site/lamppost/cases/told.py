"""What a case tells staff: by what it is known, and what was answered in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..answering.world import world_of
from ..i18n import speech
from ..published import content
from ..questions.answers import Answers, as_sent
from .models import Case, Revision
from .ways import WAYS


class Title(NamedTuple):
    """Words and the language they are in."""

    words: str
    language: str


def state_told(case: Case) -> str:
    """Where a case stands, and what came of it."""
    way = WAYS[case.kind]
    outcome = way.outcomes[case.outcome] if case.outcome else ""
    return ": ".join(str(one) for one in (way.states[case.state], outcome) if one)


class Told(NamedTuple):
    """A question and the lines of its answer; ``language`` is that of the answer.

    ``key`` is that of the question, which keeps it when its words are others.
    """

    question: str
    lines: Sequence[str]
    language: str
    key: str


def title_of(case: Case) -> Title:
    """What its writer has called it, else what it is about, else what kind of case it is."""
    way, registry, spoken = WAYS[case.kind], content().registry, speech()
    called = ": ".join(filter(None, map(case.answer, way.called)))
    if called:
        return Title(called, case.language)
    about = registry.technologies.get(case.technology) or registry.places.get(case.place)
    if about is None:
        return Title(str(way.title), spoken.code)
    passage = spoken.passage(about.name)
    return Title(passage.words, passage.language)


def told_in(case: Case, before: Revision | None = None) -> list[Told]:
    """What was answered, in the order of the form; choices in the language that is spoken now.

    Where a version of the case from ``before`` is given, what was answered in that.
    """
    version = before or case
    forms = content().forms
    form = forms.get(case.category) or forms.get(WAYS[case.kind].form)
    sent = as_sent(version.answers or {})
    given = Answers(form.sections if form else (), sent, world_of(content()))
    told = [
        Told(
            given.said(question.text),
            given.told(key),
            version.language if question.in_words else speech().code,
            key,
        )
        for key, question in given.asked.items()
        if key in given.values
    ]
    # What the form asked once and asks no more.
    left = (part for part in sent if part.partition(".")[0] not in given.values)
    return told + [Told(part, sent[part], version.language, part) for part in left]
