"""How a case arrives: the answers of a draft become one, whole and once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, cast

from flask import current_app
from sqlalchemy import Table, insert

from ..answering.models import random_key
from ..answering.unsent import mark_of, take
from ..answering.unsent import subject_of as draft_of
from ..apart import attachments, contacts
from ..apart.models import CASE, Subject
from ..config import Config
from ..db import execute, together
from ..history import newest
from ..lifecycle import WRITER
from ..questions.answers import Answers
from ..questions.choosing import NONE
from .models import Case, Link, Step
from .references import new_reference
from .ways import WAYS

ABOUT = ("technology", "device", "place")
"""The questions that say what a case is about."""

WHILE_OPEN = timedelta(days=730)
"""How long contacts and files are kept at most while a case is open."""

# Made once, and past the ORM: many may send at once.
NEW_CASE, NEW_STEP, NEW_LINKS = (insert(cast("Table", one.__table__)) for one in (Case, Step, Link))


def receive(
    kind: str, receipt: str, form: str, answers: Answers, language: str, *, today: date,
    links: Iterable[tuple[str, str]] = (), known: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    """Take the answers of a draft in as a case: its reference; empty where they were in already.

    ``links`` are the kind and target of each. ``known`` are fields of the case that are known
    better than what was answered: what it is about, and the ``category`` where none was asked for.
    """
    case, step = _new(kind, receipt, form, answers, language, today)
    case |= known or {}
    mine, until = Subject(CASE, case["id"]), today + WHILE_OPEN
    leads = [{"case_id": mine.key, "kind": what, "target": target} for what, target in links]

    def take_in() -> tuple[str, list[str]]:
        if not take(receipt):
            return "", []
        execute(NEW_CASE, case)
        execute(NEW_STEP, step)
        if leads:
            execute(NEW_LINKS, leads)
        contacts.keep(mine, answers, language, until)
        left = attachments.hand_over(draft_of(receipt), answers, mine, until)
        return case["reference"], left

    reference, left = together(take_in)
    attachments.remove(left)
    return reference


def _new(
    kind: str, receipt: str, form: str, answers: Answers, language: str, today: date
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The rows of a new case and of its first step."""
    config: Config = current_app.extensions["config"]
    way, key = WAYS[kind], random_key()
    case = {
        "id": key,
        "kind": kind,
        "reference": new_reference(),
        "receipt": mark_of(receipt),
        "opens_until": today + timedelta(days=way.opens),
        "language": language,
        "form": form,
        "record_save": newest(config.record),
        "received_on": today,
        "answers": parts_of(answers),
        **about(answers),
        "category": answers.key("category"),
        "wish": answers.key("may_publish") or "nothing",
        "state": way.first,
    }
    step = {
        "case_id": key, "number": 1, "on": today, "move": "submit", "after": way.first,
        "by": WRITER,
    }  # fmt: skip
    return case, step


def parts_of(answers: Answers) -> dict[str, Any]:
    """The answers by the names under which a case keeps them; what is kept apart is none."""
    return {k: v for _question, stored in answers.stored.values() for k, v in stored.items()}


def about(answers: Answers) -> dict[str, str]:
    """What a case is about, as the fields of a case."""
    return {name: answers.key(name).removeprefix(NONE) for name in ABOUT}
