"""Files among what a page of answering sends: kept at once, and named in the draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from flask import request

from ..apart import attachments
from ..i18n import gettext as _
from ..i18n import ngettext
from ..questions.enclosed import File
from ..questions.models import Question
from .unsent import Found, ends_on, subject_of


@dataclass(slots=True)
class Files:
    """What came: the draft's new lists of files, and why a file was refused, by question."""

    typed: dict[str, list[str]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Delete the files that were taken away; to be called when the draft is saved."""
        attachments.remove(self.removed)


def files_from(questions: Iterable[Question], receipt: str, draft: Found, today: date) -> Files:
    """The files that this request sends for questions. Whoever calls saves the draft, and settles.

    The last day of all files of the draft moves with it.
    """
    found = Files()
    for question in questions:
        if isinstance(question, File):
            _take(question, receipt, draft, today, found)
    if found.typed:
        attachments.keep_until(subject_of(receipt), max(ends_on(today), draft.ends_on))
    return found


def _take(question: File, receipt: str, draft: Found, today: date, found: Files) -> None:
    subject, (name, remove) = subject_of(receipt), question.inputs
    kept = question.kept(draft.typed)
    files = [(one.filename, one) for one in request.files.getlist(name) if one.filename]
    if not kept and not files:
        return
    away = set(request.form.getlist(remove)) & {one.id for one in kept}
    if away:
        found.removed += attachments.forget(subject, ids=away)
        kept = [one for one in kept if one.id not in away]
    for called, sent in files:
        if len(kept) == question.most:
            found.refused[question.key] = ngettext(
                "Send at most %(num)s file.", "Send at most %(num)s files.", question.most
            )
            break
        data = sent.stream.read(attachments.MOST_BYTES + 1)
        try:
            kept.append(attachments.add(subject, question, called, data, ends_on(today)))
        except attachments.RefusedError:
            found.refused[question.key] = _told(question, len(data))
    found.typed[question.key] = [one.written() for one in kept]


def _told(question: File, size: int) -> str:
    if size > attachments.MOST_BYTES:
        return _("This file is too large. Choose one of at most 10 MB.")
    if "pdf" not in question.takes:
        return _("This file cannot be taken. Choose a picture: JPEG, PNG or WebP.")
    if "picture" not in question.takes:
        return _("This file cannot be taken. Choose a PDF of at most 5 MB, without a password.")
    return _(
        "This file cannot be taken. Choose a picture (JPEG, PNG or WebP), or a PDF of at most"
        " 5 MB without a password."
    )
