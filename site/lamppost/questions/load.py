"""Reads a set of questions from the record, and checks what no field can see alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from math import prod
from typing import Any

from ..fields import At, Items, Part
from ..phrases import one_of, phrase
from ..text import SOURCE_LANGUAGE, Text
from .conditions import Condition, Value, day, nodes, number
from .kinds import Section, Sections
from .models import Question

MOST_SECTIONS = 20
MOST_TRIED = 20_000
"""Combinations of answers that are tried on a condition; one that needs more is let pass."""

CARRIED = re.compile(r"\$\{([^}]*)\}")
"""Where an earlier answer stands in a text."""

_PLAIN = {
    "and", "or", "not", "=", "!=", "<", "<=", ">", ">=", "answer", "value", "selected",
    "count-selected", "true", "false", "date",
}  # fmt: skip
"""Steps whose outcome changes only at the values that a condition names."""


def read_sections(raw: Any, at: At, *, begun: bool = False) -> Sections:
    """The sections in ``raw``; all mistakes are reported at once.

    With ``begun`` somebody still writes it: there may be no section yet, or none with questions.
    """
    if begun and not raw:
        return ()
    found = Items(of=Part(of=Section), most=MOST_SECTIONS).read(raw, at)
    before = len(at.problems)
    sections: Sections = found or ()
    if found is not None and not sections:
        at.problem(phrase("no section"), phrase("at least one, with questions"))
    checked = _Checked(at, begun=begun)
    for n, section in enumerate(sections):
        checked.section(section, at / n)
    if len(at.problems) == before and not any(p.file == at.file for p in at.problems):
        for place, condition, outer, seen in checked.conditions:
            check_outcome(condition, outer, seen, place)
    return sections


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that stands before another, and on which conditions it is asked itself."""

    question: Question
    conditions: tuple[Condition, ...]


Seen = Mapping[str, Asked]


class _Checked:
    """Walks a set of questions from its start, as somebody who answers does."""

    def __init__(self, at: At, *, begun: bool) -> None:
        self.at, self.begun = at, begun
        self.seen: dict[str, Asked] = {}
        self.later: set[str] = set()
        self.conditions: list[tuple[At, Condition, tuple[Condition, ...], Seen]] = []

    def section(self, section: Section, at: At) -> None:
        outer = (section.show_if,) if section.show_if else ()
        self._condition(section.show_if, (), at / "show_if")
        for name in ("title", "intro"):
            self._carried(getattr(section, name), at / name)
        if not section.questions and not self.begun:
            (at / "questions").problem(phrase("no question"), phrase("at least one"))
        for n, question in enumerate(section.questions):
            self._question(question, outer, at / "questions" / n)

    def _question(self, question: Question, outer: tuple[Condition, ...], at: At) -> None:
        self._condition(question.show_if, outer, at / "show_if")
        for field in fields(question):
            value = getattr(question, field.name)
            if isinstance(value, Text):
                self._carried(value, at / field.name)
        for name, found, expected in question.mistakes():
            (at / name).problem(found, expected)
        if question.key in self.seen:
            again = phrase("the key %(key)r for a second time", key=question.key)
            (at / "key").problem(again, phrase("each key once"))
        if question.key:
            own = (question.show_if,) if question.show_if else ()
            self.seen[question.key] = Asked(question, (*outer, *own))

    def _carried(self, text: Text | None, at: At) -> None:
        if text is None:
            return
        wanted = Counter(CARRIED.findall(str(text)))
        for key in wanted:
            self._refer(key, at)
        for language, words in text.languages.items():
            if language != SOURCE_LANGUAGE and Counter(CARRIED.findall(words)) != wanted:
                told = ", ".join(f"${{{key}}}" for key in wanted) or phrase("none")
                found = phrase("the wrong answers carried over")
                (at / language).problem(found, phrase("as in English: %(answers)s", answers=told))

    def _refer(self, key: str, at: At) -> bool:
        if key in self.seen and self.seen[key].question.kind != "note":
            return True
        found = phrase("the reference %(key)s", key=f"${{{key}}}")
        at.problem(found, phrase("the key of an earlier question"))
        return False

    def _condition(self, condition: Condition | None, outer: tuple[Condition, ...], at: At) -> None:
        if condition is None:
            return
        known = [self._refer(key, at) for key in condition.keys]
        for key, value in condition.compared if all(known) else ():
            question = self.seen[key].question
            keys = getattr(question, "keys", ())
            if question.chooses and value != "" and str(value) not in keys:
                found = phrase("the choice %(key)r", key=str(value))
                at.problem(found, one_of(keys))
        self.conditions.append((at, condition, outer, dict(self.seen)))


