"""Briefs in the order in which they are read, and how they belong together."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from .models import KINDS, Brief


def current(briefs: Mapping[str, Brief]) -> list[Brief]:
    """Those whose place no other has taken, the newest year first, then by kind and order."""
    replaced = {id_ for brief in briefs.values() for id_ in brief.previous}
    return sorted(
        (brief for brief in briefs.values() if brief.id not in replaced),
        key=lambda brief: (-brief.year, KINDS.index(brief.kind), brief.order, brief.id),
    )


def by_year(briefs: Mapping[str, Brief]) -> list[tuple[int, list[tuple[str, list[Brief]]]]]:
    """The current ones: year by year, and in it kind by kind."""
    return [
        (year, [(kind, list(same)) for kind, same in groupby(of_year, lambda brief: brief.kind)])
        for year, of_year in groupby(current(briefs), lambda brief: brief.year)
    ]


def parts_of(report: str, briefs: Mapping[str, Brief]) -> list[Brief]:
    """The current briefs of an annual report, in their order."""
    parts = [brief for brief in current(briefs) if brief.part_of == report]
    return sorted(parts, key=lambda brief: (brief.order, brief.id))


def newer(id_: str, briefs: Mapping[str, Brief]) -> Brief | None:
    """The brief that took the place of one, if any did."""
    return next((brief for brief in briefs.values() if id_ in brief.previous), None)


def pdf_name(brief: str, language: str) -> str:
    """The name of the PDF of a brief."""
    return f"{brief}-{language}.pdf"


def whole_name(report: str, language: str) -> str:
    """The name of the PDF of an annual report with all its briefs."""
    return f"{report}-whole-{language}.pdf"
