"""What is done with drafts: written, moved on, published; and briefs withdrawn.

Each move stands in the audit log. Publishing writes the brief's files by one save, and the draft
is gone: what is published lives in files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ..briefs.load import FILE, FOLDER
from ..briefs.models import Brief
from ..config import Config
from ..content import Content
from ..db import sessions
from ..entries.labels import field
from ..fields import NOTHING, Problem, declared
from ..i18n import gettext as _
from ..i18n import told
from ..pages.load import SOURCES
from ..phrases import phrase
from ..record import Record
from ..saves import RefusedError, SaveError, digest, file_now, save_files
from ..staff import audit
from ..staff.models import Staff
from ..text import SOURCE_LANGUAGE
from ..texts.rewrite import rewritten
from .begin import FACTS
from .files import files_of
from .labels import LABELS
from .models import Draft, DraftText, DraftWriter
from .moves import MOVES
from .queries import drafts_due, has_written
from .trial import Trial, tried


class OldError(Exception):
    """Somebody else has saved meanwhile."""


def tried_now(config: Config, now: Content, draft: Draft) -> Trial:
    """What would be published of a draft today, and what is wrong with it."""
    trial = tried(config.record, now, draft.brief, files_of(draft, config.record, now.as_of))
    return trial._replace(problems=[*_taken_ids(config, draft), *trial.problems])


def _taken_ids(config: Config, draft: Draft) -> Iterator[Problem]:
    """The ids of new sources under which the record has got another source meanwhile."""
    held = Record(config.record).mapping(SOURCES).get("sources", {}) if draft.sources else {}
    for id_, raw in draft.sources.items():
        if held.get(id_, raw) != raw:
            expected = phrase(
                "an id that no source of the record has; add yours again under another"
            )
            yield Problem(SOURCES, f"sources.{id_}", repr(id_), expected)


def write_facts(draft: Draft, facts: Mapping[str, Any], seen: int, by: Staff) -> None:
    """Save the facts. Raises :class:`OldError` when they are no longer of the version ``seen``."""
    if draft.version != seen:
        raise OldError
    given = {name: None if value in ("", []) else value for name, value in facts.items()}
    write_figures(draft, given, by)


def write_figures(draft: Draft, facts: Mapping[str, Any], by: Staff) -> None:
    """Save values of ``brief.yaml``; None for one that is taken out."""
    draft.facts = {**draft.facts, **facts}
    draft.changed_by = by.name
    if set(facts) & set(FACTS):
        draft.version += 1
    wrote(draft, by)


def add_source(draft: Draft, id_: str, raw: dict[str, Any], by: Staff) -> None:
    """Add a source to what the draft will bring into the record, and to those it rests on."""
    draft.sources = {**draft.sources, id_: raw}
    write_figures(draft, {"sources": [*(draft.facts.get("sources") or []), id_]}, by)


def drop_source(draft: Draft, id_: str, by: Staff) -> None:
    """Take out a source that the draft would bring; what rests on it is told by the check."""
    draft.sources = {key: raw for key, raw in draft.sources.items() if key != id_}
    stay = [key for key in draft.facts.get("sources") or [] if key != id_]
    write_figures(draft, {"sources": stay or None}, by)


def write_text(
    draft: Draft, language: str, words: Mapping[str, Any], seen: int, by: Staff, *, follows: bool
) -> DraftText:
    """Save a text; ``follows`` says that it translates the English as it is now.

    Raises :class:`OldError` when the text is no longer of the version ``seen`` (0 for none).
    """
    text = draft.text_in(language)
    if seen != (text.version if text else 0):
        raise OldError
    if text is None:
        text = DraftText(language=language, version=0)
        draft.texts.append(text)
    for name, value in words.items():
        setattr(text, name, value)
    text.version, text.changed_by = seen + 1, by.name
    if language != SOURCE_LANGUAGE and draft.source:
        if follows:
            text.source = draft.source.words
        elif text.is_current:
            text.source = None
    wrote(draft, by)
    return text


def wrote(draft: Draft, by: Staff) -> None:
    """Save what somebody has written, and that they have."""
    if not has_written(draft, by.id):
        sessions().add(DraftWriter(draft_id=draft.id, staff_id=by.id))
    sessions().commit()


def may_approve(draft: Draft, by: Staff, *, four_eyes: bool) -> bool:
    """Whether somebody may approve a draft: not one of their own, where four eyes are asked for."""
    return not (four_eyes and has_written(draft, by.id))


def move(draft: Draft, name: str, **said: Any) -> None:
    """Bring a draft to the state that a move leads to, with what is ``said`` on the way.

    For ``publish`` see :func:`publish`. Raises ``ValueError`` where the move does not lead from
    the draft's state.
    """
    step = MOVES[name]
    if draft.state not in step.before:
        raise ValueError(f"{name} does not lead from {draft.state}")
    what = f"{draft.brief}: {draft.state} > {step.after}"
    draft.state = step.after
    draft.remarks = said.get("remarks", "" if step.after == "draft" else draft.remarks)
    draft.due_on = said.get("due_on")
    draft.note = said.get("note", draft.note)
    if step.after == "discarded":
        sessions().delete(draft)
    audit.log(f"{name} draft", what)


def publish(config: Config, now: Content, draft: Draft, note: str) -> None:
    """Write a draft's files into the record by one save, in its author's name; then it is gone.

    Raises :class:`~lamppost.saves.SaveError` and leaves the draft as it is.
    """
    seen = dict(draft.seen)
    if draft.sources:
        seen[SOURCES] = digest(file_now(config, SOURCES))
    files = files_of(draft, config.record, now.as_of)
    if taken := list(_taken_ids(config, draft)):
        raise RefusedError(taken)
    # A process that was killed between the save and the end of the draft had written them already.
    changed = {name: data for name, data in files.items() if file_now(config, name) != data}
    if changed:
        author = (draft.author.name, draft.author.email)
        save_files(config, changed, seen=seen, note=note, author=author)
    what = f"{draft.brief}: {draft.state} > published"
    sessions().delete(draft)
    audit.log("publish draft", what)


def publish_due(config: Config, now: Content) -> list[tuple[str, str]]:
    """Publish the drafts whose day has come: the id of each, and what went wrong, if anything."""
    done = []
    for draft in drafts_due(now.as_of):
        brief, fault = draft.brief, ""
        try:
            publish(config, now, draft, draft.note)
        except SaveError as error:
            fault = str(error)
        done.append((brief, fault))
    return done


def changed_since(config: Config, draft: Draft) -> bool:
    """Whether the brief's files are no longer as they were when the draft began."""
    names = {*draft.seen, *Record(config.record).names(f"{FOLDER}/{draft.brief}", "")}
    return any(digest(file_now(config, name)) != draft.seen.get(name, "") for name in names)


