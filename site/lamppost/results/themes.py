"""What people wrote, sorted into themes by two people, apart from each other.

A text is settled where both gave it the same themes, or where somebody has decided after both. Only
when every text of a question is settled, its themes are counted. Of the texts themselves only what
``quotes`` gives is published.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import delete, select

from ..db import sessions
from ..questions.models import Question
from ..staff import audit
from ..staff.models import Staff
from ..surveys.definitions import Survey
from ..surveys.models import Response
from ..text import Text
from .compose import Themed
from .counting import TEXTS
from .models import DECIDED, Coding, Theme
from .queries import Written, texts
from .quotes import quoted

CODERS = 2

Codes = Mapping[bytes, frozenset[str]]
"""The themes that somebody gave to each text, by the response it stands in."""


class Agreement(NamedTuple):
    """How far two people agree: in per cent of all their decisions, and Cohen's kappa.

    ``kappa`` is None where chance alone would make them agree.
    """

    percent: int
    kappa: float | None


def questions_of(survey: Survey) -> list[Question]:
    """The questions whose texts are told as themes. Detached texts lie apart, and are not."""
    return [
        question
        for section in survey.sections
        for question in section.questions
        if isinstance(question, TEXTS) and question.publish != "never" and not question.detached
    ]


def shuffled(found: list[Written], by: Staff) -> list[Written]:
    """The texts in an order that is another for everybody, and stays."""

    def place(text: Written) -> bytes:
        return hashlib.sha256(by.fs_uniquifier.encode() + text.id).digest()

    return sorted(found, key=place)


def themes_of(survey: str, question: str) -> dict[str, Text]:
    """The themes of a question, by their keys, in the order in which they were added."""
    standing = (one for one in _rows(survey, question) if one.into is None)
    return {one.key: Text(dict(one.names)) for one in standing}


def places_of(survey: str, question: str) -> dict[str, str]:
    """Each key that a question's themes ever had, with that of the theme that stands for it now.

    It is empty for one that was removed.
    """
    rows = _rows(survey, question)
    return {one.key: one.key if one.into is None else one.into for one in rows}


def _rows(survey: str, question: str) -> list[Theme]:
    found = select(Theme).where(Theme.survey == survey, Theme.question == question)
    return sorted(sessions().scalars(found), key=lambda one: (len(one.key), one.key))


def add_theme(survey: str, question: str, names: Mapping[str, str]) -> None:
    """Add a theme with its names."""
    number = len(_rows(survey, question)) + 1
    theme = Theme(survey=survey, question=question, key=f"theme-{number}", names=dict(names))
    sessions().add(theme)
    audit.log("add theme", survey)


def rename_theme(survey: str, question: str, key: str, names: Mapping[str, str]) -> None:
    """Give a theme other names; what was sorted into it stays there."""
    theme = sessions().get_one(Theme, (survey, question, key))
    theme.names = dict(names)
    audit.log("rename theme", survey)


def is_used(survey: str, question: str, key: str) -> bool:
    """Whether somebody has sorted a text into a theme."""
    codes = codes_of(survey, question)
    return any(key in themes for given in codes.values() for themes in given.values())


def remove_theme(survey: str, question: str, key: str, into: str = "") -> None:
    """Take a theme away; ``into`` is the theme that gets its texts, each of them once."""
    for one in _rows(survey, question):
        if key in (one.key, one.into):
            one.into = into
    audit.log("merge theme" if into else "remove theme", survey)


def codes_of(survey: str, question: str) -> dict[int, Codes]:
    """The themes that each coder gave, by the coder's number; those that were decided too.

    For a theme that was merged stands the one that has its place.
    """
    places = places_of(survey, question)
    found = (
        select(Coding)
        .join(Response, Response.id == Coding.response_id)
        .where(Response.survey == survey, Coding.question == question)
    )
    codes: dict[int, dict[bytes, frozenset[str]]] = {}
    for one in sessions().scalars(found):
        themes = frozenset(places.get(key, "") for key in one.themes) - {""}
        codes.setdefault(one.coder, {})[one.response_id] = themes
    return dict(codes)


def code(question: str, given: Codes, coder: int) -> None:
    """Keep the themes that a coder gives to texts; whoever calls commits."""
    session = sessions()
    for id_, themes in given.items():
        mine = (Coding.response_id == id_, Coding.question == question, Coding.coder == coder)
        session.execute(delete(Coding).where(*mine))
        session.add(Coding(response_id=id_, question=question, coder=coder, themes=sorted(themes)))


def settled(found: list[Written], codes: Mapping[int, Codes]) -> dict[bytes, frozenset[str]]:
    """The themes of each text of which they are sure."""
    sure = {}
    for text in found:
        if text.id in codes.get(DECIDED, {}):
            sure[text.id] = codes[DECIDED][text.id]
            continue
        given = [codes[coder][text.id] for coder in codes if text.id in codes[coder]]
        if len(given) >= CODERS and len(set(given)) == 1:
            sure[text.id] = given[0]
    return sure


def differing(found: list[Written], codes: Mapping[int, Codes]) -> list[Written]:
    """The texts that two have coded, and not alike, and nobody has decided."""
    sure = settled(found, codes)
    many = {text.id: sum(text.id in given for given in codes.values()) for text in found}
    return [text for text in found if many[text.id] >= CODERS and text.id not in sure]


def agreement(first: Codes, second: Codes, themes: Mapping[str, Text]) -> Agreement | None:
    """How far two agree on the texts that both have coded; None where there is none."""
    pairs = [
        (theme in first[id_], theme in second[id_])
        for id_ in first.keys() & second.keys()
        for theme in themes
    ]
    if not pairs:
        return None
    alike = sum(one == other for one, other in pairs) / len(pairs)
    yes, also = (sum(pair[n] for pair in pairs) / len(pairs) for n in (0, 1))
    chance = yes * also + (1 - yes) * (1 - also)
    kappa = None if chance == 1 else (alike - chance) / (1 - chance)
    return Agreement(round(100 * alike), kappa)


def themed(survey: Survey) -> dict[str, Themed]:
    """What the texts of a survey came to, of the questions of which every text is settled."""
    told = {}
    for question in questions_of(survey):
        found = texts(survey.id, question.key)
        names = themes_of(survey.id, question.key)
        sure = settled(found, codes_of(survey.id, question.key))
        if found and names and len(sure) == len(found):
            counts = {key: sum(key in given for given in sure.values()) for key in names}
            said = quoted(survey.id, question.key)
            told[question.key] = Themed(len(found), names, counts, said)
    return told
