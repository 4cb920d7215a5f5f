"""Everything that is published, read from one record and checked as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from . import icons
from .answering.definitions import Form
from .answering.load import Reader, load_forms
from .briefs.load import check_briefs, load_briefs
from .briefs.models import Brief, Pdf
from .cases.public import FILE as CASES
from .cases.public import Cases, read_cases
from .cases.ready import ReadyAnswer, load_ready
from .config import Config
from .fields import Problem
from .history import saves
from .i18n import languages
from .pages.load import (
    bounds_of,
    check_links,
    load_pages,
    load_plan,
    load_settings,
    load_sources,
    load_statement,
    load_terms,
    time_zone_of,
)
from .pages.models import Page, Plan, Settings, Source, Statement, Term
from .phrases import phrase
from .record import Record
from .registry.changes import Change, changes
from .registry.load import load
from .registry.models import Technology
from .registry.queries import Registry, groups_of
from .results.load import Results, load_results
from .shelf import Shelf
from .surveys.definitions import Survey
from .surveys.load import load_surveys
from .surveys.opening import Reason

GENERATED_PAGES = (
    "plan",
    "glossary",
    "downloads",
    "sources",
    "changes",
    "briefs",
    "surveys",
    "concerns",
    "pitches",
    "vendor-assessments",
)
"""Pages that texts may link to by the scheme ``page:`` though no file holds them."""

REQUIRED_PAGES = frozenset(
    {
        "home", "how-to-read", "about-the-data", "data-privacy", "for-vendors",
        "accessibility", "languages", "have-your-say", "moderation", "pitch",
    }
)  # fmt: skip
OWN_ENTRY = "this-website"


@dataclass
class Content:
    """The published content of one record.

    ``problems`` is empty when the record passed its check; only then may it be served or frozen.
    ``digests`` holds a hash of each file by name, for telling what has changed.
    """

    settings: Settings
    registry: Registry
    pages: dict[str, Page]
    briefs: dict[str, Brief]
    terms: dict[str, Term]
    plan: Plan
    statement: Statement
    sources: dict[str, Source]
    surveys: dict[str, Survey]
    reasons: dict[str, list[Reason]]
    """What the gate says of each survey."""
    practices: Mapping[str, Technology]
    """What is done with answers, by the name that surveys and forms call it by."""
    forms: dict[str, Form]
    ready: dict[str, ReadyAnswer]
    """What an officer can begin an answer with."""
    cases: Cases
    """What anybody may read of what people said."""
    results: dict[str, Results]
    """The results of surveys that have any."""
    changes: list[Change]
    as_of: date
    problems: list[Problem]
    digests: dict[str, bytes] = field(repr=False)
    targets: Mapping[str, Any] = field(repr=False)
    """What texts may link to, by the scheme of the link."""
    fragments: dict[Any, Any] = field(default_factory=dict, repr=False)
    """What was made of it once and stays true as long as it does, such as parts of pages."""
    shelf: Shelf = field(default_factory=Shelf, repr=False)
    """Where a freeze keeps parts of downloads for the next."""
    pdfs: dict[tuple[str, str], Pdf] = field(default_factory=dict, repr=False)
    """The PDFs of briefs by brief and name, in a freeze that makes them."""

    def digest(self, *prefixes: str) -> bytes:
        """A hash of all files whose names start with one of ``prefixes``."""
        found = sorted(n for n in self.digests if n.startswith(prefixes))
        return hashlib.blake2b(b"".join(self.digests[n] for n in found), digest_size=12).digest()

    @cached_property
    def devices_digest(self) -> bytes:
        """A hash of all devices."""
        joined = b"".join([device.digest for device in self.registry.in_order])
        return hashlib.blake2b(joined, digest_size=12).digest()

    @cached_property
    def codes_digest(self) -> bytes:
        """A hash of which devices there are, for pages that may link to one that is gone."""
        codes = ",".join(sorted(self.registry.devices))
        return hashlib.blake2b(codes.encode(), digest_size=12).digest()

    @cached_property
    def as_of_facts(self) -> str:
        """What depends on the day: overdue answers, and end dates that have passed."""
        passed = sorted(self.registry.past_their_end)
        overdue = [(o.technology.id, o.group) for o in self.registry.overdue]
        return f"{overdue} {passed}"

    @cached_property
    def cited(self) -> dict[str, list[Technology]]:
        """For each source, the technologies whose answers rest on it."""
        found: dict[str, list[Technology]] = {}
        for technology in self.registry.technologies.values():
            groups = groups_of(technology).values()
            for id_ in dict.fromkeys(id_ for group in groups for id_ in group.sources):
                found.setdefault(id_, []).append(technology)
        return found

    @property
    def survey_of_technologies(self) -> Survey | None:
        """The open survey to which the page of every technology leads, if there is one."""
        asked = (s for s in self.surveys.values() if s.asks_about and s.is_open(self.as_of))
        return next(asked, None)

    @cached_property
    def cited_by_briefs(self) -> dict[str, list[Brief]]:
        """For each source, the briefs whose text, key figures or charts rest on it."""
        found: dict[str, list[Brief]] = {}
        for brief in self.briefs.values():
            for id_ in brief.rests_on:
                found.setdefault(id_, []).append(brief)
        return found

    @cached_property
    def changes_of_device(self) -> dict[str, list[Change]]:
        """The changes of each device that ever changed, newest first."""
        found: dict[str, list[Change]] = {}
        for change in self.changes:
            if change.device:
                found.setdefault(change.device, []).append(change)
        return found

    @cached_property
    def shared_digest(self) -> bytes:
        """A hash of what every page may show: not what has pages of its own."""
        prefixes = (
            "content/registry/technologies/",
            "content/registry/devices/",
            "content/pages/",
            "content/briefs/",
            "content/answers/",
            "surveys/",
        )
        names = [name for name in self.digests if not name.startswith(prefixes)]
        return self.digest(*names)


def _check_required(record: Record, pages: Iterable[str], technologies: Iterable[str]) -> None:
    """Report what the site's own frame links to and the record lacks."""
    for page in sorted(REQUIRED_PAGES - set(pages)):
        name = f"content/pages/{page}/en.md"
        told = phrase("no such page"), phrase("a page, linked from all")
        record.problems.append(Problem(name, phrase("(file)"), *told))
    if OWN_ENTRY not in technologies:
        name = f"content/registry/technologies/{OWN_ENTRY}.yaml"
        told = phrase("no such technology"), phrase("the site’s own entry in its registry")
        record.problems.append(Problem(name, phrase("(file)"), *told))


