"""The files of the record that a draft would make."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from ..briefs.load import ENDINGS, FILE, FOLDER
from ..pages.load import SOURCES
from ..record import Record
from ..text import SOURCE_LANGUAGE
from ..texts.rewrite import rewritten
from .models import Draft, DraftText

NEW = "provenance: {}\n"
"""What a new ``brief.yaml`` is written onto."""


def fact(draft: Draft, root: Path, name: str) -> Any:
    """A value of ``brief.yaml`` as it would be published: the draft's, else that of the file."""
    if name in draft.facts:
        return draft.facts[name]
    return _raw(draft, Record(root)).get(name)


def listed(draft: Draft, root: Path, name: str) -> list[dict[str, Any]]:
    """The charts, key figures or pictures that ``brief.yaml`` would hold."""
    return [*(fact(draft, root, name) or [])]


def _raw(draft: Draft, record: Record) -> dict[str, Any]:
    name = f"{FOLDER}/{draft.brief}/{FILE}"
    return dict(record.mapping(name)) if (record.root / name).exists() else {}


def files_of(draft: Draft, root: Path, today: date) -> dict[str, bytes | None]:
    """The files by name as they would be published ``today``; None for one that is to go.

    What the draft does not hold stays as the files at ``root`` have it, with their comments and
    their order.
    """
    folder, record = f"{FOLDER}/{draft.brief}", Record(root)
    name = f"{folder}/{FILE}"
    is_new = not (root / name).exists()
    before = NEW if is_new else (root / name).read_text("utf-8")
    raw = _raw(draft, record)
    texts = sorted((t for t in draft.texts if _is_begun(t)), key=lambda t: t.language != "en")
    files: dict[str, bytes | None] = {}
    whole = _whole(draft, raw, texts, today)
    files[name] = rewritten(before, whole).encode()
    updated = _updated(record, folder, draft, today)
    for text in texts:
        files[f"{folder}/{text.language}.md"] = _version(record, folder, text, updated, today)
    files |= {f"{folder}/{one.file}": one.data for one in draft.pictures}
    written = {text.language for text in texts}
    for old in record.names(folder, ".md"):
        if old.removeprefix(f"{folder}/").removesuffix(".md") not in written:
            files[old] = None
    return {**files, **_gone(record, folder, raw, whole), **_sources(draft, root)}


def _gone(
    record: Record, folder: str, raw: dict[str, Any], whole: dict[str, Any]
) -> dict[str, None]:
    """The files of pictures that were taken out."""
    names = {one.get("file") for one in raw.get("pictures", [])}
    names -= {one.get("file") for one in whole.get("pictures", [])}
    found = [f"{folder}/{file}" for file in names if str(file).endswith(ENDINGS)]
    return {name: None for name in found if (record.root / name).exists()}


def _sources(draft: Draft, root: Path) -> dict[str, bytes | None]:
    """The record's sources with those that the draft adds; what stands there already stays."""
    if not draft.sources:
        return {}
    top = dict(Record(root).mapping(SOURCES))
    held = top.get("sources", {})
    top["sources"] = {**held, **{id_: raw for id_, raw in draft.sources.items() if id_ not in held}}
    return {SOURCES: rewritten((root / SOURCES).read_text("utf-8"), top).encode()}


def _is_begun(text: DraftText) -> bool:
    return bool(text.title or text.body) or text.language == SOURCE_LANGUAGE


def _whole(
    draft: Draft, raw: dict[str, Any], texts: list[DraftText], today: date
) -> dict[str, Any]:
    made = {text.language: text.made for text in texts if text.language != SOURCE_LANGUAGE}
    provenance = {**made, **raw.get("provenance", {})}
    told = {
        "provenance": {code: provenance[code] for code in provenance if code in made},
        "title": _words(raw.get("title", {}), "title", texts, provenance, today),
        "summary": _words(raw.get("summary", {}), "summary", texts, provenance, today),
        **draft.facts,
        "languages": [text.language for text in texts],
        "published_on": raw.get("published_on", today),
    }
    pictures = told.get("pictures", raw.get("pictures")) or []
    whole = {**raw, **told, "pictures": [*pictures, *_pictures(draft)]}
    whole.pop("withdrawn", None)
    return {key: value for key, value in whole.items() if value not in ("", [], {}, None)}


def _pictures(draft: Draft) -> list[dict[str, Any]]:
    found = ((one, {"id": one.name, "file": one.file, "alt": one.alt}) for one in draft.pictures)
    return [{**told, "caption": one.caption} if one.caption else told for one, told in found]


def _words(
    raw: dict[str, Any], name: str, texts: list[DraftText], provenance: dict[str, Any], today: date
) -> dict[str, Any]:
    """The words of a title or summary, and what differs from the file's rule of how it was made."""
    found = {t.language: words for t in texts if (words := getattr(t, name))}
    others = [t for t in texts if t.language in found and t.language != SOURCE_LANGUAGE]
    by = {t.language: t.made for t in others if t.made != provenance.get(t.language)}
    stale = {
        t.language: raw.get("stale", {}).get(t.language, today) for t in others if not t.is_current
    }
    return {**found, **({"by": by} if by else {}), **({"stale": stale} if stale else {})}


def _updated(record: Record, folder: str, draft: Draft, today: date) -> date:
    """The day of the English version: today where it differs from the file."""
    name = f"{folder}/{SOURCE_LANGUAGE}.md"
    if not (record.root / name).exists():
        return today
    front, markdown = record.article(name)
    same = draft.source is not None and draft.source.body == markdown.strip()
    day = front.get("updated")
    return day if same and isinstance(day, date) else today


def _version(record: Record, folder: str, text: DraftText, english: date, today: date) -> bytes:
    """A text with its front matter; the file as it is where nothing of it would change."""
    name = f"{folder}/{text.language}.md"
    exists = (record.root / name).exists()
    before, markdown = record.article(name) if exists else ({}, "")
    front: dict[str, Any] = {"updated": english, "provenance": text.made}
    if text.language != SOURCE_LANGUAGE:
        same = markdown.strip() == text.body
        front["updated"] = before.get("updated", today) if same else today
        if text.is_current:
            front["translates"] = english
        elif before.get("translates") not in (english, None):
            front["translates"] = before["translates"]
    if exists and (front, text.body) == (dict(before), markdown.strip()):
        return (record.root / name).read_bytes()
    lines = [f"{key}: {_flow(value)}" for key, value in front.items()]
    return "\n".join(["---", *lines, "---", "", text.body.strip(), ""]).encode()


def _flow(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
