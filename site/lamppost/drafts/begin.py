"""How a draft begins: with nothing, or with what is published."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sqlalchemy.exc import IntegrityError

from ..briefs.load import FILE, FOLDER
from ..db import sessions
from ..record import Record
from ..saves import digest
from ..staff import audit
from ..staff.clock import now
from ..staff.models import Staff
from ..text import SOURCE_LANGUAGE, folded
from .models import Draft, DraftText, DraftWriter

FACTS = (
    "year", "kind", "contact", "part_of", "order", "grade", "sources", "technologies", "terms",
    "previous",
)  # fmt: skip
"""What of ``brief.yaml`` the desk edits as facts, in the order of the form."""

MOST_ID = 60


class TakenError(Exception):
    """There is a draft of this brief already."""


def id_from(title: str) -> str:
    """The id that a title suggests; it may be taken, or empty where the title has no letters."""
    words = re.findall("[a-z0-9]+", folded(title))
    return "-".join(words)[:MOST_ID].strip("-")


def begin_new(brief: str, title: str, by: Staff) -> Draft:
    """A draft of a brief that is not published. Raises :class:`TakenError`."""
    draft = _draft(brief, by)
    draft.texts.append(DraftText(language=SOURCE_LANGUAGE, title=title, changed_by=by.name))
    return _begun(draft, by)


def begin_from(root: Path, brief: str, languages: tuple[str, ...], by: Staff) -> Draft:
    """A draft that holds what is published of a brief. Raises :class:`TakenError`."""
    folder, record = f"{FOLDER}/{brief}", Record(root)
    raw = record.mapping(f"{folder}/{FILE}")
    draft = _draft(brief, by)
    draft.facts = {name: raw[name] for name in FACTS if name in raw}
    draft.seen = {name: digest((root / name).read_bytes()) for name in record.names(folder, "")}
    for language in languages:
        if (root / folder / f"{language}.md").exists():
            draft.texts.append(_text(record, folder, language, raw, by))
    source = draft.source
    followed = record.article(f"{folder}/{SOURCE_LANGUAGE}.md")[0].get("updated")
    for text in draft.texts:
        front = record.article(f"{folder}/{text.language}.md")[0]
        stale = {*raw["title"].get("stale", {}), *raw["summary"].get("stale", {})}
        if source and front.get("translates") == followed and text.language not in stale:
            text.source = source.words
    return _begun(draft, by)


def _draft(brief: str, by: Staff) -> Draft:
    moment = now().replace(second=0, microsecond=0, tzinfo=None)
    return Draft(brief=brief, author=by, begun_at=moment, changed_by=by.name, seen={}, facts={})


def _text(record: Record, folder: str, language: str, raw: Any, by: Staff) -> DraftText:
    front, markdown = record.article(f"{folder}/{language}.md")
    return DraftText(
        language=language,
        title=raw["title"].get(language, ""),
        summary=raw["summary"].get(language, ""),
        body=markdown.strip(),
        made=front.get("provenance", "machine"),
        changed_by=by.name,
    )


def _begun(draft: Draft, by: Staff) -> Draft:
    session = sessions()
    session.add(draft)
    try:
        session.flush()
        session.add(DraftWriter(draft_id=draft.id, staff_id=by.id))
        audit.log("begin a draft", draft.brief)
    except IntegrityError as error:
        session.rollback()
        raise TakenError(draft.brief) from error
    return draft
