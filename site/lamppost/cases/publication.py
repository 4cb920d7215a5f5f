"""What of a case may be read: prepared by one, published by another, withheld by two."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import current_app

from ..config import Config
from ..db import sessions
from ..lifecycle import STAFF
from ..publishing.releases import Releases
from ..staff.models import Staff
from .deeds import NotNowError, changed, claim_version, finish, not_frozen, without_conflict
from .models import Case, Link, PublicText
from .visible import GONE, is_ready
from .ways import WAYS

Texts = Mapping[tuple[str, str], tuple[str, str]]
"""By part and language, the words and who made them (``models.ORIGINAL`` …)."""

TO_PROTECT = ("about_a_person", "insult_or_threat", "untrue_of_a_person", "law")
"""Reasons to withhold something that do not wait for anything."""


def takes_part(case: Case, staff: Staff) -> None:
    """Note that somebody has a part in what is public of a case; whoever calls commits.

    Raises :class:`ConflictError`.
    """
    without_conflict(case, staff)
    if staff.id not in case.moderated_by:
        case.moderated_by = [*case.moderated_by, staff.id]


def clear(case: Case, texts: Texts, *, staff: Staff, seen: int, cut_for: str = "") -> None:
    """Prepare what may be read: the texts by part and language, each with who made it.

    ``cut_for`` is the reason for which parts of the words were taken out, if any were. Somebody
    else publishes it. What is public is hidden until then; where nothing but the answer changes,
    the answer alone. Raises :class:`NotNowError` for what is gone.
    """
    not_frozen(case)
    if case.outcome in GONE:
        raise NotNowError
    claim_version(case, seen)
    stays = is_ready(case) and case.cut_for == cut_for and _said(_read(case)) == _said(texts)
    case.texts.clear()
    sessions().flush()
    answered = case.answered(WAYS[case.kind].answers)
    for (part, language), (words, made) in texts.items():
        is_answer = part == "answer"
        case.texts.append(PublicText(
            part=part, language=language, text=words, made=made, waits=stays and is_answer,
            step=answered.number if answered and is_answer else 0,
        ))  # fmt: skip
    case.moderation, case.cut_for = "redacted" if cut_for else "cleared", cut_for
    case.cleared_by, case.reason = staff.id, ""
    if not stays:
        case.visibility = "private"
    if case.appeal and case.appeal.result:
        case.appeal.is_open = False
    takes_part(case, staff)
    finish(case, "clear", STAFF)


def _read(case: Case) -> Texts:
    return {(text.part, text.language): (text.text, text.made) for text in case.texts}


def _said(texts: Texts) -> Texts:
    """All but the answer."""
    return {which: said for which, said in texts.items() if which[0] != "answer"}


def publish(case: Case, *, today: date, staff: Staff, seen: int) -> None:
    """Let anybody read what was prepared; whoever prepared it cannot.

    Raises :class:`NotNowError` for that, and where nothing was prepared or its writer said no.
    """
    not_frozen(case)
    ready = case.is_prepared and case.text("summary", case.language)
    if not ready or case.outcome in GONE or case.wish == "nothing" or case.cleared_by == staff.id:
        raise NotNowError
    claim_version(case, seen)
    if case.visibility == "private":
        has_words = case.wish == "words" and case.text("words", case.language)
        case.visibility, case.moderated_on = "words" if has_words else "summary", today
    for text in case.texts:
        text.waits = False
    takes_part(case, staff)
    finish(case, "publish", STAFF)


def withhold(case: Case, reason: str, *, today: date, staff: Staff, seen: int) -> None:
    """Propose that nothing is published, or confirm what somebody else has proposed.

    What was public is hidden until that is decided; during a competition only what protects
    somebody. Raises :class:`NotNowError` for what is gone.
    """
    if reason not in TO_PROTECT:
        not_frozen(case)
    if case.outcome in GONE:
        raise NotNowError
    claim_version(case, seen)
    is_proposed = case.moderation == "pending" and case.reason == reason
    if is_proposed and case.cleared_by != staff.id:
        case.moderation, case.visibility, case.moderated_on = "withheld", "private", today
    else:
        case.moderation, case.reason, case.cleared_by = "pending", reason, staff.id
    takes_part(case, staff)
    finish(case, "withhold" if case.moderation == "withheld" else "propose", STAFF)


def link_change(case: Case, save: str, *, seen: int) -> None:
    """Say which save of the record changed something because of a case.

    Raises :class:`NotNowError`, as that would be public.
    """
    not_frozen(case)
    claim_version(case, seen)
    if save not in changed(case):
        case.links.append(Link(kind="changed", target=save))
    finish(case, "link", STAFF)


def unlink_change(case: Case, save: str, *, seen: int) -> None:
    """Take back that a save of the record changed something because of a case."""
    not_frozen(case)
    claim_version(case, seen)
    case.links = [link for link in case.links if (link.kind, link.target) != ("changed", save)]
    finish(case, "unlink", STAFF)


def forget_file(case: Case, name: str) -> None:
    """Let no release come back that has a file of a case's folder."""
    config: Config = current_app.extensions["config"]
    Releases(config.public).forget(f"{WAYS[case.kind].folder}/{name}")
