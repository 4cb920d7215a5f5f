"""Conditions: when a question is asked, in the short syntax of XLSForm.

``${seen} = 'yes' and selected(${worries}, 'police')`` becomes a small tree, which is all that is
ever evaluated: nothing an author writes is run as code. docs/questions.md says what it means.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedInput, VisitError

from ..fields import At, Field
from ..phrases import at_most, one_of, phrase

Value = None | bool | Decimal | date | str | tuple[str, ...]
"""What an answer is to a condition: None where there is none, keys where several can be chosen."""

MOST_CHARACTERS = 400
"""Evaluation goes as deep as a condition is nested, so its length bounds the depth."""

GRAMMAR = r"""
?start: either
?either: both | either "or" both
?both: compared | both "and" compared
?compared: sum | sum COMPARISON sum
?sum: product | sum SIGN product
?product: signed | product TIMES signed
?signed: atom | "-" atom -> negative
?atom: "(" either ")"
     | NUMBER -> number
     | STRING -> string
     | "${" KEY "}" -> answer
     | NAME "(" [either ("," either)*] ")" -> called
COMPARISON: "!=" | "<=" | ">=" | "=" | "<" | ">"
SIGN: "+" | "-"
TIMES: "*" | "div" | "mod"
NUMBER: /[0-9]+(\.[0-9]+)?/
STRING: /'[^']*'|"[^"]*"/
KEY: /[a-z][a-z0-9_]*/
NAME: /[a-z]+(-[a-z]+)*(?=\s*\()/
%ignore /\s+/
"""


class ConditionError(ValueError):
    """Words that are no condition: what was found, and what was expected."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(f"found {found}; expected {expected}")
        self.found, self.expected = found, expected


class Node(NamedTuple):
    """A step of a condition: what is done, with what. A leaf holds a value or a question's key."""

    does: str
    of: tuple[Any, ...] = ()


# --- values -------------------------------------------------------------------------------------

_NUMBER = re.compile(r"\s*-?\d{1,18}(\.\d{1,9})?\s*", re.ASCII)


def number(value: Value) -> Decimal | None:
    """``value`` as a number, None where it is none."""
    if isinstance(value, bool):
        return Decimal(int(value))
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Decimal(value.strip())
    return value if isinstance(value, Decimal) else None


def day(value: Value) -> date | None:
    """``value`` as a date, None where it is none."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, date) else None


def truth(value: Value) -> bool:
    """Whether ``value`` counts as true: no answer, no words and zero do not."""
    return bool(value)


def _plain(value: Value) -> Value:
    """A value without the difference between no words and no answer; several keys as one text."""
    if isinstance(value, tuple):
        value = " ".join(value)
    return None if value == "" else value


def _alike(one: Value, other: Value) -> tuple[Any, Any]:
    """Both as values of one sort; None for what cannot be."""
    one, other = _plain(one), _plain(other)
    if isinstance(one, bool) or isinstance(other, bool):
        return truth(one), truth(other)
    for sort, turned in ((date, day), (Decimal, number)):
        if isinstance(one, sort) or isinstance(other, sort):
            return turned(one), turned(other)
    return one, other


def _equal(one: Value, other: Value) -> bool:
    if _plain(one) is None or _plain(other) is None:
        return _plain(one) is _plain(other)
    one, other = _alike(one, other)
    return one is not None and one == other


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Value, Value], bool]:
    def compared(one: Value, other: Value) -> bool:
        one, other = _alike(one, other)
        if isinstance(one, str) and isinstance(other, str):
            one, other = number(one), number(other)
        return one is not None and other is not None and compare(one, other)

    return compared


def _reckoned(reckon: Callable[[Any, Any], Any]) -> Callable[[Value, Value], Value]:
    def reckoned(one: Value, other: Value) -> Value:
        left, right = number(_plain(one)), number(_plain(other))
        try:
            return None if left is None or right is None else reckon(left, right)
        except ArithmeticError:  # division by zero, numbers beyond all measure
            return None

    return reckoned


def _sum(one: Value, other: Value) -> Value:
    if isinstance(one, date):
        return _moved(one, number(_plain(other)))
    if isinstance(other, date):
        return _moved(other, number(_plain(one)))
    return _reckoned(operator.add)(one, other)


def _difference(one: Value, other: Value) -> Value:
    if isinstance(one, date) and isinstance(other, date):
        return Decimal((one - other).days)
    if isinstance(one, date):
        days = number(_plain(other))
        return _moved(one, None if days is None else -days)
    return _reckoned(operator.sub)(one, other)


def _moved(from_: date, days: Decimal | None) -> date | None:
    try:
        return None if days is None else from_ + timedelta(days=int(days))
    except OverflowError:
        return None


def _keys(value: Value) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return () if _plain(value) is None else tuple(str(value).split())


def _selected(value: Value, key: Value) -> bool:
    return str(key) in _keys(value)


def _either(condition: Value, one: Value, other: Value) -> Value:
    return one if truth(condition) else other


def _first(one: Value, other: Value) -> Value:
    return other if _plain(one) is None else one


class Does(NamedTuple):
    """What a step of a condition does, and how many values it takes."""

    takes: int
    do: Callable[..., Value]


FUNCTIONS = {
    "selected": Does(2, _selected),
    "count-selected": Does(1, lambda value: Decimal(len(_keys(value)))),
    "not": Does(1, lambda value: not truth(value)),
    "true": Does(0, lambda: True),
    "false": Does(0, lambda: False),
    "date": Does(1, day),
    "number": Does(1, lambda value: number(_plain(value))),
    "string-length": Does(1, lambda value: Decimal(len(str(_plain(value) or "")))),
    "if": Does(3, _either),
    "coalesce": Does(2, _first),
}
"""The functions that a condition may call, beside ``today()``."""

_OPERATORS: dict[str, Callable[..., Value]] = {
    "or": lambda one, other: truth(one) or truth(other),
    "and": lambda one, other: truth(one) and truth(other),
    "=": _equal,
    "!=": lambda one, other: not _equal(one, other),
    "<": _ordered(operator.lt),
    "<=": _ordered(operator.le),
    ">": _ordered(operator.gt),
    ">=": _ordered(operator.ge),
    "+": _sum,
    "-": _difference,
    "*": _reckoned(operator.mul),
    "div": _reckoned(operator.truediv),
    "mod": _reckoned(operator.mod),
    "negative": lambda value: _reckoned(operator.mul)(value, Decimal(-1)),
}


# --- from words to a tree -----------------------------------------------------------------------


class _Tree(Transformer[Token, Node]):
    def number(self, parts: list[Token]) -> Node:
        return Node("value", (Decimal(parts[0]),))

    def string(self, parts: list[Token]) -> Node:
        return Node("value", (str(parts[0])[1:-1],))

    def answer(self, parts: list[Token]) -> Node:
        return Node("answer", (str(parts[0]),))

    def either(self, parts: list[Node]) -> Node:
        return Node("or", tuple(parts))

    def both(self, parts: list[Node]) -> Node:
        return Node("and", tuple(parts))

    def negative(self, parts: list[Node]) -> Node:
        return Node("negative", tuple(parts))

    def infix(self, parts: list[Any]) -> Node:
        one, sign, other = parts
        return Node(str(sign), (one, other))

    compared = sum = product = infix

    def called(self, parts: list[Any]) -> Node:
        name, *given = parts
        of = tuple(one for one in given if one is not None)
        takes = 0 if name == "today" else FUNCTIONS[name].takes if name in FUNCTIONS else None
        if takes is None:
            expected = one_of(f"{known}()" for known in ["today", *FUNCTIONS])
            raise ConditionError(phrase("the function %(name)s()", name=str(name)), expected)
        if len(of) != takes:
            found = phrase("the %(count)s values in %(name)s()", count=len(of), name=str(name))
            raise ConditionError(found, phrase("%(count)s of them", count=takes))
        return Node(str(name), of)


@cache
def _parser() -> Lark:
    # The tree is made while it is read, bottom up, so that no nesting is too deep for it.
    return Lark(GRAMMAR, parser="lalr", transformer=_Tree())


def parsed(words: str) -> Node:
    """The tree of a condition. Raises :class:`ConditionError` for words that are none."""
    if len(words) > MOST_CHARACTERS:
        found = phrase("the length of %(count)s characters", count=len(words))
        raise ConditionError(found, at_most(MOST_CHARACTERS))
    try:
        return _parser().parse(words)  # type: ignore[return-value]
    except UnexpectedInput as error:
        ended = getattr(getattr(error, "token", None), "type", "") == "$END"
        near = "" if ended else words[max(error.pos_in_stream or 0, 0) :][:20]
        raise ConditionError(
            phrase("the words “%(words)s” that fit in nowhere", words=near)
            if near
            else phrase("the end too soon"),
            phrase("a condition such as ${seen} = 'yes' and selected(${why}, 'police')"),
        ) from None
    except VisitError as error:
        raise error.orig_exc from None


def value(node: Node, answers: Mapping[str, Value], today: date) -> Value:
    """What a tree comes to with these answers; a question without an answer has none."""
    match node.does:
        case "value":
            found: Value = node.of[0]
            return found
        case "answer":
            return answers.get(node.of[0])
        case "today":
            return today
    given = [value(one, answers, today) for one in node.of]
    function = FUNCTIONS.get(node.does)
    return function.do(*given) if function else _OPERATORS[node.does](*given)


def nodes(node: Node) -> Iterator[Node]:
    """A tree's steps, from the root on."""
    yield node
    for one in node.of:
        if isinstance(one, Node):
            yield from nodes(one)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as its author wrote it, and its tree.

    ``keys`` are those of the questions it asks about, each once.
    """

    words: str
    tree: Node
    keys: tuple[str, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Look through the tree once: every page of a form asks for the keys."""
        found = (node.of[0] for node in nodes(self.tree) if node.does == "answer")
        object.__setattr__(self, "keys", tuple(dict.fromkeys(found)))

    def holds(self, answers: Mapping[str, Value], today: date) -> bool:
        """Whether it is true with these answers."""
        return truth(value(self.tree, answers, today))

    @property
    def compared(self) -> Iterator[tuple[str, Any]]:
        """Each question's key that is compared with a value, and that value."""
        for node in nodes(self.tree):
            if node.does in ("selected", "=", "!=", "<", "<=", ">", ">="):
                sides = {side.does: side.of[0] for side in node.of if len(side.of) == 1}
                if sides.keys() == {"answer", "value"}:
                    yield sides["answer"], sides["value"]


@dataclass(frozen=True, kw_only=True)
class When(Field):
    """A condition in XLSForm's short syntax."""

    def read(self, raw: Any, at: At) -> Condition | None:
        if not isinstance(raw, str):
            return at.problem(raw, phrase("a condition such as ${seen} = 'yes'"))
        try:
            return Condition(raw, parsed(raw))
        except ConditionError as error:
            return at.problem(error.found, error.expected)
