"""What drafts ask staff to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..i18n import lazy_gettext as _l
from ..staff.waiting import Kind, Waiting
from ..urls import url
from .queries import all_drafts


def _in(*states: str) -> Callable[[], Iterator[Waiting]]:
    def waiting() -> Iterator[Waiting]:
        for draft in all_drafts():
            if draft.state in states:
                yield Waiting(draft.title, url("drafts.draft", number=draft.id), draft.due_on)

    return waiting


KINDS = (
    Kind(_l("Briefs to review"), "review", _in("in_review")),
    Kind(_l("Briefs to translate"), "translate", _in("in_translation")),
    Kind(_l("Briefs that are being written"), "write briefs", _in("draft", "returned")),
    Kind(_l("Briefs that wait for their day"), "publish", _in("scheduled")),
)
