"""What of cases waits at the desk's first page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..i18n import lazy_gettext as _l
from ..published import content
from ..staff.waiting import Kind, Waiting
from ..urls import url
from .models import Case
from .queries import Chosen, files_to_publish, queue, to_decide, to_moderate, to_publish
from .told import title_of


def waits(case: Case, *, address: str = "", due: date | None = None) -> Waiting:
    """A case as it stands among what waits; its own page is where it is done, if nothing else."""
    title = title_of(case)
    there = address or url("cases.case", case=case.reference)
    return Waiting(f"{title.words} {case.reference}", there, due, title.language)


def _of(kind: str) -> Iterable[Waiting]:
    now = content()
    for one in queue(Chosen(kind=kind), now.as_of, now.settings.promise):
        if one.clock.due_on:
            yield waits(one.case, due=one.clock.due_on)


def _concerns() -> Iterable[Waiting]:
    return _of("concern")


def _pitches() -> Iterable[Waiting]:
    return _of("pitch")


def _moderated() -> Iterable[Waiting]:
    for case in [*to_moderate(), *to_publish(), *files_to_publish()]:
        yield waits(case)


def _appealed() -> Iterable[Waiting]:
    for case in to_decide():
        yield waits(case, address=url("moderating.appeal", case=case.reference))


KINDS = (
    Kind(_l("Concerns to answer"), "work on concerns", _concerns),
    Kind(_l("Pitches to look at"), "screen pitches", _pitches),
    Kind(_l("What people say, to be published or withheld"), "moderate", _moderated),
    Kind(_l("Another look was asked for"), "moderate", _appealed),
)
