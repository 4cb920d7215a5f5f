"""The page of a release and its downloads, public or only looked at before it is."""

from __future__ import annotations

import csv
import io
from typing import Any

from flask import render_template

from ..content import Content
from ..i18n import speech
from ..registry.columns import harmless
from . import labels
from .load import Results
from .release import Release, Table

COLUMNS = ("survey", "release", "question", "text", "answer", "words", "count", "percent", "base",
           "state")  # fmt: skip


def results_page(results: Results, content: Content, *, template: str, **more: Any) -> str:
    """The page of the latest release in the language that is spoken now."""
    release = results.latest
    return render_template(
        template, release=release, results=results, survey=content.surveys.get(release.survey),
        registry=content.registry, labels=labels,
        made=release.title.in_language(speech().code).made, **more,
    )  # fmt: skip


def csv_of(release: Release) -> str:
    """The tables as CSV that a spreadsheet takes for words alone, in the language spoken now."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for table in release.tables:
        for row in _rows(release, table):
            writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return stream.getvalue()


def _rows(release: Release, table: Table) -> list[tuple[Any, ...]]:
    start = (release.survey, release.number, table.key, labels.title(table))
    if table.state != "shown":
        return [(*start, "", "", "", "", "", table.state)]
    rows: list[tuple[Any, ...]] = [
        (*start, cell.key, labels.answer(table, cell), cell.count, cell.percent, table.base,
         "hidden" if cell.count is None else "shown")
        for cell in table.cells
    ]  # fmt: skip
    if table.together is not None:
        rows.append((*start, "", "", table.together, "", table.base, "hidden together"))
    return rows