def read_content(config: Config, history: Path | None = None) -> Content:
    """Read and check the record that ``config`` names. Never raises for what is in the files.

    ``history`` is the folder whose git tells what changed, the record itself unless given.
    """
    record = Record(config.record)
    codes = tuple(languages())
    as_of = config.today(time_zone_of(record))
    sources = load_sources(record, codes)
    parts = load(record, languages=codes, sources=sources, bounds=bounds_of(record), as_of=as_of)
    known: dict[str, Mapping[str, Any]] = {"sources": sources, "organizations": parts.organizations}
    pages = load_pages(record, codes, known)
    terms = load_terms(record, codes, known)
    briefs = load_briefs(
        record, codes, {**known, "technologies": parts.technologies, "terms": terms}
    )
    words = {f"words/{name}": found for name, found in parts.words.items()}
    reader = Reader(record, codes, {**known, **words, "icons": icons.names()})
    surveys, reasons = load_surveys(reader)
    results = load_results(
        record, codes, {**known, "technologies": parts.technologies, "surveys": surveys}
    )
    targets = {
        "page": {*pages, *GENERATED_PAGES},
        "technology": parts.technologies,
        "term": terms,
        "brief": briefs,
        "survey": surveys,
        "source": sources,
        "lang": codes,
    }
    check_links(record, pages, targets)
    check_briefs(record, briefs, targets)
    _check_required(record, pages, parts.technologies)
    settings = load_settings(record, codes, known)
    plan = load_plan(record, codes, known)
    made = [] if record.problems else changes(saves(history or config.record), settings.time_zone)
    return Content(
        settings=settings,
        registry=Registry(parts, as_of),
        pages=pages,
        briefs=briefs,
        terms=terms,
        plan=plan,
        statement=load_statement(record, codes),
        sources=sources,
        surveys=surveys,
        reasons=reasons,
        practices=reader.known["practices"],
        forms=load_forms(reader),
        ready=load_ready(reader),
        cases=read_cases(config.instance / CASES),
        results=results,
        changes=made,
        as_of=as_of,
        problems=sorted(set(record.problems)),
        digests=record.digests,
        targets=targets,
    )
