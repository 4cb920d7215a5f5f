"""The cells of an answer as ODK and KoBo write them, as what a form of ours would send."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..i18n import gettext as _
from ..questions.models import Question, World

_DAY = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ].*)?")
_WHOLE = re.compile(r"(\d+)\.0+")
_TICKED = ("yes", "ok", "true", "1")

Sent = dict[str, list[str]]


class UnclearError(ValueError):
    """A cell that is no answer to its question; the message says what it should be."""


def typed(question: Question, cells: Mapping[str, str]) -> Sent:
    """What a form would have sent for a question. Raises :class:`UnclearError`."""
    cell = cells.get(question.key, "")
    match question.kind:
        case "multiple":
            return {**_own(question, cells), question.key: cell.split()}
        case "ranking":
            places = enumerate(cell.split(), 1)
            return {f"{question.key}.{key}": [str(n)] for n, key in places}
        case "date" if cell:
            day = _DAY.fullmatch(cell)
            if day is None:
                raise UnclearError(_("Write a day such as 2026-11-22."))
            parts = zip(("year", "month", "day"), day.groups(), strict=True)
            return {f"{question.key}.{part}": [digits] for part, digits in parts}
        case "whole_number":
            whole = _WHOLE.fullmatch(cell)
            return {question.key: [whole[1] if whole else cell]}
        case "consent":
            return {question.key: ["yes" if cell.lower() in _TICKED else cell]}
    return {name: [cells[name]] for name in (question.key, *question.names) if name in cells}


def _own(question: Question, cells: Mapping[str, str]) -> Sent:
    return {name: [cells[name]] for name in question.names if name in cells}


def not_offered(question: Question, cells: Mapping[str, str], world: World) -> str:
    """The first choice in the cells of a question that it does not offer; empty where none is."""
    offered = {option.key for option in question.options(world)}
    if question.kind in ("multiple", "ranking"):
        chosen = cells.get(question.key, "").split()
    elif question.kind == "matrix":
        chosen = [cells[name] for name in question.names if name in cells]
    elif question.kind in ("single", "scale", "place", "technology"):
        chosen = [cells[question.key]] if question.key in cells else []
    else:
        return ""
    return next((key for key in chosen if key not in offered), "")
