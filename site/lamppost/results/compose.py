"""Makes the public payload of a release: from the answers, and nothing else that is known.

What the checker refuses is taken over from the release before, or withheld, until it refuses
nothing. So what would give somebody away stops no release, and never gets out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from ..answering.world import world_of
from ..content import Content
from ..i18n import languages
from ..questions.answers import NOT_ANSWERED
from ..questions.kinds import Section
from ..questions.load import CARRIED
from ..questions.models import Question
from ..surveys.definitions import Survey
from ..surveys.models import MODES
from ..text import SOURCE_LANGUAGE, Made, Text
from .checker import NEW_RESPONSES, leaks, tables
from .counting import TEXTS, Counted, counted, parts_of
from .queries import Gathered
from .suppression import THRESHOLD, Shown, any_of, named_by_answers, one_of, per_cent, rounded

Payload = dict[str, Any]


class NotYetError(Exception):
    """There can be no release yet; ``reason`` says why: ``open``, ``few_new`` or ``none``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Themed(NamedTuple):
    """What the texts of a question came to: how many were coded, and how often each theme.

    ``quotes`` are a language and words each, allowed by their writers and cleared.
    """

    base: int
    names: Mapping[str, Text]
    counts: Mapping[str, int]
    quotes: tuple[tuple[str, str], ...] = ()


def compose(
    survey: Survey,
    content: Content,
    found: Gathered,
    themed: Mapping[str, Themed],
    *,
    today: date,
    before: Payload | None = None,
) -> Payload:
    """The payload of the next release. Raises :class:`NotYetError`."""
    interim = not is_over(survey, today)
    if survey.state in ("draft", "in_review") or not found.responses:
        raise NotYetError("none")
    were = before["responses"] if before else 0
    if interim and found.responses - (were or 0) - (2 if were else 0) < NEW_RESPONSES:
        raise NotYetError("few_new")
    payload: Payload = {
        "survey": survey.id,
        "number": before["number"] + 1 if before else 1,
        "counted_on": today.isoformat(),
        "interim": interim,
        "example": survey.example,
        **_method(survey, content),
        "languages": list(languages()),
        "modes": sorted(found.modes),
        "responses": rounded(found.responses) if found.responses >= THRESHOLD else None,
        "detached_dropped": found.responses < THRESHOLD and _asks_apart(survey),
        "about": [
            _table(_about("by-language", languages(), found.languages)),
            _table(_about("by-mode", MODES, found.modes)),
        ],
        "questions": list(_questions(survey, content, found, themed)),
    }
    return _without_leaks(payload, before)


def _asks_apart(survey: Survey) -> bool:
    return any(question.detached for section in survey.sections for question in section.questions)


def is_over(survey: Survey, today: date) -> bool:
    """Whether no more answers can come."""
    ended = survey.closes_on is not None and survey.closes_on < today
    return survey.state == "closed" or (survey.state in ("open", "paused") and ended)


def _method(survey: Survey, content: Content) -> Payload:
    """What one must know to judge the results, as it was when they were released."""
    sponsor = content.registry.organizations.get(survey.method.sponsor)
    said = {
        "title": survey.title,
        "sponsor": sponsor.name if sponsor else None,
        "purpose": survey.method.purpose,
        "population": survey.method.population,
        "invitation": survey.method.invitation,
        "limits": survey.method.limits,
    }
    days = {"opened_on": survey.opens_on, "closed_on": survey.closes_on}
    return {
        **{name: raw(text) for name, text in said.items() if text},
        **{name: day.isoformat() for name, day in days.items() if day},
    }


def raw(text: Text) -> Payload:
    """A text as a file holds it, without the answers that it carried to one person."""
    told: Payload = {code: CARRIED.sub(NOT_ANSWERED, words) for code, words in
                     text.languages.items()}  # fmt: skip
    made = {
        code: {"reviewed": text.reviewers[code]} if code in text.reviewers else str(how)
        for code, how in text.made.items()
        if code != SOURCE_LANGUAGE and how in (Made.HUMAN, Made.MACHINE, Made.REVIEWED)
    }
    if made:
        told["by"] = made
    if text.stale:
        told["stale"] = dict(text.stale)
    return told


# --- tables -------------------------------------------------------------------------------------


def _about(key: str, known: Any, counts: Mapping[str, int]) -> Counted:
    names: dict[str, Text | None] = dict.fromkeys(known)
    return Counted(
        key=key, kind="one", names=names, base=sum(counts.values()),
        counts={name: counts.get(name, 0) for name in names},
    )  # fmt: skip


