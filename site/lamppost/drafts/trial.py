"""A brief read from files that are not published, to be looked at and checked."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from ..briefs.load import FOLDER, check_briefs, load_briefs
from ..briefs.models import Brief
from ..content import Content
from ..fields import At, Problem, declared, read
from ..i18n import languages
from ..pages.load import SOURCES, load_sources
from ..pages.models import Source
from ..record import Record
from .models import Draft


class Trial(NamedTuple):
    """A brief as it would be; None where too little of it is there to be shown. What is wrong.

    ``sources`` are those of the record, and those that come with the brief.
    """

    brief: Brief | None
    problems: list[Problem]
    sources: Mapping[str, Source]


def with_sources(now: Content, draft: Draft) -> Content:
    """The content with the sources that a draft would bring into the record."""
    at = At(SOURCES, [], {}, tuple(languages()), {})
    new = {id_: read(Source, raw, at, id=id_) for id_, raw in draft.sources.items()}
    return with_these(now, {**now.sources, **new})


def with_these(now: Content, sources: Mapping[str, Source]) -> Content:
    """The content with other sources; nothing that was drawn with its own is taken over."""
    return replace(now, sources=dict(sources), fragments={})


def tried(root: Path, now: Content, brief: str, files: Mapping[str, bytes | None]) -> Trial:
    """What ``files`` would make of a brief beside all others of the record at ``root``."""
    with tempfile.TemporaryDirectory(prefix="lamppost-") as folder:
        record = _overlaid(root, Path(folder), files)
        registry = now.registry
        codes = tuple(languages())
        sources = load_sources(record, codes) if SOURCES in files else now.sources
        known: dict[str, Mapping[str, Any]] = {
            "sources": sources,
            "organizations": registry.organizations,
            "technologies": registry.technologies,
            "terms": now.terms,
        }
        briefs = load_briefs(record, codes, known)
        check_briefs(record, briefs, {**now.targets, "brief": briefs, "source": sources})
    own = [p for p in record.problems if p.file.startswith((f"{FOLDER}/{brief}/", SOURCES))]
    found = briefs.get(brief)
    shown = found if found and _can_be_shown(found, own) else None
    return Trial(shown, sorted(set(own)), sources)


def _overlaid(root: Path, beside: Path, files: Mapping[str, bytes | None]) -> Record:
    paths = [path for path in (root / FOLDER).rglob("*") if path.is_file()]
    for path in paths:
        name = path.relative_to(root)
        if str(name) not in files:
            (beside / name).parent.mkdir(parents=True, exist_ok=True)
            (beside / name).symlink_to(path.resolve())
    for new, data in files.items():
        if data is not None:
            (beside / new).parent.mkdir(parents=True, exist_ok=True)
            (beside / new).write_bytes(data)
    return Record(beside)


FIGURES = ("key_figures", "charts", "pictures")


def _can_be_shown(brief: Brief, problems: list[Problem]) -> bool:
    """Whether all that a page needs is there; a figure with a fault cannot be drawn."""
    needed = (name for name, (_, required) in declared(Brief).items() if required)
    is_drawn = not any(problem.key.startswith(FIGURES) for problem in problems)
    return is_drawn and all(getattr(brief, name) is not None for name in needed)
