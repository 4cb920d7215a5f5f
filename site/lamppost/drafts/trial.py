"""A brief read from files that are not published, to be looked at and checked."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..briefs.load import FOLDER, check_briefs, load_briefs
from ..briefs.models import Brief
from ..content import Content
from ..fields import Problem, declared
from ..i18n import languages
from ..record import Record


class Trial(NamedTuple):
    """A brief as it would be; None where too little of it is there to be shown. What is wrong."""

    brief: Brief | None
    problems: list[Problem]


def tried(root: Path, now: Content, brief: str, files: Mapping[str, bytes | None]) -> Trial:
    """What ``files`` would make of a brief beside all others of the record at ``root``."""
    with tempfile.TemporaryDirectory(prefix="lamppost-") as folder:
        record = _overlaid(root, Path(folder), files)
        registry = now.registry
        known: dict[str, Mapping[str, Any]] = {
            "sources": now.sources,
            "organizations": registry.organizations,
            "technologies": registry.technologies,
            "terms": now.terms,
        }
        briefs = load_briefs(record, tuple(languages()), known)
        check_briefs(record, briefs, {**now.targets, "brief": briefs})
    own = [problem for problem in record.problems if problem.file.startswith(f"{FOLDER}/{brief}/")]
    found = briefs.get(brief)
    return Trial(found if found and _can_be_shown(found) else None, sorted(set(own)))


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


def _can_be_shown(brief: Brief) -> bool:
    needed = (name for name, (_, required) in declared(Brief).items() if required)
    return all(getattr(brief, name) is not None for name in needed)
