"""Reads pages, terms, the plan, sources and settings from the record, and checks them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from ..fields import IDS, At, Problem, Unread, attributed, check_keys, read, read_all, reviewer
from ..markup import LANGUAGE, links
from ..phrases import phrase
from ..record import Record
from ..registry.models import ID_PATTERN
from ..registry.rows import Bounds
from ..text import SOURCE_LANGUAGE
from .models import EVERYWHERE, Article, Corners, Page, Plan, Settings, Source, Statement, Term

SITE = "content/site.yaml"
SOURCES = "content/sources.yaml"
STATEMENT = "content/accessibility.yaml"
SOURCE_IDS = r"[A-Za-z0-9][A-Za-z0-9_-]*"


def load_sources(record: Record, languages: tuple[str, ...]) -> dict[str, Source]:
    """The sources by id."""
    return _all_of(record, Source, SOURCES, "sources", languages, {}, SOURCE_IDS)


def load_terms(
    record: Record, languages: tuple[str, ...], known: Mapping[str, Mapping[str, Any]]
) -> dict[str, Term]:
    """The terms by id, in the order of the file."""
    return _all_of(record, Term, "content/glossary.yaml", "terms", languages, known)


def load_plan(
    record: Record, languages: tuple[str, ...], known: Mapping[str, Mapping[str, Any]]
) -> Plan:
    """The Implementation Plan."""
    name = "content/plan.yaml"
    raw = dict(record.mapping(name))
    if not raw and not record.read_well(name):
        return Plan()
    at = _at(record, name, raw, languages, known)
    raw.pop("provenance", None)
    plan = read(Plan, raw, at)
    if isinstance(plan.total, int) and plan.not_known < 0:
        (at / "recommendations").problem(
            phrase("the %(count)s recommendations", count=len(plan.recommendations)),
            phrase("at most %(most)s, as in total", most=plan.total),
        )
    return plan


def load_statement(record: Record, languages: tuple[str, ...]) -> Statement:
    """What was tested of the site's accessibility."""
    raw = record.mapping(STATEMENT)
    if not raw and not record.read_well(STATEMENT):
        return Statement()
    known = {"languages": dict.fromkeys(languages)}
    return read(Statement, raw, _at(record, STATEMENT, raw, languages, known))


def load_settings(
    record: Record, languages: tuple[str, ...], known: Mapping[str, Mapping[str, Any]]
) -> Settings:
    """The site's own settings."""
    raw = dict(record.mapping(SITE))
    if not raw and not record.read_well(SITE):
        return Settings()
    at = _at(record, SITE, raw, languages, known)
    raw.pop("provenance", None)
    settings = read(Settings, raw, at)
    if settings.time_zone and settings.time_zone not in _time_zones():
        told = phrase("a time zone such as %(example)s", example="America/Los_Angeles")
        (at / "time_zone").problem(settings.time_zone, told)
    return settings


def bounds_of(record: Record) -> Bounds:
    """The rectangle of the city, read ahead of everything else since devices are checked by it."""
    raw = record.mapping(SITE).get("bounds")
    return Bounds(*(Corners().read(raw, At(SITE, [], {}, (), {})) or EVERYWHERE))


def time_zone_of(record: Record) -> str:
    """The city's time zone; UTC when the file does not name a real one."""
    zone = record.mapping(SITE).get("time_zone")
    return zone if isinstance(zone, str) and zone in _time_zones() else "UTC"


# Asked anew, it looks into the six hundred files of them all.
@cache
def _time_zones() -> set[str]:
    return available_timezones()


def load_pages(
    record: Record, languages: tuple[str, ...], known: Mapping[str, Mapping[str, Any]]
) -> dict[str, Page]:
    """The pages by slug. A page needs its English version; others may be missing."""
    found: dict[str, dict[str, Article]] = {}
    for name in record.names("content/pages", ".md"):
        slug, _, file = name.removeprefix("content/pages/").partition("/")
        language = file.removesuffix(".md")
        at = At(name, record.problems, known, languages, {})
        if not re.fullmatch(ID_PATTERN, slug):
            told = phrase("a folder of lower-case words joined by -, with a file per language")
            at.problem(slug, told)
            continue
        if language not in languages:
            codes = ", ".join(languages)
            at.problem(file, phrase("a file named for a language: %(codes)s", codes=codes))
            continue
        front, markdown = record.article(name)
        # One with a fault is kept as it is, so that the fault is told once.
        read_well = record.read_well(name)
        given = {"markdown": markdown, "reviewer": reviewer(front.get("provenance"))}
        article = read(Article, front, at, **given) if read_well else Article()
        found.setdefault(slug, {})[language] = article
    for slug, articles in found.items():
        if "en" not in articles:
            At(f"content/pages/{slug}/en.md", record.problems, known, languages, {}).problem(
                None, phrase("the text in English, from which others come")
            )
    return {slug: Page(slug, articles) for slug, articles in found.items() if "en" in articles}


def check_links(record: Record, pages: Mapping[str, Page], known: Mapping[str, Any]) -> None:
    """Report links of pages to things that are not in the record, or not in every language."""
    for slug, page in pages.items():
        check_links_of(record, f"content/pages/{slug}", page.articles, known)


def check_links_of(
    record: Record, folder: str, versions: Mapping[str, Any], known: Mapping[str, Any]
) -> None:
    """Report what is wrong with the links of a text, of which ``folder`` holds the versions."""
    source = versions[SOURCE_LANGUAGE]
    source_file = f"{folder}/{SOURCE_LANGUAGE}.md"
    for language, version in versions.items():
        at = At(f"{folder}/{language}.md", record.problems, {}, (), {})
        for link in links(version.markdown):
            scheme, _, target = link.partition(":")
            if scheme in known and target not in known[scheme]:
                told = phrase("a link to something of the record (%(scheme)s:)", scheme=scheme)
                (at / "text").problem(link, told)
            elif scheme not in known and scheme not in ("https", "http", "mailto", "tel"):
                told = phrase("a link to https: or to one of %(schemes)s", schemes=", ".join(known))
                (at / "text").problem(link, told)
        stale = version.translates != source.updated
        if stale or not (record.read_well(at.file) and record.read_well(source_file)):
            continue
        own, wanted = _places(version.markdown), _places(source.markdown)
        expected = phrase("the links of en.md")
        for link in own - wanted:
            found = phrase("a link too many to %(link)s", link=link)
            record.problems.append(Problem(at.file, "text", found, expected))
        for link in wanted - own:
            found = phrase("no link to %(link)s", link=link)
            record.problems.append(Problem(at.file, "text", found, expected))


def _places(markdown: str) -> Counter[str]:
    """Where a text leads; what only says its language leads nowhere."""
    return Counter(link for link in links(markdown) if not link.startswith(LANGUAGE))


def _at(
    record: Record, name: str, raw: Mapping[str, Any], languages: tuple[str, ...],
    known: Mapping[str, Mapping[str, Any]],
) -> At:  # fmt: skip
    return attributed(raw, At(name, record.problems, known, languages, {}))


def _all_of(
    record: Record, kind: type, name: str, key: str, languages: tuple[str, ...],
    known: Mapping[str, Mapping[str, Any]], ids: str = IDS,
) -> dict[str, Any]:  # fmt: skip
    raw = record.mapping(name)
    if not raw and not record.read_well(name):
        return Unread()
    at = _at(record, name, raw, languages, known)
    check_keys(raw, ("provenance", key), at)
    entries = raw.get(key)
    return read_all(kind, entries, at / key, ids=ids)
