"""What of cases waits at the desk's first page."""

from __future__ import annotations

from collections.abc import Iterable

from ..i18n import lazy_gettext as _l
from ..published import content
from ..staff.waiting import Kind, Waiting
from ..urls import url
from .models import Case
from .queries import Chosen, queue, to_moderate, to_publish
from .ways import WAYS


def _named(case: Case) -> str:
    return f"{WAYS[case.kind].title} {case.reference}"


def _of(kind: str) -> Iterable[Waiting]:
    now = content()
    for one in queue(Chosen(kind=kind), now.as_of, now.settings.promise):
        if one.clock.due_on:
            yield Waiting(
                _named(one.case), url("cases.case", case=one.case.reference), one.clock.due_on
            )


def _concerns() -> Iterable[Waiting]:
    return _of("concern")


def _pitches() -> Iterable[Waiting]:
    return _of("pitch")


def _moderated() -> Iterable[Waiting]:
    for case in [*to_moderate(), *to_publish()]:
        yield Waiting(_named(case), url("cases.case", case=case.reference), None)


KINDS = (
    Kind(_l("Concerns to answer"), "work on concerns", _concerns),
    Kind(_l("Pitches to look at"), "screen pitches", _pitches),
    Kind(_l("What people say, to be published or withheld"), "moderate", _moderated),
)
