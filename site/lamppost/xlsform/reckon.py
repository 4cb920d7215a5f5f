"""What a form reckons: the words of answers that later texts repeat, the answered rows of a matrix.

ODK itself shows a choice by its key there.
"""

from __future__ import annotations

from ..questions import choosing
from ..questions.models import Question

_LISTED = {"single", "multiple", "scale", "ranking", "place", "technology", "consent", "matrix"}


def has_words(question: Question) -> bool:
    return question.kind in _LISTED


def said(question: Question) -> str:
    """What reckons the words of an answer, which ODK otherwise shows by its key."""
    key = question.key
    if isinstance(question, choosing.Matrix):
        names = [f"{key}.{row.key}" for row in question.rows]
        return _joined(
            [(f"${{{n}}} != ''", f"jr:choice-name(${{{n}}}, '${{{n}}}')") for n in names]
        )
    if question.kind not in ("multiple", "ranking"):
        return f"jr:choice-name(${{{key}}}, '${{{key}}}')"
    count = len(question.keys)  # type: ignore[attr-defined]
    return _joined(
        [
            (
                f"count-selected(${{{key}}}) > {n}",
                f"jr:choice-name(selected-at(${{{key}}}, {n}), '${{{key}}}')",
            )
            for n in range(count)
        ]
    )


def _joined(parts: list[tuple[str, str]]) -> str:
    between = ["", *["', ', "] * (len(parts) - 1)]
    told = [
        f"if({when}, concat({comma}{words}), '')" if comma else f"if({when}, {words}, '')"
        for comma, (when, words) in zip(between, parts, strict=True)
    ]
    return f"concat({', '.join(told)})"


def answered_rows(question: choosing.Matrix) -> str:
    names = ((row.key, f"${{{question.key}.{row.key}}}") for row in question.rows)
    return "concat(" + ", ".join(f"if({name} != '', '{key} ', '')" for key, name in names) + ")"