def look_again_at(config: Config, draft: Draft, by: Staff) -> None:
    """Take note of the brief's files as they are now: the draft will be published over them."""
    wrote(draft, by)
    names = Record(config.record).names(f"{FOLDER}/{draft.brief}", "")
    draft.seen = {name: digest(file_now(config, name)) for name in names}
    audit.log("write over what is published", draft.brief)


def withdraw(
    config: Config, brief: str, reason: Mapping[str, str], on: date, note: str, by: Staff
) -> None:
    """Withdraw a published brief: its address stays and tells the reason, in these languages.

    Raises :class:`~lamppost.saves.SaveError`.
    """
    name = f"{FOLDER}/{brief}/{FILE}"
    before = file_now(config, name) or b""
    by_people = {code: "human" for code in reason if code != SOURCE_LANGUAGE}
    told = {"on": on, "reason": {**reason, **({"by": by_people} if by_people else {})}}
    whole = {**Record(config.record).mapping(name), "withdrawn": told}
    data = rewritten(before.decode(), whole).encode()
    author = (by.name, by.email)
    save_files(config, {name: data}, seen={name: digest(before)}, note=note, author=author)
    audit.log("withdraw brief", f"{brief}: published > withdrawn")


def in_words(problems: list[Problem], brief: str) -> list[str]:
    """Mistakes of a brief: what is missing by its name, others with the file within its folder."""
    return [_missing(problem) or told(problem, f"{FOLDER}/{brief}/") for problem in problems]


def _missing(problem: Problem) -> str:
    is_fact = problem.file.endswith(f"/{FILE}") and problem.key in declared(Brief)
    if not is_fact or problem.found != NOTHING:
        return ""
    return _("Still missing: %(what)s", what=LABELS.get(problem.key) or field((problem.key,)))