def _questions(
    survey: Survey, content: Content, found: Gathered, themed: Mapping[str, Themed]
) -> Iterator[Payload]:
    world, decides = world_of(content), _deciding(survey)
    for section in survey.sections:
        for question in section.questions:
            after = _after(section, question, decides)
            more = {"text": raw(question.text), "after": after}
            if isinstance(question, TEXTS) and question.publish != "never":
                if question.key in themed:
                    yield _themes(question.key, themed[question.key], more)
                continue
            answers = found.detached if question.detached else found.answers
            for one in counted(question, answers, world):
                yield _table(one, **more)


def _deciding(survey: Survey) -> dict[str, tuple[str, ...]]:
    questions = (question for section in survey.sections for question in section.questions)
    return {question.key: parts_of(question) for question in questions}


def _after(
    section: Section, question: Question, decides: Mapping[str, tuple[str, ...]]
) -> list[str]:
    """The tables that decide who is asked a question."""
    conditions = (one for one in (section.show_if, question.show_if) if one)
    keys = dict.fromkeys(key for one in conditions for key in one.keys)
    return [part for key in keys for part in decides[key]]


def _table(found: Counted, **more: Any) -> Payload:
    if found.kind == "several":
        shown = any_of(found.counts, found.base)
    elif found.kind == "open":
        shown = named_by_answers(found.counts)
    else:
        shown = one_of(found.counts)
    table: Payload = {"key": found.key, "kind": found.kind, "after": [], **more}
    if found.row:
        table["row"] = raw(found.row)
    if found.first_place:
        table["first_place"] = True
    if found.choose:
        table["choose"] = dict(found.choose)
    return {**table, **_told(shown, found.names, found.mean)}


def _told(shown: Shown, names: Mapping[str, Text | None], mean: float | None) -> Payload:
    """What of a table is public."""
    if shown.base is None or shown.withheld:
        return {"state": "few" if shown.base is None else "withheld", "cells": []}
    told: Payload = {"state": "shown", "base": shown.base, "cells": [
        _cell(key, names.get(key), count, shown.base) for key, count in shown.counts.items()
    ]}  # fmt: skip
    if shown.together is not None:
        told["together"] = shown.together
    elif mean is not None and None not in shown.counts.values():
        told["mean_tenths"] = round(mean * 10)
    return told


def _cell(key: str, name: Text | None, count: int | None, base: int) -> Payload:
    cell: Payload = {"key": key}
    if name:
        cell["text"] = raw(name)
    percent = None if count is None else per_cent(count, base)
    return {**cell, "count": count, "percent": percent}


def _themes(key: str, found: Themed, more: Mapping[str, Any]) -> Payload:
    shown = any_of(found.counts, found.base)
    named = {name: count for name, count in shown.counts.items() if count is not None}
    table: Payload = {"key": key, "kind": "themes", **more}
    if shown.base is None or not named:
        return {**table, "state": "few" if shown.base is None else "withheld", "cells": []}
    told = _told(shown._replace(counts=named), found.names, None)
    if found.quotes:
        told["quotes"] = [{"language": code, "words": words} for code, words in found.quotes]
    return {**table, **told}


# --- what the checker refuses -------------------------------------------------------------------


def _without_leaks(payload: Payload, before: Payload | None) -> Payload:
    """The payload without what the checker refuses. Raises :class:`NotYetError`."""
    carried: set[str] = set()
    while found := leaks(payload, before):
        refused = {leak.table for leak in found}
        if not refused <= tables(payload).keys():
            raise NotYetError("few_new")
        for part in ("about", "questions"):
            payload[part] = [
                _instead(table, before, carried) if table["key"] in refused else table
                for table in payload[part]
            ]
    return payload


def _instead(table: Payload, before: Payload | None, carried: set[str]) -> Payload:
    """A table as it was in the release before, or else withheld."""
    key = table["key"]
    old: Any = tables(before).get(key) if before else None
    if before and old and old["state"] == "shown" and key not in carried:
        carried.add(key)
        return {**old, "carried": old.get("carried") or before["number"]}
    numbers = ("base", "together", "mean_tenths", "quotes", "carried")
    kept = {name: value for name, value in table.items() if name not in numbers}
    return {**kept, "state": "withheld", "cells": []}
