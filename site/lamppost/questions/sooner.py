"""What the small script of a form is told, so that a question comes and goes while one answers.

The server decides what is asked, at every step; ``static/js/sooner.js`` only shows it before that.
It knows a part of what conditions can say, and means the same by it: no dates, nothing reckoned,
only whole numbers and answers that are keys. A question with any other condition comes with the
next step, as all do where there is no script.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from .conditions import Node, Value
from .load import CARRIED
from .models import Question

KINDS = frozenset({"single", "multiple", "scale", "consent", "place", "technology"})
"""Questions whose answer is what a browser has checked or chosen."""

_DOES = frozenset({
    "or", "and", "=", "!=", "<", "<=", ">", ">=", "selected", "count-selected", "not",
})  # fmt: skip

_json = json.JSONEncoder(separators=(",", ":")).encode


class _UnknownError(Exception):
    """Something that the script does not know."""


def when(question: Question, page: Mapping[str, Question], known: Mapping[str, Value]) -> str:
    """The condition of a question as JSON, such as ``["=", ["answer", "seen"], ["value", "yes"]]``.

    ``page`` has the questions of the same page by their keys, ``known`` the operands of earlier
    answers, which are put in. Empty where the script can do nothing: there is no condition, it does
    not depend on this page, or says what the script does not know.
    """
    condition = question.show_if
    if condition is None or page.keys().isdisjoint(condition.keys):
        return ""
    if not page.keys().isdisjoint(CARRIED.findall(f"{question.text} {question.hint}")):
        return ""
    try:
        return _json(_tree(condition.tree, page, known))
    except _UnknownError:
        return ""


def _tree(node: Node, page: Mapping[str, Question], known: Mapping[str, Value]) -> list[Any]:
    if node.does == "value":
        return ["value", _plain(node.of[0])]
    if node.does == "answer" and (asked := page.get(node.of[0])):
        if asked.kind not in KINDS:
            raise _UnknownError
        return ["answer", asked.key]
    if node.does == "answer":
        return ["value", _plain(known.get(node.of[0]))]
    if node.does not in _DOES:
        raise _UnknownError
    return [node.does, *(_tree(one, page, known) for one in node.of)]


def _plain(value: Value) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Decimal) and value == int(value) and str(int(value)) == str(value):
        return int(value)
    if value is None or isinstance(value, str):
        return value
    raise _UnknownError