# --- conditions that decide nothing -------------------------------------------------------------


def check_outcome(condition: Condition, outer: tuple[Condition, ...], seen: Seen, at: At) -> None:
    """Report a condition that no answers, or all answers, make true."""
    outcomes = _outcomes(condition, outer, seen)
    if outcomes is None:
        return
    reached, true = zip(*outcomes, strict=True)
    if not any(reached):
        at.problem(condition.words, phrase("a condition that some answers make true"))
    elif all(true):
        at.problem(condition.words, phrase("a condition that some answers make false, or none"))


def _outcomes(
    condition: Condition, outer: tuple[Condition, ...], seen: Seen
) -> list[tuple[bool, bool]] | None:
    """For each combination of answers: whether the question is reached, whether this is true."""
    keys = _all_keys((condition, *outer), seen)
    concerned = [condition, *outer, *(c for key in keys for c in seen[key].conditions)]
    steps = {node.does for one in concerned for node in nodes(one.tree)}
    if not steps <= _PLAIN:
        return None
    named: dict[str, set[Any]] = {key: set() for key in keys}
    for one in concerned:
        literals = {n.of[0] for n in nodes(one.tree) if n.does == "value"}
        for key in one.keys:
            named[key] |= literals
    values = {key: _tried(seen[key].question, named[key]) for key in keys}
    if prod(len(tried) for tried in values.values()) > MOST_TRIED:
        return None
    today = date(2000, 1, 1)  # none of these steps asks for it
    found = []
    for combination in product(*values.values()):
        answers: dict[str, Value] = {}
        for key, answer in zip(values, combination, strict=True):
            asked = all(one.holds(answers, today) for one in seen[key].conditions)
            answers[key] = answer if asked else None
        true = condition.holds(answers, today)
        found.append((true and all(one.holds(answers, today) for one in outer), true))
    return found


def _all_keys(conditions: Sequence[Condition], seen: Seen) -> list[str]:
    """The questions that decide, directly or through others, in the order in which they stand."""
    found: set[str] = set()
    waiting = [key for condition in conditions for key in condition.keys]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += [k for condition in seen[key].conditions for k in condition.keys]
    return [key for key in seen if key in found]


def _tried(question: Question, named: set[Any]) -> list[Value]:
    known = question.known_operands()
    return list(dict.fromkeys([None, *(known or _around(question, named))]))


def _around(question: Question, named: set[Any]) -> Iterator[Value]:
    """The named values, and those next to them: between these nothing changes."""
    for value in sorted(named, key=str):
        if question.kind == "whole_number":
            at = number(value)
            near = [] if at is None else [at - 1, at, at + 1]
            yield from (n for n in near if question.least <= n <= question.most)  # type: ignore[attr-defined]
        elif question.kind == "date":
            at_day = day(value)
            yield from () if at_day is None else (at_day + timedelta(days=n) for n in (-1, 0, 1))
        else:
            yield str(value)
    if question.kind == "whole_number":
        yield Decimal(question.least)  # type: ignore[attr-defined]
        yield Decimal(question.most)  # type: ignore[attr-defined]
    elif question.kind != "date":
        yield "another"
